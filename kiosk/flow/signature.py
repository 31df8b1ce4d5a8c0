"""A name drawn by finger, as it is kept: where the finger went and when, whatever it was drawn on. Pure.

`[[[x, y, ms], …], …]`: a list of strokes from down to up. x and y are both in ten-thousandths of the width of
the place to write, so that a picture of it is not squeezed; ms are milliseconds since the first touch.
Until times were kept a point was `[x, y]` in cells of a terminal, which are about twice as high as wide.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

WIDTH = 10_000
"""The place to write is so wide."""
MOST_POINTS = 4_000
"""Half a minute of a finger that never rests; nobody's name takes longer."""
_CELL_HEIGHT = 2
_FARTHEST = 10 * WIDTH
_LATEST = 3_600_000
_LONGEST = 32 * MOST_POINTS
"""Characters."""

Point = tuple[int, int, int]
Strokes = tuple[tuple[Point, ...], ...]


def written(
    strokes: Iterable[Sequence[tuple[float, float, float]]], columns: float, cell_height: float
) -> str:
    """Strokes as they are kept, from x and y in cells and seconds; `cell_height` in widths of a cell."""
    unit = WIDTH / columns
    plain = [[(x * unit, y * cell_height * unit, at * 1000) for x, y, at in stroke] for stroke in strokes]
    begun = plain[0][0][2] if plain else 0.0
    return json.dumps(
        [[[round(x), round(y), max(round(at - begun), 0)] for x, y, at in stroke] for stroke in plain],
        separators=(",", ":"),
    )


def read(text: str) -> Strokes | None:
    """The strokes that were kept; None where this is no signature."""
    try:
        found = json.loads(text) if len(text) <= _LONGEST else None
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, list) or not found:
        return None
    strokes = tuple(_stroke(part) for part in found)
    if not all(strokes) or sum(map(len, strokes)) > MOST_POINTS:
        return None
    return strokes


def plain(strokes: Strokes) -> str:
    """The same as text again."""
    return json.dumps(strokes, separators=(",", ":"))


def pictured(strokes: Strokes, width: float, height: float) -> list[list[tuple[float, float]]]:
    """The lines of a picture no larger than that, the drawing as large as it fits, from its top left."""
    across = [x for stroke in strokes for x, _, _ in stroke]
    down = [y for stroke in strokes for _, y, _ in stroke]
    left, top = min(across), min(down)
    scale = min(width / max(max(across) - left, 1), height / max(max(down) - top, 1))
    return [[((x - left) * scale, (y - top) * scale) for x, y, _ in stroke] for stroke in strokes]


def _stroke(part: Any) -> tuple[Point, ...]:
    """Empty where it is none."""
    points = [_point(point) for point in part] if isinstance(part, list) else []
    return tuple(point for point in points if point is not None) if None not in points else ()


def _point(point: Any) -> Point | None:
    if not isinstance(point, list) or any(type(number) is not int for number in point):
        return None
    match point:
        case [x, y, at] if 0 <= x <= _FARTHEST and 0 <= y <= _FARTHEST and 0 <= at <= _LATEST:
            return x, y, at
        case [x, y] if 0 <= x <= _FARTHEST and 0 <= y <= _FARTHEST:
            return x, y * _CELL_HEIGHT, 0
    return None
