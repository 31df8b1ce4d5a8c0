"""Text on the page, broken the way Chinese is set, and the line of keys at the bottom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from screens.line_break import break_lines


class Kind(StrEnum):
    """How a line looks."""

    TEXT = "text"
    HEADING = "heading"
    QUIET = "quiet"
    ALERT = "alert"


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph; where it goes on it stands under its text, not under its lead."""

    text: str
    kind: Kind = Kind.TEXT
    lead: str = ""


class Lines(Widget):
    """Paragraphs, as high as they need to be."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"lines--{kind}" for kind in Kind}

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._lines: Sequence[Line] = ()

    def show(self, lines: Sequence[Line]) -> None:
        """Draw these; nothing at all takes no room."""
        if lines == self._lines:
            return
        self._lines = lines
        self.display = bool(lines)
        self.refresh(layout=True)

    @property
    def plain(self) -> str:
        """All that stands here, unbroken."""
        return "\n".join(line.lead + line.text for line in self._lines)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """Unbroken, for a label beside its field: what is drawn before there is a size is one sign wide."""
        longest = max((cell_len(line.lead + line.text) for line in self._lines), default=0)
        return min(longest, container.width)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return sum(len(_broken(line, width)) for line in self._lines)

    def render(self) -> Content:
        return Content("\n").join(
            Content.styled(broken, self.get_visual_style(f"lines--{line.kind}"))
            for line in self._lines
            for broken in _broken(line, self.size.width)
        )


def _broken(line: Line, width: int) -> list[str]:
    indent = cell_len(line.lead)
    first, *rest = break_lines(line.text, width - indent)
    return [line.lead + first, *(" " * indent + later for later in rest)]


@dataclass(frozen=True, slots=True)
class Hint:
    """A key, what it does in words, and the action behind it."""

    key: str
    words: str
    action: str

    @property
    def shown(self) -> str:
        return f"{self.key} {self.words}"


class KeyLine(Widget):
    """The keys of the page; a click on one is as good as the key."""

    GAP = 3

    @dataclass
    class Pressed(Message):
        """A hint was clicked."""

        action: str

    def __init__(self) -> None:
        super().__init__()
        self._hints: Sequence[Hint] = ()

    def show(self, hints: Sequence[Hint]) -> None:
        """Draw these keys."""
        if hints == self._hints:
            return
        self._hints = hints
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._packed(width))

    def render(self) -> Content:
        gap = " " * self.GAP
        packed = self._packed(self.size.width)
        return Content("\n".join(gap.join(hint.shown for hint in line) for line in packed))

    def on_click(self, event: events.Click) -> None:
        lines = self._packed(self.size.width)
        column = event.x - self.gutter.left
        for hint in lines[event.y] if event.y < len(lines) else []:
            if 0 <= column < cell_len(hint.shown):
                self.post_message(self.Pressed(hint.action))
                return
            column -= cell_len(hint.shown) + self.GAP

    def _packed(self, width: int) -> list[list[Hint]]:
        lines: list[list[Hint]] = [[]]
        room = width
        for hint in self._hints:
            needed = cell_len(hint.shown) + self.GAP
            if lines[-1] and needed - self.GAP > room:
                lines.append([])
                room = width
            lines[-1].append(hint)
            room -= needed
        return lines
