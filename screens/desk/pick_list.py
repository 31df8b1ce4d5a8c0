"""A list to pick from: one row a line, arrows, Enter, mouse. The cursor stays on its row when rows change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from screens.desk.table import Column, Row, lay_out
from screens.line_break import break_lines

MARK = "> "


class PickList(Widget, can_focus=True):
    """Rows under a line of titles."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
        Binding("pageup", "leaf(-1)", show=False),
        Binding("pagedown", "leaf(1)", show=False),
        Binding("home", "go(0)", show=False),
        Binding("end", "go(-1)", show=False),
        Binding("enter", "pick", show=False),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {"pick-list--titles", "pick-list--cursor"}

    @dataclass
    class Picked(Message):
        """Enter, or a click on the row that has the cursor."""

        key: str

    @dataclass
    class Moved(Message):
        """The cursor stands on another row."""

        key: str

    @dataclass
    class Beyond(Message):
        """Somebody wants to go on after the last row (1), or back before the first (-1)."""

        by: int

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the framework's name
        super().__init__(id=id)
        self._columns: Sequence[Column] = ()
        self._rows: Sequence[Row] = ()
        self._empty = ""
        self._at = 0
        self._top = 0

    @property
    def cursor(self) -> str | None:
        """The key of the row that has the cursor."""
        return self._rows[self._at].key if self._rows else None

    def show(self, columns: Sequence[Column], rows: Sequence[Row], empty: str = "") -> None:
        """Draw these rows, the cursor still on the row it was on; `empty` where there is none."""
        if (columns, rows, empty) == (self._columns, self._rows, self._empty):
            return
        before = self.cursor
        self._columns, self._rows, self._empty = columns, rows, empty
        keys = [row.key for row in rows]
        self._at = keys.index(before) if before in keys else max(0, min(self._at, len(rows) - 1))
        self.refresh()

    def put_cursor(self, key: str) -> None:
        """Onto that row, where it is there."""
        keys = [row.key for row in self._rows]
        if key in keys:
            self._move(keys.index(key))

    def lines(self) -> list[str]:
        """Every line as drawn, mark and all, without regard to height."""
        titles, bodies = lay_out(self._columns, self._rows, self.size.width - len(MARK))
        head = [" " * len(MARK) + titles] if titles.strip() else []
        marks = [MARK if place == self._at else "  " for place in range(len(bodies))]
        return head + [mark + body for mark, body in zip(marks, bodies, strict=True)]

    def render(self) -> Content:
        if not self._rows:
            return Content("\n".join(break_lines(self._empty, self.size.width)[: self.size.height]))
        lines = self.lines()
        head = len(lines) - len(self._rows)
        seen = max(1, self.size.height - head)
        self._top = max(min(self._top, self._at), self._at - seen + 1, 0)
        titles = [Content.styled(line, self.get_visual_style("pick-list--titles")) for line in lines[:head]]
        bodies = [
            self._row(line, place == self._at)
            for place, line in enumerate(lines[head:])
            if self._top <= place < self._top + seen
        ]
        return Content("\n").join([*titles, *bodies])

    def _row(self, line: str, here: bool) -> Content:
        if not here:
            return Content(line)
        line += " " * (self.size.width - cell_len(line))
        return Content.styled(line, self.get_visual_style("pick-list--cursor"))

    def action_step(self, by: int) -> None:
        self._move(self._at + by)

    def action_leaf(self, by: int) -> None:
        self._move(self._at + by * max(1, self.size.height - 2))

    def action_go(self, place: int) -> None:
        self._move(place % max(1, len(self._rows)))

    def action_pick(self) -> None:
        if self.cursor is not None:
            self.post_message(self.Picked(self.cursor))

    def on_click(self, event: events.Click) -> None:
        head = len(self.lines()) - len(self._rows)
        place = event.y - head + self._top
        if event.y < head or place >= len(self._rows):
            return
        if place == self._at:
            self.action_pick()
        else:
            self._move(place)

    def on_mouse_scroll_down(self) -> None:
        self.action_step(1)

    def on_mouse_scroll_up(self) -> None:
        self.action_step(-1)

    def _move(self, place: int) -> None:
        within = max(0, min(place, len(self._rows) - 1))
        if within == self._at:
            if place != within:
                self.post_message(self.Beyond(1 if place > within else -1))
            return
        place = within
        self._at = place
        self.refresh()
        self.post_message(self.Moved(self._rows[place].key))
