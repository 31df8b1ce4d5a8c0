"""The real kiosk in lines: where the terminal's own cursor stands is what a braille display shows."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import StartKiosk
from tests.journeys.kiosk_terminal import DOWN, KioskTerminal
from tests.journeys.resident import words

CURSOR = 25
HERE = " <"
FRAMES = "█▀▄│─┌┐└┘▌▐"


def line_at_cursor(terminal: KioskTerminal) -> str:
    """What a braille display would show: the line from the cursor's column on."""
    cursor = terminal._screen.cursor
    return terminal.lines[cursor.y][cursor.x :].rstrip()


def comes_to(terminal: KioskTerminal, line: str, key: str = "") -> None:
    """By that key, if any, the line that begins so comes to the cursor and stays: at the first column, with
    nothing after the item, and the cursor can be seen."""

    def there(_: str) -> bool:
        here = line_at_cursor(terminal)
        return here.startswith(line) and here.endswith(HERE)

    if key:
        terminal.press_until(key, there, what=f"{line!r}")
    terminal.until(there, what=f"the cursor at {line!r}")
    terminal.rest()
    assert there("") and terminal._screen.cursor.x == 0 and terminal.modes()[CURSOR]


def test_on_each_page_the_focused_item_is_one_clean_line_at_the_cursor(kiosk: StartKiosk) -> None:
    """K20: from the first page by keys to Help and the settings; nothing else is on that line."""
    terminal = kiosk("--demo", "--linear")
    terminal.shows(words("language.heading")[:8])
    comes_to(terminal, f"1. {words('language.zh')}{HERE}")
    comes_to(terminal, f"2. {words('language.en')}{HERE}", DOWN)
    steps = (
        ("1", "welcome.heading", "welcome.go"),
        ("1", "card.heading", "card.without"),
        ("1", "home.heading", "home.do"),
        ("h", "help.heading", "help.back"),
    )
    for key, heading, choice in steps:
        comes_to(terminal, f"1. {words(choice)}{HERE}", key)
        terminal.shows(words(heading))
        assert not set(FRAMES) & set("".join(terminal.lines))
    # plain lines have no size
    comes_to(terminal, f"1. {words('settings.colours')}", "3")
    terminal.shows(words("settings.heading"))
    comes_to(terminal, f"2. {words('settings.speed')}", DOWN)


@pytest.mark.parametrize("asked", [{"NO_COLOR": "1"}, {"TERM": "dumb"}], ids=["NO_COLOR", "TERM=dumb"])
def test_a_terminal_that_shows_no_colours_gets_lines_unasked(
    kiosk: StartKiosk, asked: dict[str, str]
) -> None:
    terminal = kiosk("--demo", more=asked)
    terminal.shows(words("language.heading")[:8])
    comes_to(terminal, f"1. {words('language.zh')}{HERE}")
