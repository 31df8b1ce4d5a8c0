"""A page set on the grid: rows of words in styles, and the places that can be touched. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby

from rich.cells import cell_len

from screens.grid import Grid


class Look(StrEnum):
    """The styles of `screens.theme`, by what they are for."""

    TEXT = "text"
    STRONG = "strong"
    QUIET = "quiet"
    BAR = "bar"
    FOCUS = "focus"
    CHOICE = "choice"
    ALERT = "alert"
    CARET = "caret"
    MARK = "mark"
    """The word of a caption that sounds now; the caret of a field while a key under it has the focus."""


@dataclass(frozen=True, slots=True)
class Span:
    """Words in one style, from a column on."""

    column: int
    words: str
    look: Look


@dataclass(frozen=True, slots=True)
class Target:
    """A place that can be touched. `act` is what it stands for."""

    act: str
    column: int
    row: int
    columns: int
    rows: int

    def holds(self, column: int, row: int) -> bool:
        """Is this cell in it?"""
        return self.column <= column < self.column + self.columns and self.row <= row < self.row + self.rows


@dataclass(slots=True)
class Layout:
    """All rows of the grid, and what can be touched."""

    grid: Grid
    rows: list[list[Span]]
    targets: list[Target] = field(default_factory=list)
    field: Target | None = None
    """Where the text field stands."""
    canvas: Target | None = None
    """Where a mark can be drawn."""
    caption_row: int = 0

    def painted(self, row: int) -> list[Span]:
        """A row as spans beside one another that fill it; what was put later lies on top."""
        return flatten(self.rows[row], self.grid.columns)

    def text(self) -> list[str]:
        """The rows as plain text, for tests and people without colours."""
        rows = range(self.grid.rows)
        return ["".join(span.words for span in self.painted(row)).rstrip() for row in rows]


def flatten(spans: Iterable[Span], columns: int) -> list[Span]:
    """Spans beside one another that fill a row; what comes later lies on top."""
    cells: list[tuple[str, Look]] = [(" ", Look.TEXT)] * columns
    for span in spans:
        at = span.column
        for character in span.words:
            width = cell_len(character)
            if at + width > columns:
                break
            cells[at : at + width] = [(character, span.look), *[("", span.look)] * (width - 1)]
            at += width
    flat: list[Span] = []
    at = 0
    for look, run in groupby(cells, key=lambda cell: cell[1]):
        characters = [character for character, _ in run]
        flat.append(Span(at, "".join(characters), look))
        at += len(characters)
    return flat
