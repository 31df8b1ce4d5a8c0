"""A few words, for the act that waits for them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import TextArea

from screens.desk.counter import Counter
from screens.desk.lines import Kind, Line, Lines
from screens.desk.page import DeskPage, key

MOST = 1000
"""Characters: a colleague reads it in a minute."""
_NEAR = 900
"""From here on the page says how many are left."""


class NotePage(DeskPage[bool]):
    """Ends with whether it was done. Its texts stand in the catalogue under one name:

    `title`, `label`, `hint`, and `empty` for when nothing was written. What is too long is never cut: the
    page says by how much, and keeps nothing before it fits.
    """

    KEYS: ClassVar[Sequence[Binding]] = (key("f10,ctrl+s", "go", "F10"), key("escape", "leave", "Esc"))

    def __init__(
        self, counter: Counter, texts: str, keep: Callable[[str], Awaitable[None]], about: str = ""
    ) -> None:
        super().__init__(counter)
        self._texts = texts
        self._keep = keep
        self._about = about

    def body(self) -> ComposeResult:
        yield Lines(id="label")
        area = TextArea(id="note", highlight_cursor_line=False, tab_behavior="focus")
        area.cursor_blink = False
        yield area

    def on_mount(self) -> None:
        self.query_one(TextArea).focus()

    def title_words(self) -> str:
        return self.counter.words(f"{self._texts}.title", about=self._about)

    def draw(self) -> None:
        words = self.counter.words
        self.query_one("#label", Lines).show([Line(words(f"{self._texts}.label")), self._below()])

    def _below(self) -> Line:
        """The hint, and near the end of what may be written how much that still is."""
        words, left = self.counter.words, MOST - len(self._text.strip())
        if left > MOST - _NEAR:
            return Line(words(f"{self._texts}.hint"), Kind.QUIET)
        return (
            Line(words("note.left", n=left)) if left >= 0 else Line(words("note.over", n=-left), Kind.ALERT)
        )

    def action_leave(self) -> None:
        self.dismiss(False)

    def action_go(self) -> None:
        if not self._text.strip():
            self.tell(self.counter.text(f"{self._texts}.empty"))
            return
        if len(self._text.strip()) > MOST:
            self.tell(self.counter.text("note.too_long", most=MOST))
            return
        self.begin(self._go)

    @property
    def _text(self) -> str:
        return self.query_one(TextArea).text

    @on(TextArea.Changed)
    def _typed(self) -> None:
        self.tell(None)
        self.draw()

    async def _go(self) -> None:
        await self._keep(self._text.strip())
        self.dismiss(True)
