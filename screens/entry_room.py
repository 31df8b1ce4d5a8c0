"""How the rows of a part with a field are shared: the field, its keys, and the choices. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len

from kiosk.flow.page import Page
from screens.choice_rows import choice_rows, rows_of
from screens.grid import Grid
from screens.key_room import lines_of, pad_rows, rows_of_lines, with_gaps
from screens.line_break import break_lines
from screens.page_lines import (
    MARK_CELLS,
    choice_words,
    error_lines,
    field_rows,
    heading_lines,
    number_lines,
)

_TALL = 3
"""Rows of a field where there is room for them."""


@dataclass(frozen=True, slots=True)
class EntryRoom:
    """The rows of a part."""

    field: int
    pad: int
    """Rows of the keys."""
    beside: tuple[int, ...] = ()
    """Columns of each choice, where all stand at the end of the last line of keys."""
    for_fingers: bool = False
    """The keys are as large as a finger needs, and stand apart (K19)."""


def entry_room(page: Page, grid: Grid, language: str, chosen: str) -> EntryRoom:
    """The rows of this part: with keys for fingers wherever they go in, else with smaller ones."""
    found = _with_finger_keys(page, grid, language, chosen)
    return found or EntryRoom(field_rows(page, grid), pad_rows(page, grid))


def holds_keys(page: Page, grid: Grid, language: str, chosen: str) -> bool:
    """Is there room for keys that a finger hits, with all that is on this part?"""
    return _with_finger_keys(page, grid, language, chosen) is not None


def rows_above(page: Page, grid: Grid, language: str) -> int:
    """Rows of all that stands above the field."""
    rows = len(error_lines(page, grid, language)) + len(heading_lines(page, grid, language))
    rows += len(number_lines(page, grid, language))
    return rows + sum(len(break_lines(text.show(language), grid.width)) for text in page.body)


def _with_finger_keys(page: Page, grid: Grid, language: str, chosen: str) -> EntryRoom | None:
    if page.entry is None or grid.pitch is None:
        return None
    words = [choice_words(choice, language, chosen) for choice in page.choices]
    side_by_side = tuple(max(MARK_CELLS + cell_len(each), grid.key_columns) for each in words)
    fits_a_line = with_gaps(side_by_side, grid) <= grid.width + grid.gap_columns
    for beside in ((), side_by_side) if fits_a_line else ((),):
        pad = rows_of_lines(lines_of(page.entry, grid, beside), grid)
        left = grid.content_rows - rows_above(page, grid, language) - pad
        if not beside and page.choices:
            room = left - 1 - grid.gap_rows
            left -= grid.gap_rows + rows_of(choice_rows(page.choices, grid, language, chosen, room), grid)
        if left >= 1:
            return EntryRoom(min(left, _wanted(page, grid)), pad, beside, for_fingers=True)
    return None


def _wanted(page: Page, grid: Grid) -> int:
    """Rows of a field, if there are so many: of a line as many as a finger needs."""
    if page.entry is not None and page.entry.rows > 1:
        return page.entry.rows
    return _TALL if grid.roomy else grid.choice_rows
