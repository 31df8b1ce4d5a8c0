"""The real `kiosk keypad learn` in a real terminal: a site shows its keypad, and the kiosk knows its keys."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from screens.keypad_lesson import ASKED
from screens.keypads import load_keypad
from screens.keys import Act
from tests.journeys.conftest import StartKiosk

F13, F14 = "\x1b[25~", "\x1b[26~"
LEARN = (sys.executable, "-m", "kiosk.cli", "keypad", "learn")


@pytest.mark.parametrize(("lang", "asks"), [("zh", "第1个键"), ("en", "Key 1 of")])
def test_each_key_is_pressed_when_told_and_the_file_is_there(
    kiosk: StartKiosk, tmp_path: Path, lang: str, asks: str
) -> None:
    """K27: up and down by keys of the pad, Enter as everywhere, no more keys."""
    own = tmp_path / "own.toml"
    terminal = kiosk(str(own), "--lang", lang, program=LEARN)
    terminal.shows("".join(asks.split()))
    for number, key in enumerate((F13, F14, "\r"), 2):
        terminal.tap(key)
        terminal.shows(f"第{number}个键" if lang == "zh" else f"Key{number}of{len(ASKED)}")
    terminal.tap("\t")
    assert terminal.wait_end() == 0
    assert load_keypad(str(own)) == {"f13": Act.UP, "f14": Act.DOWN}


def test_whoever_gives_up_finds_nothing_written(kiosk: StartKiosk, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    terminal = kiosk(str(own), program=LEARN)
    terminal.shows("第1个键")
    terminal.tap("\x03")
    assert terminal.wait_end() == 1
    assert not own.exists()
