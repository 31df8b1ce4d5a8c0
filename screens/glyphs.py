"""Large characters from half blocks, for terminals whose font nobody can change.

Unifont's own 16-pixel design (SIL Open Font License 1.1), two rows of points in a row of cells: a Han
character is 16 columns wide and 8 rows high. Half blocks are in every font, and 16 colours are enough.
"""

from __future__ import annotations

import zlib
from functools import cache

from kiosk.paths import data_file
from screens.grid import LINE_ROWS

ROWS = 16
"""Points from top to bottom."""
COLUMNS = 8
"""Columns of a narrow character; a wide one has twice as many."""
RANGES: tuple[tuple[int, range], ...] = (
    (1, range(0x20, 0x7F)),
    (2, range(0x3000, 0x3020)),
    (2, range(0xFF01, 0xFF60)),
    (2, range(0x4E00, 0xA000)),
)
"""What the table holds, in its order: cells of a character, and its codes."""
_BLOCKS = {"00": " ", "10": "▀", "01": "▄", "11": "█"}


@cache
def _table() -> bytes:
    return zlib.decompress(data_file("glyphs/unifont.bin").read_bytes())


@cache
def _lines(sign: str) -> tuple[str, ...] | None:
    at = 0
    for cells, codes in RANGES:
        size = ROWS * cells
        if ord(sign) in codes:
            at += codes.index(ord(sign)) * size
            rows = _table()[at : at + size]
            return _drawn(rows, cells) if any(rows) or sign.isspace() else None
        at += len(codes) * size
    return None


def _drawn(rows: bytes, cells: int) -> tuple[str, ...]:
    points = [
        f"{int.from_bytes(rows[at : at + cells], 'big'):0{8 * cells}b}" for at in range(0, len(rows), cells)
    ]
    pairs = zip(points[::2], points[1::2], strict=True)
    return tuple("".join(_BLOCKS[a + b] for a, b in zip(above, below, strict=True)) for above, below in pairs)


def glyph_lines(words: str) -> list[str] | None:
    """One line of words in LINE_ROWS rows; None where a character is not in the table."""
    signs = [_lines(sign) for sign in words]
    if not words or any(sign is None for sign in signs):
        return None
    return ["".join(sign[row] for sign in signs if sign) for row in range(LINE_ROWS)]
