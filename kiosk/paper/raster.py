"""What a receipt printer has no signs for, as pictures: a line with a rare name, a code for a phone."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kiosk.paper.code import modules
from kiosk.paper.font import Font

if TYPE_CHECKING:
    from PIL import ImageFont

DOTS = 24
"""Of a printer's own Han character, across and down; a Latin letter is half as wide."""
_COLUMN = DOTS // 2
_LATIN = 19
"""Dots of the size of letters and figures, so that a capital W keeps to its half."""
_BASE = 21
"""Dots from the top of a line to the foot of its letters."""
_MODULE = 3
"""Dots of a square of a code; printed twice as large, 0.75 mm at 8 dots a millimetre."""
_PICTURE = b"\x1dv0"
_QUESTION, _NO_QUESTION = b"\x10\x04", b"\x10\x05"
"""A printer answers a status question wherever it stands, within a picture too: one dot makes it none."""


@lru_cache(maxsize=2)
def signs_of(font: Font) -> frozenset[int]:
    """The characters that it has."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    with TTFont(font.path, fontNumber=font.face, lazy=True) as face:
        return frozenset(face.getBestCmap())


def line_picture(words: str, wide: int, high: int, font: Font) -> bytes:
    """The order that prints this line as a picture, as large as the same line in the printer's own type.

    The printer doubles what can be doubled, so that a fourth of the bytes goes over the line.
    """
    from PIL import Image, ImageDraw

    twice_wide, twice_high = wide % 2 == 0, high % 2 == 0
    columns = _columns(words)
    drawn = Image.new("1", (max(columns * _COLUMN, 8), DOTS))
    pen, place = ImageDraw.Draw(drawn), 0
    for sign in words:
        wide_sign = _columns(sign)
        middle = place * _COLUMN + wide_sign * _COLUMN // 2
        # a Latin letter of the same size would stick out of its half
        face = _face(font, DOTS if wide_sign > 1 else _LATIN)
        pen.text((middle, _BASE), sign, fill=1, font=face, anchor="ms")
        place += wide_sign
    across = drawn.width * (wide // 2 if twice_wide else wide)
    down = drawn.height * (high // 2 if twice_high else high)
    scaled = drawn.resize((across, down), Image.Resampling.NEAREST)
    return _order(scaled.tobytes(), scaled.width, scaled.height, twice_wide + 2 * twice_high)


def code_picture(words: str) -> bytes:
    """The order that prints the code."""
    rows = [[dark for dark in row for _ in range(_MODULE)] for row in modules(words) for _ in range(_MODULE)]
    return _order(b"".join(map(_packed, rows)), len(rows[0]), len(rows), 3)


def _packed(row: list[bool]) -> bytes:
    """Eight dots a byte, from the left; the last byte filled up with white."""
    dots = "".join("1" if dark else "0" for dark in row)
    dots += "0" * (-len(dots) % 8)
    return int(dots, 2).to_bytes(len(dots) // 8, "big")


def _order(dots: bytes, width: int, height: int, larger: int) -> bytes:
    across = (width + 7) // 8
    size = across.to_bytes(2, "little") + height.to_bytes(2, "little")
    return _PICTURE + bytes([larger]) + size + dots.replace(_QUESTION, _NO_QUESTION)


def _columns(words: str) -> int:
    return sum(1 if sign.isascii() else 2 for sign in words)


@lru_cache(maxsize=4)
def _face(font: Font, size: int) -> ImageFont.FreeTypeFont:
    from PIL import ImageFont

    return ImageFont.truetype(font.path, size, index=font.face)
