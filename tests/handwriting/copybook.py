"""A few characters as people write them: strokes in a square of side 1, from above on the left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

Point = tuple[float, float]
Cell = tuple[int, int]

COPYBOOK: dict[str, tuple[tuple[Point, ...], ...]] = {
    "人": (
        ((0.5, 0.05), (0.45, 0.45), (0.05, 0.95)),
        ((0.48, 0.4), (0.65, 0.7), (0.95, 0.95)),
    ),
    "王": (
        ((0.15, 0.1), (0.85, 0.1)),
        ((0.2, 0.5), (0.8, 0.5)),
        ((0.5, 0.1), (0.5, 0.9)),
        ((0.05, 0.9), (0.95, 0.9)),
    ),
    "十": (((0.05, 0.45), (0.95, 0.45)), ((0.5, 0.05), (0.5, 0.95))),
    "大": (
        ((0.1, 0.35), (0.9, 0.35)),
        ((0.5, 0.02), (0.48, 0.35), (0.35, 0.65), (0.05, 0.95)),
        ((0.5, 0.35), (0.68, 0.68), (0.95, 0.95)),
    ),
}


def in_cells(character: str, column: int, row: int, columns: int, rows: int) -> Iterator[list[Cell]]:
    """Each stroke as the cells that a terminal tells, on a canvas that stands there."""
    high = rows - 2
    wide = min(2 * high, columns - 2)
    for stroke in COPYBOOK[character]:
        yield [(column + 1 + round(x * wide), row + 1 + round(y * (high - 1))) for x, y in _in_steps(stroke)]


def _in_steps(stroke: Sequence[Point]) -> Iterator[Point]:
    yield stroke[0]
    for start, end in pairwise(stroke):
        for step in range(1, 5):
            yield (start[0] + (end[0] - start[0]) * step / 4, start[1] + (end[1] - start[1]) * step / 4)
