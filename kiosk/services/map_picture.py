"""The map of a service as an SVG picture: questions in a column, ends and conditions beside them."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from html import escape

from kiosk.line_break import break_measured
from kiosk.services.map import Line, Mark

_WIDTH, _INDENT, _SIGN, _ROW, _PAD, _GAP = 760, 44, 9.0, 24, 10, 14
_FONTS = "'Noto Sans CJK SC', 'WenQuanYi Zen Hei', 'PingFang SC', 'Microsoft YaHei', sans-serif"
_LOOKS = {
    Mark.CONSENT: ("#eef3fb", "#3b5b92"),
    Mark.PROOF: ("#f6f3e6", "#8a7a2f"),
    Mark.QUESTION: ("#ffffff", "#222222"),
    Mark.ANSWERS: ("none", "none"),
    Mark.STOP: ("#fbeeee", "#9a3030"),
    Mark.GOOD_END: ("#eef8ee", "#2f7a3b"),
    Mark.END: ("#222222", "#222222"),
    Mark.MATERIAL: ("#f6f3e6", "#8a7a2f"),
    Mark.STAFF: ("#f3f3f3", "#777777"),
    Mark.PAID: ("#eef8ee", "#2f7a3b"),
}
_ON_THE_WAY = {Mark.CONSENT, Mark.PROOF, Mark.QUESTION, Mark.END}


def picture(lines: Sequence[Line], title: str, language: str) -> str:
    """The lines as an SVG picture of their own height."""
    drawn, top = [_text(20, 34, title, size=22, weight="bold")], 56.0
    joint: float | None = None
    for line in lines:
        box, height = _box(line, top, language)
        if line.mark in _ON_THE_WAY:
            if joint is not None:
                drawn.append(f'<path d="M40 {joint:g}V{top:g}" stroke="#888" stroke-width="2"/>')
            joint = top + height
        elif line.mark in (Mark.STOP, Mark.GOOD_END):
            middle = top + height / 2
            drawn.append(f'<path d="M40 {middle:g}H{20 + _INDENT}" stroke="#888" stroke-width="2"/>')
        drawn.extend(box)
        top += height + _GAP
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {top:g}" '
        f'font-family="{_FONTS}" font-size="16">'
    )
    ground = f'<rect width="{_WIDTH}" height="{top:g}" fill="#ffffff"/>'
    return "\n".join([head, ground, *drawn, "</svg>", ""])


def _box(line: Line, top: float, language: str) -> tuple[list[str], float]:
    left = 20 + line.depth * _INDENT
    room = _WIDTH - left - 20
    when = line.when.show(language)
    rows = break_measured(line.words.show(language), room - 2 * _PAD, _wide)
    only = break_measured(when, room - 2 * _PAD, _wide) if when else []
    height = (len(rows) + len(only)) * _ROW + _PAD
    fill, edge = _LOOKS[line.mark]
    place = f'x="{left}" y="{top:g}" width="{room}" height="{height}"'
    drawn = [f'<rect {place} rx="6" fill="{fill}" stroke="{edge}"/>']
    colour = "#ffffff" if line.mark is Mark.END else "#111111"
    for number, words in enumerate([*only, *rows]):
        shade = "#666666" if number < len(only) else colour
        drawn.append(_text(left + _PAD, top + 20 + number * _ROW, words, colour=shade))
    return drawn, height


def _wide(words: str) -> float:
    return sum(16.0 if unicodedata.east_asian_width(sign) in "WF" else _SIGN for sign in words)


def _text(
    x: float, y: float, words: str, *, size: int = 16, weight: str = "", colour: str = "#111111"
) -> str:
    bold = f' font-weight="{weight}"' if weight else ""
    return f'<text x="{x:g}" y="{y:g}" font-size="{size}" fill="{colour}"{bold}>{escape(words)}</text>'
