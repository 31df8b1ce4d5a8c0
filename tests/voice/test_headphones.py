"""Which device sounds: the chosen one. What only one person may hear, a room never does (K26)."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kiosk.flow.page import Page, PageKind
from kiosk.text import Privacy, Text
from tests.voice.sound_hall import heard
from voice.engines import Rendered
from voice.fitting import Fitting, fitting_of, is_headphones
from voice.messages import Ended, Report, Started, Unspeakable
from voice.mouth import PROGRAM
from voice.player import Player

if TYPE_CHECKING:
    from tests.voice.conftest import Booth
    from tests.voice.sound_hall import Hall

SOUND = Rendered(b"\1\20" * 4410, 22050, ())
WORDS = ("headset", "耳机")
WAIT = 20.0

needs_pulse = pytest.mark.skipif(
    not all(map(shutil.which, ("pulseaudio", "parec", "pacat", "pactl"))),
    reason="pulseaudio is not installed",
)


def both(zh: str, en: str, privacy: Privacy = Privacy.OPEN) -> Text:
    return Text({"zh": zh, "en": en}, {}, privacy)


PHONE = Page(
    "check",
    PageKind.CHOICE,
    both("请看一看", "Please look"),
    body=(both("电话：13800138000", "Phone: 13800138000", Privacy.PRIVATE),),
)


@pytest.fixture
def told() -> list[Report]:
    return []


@pytest.fixture
def player(told: list[Report]) -> Player:
    return Player(22050, told.append)


@pytest.mark.parametrize(
    ("device", "one"),
    [
        ("USB Headset: Audio (hw:1,0)", True),
        ("蓝牙耳机", True),
        ("HDA Intel PCH: ALC257 Analog (hw:0,0)", False),
        ("default", False),
        ("", False),
    ],
)
def test_headphones_are_known_by_their_name(device: str, one: bool) -> None:
    assert is_headphones(device, WORDS) is one
    assert not is_headphones(device, ()) and not is_headphones(device, ("", " "))


def test_a_child_is_told_what_it_has_to_know() -> None:
    fitting = Fitting("/v", "/p", "tone", "USB", WORDS, private=True)
    assert fitting_of(fitting.arguments()) == fitting and fitting_of(()) == Fitting()


def test_a_room_is_never_played_what_is_for_one(player: Player, told: list[Report]) -> None:
    assert not player.play(1, SOUND, for_one=True)
    assert set(player.fill(441)) == {0} and told == []


def test_when_the_headphones_go_not_a_sample_more_comes(player: Player, told: list[Report]) -> None:
    player.heard_by(one=True)
    assert player.play(1, SOUND, for_one=True)
    assert set(player.fill(441)) != {0}
    player.heard_by(one=False)
    assert set(player.fill(441)) == {0}
    assert told == [Started(1), Ended(1, False), Unspeakable(1)]


def test_what_everybody_may_hear_goes_on_when_the_headphones_go(player: Player) -> None:
    player.heard_by(one=True)
    assert player.play(1, SOUND)
    player.heard_by(one=False)
    assert set(player.fill(441)) != {0}


def names_in(folder: Path, *names: str) -> None:
    """Devices of these names beside the default one, all of which lead to the hall."""
    devices = "".join(
        f'pcm.{name} {{ type pulse device hall hint.description "{name}" }}\n' for name in names
    )
    with (folder / ".asoundrc").open("a", encoding="ascii") as file:
        file.write(devices)


@needs_pulse
@pytest.mark.slow
def test_the_chosen_device_sounds_and_headphones_are_told_the_whole_number(
    hall: Hall,
    booth: Booth,
    tmp_path: Path,
) -> None:
    names_in(tmp_path, "Headset")
    fitting = Fitting(device="headset", headphones=WORDS)
    speaker = booth.speaker(program=(*PROGRAM, *fitting.arguments()))
    assert heard(hall, speaker, PHONE, "zh"), booth.log()
    # Now it is known who hears it.
    assert heard(hall, speaker, PHONE, "zh"), booth.log()
    assert any("13800138000" in text for text in booth.ear.texts())
    assert "Headset" in {line["device"] for line in booth.log()}


@needs_pulse
@pytest.mark.slow
def test_where_the_chosen_device_is_not_there_the_default_one_sounds_and_numbers_are_cut_short(
    hall: Hall,
    booth: Booth,
) -> None:
    fitting = Fitting(device="Headset", headphones=WORDS)
    speaker = booth.speaker(program=(*PROGRAM, *fitting.arguments()))
    assert heard(hall, speaker, PHONE, "zh"), booth.log()
    assert not any("13800138000" in text for text in booth.ear.texts())
