"""Breaks lines the way Chinese is set: by display cells on a screen and a receipt, by millimetres on paper.

Textual takes a run of Chinese for one word and lets lines begin with a comma. Here a line may
break between any two Chinese characters, never before closing punctuation or after opening
punctuation, and never inside a Latin word or a number (rules after GB/T 15834 and W3C CLREQ 3.1.3).
"""

from __future__ import annotations

import re
from collections.abc import Callable

from rich.cells import cell_len

Width = Callable[[str], float]
"""How wide a text is, in whatever unit the line is measured in."""

_NOT_FIRST = set("，。、；：？！）】」』》〉”’…—·,.;:?!)]}%％℃")
_NOT_LAST = set("（【「『《〈“‘([{￥¥$第")
_UNIT = re.compile(r"[A-Za-z0-9][A-Za-z0-9'’*./:%@_+-]*| +|.", re.DOTALL)


def units(text: str) -> list[str]:
    """What may not be torn: words, numbers, and characters bound to their punctuation."""
    found: list[str] = []
    glue = False
    for piece in _UNIT.findall(text):
        if found and (glue or piece[0] in _NOT_FIRST) and not found[-1].isspace():
            found[-1] += piece
        else:
            found.append(piece)
        glue = piece[-1] in _NOT_LAST
    return found


def _torn(unit: str, room: float, width: Width) -> list[str]:
    """A unit wider than the line, cut where it must be."""
    parts, line = [], ""
    for character in unit:
        if line and width(line + character) > room:
            parts.append(line)
            line = ""
        line += character
    return [*parts, line]


def break_lines(text: str, columns: int) -> list[str]:
    """The text in lines of at most `columns` cells. At least one line; `columns` is at least 2."""
    return break_measured(text, max(columns, 2), cell_len)


def break_measured(text: str, room: float, width: Width) -> list[str]:
    """The text in lines of at most `room`, as `width` measures them; a single character may be wider."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for unit in units(paragraph):
            if width((line + unit).rstrip()) <= room:
                line += unit if line or not unit.isspace() else ""
                continue
            if line:
                lines.append(line.rstrip())
            too_wide = width(unit.strip()) > room
            *full, line = _torn(unit.lstrip(), room, width) if too_wide else [unit.lstrip()]
            lines.extend(full)
        lines.append(line.rstrip())
    return lines


def fit(text: str, columns: int) -> str:
    """One line, cut with an ellipsis where it is too long."""
    if cell_len(text) <= columns:
        return text
    kept = ""
    for character in text:
        if cell_len(kept + character) > columns - 2:
            break
        kept += character
    return kept + "…"
