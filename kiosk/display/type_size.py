"""The four type sizes as a contract in millimetres, and the grid that each gives on a panel. Pure.

K15: capitals of 4.8 to 5.6, 6.1 to 7.1, 7.3 to 8.0 and 8.5 to 9.0 mm for eyes 500 mm away, in proportion for
others; Han characters of at least 8.4 mm at the usual size. K19: places to touch of at least 20 x 16 mm with
5 mm between.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import IntEnum

from kiosk.display.panel import Panel

DISTANCE = 500
"""Millimetres from the eyes to the glass for which the sizes are written."""
SMALLEST = (40, 10)
"""Columns and rows; a size that gives fewer is not offered."""
TOUCH_WIDTH, TOUCH_HEIGHT, APART = 20.0, 16.0, 5.0
HAN_BODY = 8.4


class Size(IntEnum):
    """From small to large."""

    SMALL = 1
    USUAL = 2
    LARGE = 3
    LARGEST = 4


BANDS = {
    Size.SMALL: (4.8, 5.6),
    Size.USUAL: (6.1, 7.1),
    Size.LARGE: (7.3, 8.0),
    Size.LARGEST: (8.5, 9.0),
}
"""The least and the greatest height of a capital, in millimetres."""
_AIM = {Size.SMALL: 5.2, Size.USUAL: 6.1, Size.LARGE: 7.5, Size.LARGEST: 9.0}
"""The largest one as large as the panel holds: then a single row is high enough to be touched."""


@dataclass(frozen=True, slots=True)
class Face:
    """A font in a terminal. All measures are parts of its size (the em)."""

    family: str
    advance: float
    """Width of a cell."""
    capital: float
    """Height of a capital letter."""
    natural_line: float
    """From line to line as the font has it."""
    line: float
    """From line to line as the terminal is told."""
    whole: bool = True
    """A cell is whole pixels wide. In a browser it is as wide as its letters, a line as high."""

    def cell(self, pixels: int) -> tuple[float, float]:
        """Width and height of a cell in pixels, at a size in pixels."""
        if self.whole:
            return round(pixels * self.advance), round(pixels * self.line)
        return pixels * self.advance, math.ceil(pixels * self.line)


@dataclass(frozen=True, slots=True)
class Pitch:
    """A cell in millimetres."""

    width: float
    height: float

    @property
    def touch_rows(self) -> int:
        """Rows that a finger hits."""
        return math.ceil(TOUCH_HEIGHT / self.height)

    @property
    def touch_columns(self) -> int:
        """Columns that a finger hits."""
        return math.ceil(TOUCH_WIDTH / self.width)

    @property
    def gap_columns(self) -> int:
        """Columns between two places to touch."""
        return math.ceil(APART / self.width)

    @property
    def gap_rows(self) -> int:
        """Rows between two places to touch."""
        return math.ceil(APART / self.height)


@dataclass(frozen=True, slots=True)
class Fit:
    """One size on one panel."""

    size: Size
    pixels: int
    """The font's size (em)."""
    columns: int
    rows: int
    pitch: Pitch
    capital: float
    """Millimetres, as the next two."""
    body: float
    """Of a Han character."""
    band: tuple[float, float]

    @property
    def keeps_the_contract(self) -> bool:
        """K15: in its band, and the Han characters of the usual size large enough."""
        enough = self.size is not Size.USUAL or self.body >= HAN_BODY * self.band[0] / BANDS[self.size][0]
        return self.band[0] <= self.capital <= self.band[1] and enough


def fits(panel: Panel, face: Face, distance: int = DISTANCE) -> tuple[Fit, ...]:
    """The sizes that this panel can offer, from small to large; none where it is too small for any."""
    return tuple(fit for size in Size if (fit := _fit(panel, face, size, distance)) is not None)


def _fit(panel: Panel, face: Face, size: Size, distance: int) -> Fit | None:
    far = distance / DISTANCE
    band = (BANDS[size][0] * far, BANDS[size][1] * far)
    first = math.ceil(band[0] * panel.per_mm / face.capital)
    last = math.floor(band[1] * panel.per_mm / face.capital)
    found = [_at(panel, face, size, pixels, band) for pixels in range(first, last + 1)]
    good = [
        fit
        for fit in found
        if fit.keeps_the_contract and fit.columns >= SMALLEST[0] and fit.rows >= SMALLEST[1]
    ]
    return min(good, key=lambda fit: abs(fit.capital - _AIM[size] * far), default=None)


def _at(panel: Panel, face: Face, size: Size, pixels: int, band: tuple[float, float]) -> Fit:
    cell = face.cell(pixels)
    across, down = panel.across / panel.width, panel.per_mm
    return Fit(
        size,
        pixels,
        int(panel.across // cell[0]),
        int(panel.down // cell[1]),
        Pitch(cell[0] / across, cell[1] / down),
        pixels * face.capital / down,
        pixels / down,
        band,
    )


def usual(offered: tuple[Fit, ...], wished: int) -> Fit | None:
    """The size a visit begins with: the one the site wants, else the largest that is no larger, else any."""
    smaller = [fit for fit in offered if fit.size <= wished]
    return (smaller or offered[:1])[-1] if offered else None
