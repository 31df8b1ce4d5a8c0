"""Breaks lines the way Chinese is set, by display cells.

Textual takes a run of Chinese for one word and lets lines begin with a comma. Here a line may
break between any two Chinese characters, never before closing punctuation or after opening
punctuation, and never inside a Latin word or a number (rules after GB/T 15834 and W3C CLREQ 3.1.3).
"""

from __future__ import annotations

import re

from rich.cells import cell_len

_NOT_FIRST = set("，。、；：？！）】」』》〉”’…—·,.;:?!)]}%％℃")
_NOT_LAST = set("（【「『《〈“‘([{￥¥$第")
_UNIT = re.compile(r"[A-Za-z0-9][A-Za-z0-9'’*./:%@_+-]*| +|.", re.DOTALL)


def _units(text: str) -> list[str]:
    """What may not be torn: words, numbers, and characters bound to their punctuation."""
    units: list[str] = []
    glue = False
    for piece in _UNIT.findall(text):
        if units and (glue or piece[0] in _NOT_FIRST) and not units[-1].isspace():
            units[-1] += piece
        else:
            units.append(piece)
        glue = piece[-1] in _NOT_LAST
    return units


def _torn(unit: str, columns: int) -> list[str]:
    """A unit wider than the line, cut where it must be."""
    parts, line = [], ""
    for character in unit:
        if line and cell_len(line + character) > columns:
            parts.append(line)
            line = ""
        line += character
    return [*parts, line]


def break_lines(text: str, columns: int) -> list[str]:
    """The text in lines of at most `columns` cells. At least one line; `columns` is at least 2."""
    columns = max(columns, 2)
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for unit in _units(paragraph):
            if cell_len((line + unit).rstrip()) <= columns:
                line += unit if line or not unit.isspace() else ""
                continue
            if line:
                lines.append(line.rstrip())
            *full, line = (
                _torn(unit.lstrip(), columns) if cell_len(unit.strip()) > columns else [unit.lstrip()]
            )
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
