"""What was kept with a card, on the real screens: back when it is laid, put off from the settings (K33)."""

from __future__ import annotations

from dataclasses import replace

from kiosk.config import Voice as VoiceSettings
from kiosk.flow.preferences import Preferences
from screens.layout import CHOOSE
from screens.resident.app import ResidentApp
from screens.resident.parts import MORE
from tests.flow.residents import WORLD
from tests.screens.sitting_room import Hand, Room

TEXTS = WORLD.texts
USUAL = VoiceSettings()


def as_set(hand: Hand) -> tuple[str, int, int, bool]:
    """Colours, rate, volume and how much is shown."""
    assert hand.app.controls is not None
    comfort = hand.app.controls.comfort
    liked = comfort.preferences
    return comfort.palette.name, liked.rate or USUAL.rate, liked.volume or USUAL.volume, bool(liked.short)


def at(room: Room) -> ResidentApp:
    room.settings = replace(room.settings, voice=replace(room.settings.voice, rate=4, volume=7))
    return room.app()


async def come_home(hand: Hand, room: Room) -> None:
    await hand.sees("language")
    room.lay()
    await hand.sees("home")


async def test_she_sets_it_once_and_finds_it_so_the_next_time(room: Room) -> None:
    async with at(room).run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await come_home(hand, room)
        await hand.presses("c", "comma", "minus")
        await hand.presses("escape")
        await hand.sees("leave")
        await hand.presses("1")
        await hand.sees("remember")
        assert hand.part.focus == "no"
        set_so = as_set(hand)
        assert set_so == ("light", 3, 6, False)
        await hand.presses("1")
        await hand.sees("goodbye")
    room.reader.lift()
    async with at(room).run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.sees("language")
        assert as_set(hand) == ("dark", 4, 7, False)
        await come_home(hand, room)
        assert as_set(hand) == set_so
        assert TEXTS["remember.recalled"].show("zh") in hand.seen
        await hand.presses("x")
        await hand.sees("settings@home")
        await hand.presses("1")
        await hand.sees("home")
        assert as_set(hand) == ("dark", 4, 7, False)
        assert TEXTS["remember.usual"].show("zh") in hand.seen
    with room.store() as store:
        assert store._db.execute("SELECT count(*) FROM preference").fetchone()[0] == 1


async def test_a_finger_finds_how_to_forget_them(room: Room) -> None:
    async with at(room).run_test(size=(57, 12)) as pilot:
        hand = Hand(pilot)
        await come_home(hand, room)
        await hand.presses("c", "x")
        await hand.sees("settings@home")
        await hand.presses("escape")
        await hand.sees("remember@home")
        await hand.presses("1")
        await hand.sees("home")
        assert TEXTS["remember.kept"].show("zh") in hand.seen
        await hand.presses("x")
        while "forget" not in [choice.id for choice in hand.part.choices]:
            await hand.touches(f"{CHOOSE}{MORE}")
        await hand.touches(f"{CHOOSE}forget")
        await hand.sees("home")
        assert as_set(hand)[0] == "light"
    with room.store() as store:
        assert store._db.execute("SELECT count(*) FROM preference").fetchone()[0] == 0


async def test_a_slip_in_the_settings_without_a_card_asks_nothing(room: Room) -> None:
    async with at(room).run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.sees("language")
        await hand.presses("1", "c", "x")
        await hand.sees("settings@welcome")
        await hand.presses("escape")
        await hand.sees("welcome")


def test_what_is_kept_is_only_what_is_not_as_the_site_has_it() -> None:
    assert not Preferences().worth_keeping
    assert not Preferences(language="en").worth_keeping
    assert Preferences(sound=False).worth_keeping
