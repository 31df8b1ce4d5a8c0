"""The page after three falls in a minute: whom it may concern, in both languages, and what to do."""

from __future__ import annotations

import os
import shutil

_LINES = ("heading", "people", "safe", "", "staff", "wait", "switch", "call")
_MARGIN = "  "
_PLAIN_CONSOLE = "linux"
"""The terminal that cannot show a Chinese character."""


def page_for_staff() -> str:
    """As wide as the terminal now is. On a plain console the heading in large Chinese, the rest English."""
    columns = shutil.get_terminal_size().columns - 2 * len(_MARGIN)
    plain = os.environ.get("TERM") == _PLAIN_CONSOLE
    lines = [] if plain else _in("zh", columns)
    large = _large_heading(columns) if plain else []
    return "\r\n" + "\r\n".join(_MARGIN + line for line in [*large, *lines, "", *_in("en", columns)]) + "\r\n"


def _in(language: str, columns: int) -> list[str]:
    from kiosk.catalogue import load_catalogue
    from kiosk.line_break import break_lines

    texts = load_catalogue("box")
    lines: list[str] = []
    for key in _LINES:
        lines += break_lines(texts[f"out_of_order.{key}"].show(language), columns) if key else [""]
    return lines


def _large_heading(columns: int) -> list[str]:
    """In half blocks, which every console has; nothing where it does not fit."""
    from kiosk.catalogue import load_catalogue
    from screens.glyphs import glyph_lines

    lines = glyph_lines(load_catalogue("box")["out_of_order.heading"].show("zh")) or []
    return lines if lines and len(lines[0]) <= columns else []
