"""The four type sizes as a contract in millimetres, and the grid that each gives on a panel. Pure.

K15: capitals of 4.8 to 5.6, 6.1 to 7.1, 7.3 to 8.0 and 8.5 to 9.0 mm for eyes 500 mm away, in proportion for
others; Han characters of at least 8.4 mm at the usual size. K19: places to touch of at least 20 x 16 mm with
5 mm between.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal

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
_AIM = {Size.SMALL: 5.1, Size.USUAL: 6.1, Size.LARGE: 7.5, Size.LARGEST: 9.0}
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
    stretches: Literal["", "height", "parts"] = ""
    """What the terminal makes larger until a line is as high as it is told: nothing, it is told pixels; the
    font's height (kitty); what is above and what is below the base line, in whole pixels each (xterm)."""
    below: float = 0.0
    """What of the natural line is below the base line."""

    @property
    def stretch(self) -> float:
        """How many times its natural height a line is; the terminals take three decimals."""
        return round(self.line / self.natural_line, 3)

    def width(self, pixels: int) -> float:
        """Of a cell in pixels, at a size in pixels."""
        return round(pixels * self.advance) if self.whole else pixels * self.advance

    def heights(self, pixels: int) -> tuple[float, float]:
        """Of a cell in pixels, the least and the most: kitty takes one pixel more where hints of a font move
        its underscore down. Measured with xterm 379 and kitty 0.26 at all sizes from 20 to 100 pixels.
        """
        match self.stretches:
            case "height":
                natural = math.ceil(pixels * self.natural_line)
                return round(natural * self.stretch), round((natural + 1) * self.stretch)
            case "parts":
                above, below = pixels * (self.natural_line - self.below), pixels * self.below
                height = math.ceil((math.ceil(above) + math.ceil(below)) * self.stretch)
            case _:
                height = round(pixels * self.line) if self.whole else math.ceil(pixels * self.line)
        return height, height


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
    """That the panel has in any case, as the columns."""
    pitch: Pitch
    """At the least."""
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
    width, (height, highest) = face.width(pixels), face.heights(pixels)
    across, down = panel.across / panel.width, panel.per_mm
    return Fit(
        size,
        pixels,
        int(panel.across // width),
        int(panel.down // highest),
        Pitch(width / across, height / down),
        pixels * face.capital / down,
        pixels / down,
        band,
    )


def usual(offered: tuple[Fit, ...], wished: int) -> Fit | None:
    """The size a visit begins with: the one the site wants, else the largest that is no larger, else any."""
    smaller = [fit for fit in offered if fit.size <= wished]
    return (smaller or offered[:1])[-1] if offered else None
