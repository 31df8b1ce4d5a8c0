"""Who is told that answers can be spoken, and where nothing of it is offered."""

from __future__ import annotations

import logging

import pytest

from screens.layout import PRESS
from tests.screens.answering_aloud import SPEAK, WHO, listening_at, said_out, voice_of
from tests.screens.sitting_room import Hand, Room
from tests.screens.test_every_page_fits import TEXTS, squeezed


async def test_it_is_told_once_how_to_answer_aloud(room: Room) -> None:
    for mode, key in (("push", "listen.how_push"), ("free", "listen.how_free")):
        async with listening_at(room, WHO, "push" if mode == "push" else "free") as (hand, _listener):
            await said_out(hand)
            await hand.presses("1")
            await said_out(hand)
            assert voice_of(hand).said.count(TEXTS[key].show("zh")) == 1


async def test_nobody_who_speaks_is_told_how_to_speak(room: Room) -> None:
    async with listening_at(room, None) as (hand, listener):
        await hand.sees("language")
        await hand.presses("1")
        await hand.sees("welcome")
        voice_of(hand).busy = True
        await hand.presses("v")
        assert listener.is_open() and not voice_of(hand).busy, "whoever presses the key need not wait"
        await said_out(hand)
        assert TEXTS["listen.how_push"].show("zh") not in voice_of(hand).said


async def test_without_a_listener_nothing_of_it_is_shown(room: Room) -> None:
    async with room.app(WHO).run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.sees("question:who")
        await hand.presses("v", "f12")
        assert hand.place == "question:who"
        assert f"{PRESS}listen" not in _acts(hand)
        assert SPEAK not in hand.seen


async def test_a_deaf_kiosk_says_so_to_staff_and_to_who_pressed_the_key(
    room: Room, caplog: pytest.LogCaptureFixture
) -> None:
    async with listening_at(room, WHO) as (hand, listener):
        listener.deaf = "no_microphone"
        with caplog.at_level(logging.WARNING):
            await hand.presses("v")
        assert "nothing can be heard: no_microphone" in caplog.text
        cannot = squeezed(TEXTS["listen.deaf"].show("zh") + TEXTS["listen.cannot"].show("zh"))
        assert cannot in hand.seen
        assert "F12" not in hand.seen and "V说话" not in hand.seen, "what does nothing is not offered"
        assert f"{PRESS}listen" not in _acts(hand)
        listener.deaf = ""
        await hand.presses("v")
        assert listener.is_open(), "once it is back it is used"
        assert f"{PRESS}listen" in _acts(hand)


def _acts(hand: Hand) -> list[str]:
    layout = hand.app.view.layout_now
    assert layout is not None
    return [target.act for target in layout.targets]
