"""Rows in columns, by display cells: pure layout, drawn by `pick_list`."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from screens.line_break import fit

GAP = 2
NARROWEST = 6


@dataclass(frozen=True, slots=True)
class Column:
    """A column. Where there is no room, the highest `drop` goes first; 0 always stays."""

    title: str
    drop: int = 0
    gives: bool = False
    """Gets narrower before any column goes."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line; `key` says what it is about."""

    key: str
    cells: tuple[str, ...]


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
    kept = list(range(len(columns)))
    while _least(columns, natural, kept) > width and any(columns[place].drop for place in kept):
        kept.remove(max(kept, key=lambda place: columns[place].drop))
    widths = {place: natural[place] for place in kept}
    excess = _sum(widths.values()) - width
    for place in kept:
        if columns[place].gives and excess > 0:
            narrower = max(min(NARROWEST, natural[place]), natural[place] - excess)
            excess -= natural[place] - narrower
            widths[place] = narrower

    def line(cells: Sequence[str]) -> str:
        return fit((" " * GAP).join(padded(cells[place], widths[place]) for place in kept).rstrip(), width)

    return line([column.title for column in columns]), [line(row.cells) for row in rows]


def _least(columns: Sequence[Column], natural: Sequence[int], kept: Sequence[int]) -> int:
    return _sum(
        [min(NARROWEST, natural[place]) if columns[place].gives else natural[place] for place in kept]
    )


def _sum(widths: Collection[int]) -> int:
    return sum(widths) + GAP * (len(widths) - 1)
