"""The page for what nobody foresaw. It says what is safe and how to go on, and nothing else."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult

from screens.desk.lines import Line, Lines
from screens.desk.page import DeskPage


class Sorry(DeskPage[None]):
    """Any key ends the program, with exit code 1."""

    may_quit = True
    can_go_to_calls = False

    def body(self) -> ComposeResult:
        yield Lines(id="what")

    def title_words(self) -> str:
        return self.counter.words("sorry.title")

    def draw(self) -> None:
        self.query_one("#what", Lines).show([Line(self.counter.words("sorry.what"))])

    def on_key(self, event: events.Key) -> None:
        event.stop()
        self.app.exit(return_code=1)
