"""A called number on the kiosk's page at rest: shown and said there, and never over somebody's visit."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from kiosk.cases.calling import Lane, Numbers, Window
from kiosk.config import WaitingLetter
from kiosk.text import Text
from screens.resident import number_calls
from tests.screens.sitting_room import Hand, Room

WINDOW = Window("1", "A")
NUMBERS = Numbers(("A",), (WINDOW,), cap=2)
PENSIONS = WaitingLetter("A", Text({"zh": "社保", "en": "Pensions"}))


@pytest.fixture
def calling(room: Room, monkeypatch: pytest.MonkeyPatch) -> Room:
    """A centre that calls by number, where the kiosk looks often and soon."""
    monkeypatch.setattr(number_calls, "LOOK_EVERY", 0.05)
    monkeypatch.setattr(number_calls, "ALONE", 0.0)
    room.settings = replace(room.settings, waiting_letter=(PENSIONS,))
    return room


def call_somebody(room: Room) -> None:
    with room.store() as store:
        store.draw_number("A", Lane.ORDINARY, NUMBERS)
        assert store.call_next(WINDOW, NUMBERS.cap)


async def test_nobody_is_there_and_a_number_is_called(calling: Room) -> None:
    async with calling.app().run_test(size=(40, 10)) as pilot:
        hand = Hand(pilot)
        await hand.sees("language")
        await hand.presses("down")  # what the page says is over sooner
        call_somebody(calling)
        await hand.until(lambda: "请A1号到1号窗口" in hand.seen, "the call")
        await hand.until(lambda: "请A一号到1号窗口" in hand.seen, "the caption of what is said")
        assert [choice.id for choice in hand.part.choices] == ["zh", "en"]
        await hand.presses("1")
        assert hand.place == "welcome"


async def test_whoever_is_in_a_visit_neither_sees_nor_hears_it(calling: Room) -> None:
    async with calling.app().run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.sees("language")
        await hand.presses("1")
        call_somebody(calling)
        looked = asyncio.Event()
        pilot.app.set_timer(4 * number_calls.LOOK_EVERY, looked.set)
        await looked.wait()
        await hand.settle()
        assert hand.place == "welcome"
        assert "A1号" not in hand.seen and "A一号" not in hand.seen


async def test_whoever_reads_the_first_page_is_not_talked_over(
    calling: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They pressed a key a moment ago; the waiting screen calls meanwhile."""
    monkeypatch.setattr(number_calls, "ALONE", 600.0)
    async with calling.app().run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.sees("language")
        call_somebody(calling)
        await hand.presses("down")
        await hand.until(lambda: hand.app.speaker is not None and not hand.app.speaker.speaking, "silence")
        number_calls.NumberCalls(hand.app).look()
        await hand.settle()
        assert "A1号" not in hand.seen


async def test_a_number_is_drawn_with_keys_alone(calling: Room) -> None:
    async with calling.app().run_test(size=(57, 12)) as pilot:
        hand = Hand(pilot)
        await hand.sees("language")
        await hand.presses("1", "down", "enter", "1")
        await hand.sees("number-drawn")
        assert "前面没有人了" in hand.seen
        with calling.store() as store:
            assert [one.lane for one in store.hall("A").waiters] == [Lane.FIRST]


async def test_where_nobody_is_called_by_number_no_page_says_a_word_of_it(room: Room) -> None:
    async with room.app().run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.sees("language")
        await hand.presses("1")
        assert "取号" not in hand.seen
        await hand.presses("1", "1", "1")
        assert hand.place == "do" and "取号" not in hand.seen
