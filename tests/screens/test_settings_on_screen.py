"""What a person sets for themselves, on the real screens: by key or finger, said, and gone with them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

from kiosk.config import Voice as VoiceSettings
from kiosk.flow.page import SETS, Page
from kiosk.flow.sitting import Sitting
from kiosk.ports import Caption
from screens.layout import CHOOSE, PRESS
from screens.picture import of_app
from screens.resident.app import ResidentApp
from screens.resident.parts import MORE
from tests.flow.residents import AT_EIGHTY, WORLD, begun, led
from tests.screens.answering_aloud import Voice
from tests.screens.sitting_room import Hand, Room
from tests.screens.test_every_page_fits import VOICE
from voice.privacy import Output
from voice.script import Reading, script

TEXTS = WORLD.texts
WHO = led(begun(None), AT_EIGHTY, "question:who")
PHONE = led(begun(None), AT_EIGHTY, "question:phone")
USE = led(begun(None), AT_EIGHTY, "consent:use")
HINT = "没有可以跳过"


class Ear(Voice):
    """Says all of a page, as the hall hears it."""

    def present(self, page: Page, language: str) -> None:
        self._say(
            "".join(sentence.text for sentence in script(page, Reading(language, Output.LOUDSPEAKER, VOICE)))
        )


@asynccontextmanager
async def at_the_kiosk(room: Room, at: Sitting | None, *, sound: bool = True) -> AsyncIterator[Hand]:
    """The app at a page, with a voice or without any."""

    def make_speaker(show: Callable[[Caption], None], no_sound: Callable[[], None]) -> Ear:
        if not sound:
            no_sound()
        return Ear(show)

    room.settings = replace(room.settings, voice=VoiceSettings())
    app = ResidentApp(replace(room.app(at).fittings, make_speaker=make_speaker))
    async with app.run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.sees(at.place if at else "language")
        yield hand


def said(hand: Hand) -> list[str]:
    assert isinstance(hand.app.speaker, Ear)
    return hand.app.speaker.said


def picture(hand: Hand) -> set[str]:
    """The colours that are lit."""
    return {colour for row in of_app(hand.app) for piece in row for colour in (piece.colour, piece.ground)}


async def chosen(hand: Hand, name: str) -> None:
    """Touch a choice, on whichever part of the page it is."""
    while name not in [choice.id for choice in hand.part.choices]:
        await hand.touches(f"{CHOOSE}{MORE}")
    await hand.touches(f"{CHOOSE}{name}")


def detail(hand: Hand, name: str) -> str:
    """What stands beside a choice."""
    return next(choice.detail.show("zh") for choice in hand.part.choices if choice.id == name)


async def test_a_finger_alone_sets_everything_and_each_change_is_said(room: Room) -> None:
    """From Help, on a page with a half-written number, which is still there afterwards."""
    async with at_the_kiosk(room, PHONE) as hand:
        await hand.types("139")
        await hand.touches(f"{PRESS}help")
        await hand.sees("help@question:phone")
        await chosen(hand, "settings")
        await hand.sees("settings@question:phone")
        before = picture(hand)
        await chosen(hand, f"{SETS}colours")
        assert said(hand)[-1] == "颜色换成白底黑字"
        assert picture(hand) != before
        assert "白底黑字" in hand.seen, "and what it is stands beside it"
        await chosen(hand, "speed")
        await hand.sees("speed@question:phone")
        await chosen(hand, f"{SETS}slower")
        assert said(hand)[-1] == "说话速度第3档"
        await chosen(hand, "go")
        await chosen(hand, "volume")
        await hand.sees("volume@question:phone")
        await chosen(hand, f"{SETS}louder")
        assert said(hand)[-1] == "音量第8档"
        await chosen(hand, "go")
        assert "字的大小：中号" in hand.seen
        await chosen(hand, f"{SETS}size")
        assert said(hand)[-1].startswith("字的大小")
        assert detail(hand, f"{SETS}size") == "大号", "the page tells at once what it is now"
        await chosen(hand, f"{SETS}detail")
        assert detail(hand, f"{SETS}detail") == "只要问题和选项"
        await chosen(hand, f"{SETS}detail")
        assert detail(hand, f"{SETS}detail") == "全部都要"
        await chosen(hand, "go")
        await hand.sees("question:phone")
        assert hand.field == "139"


async def test_one_key_leads_there_and_back(room: Room) -> None:
    async with at_the_kiosk(room, WHO) as hand:
        await hand.presses("x")
        await hand.sees("settings@question:who")
        await hand.presses("2", "0")
        await hand.sees("question:who")
        assert hand.app.view.palette.name == "light"


async def test_short_pages_show_the_question_and_the_options_and_say_the_rest_when_asked(room: Room) -> None:
    async with at_the_kiosk(room, PHONE) as hand:
        assert HINT in hand.seen
        await hand.presses("f1", "d", "f1")
        assert "只显示问题和选项" in "".join(said(hand))
        assert HINT not in "".join("".join(line.split()) for line in hand.lines[:-5]), "but for the caption"
        assert HINT not in said(hand)[-1]
        await hand.presses("f2")
        assert HINT in said(hand)[-1]
        await hand.presses("f1")
        await hand.sees("help@question:phone")
        assert HINT in hand.seen, "and it stands in Help"


async def test_what_somebody_agrees_to_is_shown_whole(room: Room) -> None:
    async with at_the_kiosk(room, USE) as hand:
        before = hand.part
        await hand.presses("d")
        assert hand.part == before


async def test_without_a_picture_everything_goes_on_by_ear(room: Room) -> None:
    """The way back is said; keys, focus and voice are as before; nothing at all is lit."""
    async with at_the_kiosk(room, WHO) as hand:
        await hand.presses("b")
        assert "按B，画面就回来" in said(hand)[-1]
        assert picture(hand) == {"#000000"}
        await hand.presses("down")
        focused = hand.app.stage.focused if hand.app.stage else None
        assert focused is not None and said(hand)[-1] == focused.label.show("zh")
        await hand.presses("1")
        assert hand.place != "question:who"
        assert picture(hand) == {"#000000"}
        await hand.presses("f1", "b")
        assert len(picture(hand)) > 2
        assert said(hand)[-1] == "画面回来了"


async def test_a_touch_on_the_dark_screen_brings_the_picture_back_and_chooses_nothing(room: Room) -> None:
    for at in (WHO, PHONE):
        async with at_the_kiosk(room, at) as hand:
            await hand.presses("f1", "b", "f1")
            assert picture(hand) == {"#000000"}
            await hand._pilot.click(offset=(20, 9))
            await hand.settle()
            assert len(picture(hand)) > 2
            assert hand.place == at.place


async def test_the_picture_stays_where_there_is_no_sound_and_that_is_said(room: Room) -> None:
    for muted in (False, True):
        async with at_the_kiosk(room, WHO, sound=muted) as hand:
            await hand.presses(*(["m"] if muted else []), "b")
            assert "所以先不关" in said(hand)[-1]
            assert len(picture(hand)) > 2


async def test_whoever_loses_the_sound_gets_the_picture_back(room: Room) -> None:
    """Muted by hand, or because the device is gone."""
    async with at_the_kiosk(room, WHO) as hand:
        await hand.presses("b", "m")
        assert len(picture(hand)) > 2
        await hand.presses("m", "b")
        assert picture(hand) == {"#000000"}
        hand.app.post_message(ResidentApp.Silent())
        await hand.settle()
        assert len(picture(hand)) > 2
        await hand.presses("c")
        assert len(picture(hand)) > 2, "nor does the next change take it away"


async def test_the_next_person_finds_all_as_the_site_has_it(room: Room) -> None:
    """K33: of the settings that are new here as of the others."""
    async with at_the_kiosk(room, WHO) as hand:
        await hand.presses("d", "c", "b", "comma")
    async with at_the_kiosk(room, PHONE) as hand:
        assert HINT in hand.seen and len(picture(hand)) > 2
        assert hand.app.view.palette.name == "dark"
