"""Which character was drawn, and where there is room enough to draw one."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.handwriting.shape import shape
from kiosk.handwriting.shape_table import shape_table
from kiosk.hanzi.strokes import Stroke, enough

CANDIDATES = 8
_COMMON, _KNOWN = 8000, 4000
_BEHIND = 40
"""So many behind the first are looked at for a common one."""
_SECOND_LEVEL = 0xD8


def recognise(strokes: Sequence[Stroke], limit: int = CANDIDATES) -> tuple[str, ...]:
    """The characters it may be, likeliest first; none where a touch is all there is.

    Takes about 20 ms on the box's processor, so not on the thread that draws.
    """
    if not enough(strokes):
        return ()
    nearest = shape_table().nearest(shape(strokes), limit + _BEHIND)
    ranked = sorted(
        ((likeness + _usual(character), character) for likeness, character in nearest), reverse=True
    )
    return tuple(character for _, character in ranked[:limit])


def _usual(character: str) -> int:
    """What a character in common use has ahead of a rare one much like it, by the levels of GB 2312."""
    try:
        first = character.encode("gb2312")[0]
    except UnicodeEncodeError:
        return 0
    return _COMMON if first < _SECOND_LEVEL else _KNOWN


def good_enough(columns: int, rows: int, *, pixels: bool) -> bool:
    """Is the canvas fine enough to write on? Where not, writing is not offered, only typing.

    Measured (bench/handwriting.py): with cells the character meant is among eight candidates in 84 to 93 of a
    hundred drawings at 20 by 10, and in 70 to 77 at 16 by 8. With pixels it is in 87 of a hundred at 16 by 8
    and in 97 at 20 by 10; on less a finger's own scatter is too large.
    """
    least_columns, least_rows = (16, 8) if pixels else (20, 10)
    return columns >= least_columns and rows >= least_rows
