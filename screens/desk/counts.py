"""How high each heap of the board is: a number key or a click shows that heap alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

GAP = 2


@dataclass(frozen=True, slots=True)
class Count:
    """One heap, as it is told; `urgent`: it should be empty, and is not."""

    key: str
    words: str
    urgent: bool = False
    here: bool = False
    """The one that is listed below."""


class Counts(Widget):
    """Heaps side by side, over as many lines as they need."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"counts--urgent", "counts--here"}

    @dataclass
    class Picked(Message):
        """A heap was clicked."""

        key: str

    def __init__(self) -> None:
        super().__init__()
        self._counts: Sequence[Count] = ()

    def show(self, counts: Sequence[Count]) -> None:
        """Draw these."""
        if counts == self._counts:
            return
        self._counts = counts
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._packed(width))

    def render(self) -> Content:
        gap = Content(" " * GAP)
        lines = [gap.join(self._drawn(one) for one in line) for line in self._packed(self.size.width)]
        return Content("\n").join(lines)

    def on_click(self, event: events.Click) -> None:
        lines = self._packed(self.size.width)
        column = event.x - self.gutter.left
        for count in lines[event.y] if event.y < len(lines) else []:
            if 0 <= column < cell_len(count.words):
                self.post_message(self.Picked(count.key))
                return
            column -= cell_len(count.words) + GAP

    def _drawn(self, count: Count) -> Content:
        content = Content(count.words)
        if count.urgent:
            content = content.stylize(self.get_visual_style("counts--urgent"))
        return content.stylize(self.get_visual_style("counts--here")) if count.here else content

    def _packed(self, width: int) -> list[list[Count]]:
        lines: list[list[Count]] = [[]]
        room = width
        for count in self._counts:
            needed = cell_len(count.words) + GAP
            if lines[-1] and needed - GAP > room:
                lines.append([])
                room = width
            lines[-1].append(count)
            room -= needed
        return lines
