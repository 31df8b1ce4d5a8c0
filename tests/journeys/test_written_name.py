"""A whole name without a keyboard, in a real terminal: by touch, by a number pad, by one switch."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from screens.grid import Grid
from tests.journeys.conftest import StartKiosk
from tests.journeys.kiosk_terminal import ENTER, KioskTerminal
from tests.journeys.resident import ZHANG, Resident, words

SYLLABLES = (("94264", "张"), ("484", "桂"), ("3264", "芳"))
LETTERS = {"2": "abc", "3": "def", "4": "ghi", "6": "mno", "8": "tuv", "9": "wxyz"}
RIGHT, F7, F8 = "\x1b[C", "\x1b[18~", "\x1b[19~"
MOST = 60
"""Presses after which something that has not come to the focus never will."""


def place_of(terminal: KioskTerminal, shown: str) -> tuple[int, int]:
    """Column and row of these words among the keys, counted from 1, once they are there."""
    terminal.until(lambda _: _place_of(terminal, shown), what=shown)
    place = _place_of(terminal, shown)
    assert place is not None
    return place


def _place_of(terminal: KioskTerminal, shown: str) -> tuple[int, int] | None:
    lines = terminal.lines
    rows = range(len(lines))
    for row in reversed(rows):
        if (found := re.search(rf"(?:^|[ >\d]){re.escape(shown)}", lines[row])) and row < rows[-3]:
            return found.end(), row + 1
    return None


def press(terminal: KioskTerminal, key: str) -> None:
    """Until something comes of it. What is being said stands below, and changes by itself."""
    before = page_of(terminal)
    terminal.press_until(key, lambda _: page_of(terminal) != before, what="what a key does")
    terminal.rest()


def page_of(terminal: KioskTerminal) -> list[str]:
    """The page and its bar, without the captions between them."""
    grid, lines = Grid(terminal.columns, terminal.rows), terminal.lines
    bar = grid.rows - grid.bar_rows
    return lines[: bar - grid.caption_rows] + lines[bar:]


def touch(terminal: KioskTerminal, shown: str) -> None:
    """A finger on it."""
    column, row = place_of(terminal, shown)
    press(terminal, f"\x1b[<0;{column};{row}M\x1b[<0;{column};{row}m")


def by_touch(terminal: KioskTerminal) -> None:
    for keys, word in SYLLABLES:
        for key in keys:
            touch(terminal, LETTERS[key])
        touch(terminal, word)


def by_number_pad(terminal: KioskTerminal) -> None:
    for keys, word in SYLLABLES:
        for key in keys:
            press(terminal, key)
        walk_to(terminal, word, RIGHT)
        press(terminal, ENTER)


def by_switch(terminal: KioskTerminal) -> None:
    for keys, word in SYLLABLES:
        for key in keys:
            walk_to(terminal, LETTERS[key], F7)
            press(terminal, F8)
        walk_to(terminal, word, F7)
        press(terminal, F8)


def walk_to(terminal: KioskTerminal, shown: str, key: str) -> None:
    """On until the mark of the focus stands before it."""
    for _ in range(MOST):
        if re.search(rf">\d?{re.escape(shown)}", "\n".join(terminal.lines)):
            return
        press(terminal, key)
    raise AssertionError(f"the focus never came to {shown}:\n{terminal.picture()}")


WAYS = {"touch": by_touch, "number pad": by_number_pad, "switch": by_switch}


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (40, 10)])
@pytest.mark.parametrize("way", WAYS)
def test_somebody_without_a_keyboard_writes_her_name(
    way: str, columns: int, rows: int, folder: Path, kiosk: StartKiosk
) -> None:
    """K27: and what she wrote is in no log."""
    terminal = kiosk("--demo", columns=columns, rows=rows)
    resident = Resident(terminal, ZHANG | {"birth_date": "1945 3 6"})
    asked = resident.go_to("您叫什么名字？", "老人叫什么名字？")
    write: Callable[[KioskTerminal], None] = WAYS[way]
    write(terminal)
    terminal.shows("张桂芳")
    if way == "switch":
        walk_to_choice(terminal, words("common.go"))
    terminal.press_until(F8 if way == "switch" else ENTER, lambda text: asked not in text, "the next page")
    assert "张桂芳" not in (folder / "kiosk.log").read_text()


def walk_to_choice(terminal: KioskTerminal, shown: str) -> None:
    """On, by one switch, until a choice has the focus."""
    for _ in range(MOST):
        # Outside the field each choice has its number.
        if re.search(rf"＞\d?{re.escape(shown)}", terminal.text):
            return
        press(terminal, F7)
    raise AssertionError(f"the focus never came to {shown}:\n{terminal.picture()}")
