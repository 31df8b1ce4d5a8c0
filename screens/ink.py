"""What a finger has drawn on a canvas of cells: where it went and when, and how that looks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from kiosk.flow.signature import MOST_POINTS, written

Dot = tuple[int, int]
"""A column, and half a row: about as high as wide."""
Point = tuple[float, float]

_BLOCKS = {(False, False): "·", (True, False): "▀", (False, True): "▄", (True, True): "█"}
"""Half blocks, as every font has them; a thinner line would be paler than the letters beside it."""


@dataclass(slots=True, repr=False)
class Stroke:
    """From down to up."""

    fine: bool
    """The terminal tells fractions of a cell; else a whole cell is marked."""
    points: list[Point] = field(default_factory=list)
    moments: list[float] = field(default_factory=list)
    """Seconds, of each point."""


@dataclass(slots=True, repr=False)
class Ink:
    """Strokes of one drawing. Printed, it tells nothing: it may be a signature or a name."""

    strokes: list[Stroke] = field(default_factory=list)
    columns: int = 1
    """Of the canvas, when it was begun on."""
    _lit: set[Dot] = field(default_factory=set)
    _count: int = 0

    def begin(self, columns: int = 1, *, fine: bool = False) -> None:
        """The finger is down, on a canvas so wide."""
        if not self.strokes:
            self.columns = columns
        if self._count < MOST_POINTS:
            self.strokes.append(Stroke(fine))

    def to(self, x: float, y: float, at: float = 0.0) -> set[int]:
        """The finger is here; the rows that look different by that. An endless scribble comes to an end."""
        if self._count >= MOST_POINTS:
            return set()
        stroke = self.strokes[-1]
        way = list(_way(stroke.points[-1] if stroke.points else None, (x, y), stroke.fine))
        stroke.points.append((x, y))
        stroke.moments.append(at)
        self._count += 1
        self._lit.update(way)
        return {half // 2 for _, half in way}

    def take_back(self) -> None:
        """The last stroke goes."""
        if self.strokes:
            left = self.strokes[:-1]
            self.wipe()
            for stroke in left:
                self.begin(self.columns, fine=stroke.fine)
                for (x, y), at in zip(stroke.points, stroke.moments, strict=True):
                    self.to(x, y, at)

    def wipe(self) -> None:
        """Nothing was drawn."""
        self.strokes.clear()
        self._lit.clear()
        self._count = 0

    def look(self, row: int, columns: int) -> str:
        """A row of the canvas, with what is drawn on it."""
        lit = self._lit
        return "".join(_BLOCKS[(x, 2 * row) in lit, (x, 2 * row + 1) in lit] for x in range(columns))

    def __bool__(self) -> bool:
        return bool(self.strokes)

    @property
    def points(self) -> list[list[Point]]:
        """Of each stroke where the terminal has told the finger, in fractions of a cell if it can."""
        return [stroke.points for stroke in self.strokes]

    def told(self, cell_height: float) -> str:
        """The drawing as it is kept (`kiosk.flow.signature`), empty if nothing was drawn. `cell_height` in
        widths of a cell."""
        strokes = [_in_the_middle(stroke) for stroke in self.strokes if stroke.points]
        return written(strokes, self.columns, cell_height) if strokes else ""


def _in_the_middle(stroke: Stroke) -> list[tuple[float, float, float]]:
    """Of a whole cell the middle is meant."""
    middle = 0.0 if stroke.fine else 0.5
    return [(x + middle, y + middle, at) for (x, y), at in zip(stroke.points, stroke.moments, strict=True)]


def _way(before: Point | None, here: Point, fine: bool) -> Iterator[Dot]:
    """The dots from the last place to this one: of a quick finger not all places are told."""
    rows = 2 if fine else 1
    end = int(here[0]), int(here[1] * rows)
    start = (int(before[0]), int(before[1] * rows)) if before is not None else end
    across, down = end[0] - start[0], end[1] - start[1]
    steps = max(abs(across), abs(down), 1)
    for n in range(steps + 1):
        x, y = start[0] + round(across * n / steps), start[1] + round(down * n / steps)
        if fine:
            yield x, y
        else:
            yield x, 2 * y
            yield x, 2 * y + 1
