"""Keys under a field that a finger hits: where each stands, where the millimetres of a cell are known (K19).
Pure.

Where rows are scarce, what leads on from the field stands at the end of the last line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len

from kiosk.flow.page import Entry
from screens.grid import Grid
from screens.key_room import erase_columns, lines_of, with_gaps
from screens.pad import Key, Pad
from screens.pad_layout import Placed

_MOST_SPARE = 2
"""Columns by which a key grows whose neighbours come and go: more would tear them apart."""


def finger_keys(pad: Pad, entry: Entry, grid: Grid, row: int, beside: Sequence[int] = ()) -> Iterator[Placed]:
    """All keys, from a row on. `beside`: as in `lines_of`."""
    lines = lines_of(entry, grid)
    end = grid.margin + grid.width
    shared = bool(beside) and lines == lines_of(entry, grid, beside)
    if shared:
        end -= with_gaps(beside, grid)
    if pad.above and not pad.below:
        yield from _line_by_line(pad, grid, row)
        return
    keys = pad.rows[0]
    each = grid.keys_in_a_line if shared or pad.below else -(-len(keys) // lines)
    last = lines - 1 if shared or pad.below else lines
    for line in range(-(-len(keys) // each)):
        some = keys[line * each : (line + 1) * each]
        at = row + line * (grid.choice_rows + grid.gap_rows)
        if line == last or len(some) < each <= len(keys):
            yield from _as_in_full_line(some, each, grid, at)
        else:
            yield from _spread(some, grid, at)
    if pad.below:
        yield from _behind(pad.above, len(keys), grid, row, lines, end)


def _spread(keys: Sequence[Key], grid: Grid, row: int) -> Iterator[Placed]:
    """Over the whole width: all as wide; where that is too narrow for some, as each needs and a share."""
    room = grid.width - grid.gap_columns * (len(keys) - 1)
    even = room // len(keys)
    needed = [max(cell_len(key.drawn), grid.key_columns) for key in keys]
    if max(needed) <= even:
        widths = [even] * len(keys)
    else:
        widths = [width + max(room - sum(needed), 0) // len(keys) for width in needed]
    yield from _side_by_side(keys, widths, grid, grid.margin, row)


def _as_in_full_line(keys: Sequence[Key], each: int, grid: Grid, row: int) -> Iterator[Placed]:
    """As wide as if the line were full."""
    width = (grid.width + grid.gap_columns) // each - grid.gap_columns
    yield from _side_by_side(keys, [width] * len(keys), grid, grid.margin, row)


def _side_by_side(
    keys: Sequence[Key], widths: Sequence[int], grid: Grid, start: int, row: int
) -> Iterator[Placed]:
    for key, width in zip(keys, widths, strict=True):
        yield Placed(key, start, row, width, grid.choice_rows)
        start += width + grid.gap_columns


def _line_by_line(pad: Pad, grid: Grid, row: int) -> Iterator[Placed]:
    """Each line of keys in one of its own; the key that erases at the end of the first."""
    *others, erase = pad.above
    start = grid.margin + grid.width - erase_columns(grid)
    yield from _growing(others, grid, grid.margin, row, start - grid.gap_columns)
    yield Placed(erase, start, row, erase_columns(grid), grid.choice_rows)
    for keys in pad.rows:
        row += grid.choice_rows + grid.gap_rows
        yield from _spread(keys, grid, row)


def _behind(keys: Sequence[Key], before: int, grid: Grid, row: int, lines: int, end: int) -> Iterator[Placed]:
    """What is offered, or the other ways: in the last line, behind the keys that stand there already."""
    line, at = divmod(before, grid.keys_in_a_line)
    if line < lines - 1:
        at = 0
    start = grid.margin + at * ((grid.width + grid.gap_columns) // grid.keys_in_a_line)
    yield from _growing(keys, grid, start, row + (lines - 1) * (grid.choice_rows + grid.gap_rows), end)


def _growing(keys: Sequence[Key], grid: Grid, start: int, row: int, end: int) -> Iterator[Placed]:
    """As wide as each must be, and a little more where there is room."""
    needed = [max(cell_len(key.drawn), grid.key_columns) for key in keys]
    spare = max(end - start + grid.gap_columns - with_gaps(needed, grid), 0)
    more = min(spare // max(len(keys), 1), _MOST_SPARE)
    yield from _side_by_side(keys, [width + more for width in needed], grid, start, row)
