"""The terminal's input ends at once, so that nobody waits for the page of the person before (K32)."""

from __future__ import annotations

import os
import pty
import selectors
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from screens.prompt_driver import Woken
from tests.screens.test_pixel_driver import FarEnd

FOR_EVER = None


@pytest.fixture
def word() -> Iterator[int]:
    made = os.eventfd(0, os.EFD_NONBLOCK)
    yield made
    os.close(made)


@pytest.fixture
def line() -> Iterator[tuple[int, int]]:
    """The two ends of a terminal."""
    ours, theirs = pty.openpty()
    yield ours, theirs
    os.close(ours)
    os.close(theirs)


@pytest.fixture
def waiting(word: int, line: tuple[int, int]) -> Iterator[Woken]:
    with Woken(word) as made:
        made.register(line[1], selectors.EVENT_READ)
        yield made


def test_the_word_ends_the_waiting_for_a_terminal_that_is_silent(waiting: Woken, word: int) -> None:
    os.eventfd_write(word, 1)
    assert waiting.select(FOR_EVER) == []


def test_with_the_word_given_nothing_more_is_waited_for(
    waiting: Woken, word: int, line: tuple[int, int]
) -> None:
    os.eventfd_write(word, 1)
    waiting.unregister(line[1])
    assert waiting.select(FOR_EVER) == []


def test_what_the_terminal_has_sent_before_the_word_is_still_told(
    waiting: Woken, word: int, line: tuple[int, int]
) -> None:
    os.write(line[0], b"1\n")
    os.eventfd_write(word, 1)
    assert [key.fd for key, _ in waiting.select(FOR_EVER)] == [line[1]]


PROGRAM = """
from textual.app import App
from screens.prompt_driver import PromptDriver

class Paper(App):
    def on_key(self, event):
        if event.key == "1":
            with self.suspend():
                print("put away", flush=True)
            self.call_after_refresh(lambda: self._driver.write("taken up"))
        else:
            self.exit(f"heard {event.key}")

print(Paper(driver_class=PromptDriver).run())
"""


def test_a_program_that_is_put_away_and_taken_up_again_hears_keys_as_before(line: tuple[int, int]) -> None:
    ours, theirs = line
    far = FarEnd(ours)
    program = subprocess.Popen(
        [sys.executable, "-c", PROGRAM],
        stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
        cwd=Path(__file__).parents[2], env={**os.environ, "TERM": "xterm-256color"},
    )  # fmt: skip
    try:
        far.wait_for("\x1b[?2004h")
        os.write(ours, b"1")
        far.wait_for("put away")
        far.wait_for("taken up")
        os.write(ours, b"2")
        far.wait_for("heard 2")
    finally:
        program.kill()
        program.wait()
