"""What people ask of their data at the desk: listed, done or refused with words, erased (K32, PIPL 45-47)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.cases.requests import Wish
from kiosk.security.centre_keys import new_pair
from kiosk.store import Store
from screens.desk.opening import MOST
from tests.desk_screens.desk_site import (
    GUIFANG,
    NUMBER,
    WANG,
    XIAOLIN,
    Site,
    page,
    press,
    seen,
    settle,
    sign_in,
    write,
)
from tests.desk_screens.test_desk_fits import NEW_SIZES, assert_fits
from tests.desk_screens.test_desk_papers import desk


def asks(site: Site, wish: Wish, field: str = "", case: str = "case-1") -> None:
    site.store.ask_of_held(case, GUIFANG, wish, field)


def shown_to(store: Store, case: str) -> tuple[int, bytes]:
    mine = new_pair()
    return store.ask_content(case, GUIFANG, mine.public), mine.private


async def test_the_board_tells_of_them_and_leads_there_only_while_there_are_any(site: Site) -> None:
    site.submit()
    async with site.desk().run_test(size=(80, 24)) as pilot:
        await sign_in(pilot, site)
        assert "要清资料" not in seen(pilot)
        asks(site, Wish.CORRECT, "hukou")
        page(pilot).begin(page(pilot).look)
        await settle(pilot)
        assert "要清资料：1件" in seen(pilot)
        await press(pilot, "r")
        assert "改错" in seen(pilot)


async def test_what_is_wrong_is_named_and_the_answer_needs_words(site: Site) -> None:
    site.submit()
    asks(site, Wish.CORRECT, "hukou")
    async with site.desk().run_test(size=(80, 24)) as pilot:
        await sign_in(pilot, site)
        await press(pilot, "r", "enter")
        assert "户口" in seen(pilot) and "更正" in seen(pilot) and "办结的先按A选「重新办理」" in seen(pilot)
        await press(pilot, "d", "f10")
        assert site.store.count_requests() == 1
        await write(pilot, "改好了")
        await press(pilot, "f10")
        assert "没有要办的" in seen(pilot)
    assert [reply.words for reply in site.store.replies("case-1")] == ["改好了"]
    assert site.kinds()[-1] == "request_done"


async def test_a_refusal_says_why(site: Site) -> None:
    site.submit()
    asks(site, Wish.ERASE)
    async with site.desk().run_test(size=(80, 24)) as pilot:
        await sign_in(pilot, site)
        await press(pilot, "r", "enter")
        assert "这件还在办" in seen(pilot)
        await press(pilot, "e", "j")
        await write(pilot, "还在办，办完再来")
        await press(pilot, "f10")
    assert site.kinds()[-1] == "request_refused"
    assert len(site.store.held(GUIFANG).cases) == 1


async def test_what_is_over_is_erased_after_one_more_question(site: Site) -> None:
    site.submit()
    held = site.store.claim("case-1", site.actor(WANG))
    site.store.complete("case-1", site.actor(WANG), held.epoch, "批了")
    site.store.tell("case-1", site.actor(WANG), "打了电话")
    asks(site, Wish.ERASE)
    async with site.desk().run_test(size=(80, 24)) as pilot:
        await sign_in(pilot, site)
        await press(pilot, "r", "enter", "e", "enter")
        assert len(site.store.held(GUIFANG).cases) == 1
        await press(pilot, "e", "down", "enter")
    assert site.store.held(GUIFANG).cases == ()


async def test_the_copy_has_every_number_and_the_look_is_recorded(site: Site) -> None:
    site.submit()
    asks(site, Wish.PRINT)
    async with desk(site, None).run_test(size=(80, 40)) as pilot:
        await sign_in(pilot, site)
        await press(pilot, "r", "enter", "p")
        assert NUMBER in seen(pilot)
    assert "viewed" in site.kinds()


async def test_a_volunteer_sees_none_of_it(site: Site) -> None:
    site.submit()
    asks(site, Wish.CORRECT)
    async with site.desk().run_test(size=(80, 24)) as pilot:
        await sign_in(pilot, site, XIAOLIN)
        await press(pilot, "r")
        assert "要清资料" not in seen(pilot) and "改错" not in seen(pilot)


async def test_what_is_opened_while_the_store_is_slow_counts_among_the_six_too(site: Site) -> None:
    """A look that takes longer than the time to the next one is not forgotten for it."""
    for n in range(2):
        shown_to(site.store, site.submit(f"case-{n}"))
    app = site.desk()
    async with app.run_test(size=(80, 24)) as pilot:
        await sign_in(pilot, site)
        with site.store._writing():
            for _ in range(3):
                app.open_contents()
                await pilot.pause(0.1)
        await settle(pilot)
        opened = sum("content_opened" in site.kinds(f"case-{n}") for n in range(2))
        assert len(app._opening._opened) == opened == 2


async def test_a_signed_in_desk_opens_by_itself_and_no_more_than_six_an_hour(site: Site) -> None:
    asked = [shown_to(site.store, site.submit(f"case-{n}")) for n in range(MOST + 1)]
    app = site.desk()
    async with app.run_test(size=(80, 24)) as pilot:
        app.open_contents()
        await settle(pilot)
        assert site.store.take_content(*asked[0]) is None
        await sign_in(pilot, site)
        app.open_contents()
        await settle(pilot)
        assert all(site.store.take_content(*one) for one in asked[:MOST])
        assert site.store.take_content(*asked[MOST]) is None
        site.clock.moment += timedelta(hours=1)
        late = shown_to(site.store, "case-0")
        app.counter.touch()
        app.open_contents()
        await settle(pilot)
        assert site.store.take_content(*late)
    assert "content_opened" in site.kinds("case-0")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", NEW_SIZES, ids=str)
async def test_the_pages_fit(site: Site, size: tuple[int, int], language: str) -> None:
    site.submit()
    for wish in (Wish.PRINT, Wish.CORRECT, Wish.ERASE):
        asks(site, wish)
    async with site.desk(language).run_test(size=size) as pilot:
        await sign_in(pilot, site)
        assert_fits(pilot)
        await press(pilot, "r")
        assert_fits(pilot)
        for _ in range(3):
            await press(pilot, "enter")
            assert_fits(pilot)
            await press(pilot, "d")
            assert_fits(pilot)
            await press(pilot, "escape", "escape", "down")
