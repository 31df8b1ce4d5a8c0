"""Answers by voice with the key to speak, on the real screens."""

from __future__ import annotations

import asyncio

import pytest

from kiosk.flow.moves import Back, Choose, Enter, Miss
from kiosk.flow.pages.hearing import hint
from kiosk.flow.pages.now import page_of
from kiosk.flow.sitting import Sitting
from kiosk.ports import Level, NotUnderstood, Understood, Unsure, Wish, Wished
from screens.keys import Act
from screens.layout import PRESS
from tests.flow.residents import WORLD, moved
from tests.screens.answering_aloud import (
    NAME,
    PHONE,
    SPEAK,
    SPEAKING,
    TONE,
    WHO,
    listening_at,
    says,
    voice_of,
)
from tests.screens.sitting_room import Room
from tests.screens.test_every_page_fits import TEXTS


async def test_a_tone_says_when_to_speak_and_the_microphone_opens_after_it(room: Room) -> None:
    async with listening_at(room, WHO) as (hand, listener):
        voice_of(hand).tone_lasts = 0.05
        await hand.presses("v")
        assert voice_of(hand).said[-1] == TONE
        assert not listener.is_open(), "what it would hear first is the tone"
        await hand.until(listener.is_open, "an open microphone")


async def test_whoever_presses_another_key_during_the_tone_is_not_listened_to(room: Room) -> None:
    async with listening_at(room, WHO) as (hand, listener):
        voice_of(hand).tone_lasts = 0.05
        await hand.presses("v", "down")
        await hand.settle()
        await asyncio.sleep(0.1)
        await hand.settle()
        assert not listener.opened


async def test_a_centre_can_do_without_the_tone(room: Room) -> None:
    async with listening_at(room, WHO, tone=False) as (hand, listener):
        await hand.presses("v")
        await hand.until(listener.is_open, "an open microphone")
        assert TONE not in voice_of(hand).said


async def test_zhang_presses_the_key_says_the_number_and_says_yes(room: Room) -> None:
    async with listening_at(room, WHO) as (hand, listener):
        assert not listener.opened, "with a key only the key opens it"
        await hand.presses("v")
        assert hand.lines[SPEAKING].strip().startswith(SPEAK)
        listener.tell(Level(0.5))
        await hand.settle()
        assert "█" in hand.lines[SPEAKING]
        listener.hears(Understood(choice="family"))
        await hand.sees("heard@question:who")
        assert "您说的是2" in hand.seen and SPEAK not in hand.lines[SPEAKING]
        assert listener.pages[-1].id == "heard@question:who", "a yes is listened for there"
        await says(hand, listener, Understood(choice="yes"))
        await hand.sees(moved(WHO, Choose("family")).place)


async def test_what_was_heard_is_answered_by_key_and_touch_too(room: Room) -> None:
    async with listening_at(room, WHO) as (hand, listener):
        await says(hand, listener, Understood(choice="family"))
        await hand.presses("2")
        await hand.sees("question:who")
        await says(hand, listener, Understood(choice="family"))
        await hand.touches("choose:yes")
        await hand.sees(moved(WHO, Choose("family")).place)


async def test_pressing_again_ends_what_is_said(room: Room) -> None:
    async with listening_at(room, WHO) as (hand, listener):
        await hand.presses("v", "v")
        assert not listener.is_open() and SPEAK not in hand.seen
        listener.tell(Understood(choice="family"))
        await hand.sees("heard@question:who")


@pytest.mark.parametrize("presses", [["v"], ["v", "v"]], ids=["while-speaking", "after-speaking"])
async def test_any_other_key_forgets_what_was_said(room: Room, presses: list[str]) -> None:
    async with listening_at(room, WHO) as (hand, listener):
        await hand.presses(*presses)
        pages = len(listener.pages)
        await hand.presses("down")
        assert not listener.is_open() and SPEAK not in hand.seen
        assert len(listener.pages) == pages + 1, "what was begun is for nobody any more"
        assert hand.place == "question:who"


async def test_what_was_said_to_the_last_page_answers_no_other(room: Room) -> None:
    """The news is on its way when a key turns the page."""
    async with listening_at(room, WHO) as (hand, _listener):
        app, following = hand.app, moved(WHO, Choose("self"))
        answer = page_of(following, WORLD).choices[0].id
        await hand.presses("1")
        place = hand.place
        assert place == following.place
        app.post_message(app.FromListener(Understood(choice=answer), 1))
        await hand.settle()
        assert hand.place == place


@pytest.mark.parametrize(
    ("wish", "then"),
    [
        (Wish.HELP, "help@question:who"),
        (Wish.PERSON, "called@question:who"),
        (Wish.BACK, "question:relation"),
    ],
)
async def test_commands_act_at_once(room: Room, wish: Wish, then: str) -> None:
    async with listening_at(room, WHO) as (hand, listener):
        await says(hand, listener, Wished(wish))
        await hand.until(lambda: hand.place != "question:who", "another page")
        if wish is Wish.BACK:
            assert hand.place == moved(WHO, Back()).place
        else:
            assert hand.place == then


async def test_louder_slower_and_again_need_no_page(room: Room) -> None:
    """K21, K07."""
    async with listening_at(room, WHO) as (hand, listener):
        for wish, words in ((Wish.LOUDER, "音量第8档"), (Wish.SLOWER, "说话速度第3档")):
            await says(hand, listener, Wished(wish))
            assert words in hand.seen
        await says(hand, listener, Wished(Wish.REPEAT))
        assert voice_of(hand).said[-1] == "again"


async def test_next_goes_on_where_there_is_one_way_and_answers_nothing_else(room: Room) -> None:
    async with listening_at(room, Sitting(place="welcome")) as (hand, listener):
        await says(hand, listener, Wished(Wish.NEXT))
        await hand.sees("card")
    async with listening_at(room, WHO) as (hand, listener):
        await says(hand, listener, Wished(Wish.NEXT))
        assert hand.place == "question:who"
        assert voice_of(hand).said[-1] == hint(page_of(WHO, WORLD), Miss.UNCLEAR, 1, TEXTS).show("zh")


async def test_each_miss_is_explained_and_the_third_offers_keys_and_a_person(room: Room) -> None:
    async with listening_at(room, WHO) as (hand, listener):
        page = page_of(WHO, WORLD)
        for times in (1, 2):
            await says(hand, listener, NotUnderstood())
            assert voice_of(hand).said[-1] == hint(page, Miss.UNCLEAR, times, TEXTS).show("zh")
            assert hand.place == "question:who"
        await says(hand, listener, NotUnderstood())
        await hand.sees("unheard@question:who")
        await hand.presses("1")
        await hand.sees("question:who")


async def test_two_that_sound_alike_are_both_shown(room: Room) -> None:
    async with listening_at(room, WHO) as (hand, listener):
        await says(hand, listener, Unsure(("self", "family")))
        await hand.sees("heard@question:who")
        assert [choice.id for choice in hand.part.choices] == ["self", "family", "neither"]


async def test_who_was_misheard_says_the_other_answer_and_hears_that_one(room: Room) -> None:
    """K05: 不对，是一 costs one turn, not three."""
    async with listening_at(room, WHO) as (hand, listener):
        await says(hand, listener, Understood(choice="family"))
        await hand.sees("heard@question:who")
        assert "2，" in hand.seen
        await says(hand, listener, Understood(choice="self", instead=True))
        assert hand.place == "heard@question:who" and "1，" in hand.part.heading.show("zh")
        await says(hand, listener, Understood(choice="yes"))
        assert hand.place == moved(WHO, Choose("self")).place


async def test_a_dictated_number_is_kept_group_by_group(room: Room) -> None:
    """What was said stands in the field, and can be finished by hand (K09)."""
    async with listening_at(room, PHONE) as (hand, listener):
        await hand.presses("f12")
        assert not listener.is_open(), "first it is said that others would hear"
        assert "旁边的人会听见" in hand.seen
        await says(hand, listener, Understood(typed="139"))
        await hand.sees("heard@question:phone")
        await hand.presses("1")
        await hand.sees("question:phone")
        assert hand.field == "139"
        await hand.types("00000000")
        await hand.presses("enter")
        assert hand.place == moved(PHONE, Enter("13900000000")).place


async def test_a_private_number_is_said_in_full_only_when_it_is_asked_for_twice(room: Room) -> None:
    """K26."""
    async with listening_at(room, PHONE) as (hand, _listener):
        voice = voice_of(hand)
        await hand.presses("f11")
        assert "旁边的人" not in voice.said[-1], "nothing stands there yet"
        await hand.types("139")
        await hand.presses("f11")
        assert voice.said[-1] == TEXTS["bar.aloud"].show("zh")
        await hand.presses("f11")
        assert voice.said[-1] == "aloud 139"
    async with listening_at(room, NAME) as (hand, _listener):
        await hand.types("王秀英")
        await hand.presses("f11")
        assert voice_of(hand).said[-1] == "aloud 王秀英"


async def test_letters_are_typed_in_a_field_and_what_is_typed_shuts_the_microphone(room: Room) -> None:
    async with listening_at(room, NAME) as (hand, listener):
        await hand.types("v")
        assert not listener.is_open(), "a letter of a name, not the key to speak"
        await hand.presses("backspace", "f12")
        assert listener.is_open()
        await hand.types("王")
        assert hand.field == "王" and not listener.is_open()


async def test_a_touch_opens_the_microphone_as_well(room: Room) -> None:
    async with listening_at(room, WHO) as (hand, listener):
        await hand.touches(f"{PRESS}{Act.LISTEN}")
        assert listener.is_open()
        await hand.touches(f"{PRESS}{Act.HELP}")
        assert not listener.is_open() and hand.place == "help@question:who"


async def test_a_noisy_hall_keeps_no_visit_alive(room: Room) -> None:
    """K30: only words that mean something here are a person."""
    async with listening_at(room, WHO) as (hand, listener):
        due = {timer.when() for timer in hand.app.idle._timers}
        await hand.presses("v")
        pressed = {timer.when() for timer in hand.app.idle._timers}
        assert pressed != due
        listener.hears(NotUnderstood())
        await hand.settle()
        assert {timer.when() for timer in hand.app.idle._timers} == pressed
