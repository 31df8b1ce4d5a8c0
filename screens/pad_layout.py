"""Where each key on the screen stands. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from screens.grid import Grid
from screens.key_room import ERASE_CELLS, NARROWEST
from screens.pad import Key, Pad
from screens.ways import ERASE

_MOST_SPARE = 4
"""Cells by which a key with something offered on it grows where there is room: more would tear them apart."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A key, and the cells that a finger may hit; the last column of them is left free."""

    key: Key
    column: int
    row: int
    columns: int
    rows: int


def placed_keys(pad: Pad, grid: Grid, row: int, height: int) -> Iterator[Placed]:
    """All keys from a row on, each `height` rows tall."""
    for line in pad.lines:
        above = line is pad.above
        keys = list(line)
        erase = keys.pop() if above and keys[-1].name == ERASE else None
        room = grid.width - (ERASE_CELLS if erase else 0)
        widths = _shares(keys, room) if above and pad.offers else _widths(keys, room)
        column = grid.margin
        for key, columns in zip(keys, widths, strict=True):
            yield Placed(key, column, row, columns, height)
            column += columns
        if erase is not None:
            # In the same place whatever is offered beside it.
            yield Placed(erase, grid.margin + room, row, ERASE_CELLS, height)
        row += height


def _widths(keys: Sequence[Key], room: int) -> list[int]:
    """The same for all; where that is too narrow for some, what each needs and an even share of the rest."""
    each = room // max(len(keys), 1)
    if all(cell_len(key.drawn) < each for key in keys):
        return [each] * len(keys)
    return _shared([cell_len(key.drawn) + 1 for key in keys], room)


def _shares(keys: Sequence[Key], room: int) -> list[int]:
    needed = [max(cell_len(key.drawn) + 2, NARROWEST) for key in keys]
    return _shared(needed, min(room, sum(needed) + _MOST_SPARE * len(keys)))


def _shared(needed: list[int], room: int) -> list[int]:
    spare = max(room - sum(needed), 0)
    return [columns + spare // len(needed) for columns in needed]
