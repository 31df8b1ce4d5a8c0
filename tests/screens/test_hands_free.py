"""Answers by voice without a key: when the microphone opens by itself, and when it never does."""

from __future__ import annotations

import asyncio

from kiosk.flow.moves import Choose, Quiet
from kiosk.flow.pages.now import page_of
from kiosk.ports import NotUnderstood, Understood, Wish, Wished
from screens.resident.listening import LOOK_EVERY
from tests.flow.residents import WORLD, moved
from tests.screens.answering_aloud import PHONE, WHO, listening_at, said_out, voice_of
from tests.screens.sitting_room import Room


async def test_hands_free_it_opens_when_the_page_has_been_said(room: Room) -> None:
    async with listening_at(room, WHO, "free") as (hand, listener):
        voice = voice_of(hand)
        voice.busy = True
        await hand.settle()
        before = listener.opened
        await asyncio.sleep(3 * LOOK_EVERY)
        assert listener.opened == before, "the kiosk must not hear itself"
        voice.busy = False
        await hand.until(listener.is_open, "the microphone")
        listener.hears(Understood(choice="family"))
        await hand.sees("heard@question:who")
        await hand.until(listener.is_open, "the microphone for a yes")
        listener.hears(Understood(choice="yes"))
        await hand.sees(moved(WHO, Choose("family")).place)


async def test_hands_free_never_opens_for_a_private_answer_by_itself(room: Room) -> None:
    """K26: a key, a warning, and the key again; then for this field only."""
    async with listening_at(room, PHONE, "free") as (hand, listener):
        await said_out(hand)
        await hand.presses("f12")
        assert not listener.opened
        await hand.presses("f12")
        assert listener.is_open()
        listener.hears(Understood(typed="139"))
        await hand.sees("heard@question:phone")
        await hand.until(listener.is_open, "a yes can be said anywhere")
        listener.hears(Understood(choice="yes"))
        await hand.sees("question:phone")
        await hand.until(listener.is_open, "the next digits of the same number")
        await hand.presses("escape")
        await hand.sees("question:id_number")
        await said_out(hand)
        assert not listener.is_open(), "what was chosen for one field is for no other"
        await hand.presses("enter")
        await hand.sees("question:phone")
        await said_out(hand)
        assert not listener.is_open(), "another time they may not be alone"


async def test_hands_free_nobody_is_spoken_to_at_rest(room: Room) -> None:
    """Nobody may be there, and a talk in the hall is none of the kiosk's business."""
    async with listening_at(room, None, "free") as (hand, listener):
        await hand.sees("language")
        await said_out(hand)
        assert not listener.opened
        assert not any("说话来答" in words for words in voice_of(hand).said)


async def test_hands_free_a_key_shuts_it_until_the_next_page(room: Room) -> None:
    async with listening_at(room, WHO, "free") as (hand, listener):
        await hand.until(listener.is_open, "the microphone")
        await hand.presses("down")
        await said_out(hand)
        assert not listener.is_open()
        await hand.presses("r")
        voice_of(hand).busy = True
        await hand.presses("up")
        await said_out(hand)
        assert not listener.is_open(), "a key while it speaks is a hand, too"
        await hand.presses("r")
        await hand.until(listener.is_open, "the microphone, after the page was said again")
        await hand.presses("1")
        await hand.until(listener.is_open, "the microphone on the next page")


async def test_silence_is_met_with_the_page_more_slowly_then_help_then_a_person(room: Room) -> None:
    async with listening_at(room, WHO, "free") as (hand, listener):
        voice, page = voice_of(hand), page_of(WHO, WORLD)
        for words in ("again", page.help[0].show("zh")):
            await hand.until(listener.is_open, "the microphone")
            listener.hears(NotUnderstood(silent=True))
            await hand.settle()
            assert voice.said[-1] == words
        assert voice.rates == [4, 3, 4], "one step slower, and then as it was"
        await hand.until(listener.is_open, "the microphone")
        listener.hears(NotUnderstood(silent=True))
        await hand.sees("unheard@question:who")
        await hand.presses("1")
        await hand.sees("question:who")
        await said_out(hand)
        assert not listener.is_open(), "who was sent to the keys is not asked to speak again"


async def test_who_asks_for_a_moment_is_not_asked_again(room: Room) -> None:
    async with listening_at(room, WHO, "free") as (hand, listener):
        await hand.until(listener.is_open, "the microphone")
        listener.hears(Wished(Wish.STOP))
        for _ in range(4):
            await hand.until(listener.is_open, "the microphone, as long as it takes")
            listener.hears(NotUnderstood(silent=True))
            await hand.settle()
        assert hand.place == "question:who"
        await hand.until(listener.is_open, "the microphone")
        listener.hears(Understood(choice="family"))
        await hand.sees("heard@question:who")


async def test_are_you_there_is_answered_aloud(room: Room) -> None:
    """K31."""
    async with listening_at(room, WHO, "free") as (hand, listener):
        hand.app.course.wish(Quiet())
        await hand.sees("idle@question:who")
        await hand.until(listener.is_open, "the microphone")
        listener.hears(Understood(choice="go"))
        await hand.sees("question:who")
