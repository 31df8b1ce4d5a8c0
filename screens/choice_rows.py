"""Choices on a page: one below the other, or two beside one another where rows are scarce. Pure.

Two stand in one row only where a cell's millimetres are known: then each is still wider than a finger needs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from kiosk.flow.page import Choice, Role
from screens.grid import Grid
from screens.page_lines import MARK_CELLS, NUMBER_CELLS, choice_lines, choice_words

_BEFORE = MARK_CELLS + NUMBER_CELLS + 1
"""Cells before the words of a choice."""


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """Choices that stand side by side, the words of each in lines."""

    choices: tuple[Choice, ...]
    lines: tuple[tuple[str, ...], ...]
    columns: int
    """Of each choice."""
    least: int
    """Rows that they need."""


def one_below_the_other(choices: Sequence[Choice], grid: Grid, language: str, chosen: str) -> list[ChoiceRow]:
    """A row for each."""
    found = [(choice, tuple(choice_lines(choice, grid, language, chosen))) for choice in choices]
    return [
        ChoiceRow((choice,), (lines,), grid.width, max(len(lines), grid.choice_rows))
        for choice, lines in found
    ]


def in_pairs(choices: Sequence[Choice], grid: Grid, language: str, chosen: str) -> list[ChoiceRow]:
    """Two in a row wherever two that follow one another have room there; the others as they were."""
    alone = one_below_the_other(choices, grid, language, chosen)
    if grid.pitch is None:
        return alone
    columns = (grid.width - grid.gap_columns) // 2
    rows: list[ChoiceRow] = []
    at = 0
    while at < len(choices):
        pair = tuple(choices[at : at + 2])
        lines = [_narrow(choice, columns, grid, language, chosen) for choice in pair]
        if len(pair) == 2 and all(lines):
            rows.append(ChoiceRow(pair, tuple(map(tuple, lines)), columns, grid.choice_rows))
            at += 2
        else:
            rows.append(alone[at])
            at += 1
    return rows


def _narrow(choice: Choice, columns: int, grid: Grid, language: str, chosen: str) -> list[str]:
    """The words in half of the width; none where they need more rows than a finger, or one would be torn."""
    room = columns - _BEFORE
    words = choice_words(choice, language, chosen).split()
    if choice.role is Role.TOGGLE or (language == "en" and any(cell_len(word) > room for word in words)):
        return []
    lines = choice_lines(choice, grid, language, chosen, room)
    return lines if len(lines) <= grid.choice_rows else []


def rows_of(rows: Sequence[ChoiceRow], grid: Grid) -> int:
    """Rows of the screen that they take at the least, with the gaps between them."""
    return sum(row.least for row in rows) + grid.gap_rows * max(len(rows) - 1, 0)


def choice_rows(
    choices: Sequence[Choice], grid: Grid, language: str, chosen: str, room: int
) -> list[ChoiceRow]:
    """One below the other where there is room for that, else in pairs where that takes less."""
    plain = one_below_the_other(choices, grid, language, chosen)
    if rows_of(plain, grid) <= room:
        return plain
    pairs = in_pairs(choices, grid, language, chosen)
    return pairs if len(pairs) < len(plain) else plain
