"""What a person with a braille display has under the fingers: the real brltty reads the real kiosk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from kiosk.catalogue import load_catalogue
from screens.linear import HERE
from tests.journeys.braille import BrailleDisplay, Console, braille, lacking
from tests.journeys.kiosk_terminal import DOWN

UP, SWITCH = "\x1b[A", "\x1b[18~"

pytestmark = [
    pytest.mark.skipif(bool(lacking()), reason=lacking() or "all is there"),
    pytest.mark.proves("EN 11.5.2", "GB 兼容"),
]


@pytest.fixture
def display(folder: Path) -> Iterator[tuple[Console, BrailleDisplay]]:
    """A display of forty cells on a kiosk in lines."""
    with ExitStack() as stack:
        yield braille(stack, folder, "--demo", "--linear")


def item(number: int, key: str, language: str = "zh") -> str:
    return f"{number}. {load_catalogue('resident')[key].show(language)}{HERE}"


def test_the_display_shows_the_item_with_the_focus_and_follows_it(
    display: tuple[Console, BrailleDisplay],
) -> None:
    """K20: from the first cell on, with nothing before it; from page to page, and along the keys below."""
    console, shown = display
    shown.shows(item(1, "language.zh"))
    shown.shows_after(console, DOWN, item(2, "language.en"))
    shown.shows_after(console, UP, item(1, "language.zh"))
    shown.shows_after(console, "2", item(1, "welcome.go", "en"))
    shown.shows_after(console, SWITCH, f"Back{HERE}  H Help  R Again  S Call  L 中文")
