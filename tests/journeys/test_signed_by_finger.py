"""A name signed with a finger in a real terminal, by the bytes that it sends: pixels (1016), cells (1006)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bench.terminal import CELL_HEIGHT_PX, CELL_WIDTH_PX
from kiosk.clock import SystemClock
from kiosk.flow.signature import WIDTH, Strokes, read
from kiosk.paths import data_file
from kiosk.store import open_store
from kiosk.store.calendars import load_calendar
from screens.pixel_driver import ASK
from tests.journeys.conftest import StartKiosk
from tests.journeys.kiosk_terminal import KioskTerminal
from tests.journeys.resident import ZHANG, Resident

NAME = (((0.1, 0.25), (0.5, 0.25)), ((0.3, 0.1), (0.3, 0.8)), ((0.6, 0.2), (0.9, 0.8)))
"""Strokes in parts of the place to write."""
STEPS = 24


def canvas(terminal: KioskTerminal) -> tuple[int, int, int, int]:
    """Column, row, columns and rows of the dots to write on."""
    rows = [(number, line) for number, line in enumerate(terminal.lines) if "····" in line]
    line = rows[0][1]
    return line.index("·"), rows[0][0], line.count("·"), len(rows)


def way(stroke: tuple[tuple[float, float], tuple[float, float]]) -> Iterator[tuple[float, float]]:
    (x, y), (to_x, to_y) = stroke
    for n in range(STEPS + 1):
        yield x + (to_x - x) * n / STEPS, y + (to_y - y) * n / STEPS


def sign(terminal: KioskTerminal, *, pixels: bool) -> None:
    """Each stroke as the terminal tells it: button, place counted from 1, down or moved or up."""
    across, down = (CELL_WIDTH_PX, CELL_HEIGHT_PX) if pixels else (1, 1)
    for stroke in NAME:
        # With the first one the page makes room for what can be done with a mark.
        left, top, wide, high = canvas(terminal)
        places = [
            (int((left + x * wide) * across) + 1, int((top + y * high) * down) + 1) for x, y in way(stroke)
        ]
        for n, (column, row) in enumerate(places):
            terminal.type(f"\x1b[<{32 if n else 0};{column};{row}M")
        column, row = places[-1]
        terminal.type(f"\x1b[<0;{column};{row}m")
        terminal.rest()


def kept(folder: Path) -> Strokes:
    """The signature that the desk finds."""
    calendar = load_calendar(data_file("calendars"))
    with closing(open_store(folder, clock=SystemClock(), calendar=calendar)) as store:
        (case,) = store.all_cases(SystemClock().now())
        signature = store.case(case.case_id).submission.signature
    strokes = read(signature.strokes or "") if signature else None
    assert strokes is not None
    return strokes


@pytest.mark.parametrize("pixels", [True, False], ids=["pixels", "cells"])
def test_a_name_is_signed_with_a_finger_and_kept_as_it_was_drawn(
    folder: Path, kiosk: StartKiosk, pixels: bool
) -> None:
    """K19, K46: the strokes with their times, and none of them in a log."""
    terminal = kiosk("--demo", columns=80, rows=24)
    if pixels:
        terminal.resize(80, 24)
        terminal.until(lambda _: ASK.encode() in terminal.raw, what="the question whether it tells pixels")
        terminal.shows("请选择语言", "中文")
        terminal.rest(0.5)
        terminal.type("\x1b[?1016;1$y")
    resident = Resident(terminal, ZHANG)
    resident.go_to("sign.heading")
    sign(terminal, pixels=pixels)
    terminal.shows("写好了")
    half = any(mark in terminal.text for mark in "▀▄")
    assert half == pixels, terminal.picture()
    resident.choose("bar.drawn")
    resident.go_to("submit.heading")
    resident.hand_in(then=0.5)
    terminal.shows("交好了")
    strokes = kept(folder)
    assert len(strokes) == len(NAME)
    first = strokes[0]
    assert first[-1][0] - first[0][0] == pytest.approx(0.4 * WIDTH, abs=0.03 * WIDTH)
    assert len(first) == STEPS + 1
    moments = [at for stroke in strokes for _, _, at in stroke]
    assert moments == sorted(moments) and moments[-1] > 0
    assert "strokes" not in (folder / "kiosk.log").read_text()
