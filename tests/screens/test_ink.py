"""Ink on the glass, from the bytes that terminals send of a finger: in pixels (1016) and in cells (1006)."""

from __future__ import annotations

import json
import random
import time
import tracemalloc

from textual.events import MouseDown, MouseEvent

from kiosk.flow.signature import MOST_POINTS, read
from screens.ink import Ink
from screens.pixel_driver import PixelParser

WIDE, HIGH = 10, 20
"""Pixels of a cell."""
COLUMNS, ROWS = 40, 6


def inked(data: str, *, pixels: bool) -> Ink:
    """What is on a canvas as large as the terminal after these bytes."""
    size = (COLUMNS, ROWS, COLUMNS * WIDE, ROWS * HIGH)
    parser = PixelParser(size=lambda: size, say=lambda _: None)
    answer = "\x1b[?1016;1$y" if pixels else ""
    ink = Ink()
    for event in parser.feed(answer + data):
        if isinstance(event, MouseDown):
            ink.begin(COLUMNS, fine=pixels)
        if isinstance(event, MouseEvent):
            ink.to(event.pointer_x, event.pointer_y, event.time)
    return ink


def finger(*places: tuple[int, int]) -> str:
    """Down, along these places, as the terminal counts them from 1."""
    return "".join(f"\x1b[<{32 if n else 0};{x + 1};{y + 1}M" for n, (x, y) in enumerate(places))


def looks(ink: Ink) -> list[str]:
    return [ink.look(row, COLUMNS).rstrip("·") for row in range(ROWS)]


def test_in_pixels_a_line_is_half_a_row_high() -> None:
    assert looks(inked(finger((0, 5), (45, 5)), pixels=True))[0] == "▀▀▀▀▀"
    assert looks(inked(finger((0, 15), (45, 15)), pixels=True))[0] == "▄▄▄▄▄"


def test_a_slanting_line_has_twice_as_many_steps_as_in_cells() -> None:
    fine = looks(inked(finger((0, 0), (35, 39)), pixels=True))[:2]
    assert fine == ["▀▄", "··▀▄"]


def test_in_cells_a_whole_cell_is_marked() -> None:
    assert looks(inked(finger((1, 1), (4, 1)), pixels=False))[:2] == ["", "·████"]


def test_of_a_quick_finger_what_was_not_told_is_drawn_too() -> None:
    ink = inked(finger((0, 0), (COLUMNS - 1, 0)), pixels=False)
    assert looks(ink)[0] == "█" * COLUMNS


def test_both_ways_tell_the_same_name() -> None:
    """To half a cell, in ten-thousandths of the canvas: no finger is surer."""
    fine = read(inked(finger((15, 30), (205, 70)), pixels=True).told(2.0))
    whole = read(inked(finger((1, 1), (20, 3)), pixels=False).told(2.0))
    assert fine is not None and whole is not None
    for (x, y, _), (other_x, other_y, _) in zip(fine[0], whole[0], strict=True):
        assert abs(x - other_x) <= 125
        assert abs(y - other_y) <= 250


def test_a_stroke_that_is_taken_back_leaves_what_crosses_it() -> None:
    ink = inked(finger((0, 5), (45, 5)) + "\x1b[<0;46;6m" + finger((25, 0), (25, 39)), pixels=True)
    ink.take_back()
    assert looks(ink)[:2] == ["▀▀▀▀▀", ""]
    ink.wipe()
    assert not ink and ink.told(2.0) == ""


def test_ink_tells_nothing_when_printed() -> None:
    assert "45" not in repr(inked(finger((0, 5), (45, 5)), pixels=True))


def test_an_endless_scribble_is_bounded() -> None:
    """Ten minutes of a finger at 120 reports a second: no more is kept than of half a minute."""
    chance = random.Random(7)
    ink = Ink()
    ink.begin(COLUMNS, fine=True)
    tracemalloc.start()
    begun = time.process_time()
    for n in range(72_000):
        ink.to(chance.random() * COLUMNS, chance.random() * ROWS, n / 120)
        if n % 100 == 0:
            ink.begin(COLUMNS, fine=True)
    spent = time.process_time() - begun
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    kept = ink.told(2.0)
    assert sum(map(len, json.loads(kept))) == MOST_POINTS
    assert read(kept) is not None
    assert most < 4_000_000
    assert spent < 10, "seconds; it takes about a tenth of that"
