"""What a drawing looks like, as numbers: how much ink runs which way in which part of the square.

The order of strokes does not enter, and two strokes written as one change little: whoever learned another
order, or joins strokes as fast writers do, is understood. The idea is Bai and Huo's (ICDAR 2005, "A study on
the use of 8-directional features for online handwritten Chinese character recognition").
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from kiosk.hanzi.strokes import Point, Stroke, squared, walked

WAYS = 8
SIDE = 10
"""Columns and rows of parts: eight over the square, and one around it for what the blur spreads."""
SIZE = WAYS * SIDE * SIDE
_STEP = 0.02
_BLUR = (0.0152, 0.2188, 0.532, 0.2188, 0.0152)
"""A bell of 0.75 parts: writing a little beside the model counts almost as writing on it."""
_TURN = WAYS / (2 * math.pi)


def shape(strokes: Sequence[Stroke]) -> list[float]:
    """`SIZE` numbers of length 1 together, by way, row and column. The strokes are not empty."""
    ink = [0.0] * SIZE
    for stroke in squared(strokes):
        for one, other in pairwise(walked(stroke, _STEP)):
            _put(ink, one, other)
    # The root, so that one long stroke does not drown the short ones.
    roots = [math.sqrt(amount) for amount in _blurred(ink)]
    whole = math.hypot(*roots) or 1.0
    return [root / whole for root in roots]


def _put(ink: list[float], one: Point, other: Point) -> None:
    """A bit of ink, shared out among the two nearest ways and the four nearest parts."""
    across, down = other[0] - one[0], other[1] - one[1]
    amount = math.hypot(across, down)
    if not amount:
        return
    way = math.atan2(down, across) * _TURN % WAYS
    x, y = ((one[side] + other[side]) / 2 * (SIDE - 2) + 0.5 for side in (0, 1))
    column, row, first = int(x), int(y), int(way)
    right, low, turned = x - column, y - row, way - first
    for direction, by_way in ((first % WAYS, amount * (1 - turned)), ((first + 1) % WAYS, amount * turned)):
        at = (direction * SIDE + row) * SIDE + column
        ink[at] += by_way * (1 - right) * (1 - low)
        ink[at + 1] += by_way * right * (1 - low)
        ink[at + SIDE] += by_way * (1 - right) * low
        ink[at + SIDE + 1] += by_way * right * low


def _blurred(ink: list[float]) -> list[float]:
    """Spread along the rows, then along the columns; what would leave the square is lost."""
    return _spread(_spread(ink, 1), SIDE)


def _spread(ink: list[float], stride: int) -> list[float]:
    out = [0.0] * SIZE
    for at, amount in enumerate(ink):
        if amount:
            place = at // stride % SIDE
            for reach, part in enumerate(_BLUR, start=-2):
                if 0 <= place + reach < SIDE:
                    out[at + reach * stride] += amount * part
    return out
