"""How a case goes on or ends, and what the resident then sees with their card."""

from __future__ import annotations

from textual.pilot import Pilot

from kiosk.cases.states import State
from kiosk.cases.views import CaseProgress
from screens.desk.board import Board
from screens.desk.case import CasePage
from screens.desk.confirm import Confirm
from screens.desk.writing import Writing
from tests.desk_screens.desk_site import (
    CHEN,
    GUIFANG,
    WANG,
    Site,
    page,
    press,
    seen,
    sign_in,
    told,
    write,
)


async def holding(pilot: Pilot[None], site: Site) -> None:
    """Wang Li has opened the case and holds it."""
    await sign_in(pilot, site)
    await press(pilot, "enter", "c")


def progress(site: Site) -> CaseProgress:
    (found,) = site.store.cases_of(GUIFANG)
    return found


async def test_what_is_missing_reaches_the_person_and_the_clock_stands_still(site: Site) -> None:
    site.submit()
    async with site.desk().run_test() as pilot:
        await holding(pilot, site)
        await press(pilot, "i")
        await write(pilot, "户口簿和银行卡")
        await press(pilot, "f10")
        assert isinstance(page(pilot), Board)
        assert "A001" in told(pilot)
    assert progress(site).missing == "户口簿和银行卡"
    assert progress(site).paused


async def test_when_it_has_come_the_case_is_in_hand_again(site: Site) -> None:
    site.submit()
    claim = site.store.claim("case-1", site.actor(CHEN))
    site.store.ask_info("case-1", site.actor(CHEN), claim.epoch, "户口簿")
    async with site.desk().run_test() as pilot:
        await sign_in(pilot, site)
        await press(pilot, "enter", "n")
        await write(pilot, "户口簿原件")
        await press(pilot, "f10")
        assert isinstance(page(pilot), CasePage)
    assert site.store.case("case-1").summary.holder == WANG


async def test_a_finished_case_shows_its_result_to_the_person(site: Site) -> None:
    site.submit()
    async with site.desk().run_test() as pilot:
        await holding(pilot, site)
        await press(pilot, "d")
        await write(pilot, "下月起每月五十元")
        await press(pilot, "f10")
        assert isinstance(page(pilot), Confirm)
        assert "张**" in seen(pilot) and "张桂芳" not in seen(pilot)
        assert "高龄津贴申请" in seen(pilot)
        assert progress(site).number in seen(pilot)
        assert "下月起每月五十元" in seen(pilot)
        assert progress(site).stage is State.CLAIMED, "nothing is decided before they are sure"
        await press(pilot, "down", "enter")
        assert isinstance(page(pilot), Board)
    assert progress(site).stage is State.DECIDED
    assert progress(site).result == "下月起每月五十元"


async def test_enter_pressed_too_often_decides_nothing(site: Site) -> None:
    site.submit()
    async with site.desk().run_test() as pilot:
        await holding(pilot, site)
        await press(pilot, "d")
        await write(pilot, "好")
        await press(pilot, "f10", "enter")
        writing = page(pilot)
        assert isinstance(writing, Writing)
        assert writing.texts == ("好",)
    assert progress(site).stage is State.CLAIMED


async def test_refusing_needs_a_reason_and_what_the_person_can_do(site: Site) -> None:
    site.submit()
    async with site.desk().run_test() as pilot:
        await holding(pilot, site)
        await press(pilot, "j", "f10")
        assert "原因" in told(pilot)
        await write(pilot, "户口不在本区")
        await press(pilot, "f10")
        assert "可以怎么做" in told(pilot)
        await write(pilot, "请到户口所在街道申请")
        await press(pilot, "f10", "down", "enter")
    assert progress(site).stage is State.DECIDED
    assert progress(site).result == "户口不在本区\n您可以：请到户口所在街道申请"


async def test_somebody_who_reads_english_is_refused_in_english(site: Site) -> None:
    site.submit(language="en")
    async with site.desk().run_test() as pilot:
        await holding(pilot, site)
        await press(pilot, "j")
        assert "这位居民用英文" in seen(pilot)
        await write(pilot, "No")
        await press(pilot, "tab")
        await write(pilot, "Ask again")
        await press(pilot, "f10", "down", "enter")
    assert progress(site).result == "No\nWhat you can do: Ask again"


async def test_a_case_can_be_given_back_without_a_word(site: Site) -> None:
    site.submit()
    async with site.desk().run_test() as pilot:
        await holding(pilot, site)
        await press(pilot, "r", "f10")
        assert isinstance(page(pilot), Board)
    assert site.store.case("case-1").summary.state is State.QUEUED


async def test_words_that_were_not_sent_wait_on_the_case(site: Site) -> None:
    site.submit()
    async with site.desk().run_test() as pilot:
        await holding(pilot, site)
        await press(pilot, "i")
        await write(pilot, "户口簿")
        await press(pilot, "escape", "i")
        writing = page(pilot)
        assert isinstance(writing, Writing)
        assert writing.texts[0] == "户口簿"


async def test_under_a_lost_claim_nothing_is_decided_and_the_text_stays(site: Site) -> None:
    site.submit()
    async with site.desk().run_test() as pilot:
        await holding(pilot, site)
        await press(pilot, "i")
        await write(pilot, "户口簿")
        for _ in range(8):
            site.clock.forward(minutes=4)
            await press(pilot, "left")
        site.store.claim("case-1", site.actor(CHEN))
        await press(pilot, "f10")
        writing = page(pilot)
        assert "不在您手上" in told(pilot)
        assert isinstance(writing, Writing)
        assert writing.texts[0] == "户口簿"
    assert progress(site).stage is State.CLAIMED
    assert [note.text for note in site.store.case("case-1").side_notes] == ["户口簿"]


async def test_typing_keeps_the_claim(site: Site) -> None:
    site.submit()
    async with site.desk().run_test() as pilot:
        await holding(pilot, site)
        await press(pilot, "i")
        for _ in range(10):
            site.clock.forward(minutes=4)
            await write(pilot, "a")
        await press(pilot, "f10")
    assert progress(site).missing == "a" * 10


async def test_the_program_does_not_end_over_words_that_were_not_sent(site: Site) -> None:
    site.submit()
    async with site.desk().run_test() as pilot:
        await holding(pilot, site)
        await press(pilot, "i")
        await write(pilot, "户口簿")
        await press(pilot, "ctrl+q")
        assert pilot.app.is_running
        assert "Esc" in told(pilot)
