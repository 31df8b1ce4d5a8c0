"""Keypads whose keys mean something else: the tables that are shipped, and a site's own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from textual._xterm_parser import XTermParser
from textual.events import Key

from kiosk.config import ConfigFault, Keys
from kiosk.paths import data_dir
from screens.far_keys import know_far_keys
from screens.keypad_lesson import DONE, SKIP, Lesson
from screens.keypads import PLAIN, load_keypad, written_keypad
from screens.keys import Act, act_of
from tests.screens.sitting_room import Hand, Room

SHIPPED = sorted(path.stem for path in (data_dir() / "keypads").glob("*.toml"))


@pytest.mark.parametrize("name", [PLAIN, *SHIPPED])
def test_help_again_back_and_a_person_are_on_every_keypad(name: str) -> None:
    """K27: whatever a keypad takes for itself, no key has two meanings and each of these has one left."""
    keypad = load_keypad(name)
    there = {act_of(key, in_field=False, keypad=keypad) for key in ("f1", "f2", "f9", "escape", "enter")}
    assert there == {Act.HELP, Act.REPEAT, Act.PERSON, Act.BACK, Act.CHOOSE}


def test_what_can_be_typed_is_typed_in_a_field() -> None:
    assert act_of("1", in_field=True, keypad=load_keypad("vxsuite")) is None


@pytest.mark.parametrize(
    ("sent", "key"),
    [("25~", "f13"), ("26~", "f14"), ("28~", "f15"), ("29~", "f16"), ("31~", "f17"), ("32~", "f18"),
     ("33~", "f19"), ("34~", "f20"), ("24~", "f12"), ("15~", "f5"), ("97u", "a")],
)  # fmt: skip
def test_the_function_keys_of_keypads_are_keys_and_never_characters(sent: str, key: str) -> None:
    """K27: as Linux consoles and xterm tell them; Textual alone took F18 for a space."""
    know_far_keys()
    told = [message.key for message in XTermParser().feed(f"\x1b[{sent}") if isinstance(message, Key)]
    assert told == [key]


async def test_a_vxsuite_controller_chooses_with_its_two_switches(room: Room) -> None:
    """K27, K28: R is help; 1 moves on, 2 chooses."""
    room.settings = replace(room.settings, keys=Keys(keypad="vxsuite"))
    async with room.app().run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.sees("language")
        await hand.presses("r")
        assert hand.place == "help@language"
        await hand.presses("r", "1", "2")
        await hand.sees("welcome")
        assert hand.app.stage is not None and hand.app.stage.language == "en"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ('[keys]\nr = "dance"', r"own\.toml:2 keys\.r: is one of up, down,"),
        ("[keys]\nr = 3", r"own\.toml:2 keys\.r: is one of up, down,"),
        ('[keys]\nr = "help"\nF13 = "help"', r"own\.toml:3 keys\.F13: is no key; kiosk keypad learn"),
        ("[keys]\nf13 = help", r"own\.toml:2: cannot be read; write key and meaning, as f13"),
        ("[keys", r"own\.toml:1: cannot be read; write key and meaning"),
        ("", r"own\.toml: has no keys; write a line \[keys\]"),
        ("keys = 3", r"own\.toml: has no keys; write a line \[keys\]"),
    ],
)
def test_a_mistake_in_a_file_is_told_with_its_line_and_what_to_do(
    tmp_path: Path, words: str, told: str
) -> None:
    own = tmp_path / "own.toml"
    own.write_text(words, encoding="utf-8")
    with pytest.raises(ConfigFault, match=told):
        load_keypad(str(own))


@pytest.mark.parametrize("name", ["nowhere", "/nowhere/own.toml"])
def test_a_keypad_that_is_not_there_is_told_with_those_that_are(name: str) -> None:
    with pytest.raises(ConfigFault, match=r"keys\.keypad: .* cannot be read; it is plain, vxsuite,"):
        load_keypad(name)


def test_what_is_learned_is_read_again_as_it_was(tmp_path: Path) -> None:
    """K27: letters are as good as function keys and signs; what the table says anyway is left out."""
    lesson = Lesson()
    for key in ("f13", "upper_q", "right_square_bracket", SKIP, "f1", "f13", DONE):
        lesson = lesson.press(key)
    own = tmp_path / "own.toml"
    own.write_text(written_keypad(lesson.keypad), encoding="utf-8")
    assert load_keypad(str(own)) == {"f13": Act.UP, "q": Act.DOWN, "right_square_bracket": Act.CHOOSE}
    assert lesson.wanted is None


def test_a_key_that_is_taken_is_told_and_the_same_is_asked_again() -> None:
    lesson = Lesson().press("f13").press("f13")
    assert (lesson.taken, lesson.wanted) == (Act.UP, Act.DOWN)
    assert lesson.press("f14").taken is None
