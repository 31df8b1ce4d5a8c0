"""Bad ratings at the desk: who sees them, who looks into them, and what is kept."""

from __future__ import annotations

import pytest
from textual.widgets import TextArea

from kiosk.cases.rating import Rating
from kiosk.catalogue import load_catalogue
from kiosk.flow.rating import REASONS
from screens.desk.board import Board
from screens.desk.case import CasePage
from screens.desk.rating import RatingPage
from screens.desk.ratings import RatingList
from tests.desk_screens.desk_site import (
    CHEN,
    WANG,
    XIAOLIN,
    Site,
    page,
    press,
    seen,
    settle,
    sign_in,
    told,
    write,
)
from tests.desk_screens.test_desk_fits import SIZES, assert_fits

TEXTS = load_catalogue("desk")
TITLE = {"zh": "高龄津贴申请", "en": "Allowance for the elderly"}


def rated_badly(site: Site, *, finished_by: str = CHEN, call: bool = False) -> int:
    """Zhang Guifang's case was finished, and she was not content."""
    actor = site.actor(finished_by)
    case_id = site.submit()
    claim = site.store.claim(case_id, actor)
    site.store.complete(case_id, actor, claim.epoch, "办好了")
    task = site.store.rate(Rating(1, "elderly-allowance", TITLE, 5, case_id, "closed"), site.clock.now())
    assert task is not None
    if call:
        site.store.ask_call_back(task, case_id)
    return task


async def test_the_board_tells_that_there_is_one_and_p_opens_the_list(site: Site) -> None:
    rated_badly(site)
    async with site.desk().run_test(size=(80, 24)) as pilot:
        await sign_in(pilot, site)
        assert "有差评要看：1条，超期0条" in seen(pilot)
        await press(pilot, "p")
        assert isinstance(page(pilot), RatingList)
        assert "很不满意" in seen(pilot) and "高龄津贴申请" in seen(pilot)
        await press(pilot, "escape")
        assert isinstance(page(pilot), Board)


async def test_an_overdue_one_says_so_in_words(site: Site) -> None:
    """K43, K18."""
    rated_badly(site)
    site.clock.forward(days=9)
    async with site.desk().run_test(size=(80, 24)) as pilot:
        await sign_in(pilot, site)
        assert "超期1条" in seen(pilot)
        await press(pilot, "p")
        assert "！超期2天" in seen(pilot)


@pytest.mark.parametrize("who", [WANG, XIAOLIN], ids=["rated", "volunteer"])
async def test_who_was_rated_and_volunteers_see_nothing_of_it(site: Site, who: str) -> None:
    """K43: somebody else looks into it. K42."""
    rated_badly(site, finished_by=WANG)
    async with site.desk().run_test(size=(80, 24)) as pilot:
        await sign_in(pilot, site, who)
        assert "差评" not in seen(pilot)
        await press(pilot, "p")
        assert isinstance(page(pilot), Board)


async def test_it_is_taken_and_finished_with_words(site: Site) -> None:
    task = rated_badly(site)
    async with site.desk().run_test(size=(80, 24)) as pilot:
        await sign_in(pilot, site)
        await press(pilot, "p", "enter")
        assert "不记名" in seen(pilot)
        assert "张桂芳" not in seen(pilot)
        await press(pilot, "d", "c")
        assert isinstance(page(pilot), RatingPage), "nobody finishes what they have not taken"
        await press(pilot, "d", "f10")
        assert "请写一句结果" in told(pilot)
        await write(pilot, "等得太久，以后先说明要等多久")
        await press(pilot, "f10")
        assert isinstance(page(pilot), RatingList)
        assert "没有要您看的差评" in seen(pilot)
    done = site.store.rating_task(task, site.actor(WANG))
    assert (done.done, done.taken_by, done.note) == (True, WANG, "等得太久，以后先说明要等多久")


@pytest.mark.parametrize(("reason", "read"), [("", "没有说"), *((one, "") for one in REASONS)])
async def test_what_was_bad_is_read_in_words(site: Site, reason: str, read: str) -> None:
    """K43: every reason that the kiosk offers has its words at the desk."""
    task = rated_badly(site)
    if reason:
        site.store.tell_why(task, reason)
    async with site.desk().run_test(size=(80, 24)) as pilot:
        await sign_in(pilot, site)
        await press(pilot, "p", "enter")
        assert f"哪里不好{read or TEXTS[f'rating.why_{reason}'].show('zh')}" in seen(pilot)


async def test_what_was_written_waits_when_one_goes_back(site: Site) -> None:
    rated_badly(site)
    async with site.desk().run_test(size=(80, 24)) as pilot:
        await sign_in(pilot, site)
        await press(pilot, "p", "enter", "c", "d")
        await write(pilot, "写到一半")
        await press(pilot, "escape", "d")
        assert pilot.app.screen.query_one(TextArea).text == "写到一半"


async def test_who_wants_a_call_is_found_through_the_case_and_the_call_is_noted(site: Site) -> None:
    task = rated_badly(site, call=True)
    async with site.desk().run_test(size=(80, 24)) as pilot:
        await sign_in(pilot, site)
        await press(pilot, "p", "enter")
        assert "要人回电话" in seen(pilot)
        await press(pilot, "o")
        assert isinstance(page(pilot), RatingPage), "only whoever looks into it opens the case"
        await press(pilot, "c", "o")
        assert isinstance(page(pilot), CasePage)
        await press(pilot, "escape", "b")
        assert "电话打过了" in told(pilot)
    assert site.store.rating_task(task, site.actor(WANG)).called_back


async def test_a_colleague_was_faster(site: Site) -> None:
    task = site.store.rate(Rating(2), site.clock.now())
    assert task is not None
    async with site.desk().run_test(size=(80, 24)) as pilot:
        await sign_in(pilot, site)
        await press(pilot, "p", "enter")
        site.store.take_rating_task(task, site.actor(CHEN))
        await press(pilot, "c")
        assert CHEN in told(pilot)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_every_page_of_it_fits(site: Site, size: tuple[int, int], language: str) -> None:
    rated_badly(site, call=True)
    site.clock.forward(days=9)
    async with site.desk(language).run_test(size=size) as pilot:
        await settle(pilot)
        await sign_in(pilot, site)
        assert_fits(pilot)
        for key in ("p", "enter", "c", "b", "d", "f10"):
            await press(pilot, key)
            assert_fits(pilot)
