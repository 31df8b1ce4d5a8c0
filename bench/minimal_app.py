"""The peer: the smallest Textual program with something to choose. Three widgets, nothing else."""

from __future__ import annotations

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.widgets import Button, Static


class MinimalApp(App[None]):
    BINDINGS: ClassVar[list[BindingType]] = [
        ("down", "app.focus_next", "Next"),
        ("up", "app.focus_previous", "Previous"),
    ]

    def compose(self) -> ComposeResult:
        yield Static("Ready to choose")
        yield Button("One")
        yield Button("Two")


if __name__ == "__main__":
    MinimalApp().run()
