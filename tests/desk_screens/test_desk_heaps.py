"""The heaps of the board, one key for the next case, and finding a case again."""

from __future__ import annotations

from screens.desk.board import Board
from screens.desk.case import CasePage
from screens.desk.pick_list import PickList
from screens.desk.search import SearchPage
from tests.desk_screens.desk_site import (
    CHEN,
    GUIFANG,
    NUMBER,
    WANG,
    XIAOLIN,
    Site,
    page,
    press,
    screen_lines,
    seen,
    settle,
    sign_in,
    told,
    write,
)


async def test_what_is_urgent_is_counted_in_words_with_a_mark(site: Site) -> None:
    """K18: the colour only repeats it."""
    site.submit("late", workdays=2)
    site.submit("today", workdays=3)
    site.submit("slow", workdays=20)
    site.clock.forward(days=3)
    async with site.desk().run_test() as pilot:
        await sign_in(pilot, site)
        assert "2！超期1" in seen(pilot)
        assert "3！今天到期1" in seen(pilot)
        assert "4！一天没人接3" in seen(pilot)
        assert "录入没成" not in seen(pilot), "an empty heap takes no room"
        assert seen(pilot).count("换一堆") == 1, "the numbers stand with the heaps, not among the keys"


async def test_a_number_or_a_click_shows_one_heap_alone(site: Site) -> None:
    site.submit("late", workdays=2)
    site.submit("slow", workdays=20)
    site.clock.forward(days=3)
    async with site.desk().run_test() as pilot:
        await sign_in(pilot, site)
        await press(pilot, "2")
        assert len([line for line in screen_lines(pilot) if "高龄" in line]) == 1
        await press(pilot, "1")
        assert len([line for line in screen_lines(pilot) if "高龄" in line]) == 2
        await pilot.click("Counts", offset=(14, 0))
        await settle(pilot)
        assert len([line for line in screen_lines(pilot) if "高龄" in line]) == 1
        await press(pilot, "v")
        assert len([line for line in screen_lines(pilot) if "高龄" in line]) == 2


async def test_a_long_heap_goes_on_after_its_last_row(site: Site) -> None:
    for n in range(70):
        site.submit(f"case-{n}", workdays=10)
    async with site.desk().run_test() as pilot:
        await sign_in(pilot, site)
        assert "第1–60件" in seen(pilot)
        await press(pilot, "end", "down")
        assert "第61–70件" in seen(pilot)
        await press(pilot, "home", "up")
        assert "第1–60件" in seen(pilot)


async def test_one_key_takes_the_next_case_and_opens_it(site: Site) -> None:
    """K39: the oldest due, whatever the cursor stands on."""
    site.submit("slow", workdays=20)
    site.submit("urgent", workdays=2)
    async with site.desk().run_test() as pilot:
        await sign_in(pilot, site)
        await press(pilot, "down", "n")
        assert isinstance(page(pilot), CasePage)
        assert site.store.case("urgent").summary.holder == WANG
        await press(pilot, "escape", "n")
        assert site.store.case("slow").summary.holder is None, "what is in hand comes back first"


async def test_where_nothing_waits_the_key_says_so(site: Site) -> None:
    async with site.desk().run_test() as pilot:
        await sign_in(pilot, site)
        await press(pilot, "n")
        assert "没有排着的件" in told(pilot)


async def test_a_volunteer_takes_nothing_and_sees_no_results(site: Site) -> None:
    """K42."""
    site.submit()
    actor = site.actor(WANG)
    site.store.complete("case-1", actor, site.store.claim("case-1", actor).epoch, "好了")
    async with site.desk().run_test() as pilot:
        await sign_in(pilot, site, XIAOLIN)
        await press(pilot, "n", "7")
        assert isinstance(page(pilot), Board)
        assert "待告知" not in seen(pilot) and "下一件" not in seen(pilot)


async def test_who_went_to_a_call_is_told_to_the_others(site: Site) -> None:
    call = site.store.call_person("home", site.clock.now())
    site.store.answer_call(call.id, site.actor(CHEN))
    async with site.desk().run_test() as pilot:
        await sign_in(pilot, site)
        assert f"{CHEN}去自助机那边了" in seen(pilot)
        site.clock.forward(minutes=5)
        board = page(pilot)
        assert isinstance(board, Board)
        board.begin(board.look)
        await settle(pilot)
        assert "去自助机那边了" not in seen(pilot)


async def test_a_case_is_found_by_its_number_and_opened(site: Site) -> None:
    site.submit("first")
    site.submit("second")
    number = site.store.case("second").summary.number
    async with site.desk().run_test() as pilot:
        await sign_in(pilot, site)
        await press(pilot, "s")
        assert isinstance(page(pilot), SearchPage)
        await write(pilot, number.replace("-", " "))
        await press(pilot, "enter")
        assert page(pilot).query_one(PickList).cursor == "second"
        await press(pilot, "enter")
        assert isinstance(page(pilot), CasePage)
        await press(pilot, "escape")
        assert "A002" in seen(pilot), "what was found is still there"


async def test_an_identity_number_leaves_the_screen_as_soon_as_it_is_looked_for(site: Site) -> None:
    """K40: neither the field nor the page keeps it."""
    site.submit("hers")
    site.submit("another")
    app = site.desk()
    app.counter.person_key = lambda number: GUIFANG if number == NUMBER else "b2" * 32
    async with app.run_test() as pilot:
        await sign_in(pilot, site)
        await press(pilot, "s")
        await write(pilot, NUMBER)
        await press(pilot, "enter")
        assert "A001" in seen(pilot) and "A002" in seen(pilot)
        assert NUMBER not in seen(pilot)
        await press(pilot, "shift+tab")
        await write(pilot, NUMBER.replace("1944", "1945"))
        await press(pilot, "enter")
        assert "没有找到" in seen(pilot)


async def test_a_state_and_a_part_of_the_service_find_together(site: Site) -> None:
    site.submit("waiting")
    site.submit("asked")
    actor = site.actor(WANG)
    site.store.ask_info("asked", actor, site.store.claim("asked", actor).epoch, "户口本")
    async with site.desk().run_test() as pilot:
        await sign_in(pilot, site)
        await press(pilot, "s")
        await write(pilot, "等补件 津贴")
        await press(pilot, "enter")
        assert "A002" in seen(pilot) and "A001" not in seen(pilot)
