"""What came of a bad rating, in words. What was typed is never lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import TextArea

from screens.desk.counter import Counter
from screens.desk.lines import Kind, Line, Lines
from screens.desk.page import DeskPage, key


class RatingNote(DeskPage[bool]):
    """Ends with whether the task is finished."""

    KEYS: ClassVar[Sequence[Binding]] = (
        key("f10,ctrl+s", "go", "F10"),
        key("escape", "leave", "Esc"),
    )

    def __init__(self, counter: Counter, task_id: int, before: str = "") -> None:
        super().__init__(counter)
        self._task_id = task_id
        self.text = before
        """What stands in the field."""

    def body(self) -> ComposeResult:
        yield Lines(id="label")
        area = TextArea(self.text, id="note", highlight_cursor_line=False, tab_behavior="focus")
        area.cursor_blink = False
        yield area

    def on_mount(self) -> None:
        self.query_one(TextArea).focus()

    def title_words(self) -> str:
        return self.counter.words("rating.note_title")

    def draw(self) -> None:
        words = self.counter.words
        lines = [Line(words("rating.note")), Line(words("rating.note_hint"), Kind.QUIET)]
        self.query_one("#label", Lines).show(lines)

    def action_leave(self) -> None:
        self.dismiss(False)

    def action_go(self) -> None:
        if not self.text.strip():
            self.tell(self.counter.text("rating.note_empty"))
            return
        self.begin(self._finish)

    async def _finish(self) -> None:
        actor, note = self.counter.staff, self.text
        await self.counter.records.do(lambda store: store.finish_rating_task(self._task_id, actor, note))
        self.dismiss(True)

    @on(TextArea.Changed)
    def _typed(self) -> None:
        self.text = self.query_one(TextArea).text
