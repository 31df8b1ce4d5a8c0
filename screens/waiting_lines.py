"""What the waiting screen shows: the last call as large as it fits, the ones before it below. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from screens.glyphs import glyph_lines
from screens.line_break import fit

_FOOT = 1
_TIGHT = 12
"""Lines below which the head gives its own to the call."""
_UPPER, _LOWER = "▀█", "▄█"
_BLOCKS = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}


@dataclass(frozen=True, slots=True)
class ShownCall:
    """A call in the words of the screen."""

    number: str
    """A12号"""
    window: str
    """2号窗口"""
    sentence: str
    """All of it, for where large signs do not fit."""


def waiting_lines(
    calls: Sequence[ShownCall], head: str, nobody: str, foot: str, columns: int, rows: int
) -> list[str]:
    """Exactly so many lines, none wider; the newest call is the first of `calls`."""
    above_all = _centred(fit(head, columns), columns) if rows >= _TIGHT else []
    room = rows - len(above_all) - _FOOT
    big = _newest(calls[0], columns, room) if calls else _centred(fit(nobody, columns), columns)
    older = [_centred(fit(call.sentence, columns), columns) for call in calls[1:]]
    space = max(0, room - len(big))
    body = [*big, *(line for lines in older for line in ("", *lines))][:room] if space > 1 else big[:room]
    above = (room - len(body)) // 2
    lines = [*above_all, *[""] * above, *body]
    lines += [""] * (rows - _FOOT - len(lines))
    return [*lines, *_centred(fit(foot, columns), columns)][:rows]


def _newest(call: ShownCall, columns: int, rows: int) -> list[str]:
    """Number and window one below the other or side by side, whichever is larger; the number alone with the
    sentence in plain type; the sentence."""
    together = f"{call.number} {call.window}"
    for times in range(rows // 8, 0, -1):
        for parts in ((call.number, call.window), (together,)):
            if drawn := _drawn(parts, times, columns, rows):
                return drawn
    alone = _drawn((call.number,), 1, columns, rows - 1) or _drawn((call.number[:-1],), 1, columns, rows - 1)
    return [*(alone or []), *_centred(fit(call.sentence, columns), columns)]


def _drawn(parts: Sequence[str], times: int, columns: int, rows: int) -> list[str] | None:
    drawn = [scaled(part, times) for part in parts]
    if any(lines is None for lines in drawn):
        return None
    blocks = [lines for lines in drawn if lines]
    if not all(len(line) <= columns for block in blocks for line in block):
        return None
    spare = rows - sum(map(len, blocks))
    between = [""] if spare and len(blocks) > 1 else []
    lines = [line for block in blocks for line in (*_centred_block(block, columns), *between)]
    return lines[: len(lines) - len(between)] if spare >= 0 else None


def scaled(words: str, times: int) -> list[str] | None:
    """Large signs, so many times as large; None where a sign has none."""
    lines = glyph_lines(words)
    if lines is None:
        return None
    points = [[sign in half for sign in line] for line in lines for half in (_UPPER, _LOWER)]
    wide = [[on for on in row for _ in range(times)] for row in points for _ in range(times)]
    pairs = zip(wide[::2], wide[1::2], strict=True)
    return ["".join(_BLOCKS[pair] for pair in zip(above, below, strict=True)) for above, below in pairs]


def _centred(line: str, columns: int) -> list[str]:
    return [" " * ((columns - cell_len(line)) // 2) + line]


def _centred_block(block: Sequence[str], columns: int) -> list[str]:
    margin = " " * ((columns - len(block[0])) // 2)
    return [margin + line for line in block]
