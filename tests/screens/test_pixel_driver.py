"""A finger's way in fractions of a cell, from terminals that say that they tell pixels (K19)."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.events import MouseEvent

from screens.pixel_driver import ASK, TURN_OFF, TURN_ON, PixelParser, WindowSize, window_size

OFF, ON, UNKNOWN = "\x1b[?1016;2$y", "\x1b[?1016;1$y", "\x1b[?1016;0$y"
TAP = "\x1b[<0;401;121M"
"""A finger down at pixel 400, 120, or in cell 400, 120 where the terminal tells cells."""
KITTY = (80, 24, 800, 480)
MUTE = (80, 24, 0, 0)


class Terminal:
    """The parser with a terminal of this size at its other end."""

    def __init__(self, size: WindowSize = KITTY) -> None:
        self.size = size
        self.told: list[str] = []
        self.known: list[bool] = []
        self.parser = PixelParser(size=lambda: self.size, say=self.told.append, tell=self.known.append)

    def sends(self, *pieces: str) -> list[tuple[float, float]]:
        """Where a finger is, of each report among the pieces."""
        return [
            (event.pointer_x, event.pointer_y)
            for piece in pieces
            for event in self.parser.feed(piece)
            if isinstance(event, MouseEvent)
        ]


def test_a_terminal_that_knows_pixels_is_told_to_send_them() -> None:
    kitty = Terminal()
    kitty.sends(OFF)
    assert kitty.told == [TURN_ON + ASK]


def test_pixels_are_fractions_of_a_cell_once_the_terminal_says_so() -> None:
    assert Terminal().sends(ON, TAP) == [(40.0, 6.0)]
    assert Terminal().sends(ON, "\x1b[<0;406;131M") == [(40.5, 6.5)]


def test_whoever_draws_can_know_whether_pixels_are_told() -> None:
    """Only from when the terminal has said so, and only if its size in pixels is known."""
    kitty, mute = Terminal(), Terminal(MUTE)
    kitty.sends(OFF)
    assert kitty.known == [False]
    kitty.sends(ON)
    mute.sends(ON)
    assert kitty.known == [False, True] and mute.known == [False]


def test_a_tap_before_the_terminal_has_changed_over_is_a_cell() -> None:
    assert Terminal().sends(OFF, "\x1b[<0;41;7M", ON, TAP) == [(40.0, 6.0), (40.0, 6.0)]


def test_a_tap_in_one_piece_with_the_answer_is_read_as_it_was_meant() -> None:
    assert Terminal().sends(f"\x1b[<0;41;7M{ON}{TAP}\x1b[<0;401;121m") == [(40.0, 6.0)] * 3


@pytest.mark.parametrize("at", range(1, len(ON)))
def test_an_answer_in_two_pieces_is_an_answer(at: int) -> None:
    assert Terminal().sends(ON[:at], ON[at:] + TAP) == [(40.0, 6.0)]


@pytest.mark.parametrize("answer", [UNKNOWN, "", "\x1b[?2026;2$y"])
def test_a_terminal_that_knows_no_pixels_goes_on_telling_cells(answer: str) -> None:
    old = Terminal()
    assert old.sends(*([answer] if answer else []), TAP) == [(400.0, 120.0)]
    assert old.told == []


def test_a_terminal_that_will_not_change_over_is_not_asked_for_ever() -> None:
    stubborn = Terminal()
    assert stubborn.sends(OFF, OFF, OFF, TAP) == [(400.0, 120.0)]
    assert stubborn.told == [TURN_ON + ASK]


def test_where_the_size_in_pixels_is_not_told_cells_are_kept() -> None:
    serial = Terminal(MUTE)
    assert serial.sends(OFF, ON, TAP) == [(400.0, 120.0)]
    assert serial.told == []


def test_a_larger_font_changes_what_a_pixel_is_at_once() -> None:
    kitty = Terminal()
    kitty.sends(ON)
    kitty.size = (40, 12, 800, 480)
    assert kitty.sends(TAP) == [(20.0, 3.0)]


def test_a_terminal_that_also_reports_its_size_in_band_is_believed_only_once_it_sends_pixels() -> None:
    newer = Terminal()
    assert newer.sends("\x1b[48;24;80;480;800t", "\x1b[<0;41;7M", ON, TAP) == [(40.0, 6.0), (40.0, 6.0)]


def test_keys_between_the_answers_are_not_lost() -> None:
    keys = [event.key for event in Terminal().parser.feed(f"a{OFF}b{ON}c") if hasattr(event, "key")]
    assert keys == ["a", "b", "c"]


def test_the_end_of_the_input_ends_the_parser() -> None:
    parser = Terminal().parser
    assert list(parser.feed("")) == []
    assert parser.is_eof


@pytest.fixture
def line() -> Iterator[tuple[int, int]]:
    """The two ends of a terminal of 80 by 24 cells and 800 by 480 pixels."""
    ours, theirs = pty.openpty()
    columns, rows, width, height = KITTY
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, width, height))
    yield ours, theirs
    os.close(ours)
    os.close(theirs)


def test_the_system_knows_how_large_the_terminal_is(line: tuple[int, int]) -> None:
    assert window_size(line[1]) == KITTY
    with open(os.devnull) as nothing:
        assert window_size(nothing.fileno()) == (0, 0, 0, 0)


PROGRAM = """
from textual.app import App
from textual.widget import Widget
from screens.pixel_driver import PixelDriver

class Sheet(Widget):
    def render(self):
        return "a sheet of paper"

    def on_mouse_down(self, event):
        self.app.exit(f"down at {event.pointer_x} {event.pointer_y}")

class Paper(App):
    def compose(self):
        yield Sheet()

print(Paper(driver_class=PixelDriver).run())
"""


class FarEnd:
    """What the program has written so far."""

    def __init__(self, ours: int) -> None:
        self.ours, self.seen = ours, b""

    def wait_for(self, words: str) -> None:
        """Until the program has written these."""
        end = time.monotonic() + 60
        while words.encode() not in self.seen:
            if not select.select([self.ours], [], [], max(0.0, end - time.monotonic()))[0]:
                raise AssertionError(f"{words!r} did not come")
            self.seen += os.read(self.ours, 65536)


def test_a_whole_program_asks_gets_half_a_cell_and_puts_the_terminal_back(line: tuple[int, int]) -> None:
    ours, theirs = line
    far = FarEnd(ours)
    program = subprocess.Popen(
        [sys.executable, "-c", PROGRAM],
        stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
        cwd=Path(__file__).parents[2], env={**os.environ, "TERM": "xterm-256color"},
    )  # fmt: skip
    try:
        far.wait_for(ASK)
        os.write(ours, OFF.encode())
        far.wait_for(TURN_ON + ASK)
        far.wait_for("a sheet of paper")
        os.write(ours, f"{ON}\x1b[<0;406;131M".encode())
        far.wait_for("down at 40.5 6.5")
        assert TURN_OFF.encode() in far.seen
    finally:
        program.kill()
        program.wait()
