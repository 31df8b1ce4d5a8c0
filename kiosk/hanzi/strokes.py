"""What a finger drew, as strokes on square paper: from cells of a terminal to shapes that can be compared.

Everything here is a function from strokes to strokes. A canvas tells a point for each cell the finger
crosses, or fractions of cells where the terminal tells pixels; a cell is about twice as high as wide.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

Point = tuple[float, float]

CELL_HEIGHT = 2.0
"""The height of a cell in widths of a cell, where nothing better is known."""
LEAST = 2.5
"""Widths of a cell: what stays smaller than this is a touch, not writing."""
_FLAT = 0.12
"""A drawing whose other side is less than this part of the longer one is a line, and stays one: 一."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """One movement of the finger, from down to up, never empty. Printed, it tells nothing."""

    points: tuple[Point, ...] = field(repr=False)


def drawn(
    strokes: Iterable[Sequence[Point]], *, whole: bool = True, height: float = CELL_HEIGHT
) -> tuple[Stroke, ...]:
    """Strokes from positions on a canvas.

    `whole`: the positions are whole cells, meant is the middle of each; the stairs this makes of a slanting
    line are smoothed. A touch is a dot, which falls to the right as 丶 does. Empty strokes and points told
    twice fall out.
    """
    middle = 0.5 if whole else 0.0
    square = (
        Stroke(tuple(_apart((x + middle, (y + middle) * height) for x, y in points)))
        for points in strokes
        if points
    )
    return tuple(_smoothed(stroke) if len(stroke.points) > 1 else _dot(stroke) for stroke in square)


def enough(strokes: Sequence[Stroke]) -> bool:
    """Is there writing, and not just a touch?"""
    return bool(strokes) and max(_bounds(strokes)[2:]) >= LEAST


def squared(strokes: Sequence[Stroke]) -> tuple[Stroke, ...]:
    """The drawing in a square of side 1, wherever and how large it was written.

    A narrow drawing is widened a little, as some write tall and some wide; a line stays a line.
    """
    left, top, wide, high = _bounds(strokes)
    longer = max(wide, high) or 1.0
    across, down = _stretch(wide, longer), _stretch(high, longer)
    return tuple(
        Stroke(
            tuple(
                (0.5 + (x - left - wide / 2) * across, 0.5 + (y - top - high / 2) * down)
                for x, y in stroke.points
            )
        )
        for stroke in strokes
    )


def walked(stroke: Stroke, step: float) -> Iterator[Point]:
    """The same way in even steps, the last one shorter; a dot gives its one point."""
    here, left = stroke.points[0], step
    yield here
    for corner in stroke.points[1:]:
        way = math.dist(here, corner)
        while way >= left:
            part = left / way
            here = (here[0] + (corner[0] - here[0]) * part, here[1] + (corner[1] - here[1]) * part)
            yield here
            way, left = way - left, step
        here, left = corner, left - way
    if len(stroke.points) > 1 and left < step:
        yield here


def _apart(points: Iterable[Point]) -> Iterator[Point]:
    last: Point | None = None
    for point in points:
        if point != last:
            yield point
        last = point


def _dot(stroke: Stroke) -> Stroke:
    (x, y), *_ = stroke.points
    return Stroke(((x - 0.25, y - 0.25), (x + 0.25, y + 0.25)))


def _smoothed(stroke: Stroke) -> Stroke:
    """Each point moved to the middle of itself and its neighbours; the ends stay."""
    points = stroke.points
    inner = (
        ((before[0] + point[0] + after[0]) / 3, (before[1] + point[1] + after[1]) / 3)
        for before, point, after in zip(points, points[1:], points[2:], strict=False)
    )
    return Stroke((points[0], *inner, points[-1]))


def _bounds(strokes: Sequence[Stroke]) -> tuple[float, float, float, float]:
    """Left, top, width and height."""
    across = [x for stroke in strokes for x, _ in stroke.points]
    down = [y for stroke in strokes for _, y in stroke.points]
    return min(across), min(down), max(across) - min(across), max(down) - min(down)


def _stretch(side: float, longer: float) -> float:
    part = side / longer
    return 1 / longer if part <= _FLAT else math.sqrt(math.sin(math.pi / 2 * part)) / side
