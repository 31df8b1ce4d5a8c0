"""The text field of an entry page. Never scrolls the page, never blinks, keeps what was typed."""

from __future__ import annotations

import time
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input

from kiosk.flow.page import Entry
from screens.keys import KeyGuard
from screens.layout import Target


class Field(Input, inherit_bindings=False):
    """One line to type into, laid over the page where the layout has left room.

    Textual's own keys are not inherited: they copy what is typed to the terminal's clipboard, which
    outlives the visit.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "cursor_left", show=False),
        Binding("right", "cursor_right", show=False),
        Binding("home", "home", show=False),
        Binding("end", "end", show=False),
        Binding("backspace", "delete_left", show=False),
        Binding("delete", "delete_right", show=False),
        Binding("enter", "submit", show=False),
    ]

    DEFAULT_CSS = """
    Field {
        layer: field; display: none; border: none; padding: 0 1; height: 1;
        background: $focus-ground; color: $focus-text; text-style: bold;
    }
    Field:focus { border: none; background: $focus-ground; color: $focus-text; }
    Field.resting { background: $panel; color: $bar-text; }
    Field > .input--cursor { background: $focus-text; color: $focus-ground; text-style: none; }
    """

    class Typed(Message):
        """A key or a paste went into the field."""

    class CutShort(Message):
        """More was pasted than the field keeps."""

    def __init__(self) -> None:
        super().__init__(select_on_focus=False, compact=True)
        self.cursor_blink = False
        self._guard = KeyGuard()
        self._longest = 40
        self._since = 0.0

    def take(self, entry: Entry, *, fresh: bool) -> None:
        """Serve this entry; `fresh` for a new page, else what was typed stays."""
        self._longest = entry.longest
        self._since = time.monotonic()
        if fresh:
            self.value = entry.value
            self.cursor_position = len(self.value)

    def place(self, target: Target | None) -> None:
        """Stand here, or nowhere."""
        self.display = target is not None
        if target is not None:
            self.styles.offset = (target.column, target.row + (target.rows - 1) // 2)
            self.styles.width = target.columns

    def put(self, character: str) -> None:
        """A key of the on-screen pad."""
        if len(self.value) < self._longest:
            self.insert_text_at_cursor(character)

    def erase(self) -> None:
        """The last character goes."""
        self.action_delete_left()

    def wipe(self) -> None:
        """Nothing of this field stays."""
        self.value = ""

    def _on_paste(self, event: events.Paste) -> None:
        """All lines of a paste as one, and only as much as the field keeps."""
        event.stop()
        event.prevent_default()
        words = " ".join(event.text.split())
        room = self._longest - len(self.value)
        self.post_message(self.Typed())
        self.insert_text_at_cursor(words[:room])
        if len(words) > room:
            self.post_message(self.CutShort())

    async def _on_key(self, event: events.Key) -> None:
        if self._ignores(event):
            event.stop()
            event.prevent_default()
        else:
            self.post_message(self.Typed())
            await super()._on_key(event)

    def _ignores(self, event: events.Key) -> bool:
        """What is older than the page, held down, or more than the field keeps. An input method puts in
        whole words at once, the same character twice among them: only plain keys can be held down."""
        if event.time < self._since:
            return True
        plain = event.character is None or event.character.isascii()
        held = plain and not self._guard.lets_through(event.key, event.time, in_field=True)
        return held or (event.is_printable and len(self.value) >= self._longest)
