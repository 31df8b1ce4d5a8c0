"""The list of open cases, and whoever waits at the kiosk."""

from __future__ import annotations

from screens.desk.board import Board
from screens.desk.case import CasePage
from screens.desk.lines import KeyLine, Lines
from screens.desk.pick_list import PickList
from tests.desk_screens.desk_site import (
    CHEN,
    WANG,
    XIAOLIN,
    Site,
    page,
    press,
    screen_lines,
    seen,
    settle,
    sign_in,
)


async def test_the_case_that_is_due_first_stands_first_and_has_the_cursor(site: Site) -> None:
    site.submit("slow", workdays=20)
    site.submit("quick", workdays=3)
    async with site.desk().run_test() as pilot:
        await sign_in(pilot, site)
        cases = page(pilot).query_one(PickList)
        assert cases.cursor == "quick"
        rows = [line for line in screen_lines(pilot) if "高龄" in line]
        assert rows[0].startswith(" > A002")
        assert "A001" in rows[1]


async def test_an_overdue_case_says_so_in_words_with_a_mark(site: Site) -> None:
    """K18: never by colour alone."""
    site.submit(workdays=2)
    site.clock.forward(days=4)
    async with site.desk().run_test() as pilot:
        await sign_in(pilot, site)
        assert "！超期2天" in seen(pilot)
        assert "超期1件" in seen(pilot)


async def test_who_holds_a_case_and_for_how_long_is_on_the_list(site: Site) -> None:
    site.submit()
    site.store.claim("case-1", site.actor(CHEN))
    site.clock.forward(minutes=10)
    async with site.desk().run_test() as pilot:
        await sign_in(pilot, site)
        assert f"{CHEN}（还有20分）" in seen(pilot)


async def test_a_case_whose_holder_went_away_is_said_to_be_free(site: Site) -> None:
    site.submit()
    site.store.claim("case-1", site.actor(CHEN))
    site.clock.forward(minutes=30)
    async with site.desk().run_test() as pilot:
        await sign_in(pilot, site)
        assert f"{CHEN}（可接手）" in seen(pilot)
        await press(pilot, "enter", "c")
    assert site.store.case("case-1").summary.holder == WANG


async def test_a_new_case_appears_without_a_key_and_the_cursor_stays(site: Site) -> None:
    site.submit("first", workdays=10)
    site.submit("second", workdays=12)
    async with site.desk().run_test() as pilot:
        await sign_in(pilot, site)
        await press(pilot, "down")
        site.submit("urgent", workdays=1)
        board = page(pilot)
        assert isinstance(board, Board)
        board.begin(board.look)
        await settle(pilot)
        assert "A003" in seen(pilot)
        assert board.query_one(PickList).cursor == "second"


async def test_somebody_waiting_stands_on_top_until_one_goes(site: Site) -> None:
    site.store.call_person("home", site.clock.now())
    site.clock.forward(minutes=3)
    async with site.desk().run_test() as pilot:
        await sign_in(pilot, site)
        assert "已等3分钟" in seen(pilot)
        await press(pilot, "a")
        assert site.store.open_calls() == []
        assert "您去" in seen(pilot) and "已等" not in seen(pilot)


async def test_the_ticket_of_another_day_carries_its_day(site: Site) -> None:
    site.submit("monday")
    site.clock.forward(days=1)
    site.submit("tuesday")
    async with site.desk().run_test() as pilot:
        await sign_in(pilot, site)
        assert "A00111-02" in seen(pilot)
        assert seen(pilot).count("A001") == 2


async def test_a_click_moves_the_cursor_and_a_second_one_opens(site: Site) -> None:
    site.submit("first")
    site.submit("second")
    async with site.desk().run_test() as pilot:
        await sign_in(pilot, site)
        await pilot.click("#cases", offset=(10, 2))
        await settle(pilot)
        assert page(pilot).query_one(PickList).cursor == "second"
        await pilot.click("#cases", offset=(10, 2))
        await settle(pilot)
        assert isinstance(page(pilot), CasePage)


async def test_a_click_on_a_key_in_the_bottom_line_is_as_good_as_the_key(site: Site) -> None:
    site.submit()
    async with site.desk().run_test() as pilot:
        await sign_in(pilot, site)
        await pilot.click("KeyLine", offset=(3, 0))
        await settle(pilot)
        assert isinstance(page(pilot), CasePage)


async def test_the_language_key_changes_every_word_of_the_page(site: Site) -> None:
    site.submit()
    async with site.desk().run_test() as pilot:
        await sign_in(pilot, site)
        await press(pilot, "f2")
        assert "1 open" in "\n".join(screen_lines(pilot))
        await press(pilot, "enter")
        assert "Answers" in seen(pilot) and "申请内容" not in seen(pilot)
        await press(pilot, "escape", "f2")
        assert "待办1件" in seen(pilot)


async def test_a_volunteer_sees_the_list_and_is_offered_no_claim(site: Site) -> None:
    site.submit()
    async with site.desk().run_test() as pilot:
        await sign_in(pilot, site, XIAOLIN)
        await press(pilot, "enter", "c")
        assert "接这件" not in seen(pilot)
        assert site.kinds() == ["submitted"]


async def test_a_look_that_finds_nothing_new_draws_nothing(site: Site) -> None:
    site.submit()
    async with site.desk().run_test() as pilot:
        await sign_in(pilot, site)
        board = page(pilot)
        drawn: list[object] = []
        for widget in (*board.query(PickList), *board.query(Lines), *board.query(KeyLine)):
            widget.refresh = lambda *regions, **how: drawn.append(regions)
        board.begin(board.look)
        await settle(pilot)
        assert drawn == []
