"""A new PIN on the screen, this once: nothing keeps it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from screens.desk.counter import Counter
from screens.desk.lines import Kind, Line, Lines
from screens.desk.page import DeskPage, key


class PinPage(DeskPage[None]):
    """Stands until somebody says with a key of its own that it is noted.

    Enter, held since the page before, and Esc, pressed by habit, only remind of it. Its texts stand in the
    catalogue under one name: `title`, `pin`, `once`.
    """

    KEYS: ClassVar[Sequence[Binding]] = (key("f10,ctrl+s", "noted", "F10"),)
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,escape", "remind", show=False)]
    can_go_to_calls = False

    def __init__(
        self, counter: Counter, texts: str, name: str, pin: str, *, keys_are_gone: bool = False
    ) -> None:
        """`keys_are_gone`: with the old PIN went what they could open, until somebody admits them anew."""
        super().__init__(counter)
        self._texts, self._who, self._pin, self._keys_are_gone = texts, name, pin, keys_are_gone

    def body(self) -> ComposeResult:
        yield Lines(id="pin")

    def title_words(self) -> str:
        return self.counter.words(f"{self._texts}.title", name=self._who)

    def draw(self) -> None:
        words = self.counter.words
        lines = [
            Line(words(f"{self._texts}.pin", pin=" ".join(self._pin)), Kind.HEADING),
            Line(words(f"{self._texts}.once")),
            *([Line(words("account_pin.keys"), Kind.ALERT)] if self._keys_are_gone else []),
        ]
        self.query_one("#pin", Lines).show(lines)

    def action_remind(self) -> None:
        self.tell(self.counter.text("account_pin.note_first"))

    def action_noted(self) -> None:
        self._pin = ""
        self.dismiss(None)
