"""Where a character is drawn with the finger, and the keys beside that place. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.flow.page import Page
from screens.grid import Grid
from screens.key_room import rows_of_lines, with_gaps
from screens.pad import Pad
from screens.pad_layout import Placed
from screens.page_lines import field_rows
from screens.paginate import rows_beside_field
from screens.spans import Target

_TALLEST = 20
"""Rows of the place to draw, at the most: a whole arm's way is no writing."""
_WIDTHS = 2
"""A cell is about twice as high as wide, and a character is square."""
_OFFERS_IN_A_LINE = 4
_LINES = 4
"""Of keys: the other ways, what is offered in two, and those that wipe."""
_APART = 2
"""Columns between the place to draw and the keys."""
_KEYS_LEAST, _KEYS_MOST = 24, 56
"""Columns for the keys: four in a line."""
_SPARE = 2
"""Rows that stay free between things, once the place to draw is as tall as this:"""
_TALL = 10


@dataclass(frozen=True, slots=True)
class DrawingRoom:
    """The rows of a part on which characters are drawn."""

    field: int
    """Rows of the field."""
    columns: int
    """Of the place to draw."""
    rows: int


def drawing_room(page: Page, grid: Grid, language: str, chosen: str) -> DrawingRoom:
    """What is left for drawing on the part with the field; `chosen` as in `screens.paginate.paginate`.

    The field makes itself small where that leaves more.
    """
    used = rows_beside_field(page, grid, language, chosen)
    full = field_rows(page, grid)
    several = page.entry is not None and page.entry.rows > 1
    for field in (full, 2 if several else 1):
        left = grid.content_rows - used - field
        left -= min(_SPARE, max(left - _TALL, 0))
        if left >= _TALLEST:
            break
    rows = min(left, _TALLEST)
    if grid.pitch is not None and rows < rows_of_lines(_LINES, grid):
        # Keys that no finger hits are worse than another way of writing.
        return DrawingRoom(field, 0, 0)
    keys = max(_KEYS_LEAST, with_gaps([grid.key_columns] * _OFFERS_IN_A_LINE, grid))
    return DrawingRoom(field, min(_WIDTHS * rows, grid.width - _apart(grid) - keys), rows)


def _apart(grid: Grid) -> int:
    return max(_APART, grid.gap_columns)


def canvas_at(room: DrawingRoom, grid: Grid, row: int) -> Target:
    """The place to draw, on the left."""
    return Target("", grid.margin, row, room.columns, room.rows)


def keys_beside(pad: Pad, canvas: Target, grid: Grid) -> Iterator[Placed]:
    """The keys on its right, four lines as high as it is."""
    start = canvas.column + canvas.columns + _apart(grid)
    room = min(grid.margin + grid.width - start, _KEYS_MOST)
    pitch = (canvas.rows + grid.gap_rows) // _LINES
    for number, line in enumerate(pad.rows):
        columns = (room + grid.gap_columns) // max(len(line), _OFFERS_IN_A_LINE if number in _OFFERS else 1)
        for at, key in enumerate(line):
            where = start + at * columns, canvas.row + number * pitch
            yield Placed(key, *where, columns - grid.gap_columns, pitch - grid.gap_rows)


_OFFERS = (1, 2)
"""The lines of what is offered: each key in the same place however many there are."""
