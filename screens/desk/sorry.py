"""The page for what nobody foresaw. It says what is safe and how to go on, and nothing else."""

from __future__ import annotations

import traceback

from textual import events
from textual.app import ComposeResult
from textual.worker import WorkerFailed

from screens.desk.lines import Line, Lines
from screens.desk.page import DeskPage


def without_values(error: Exception) -> str:
    """An error for the log: its type and where it came from. Its message might hold what somebody typed."""
    if isinstance(error, WorkerFailed):
        error = error.error if isinstance(error.error, Exception) else error
    trace = traceback.extract_tb(error.__traceback__)[-4:]
    return " ".join([type(error).__name__, "at", *(f"{frame.name}:{frame.lineno}" for frame in trace)])


class Sorry(DeskPage[None]):
    """Any key ends the program, with exit code 1."""

    may_quit = True

    def body(self) -> ComposeResult:
        yield Lines(id="what")

    def title_words(self) -> str:
        return self.counter.words("sorry.title")

    def draw(self) -> None:
        self.query_one("#what", Lines).show([Line(self.counter.words("sorry.what"))])

    def on_key(self, event: events.Key) -> None:
        event.stop()
        self.app.exit(return_code=1)
