"""The room that the keys under a field have: how many keys, how many lines and rows of them. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.flow.page import Entry, Keyboard, Page
from screens.grid import Grid
from screens.ways import ERASE, NINE, SPACE

NEXT_BOX = "next"
"""The key that leads to the next box; like the one that erases it puts nothing in."""

DIGITS = "1234567890"
_KEYS = {
    Keyboard.DIGITS: DIGITS,
    Keyboard.DATE: DIGITS + SPACE,
    Keyboard.ID_NUMBER: DIGITS + "X",
    Keyboard.MONEY: DIGITS + ".",
}
_FULL = 4
"""Lines of keys and of what is offered, where there is room for them."""
_FIXED = 11
"""Keys of the way of writing that has most, where it must do with few lines: the figures."""
_WAYS = 3
"""Keys behind those: the other ways."""
_WAY = 4
"""Cells of the name of a way."""
GO_CELLS = {"zh": 6, "en": 10}
"""Cells of what leads on from a field, with its mark."""
NARROWEST = 4
"""Cells of a key with something offered on it, where the millimetres of a cell are not known."""
ERASE_CELLS = 6
"""Columns of the key that erases, beside what is offered."""
_HEADING = 2
"""Lines of a question."""
_LETTERS = 9
"""Keys in a line, where each letter has its own."""
_WORDS = Entry(Keyboard.TEXT)


def is_small(grid: Grid) -> bool:
    """Must words be written with few keys, several letters on each?"""
    if grid.pitch is None:
        return grid.rows < 16
    around = _HEADING + 1 + grid.gap_rows + grid.choice_rows
    return around + rows_of_lines(_FULL, grid) > grid.content_rows or grid.keys_in_a_line < _LETTERS


def room_above(grid: Grid, language: str) -> int:
    """Cells for what is offered; the key that erases stands beside it, or all keys before it."""
    if grid.pitch is None:
        return grid.width if is_small(grid) else grid.width - ERASE_CELLS
    if not is_small(grid):
        return grid.width - erase_columns(grid) - grid.gap_columns
    keys = len(NINE) + 1
    line, at = divmod(keys, grid.keys_in_a_line)
    alone = line < lines_of(_WORDS, grid) - 1
    used = 0 if alone else at * ((grid.width + grid.gap_columns) // grid.keys_in_a_line)
    return (
        grid.width
        + grid.gap_columns
        - used
        - with_gaps([GO_CELLS.get(language, max(GO_CELLS.values()))], grid)
    )


def pad_keys(entry: Entry | None) -> tuple[str, ...]:
    """The keys of figures from left to right; none where words are written."""
    if entry is None or entry.keyboard not in _KEYS:
        return ()
    if not entry.boxes:
        return (*_KEYS[entry.keyboard], ERASE)
    return (*_KEYS[entry.keyboard].replace(SPACE, ""), NEXT_BOX, ERASE)


def pad_rows(page: Page, grid: Grid) -> int:
    """Rows that the keys take, whatever is being written: nothing moves while somebody writes."""
    if page.entry is None:
        return 0
    if page.entry.keyboard is Keyboard.TEXT:
        return (1 if is_small(grid) else 4) * key_height(page.entry, grid) + is_small(grid)
    return key_height(page.entry, grid)


def key_height(entry: Entry, grid: Grid) -> int:
    """Rows of one key."""
    if entry.keyboard is not Keyboard.TEXT:
        return 1 if grid.rows < 20 else 3
    if grid.rows < 20:
        return 1
    return 2 if grid.rows < 40 else 3


def lines_of(entry: Entry, grid: Grid, beside: Sequence[int] = ()) -> int:
    """Lines of keys, whatever is being written: nothing moves while somebody writes. `beside`: the columns of
    each choice at the end."""
    if entry.keyboard is not Keyboard.TEXT:
        keys = len(pad_keys(entry))
        full = -(-keys // grid.keys_in_a_line)
        return full + (bool(beside) and with_gaps(beside, grid) > _left_after(keys, grid))
    if not is_small(grid):
        return _FULL + bool(beside)
    go = max(GO_CELLS.values())
    needed = with_gaps([max(grid.key_columns, _WAY)] * _WAYS + [go], grid)
    lines = -(-_FIXED // grid.keys_in_a_line) + (needed > _left_after(_FIXED, grid))
    return lines + (with_gaps(beside, grid) > go + grid.gap_columns)


def with_gaps(columns: Sequence[int], grid: Grid) -> int:
    """Columns of things side by side, with the gap after each."""
    return sum(columns) + grid.gap_columns * len(columns)


def rows_of_lines(lines: int, grid: Grid) -> int:
    """Rows of so many lines, with the gaps between them."""
    return lines * grid.choice_rows + max(lines - 1, 0) * grid.gap_rows


def erase_columns(grid: Grid) -> int:
    """Columns of the key that erases, beside what is offered."""
    return max(grid.key_columns, 4)


def key_cells(grid: Grid) -> int:
    """Cells of a key with something offered on it, at the least, with the gap behind it."""
    return NARROWEST if grid.pitch is None else max(grid.key_columns + grid.gap_columns, NARROWEST)


def _left_after(keys: int, grid: Grid) -> int:
    """Columns that so many keys leave free in their last line, with the gap behind; none if it is full."""
    at = keys % grid.keys_in_a_line
    if not at:
        return 0
    return grid.width + grid.gap_columns - at * ((grid.width + grid.gap_columns) // grid.keys_in_a_line)
