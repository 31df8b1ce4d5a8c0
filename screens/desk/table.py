"""Rows in columns, by display cells: pure layout, drawn by `pick_list`."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from screens.line_break import fit

GAP = 2


@dataclass(frozen=True, slots=True)
class Column:
    """A column. Where there is no room, the highest `drop` goes first; 0 always stays."""

    title: str
    drop: int = 0
    least: int | None = None
    """Gets as narrow as this before any column goes; None: it keeps its width."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line; `key` says what it is about."""

    key: str
    cells: tuple[str, ...]
    about: str = ""
    """In full, where cells may be cut: a page with room for it shows that of the row with the cursor."""


def padded(text: str, columns: int) -> str:
    """Exactly this many cells."""
    cut = fit(text, columns)
    return cut + " " * (columns - cell_len(cut))


def lay_out(columns: Sequence[Column], rows: Sequence[Row], width: int) -> tuple[str, list[str]]:
    """The line of titles and the line of each row, none wider than `width`."""
    natural = [
        max(cell_len(column.title), *(cell_len(row.cells[place]) for row in rows), 1)
        for place, column in enumerate(columns)
    ]
    least = [min(column.least or wide, wide) for column, wide in zip(columns, natural, strict=True)]
    kept = list(range(len(columns)))
    while _sum([least[place] for place in kept]) > width and any(columns[place].drop for place in kept):
        kept.remove(max(kept, key=lambda place: columns[place].drop))
    widths = {place: natural[place] for place in kept}
    for place in kept:
        excess = max(0, _sum(widths.values()) - width)
        widths[place] = max(least[place], natural[place] - excess)

    def line(cells: Sequence[str]) -> str:
        return fit((" " * GAP).join(padded(cells[place], widths[place]) for place in kept).rstrip(), width)

    return line([column.title for column in columns]), [line(row.cells) for row in rows]


def _sum(widths: Collection[int]) -> int:
    return sum(widths) + GAP * (len(widths) - 1)
