"""Pages that stand where the kiosk does not, in both languages: after three falls in a minute, and after
staff have closed it.
"""

from __future__ import annotations

import os
import shutil

_FULL = ("heading", "people", "safe", "", "wait", "switch", "call")
_CLOSE = tuple(filter(None, _FULL))
_CLOSEST = tuple(key for key in _CLOSE if key != "safe")
_OUT_OF_ORDER, _CLOSED_BY_STAFF = "out_of_order", "closed_by_staff"
_MARGIN = " "
_PLAIN_CONSOLE = "linux"
"""The terminal that cannot show a Chinese character."""


def page_for_staff() -> str:
    """As the terminal now is. On a plain console the heading in large Chinese, then all in English."""
    return _page(_OUT_OF_ORDER)


def page_closed() -> str:
    """The same after staff have closed the kiosk."""
    return _page(_CLOSED_BY_STAFF)


def _page(group: str) -> str:
    columns, rows = shutil.get_terminal_size()
    return "\r\n".join(_MARGIN + line for line in lines_for_staff(columns - 2 * len(_MARGIN), rows, group))


def lines_for_staff(columns: int, rows: int, group: str = _OUT_OF_ORDER) -> list[str]:
    """As much of it as fits: no line may push another one off the screen."""
    plain = os.environ.get("TERM") == _PLAIN_CONSOLE
    lines: list[str] = []
    for keys in (_FULL, _CLOSE, _CLOSEST):
        above = _large_heading(columns, group) if plain else _in("zh", keys, columns, group)
        lines = [*above, *([""] if keys is _FULL else []), *_in("en", keys, columns, group)]
        if len(lines) <= rows:
            return lines
    return lines[-rows:] if plain else lines[:rows]


def _in(language: str, keys: tuple[str, ...], columns: int, group: str) -> list[str]:
    from kiosk.catalogue import load_catalogue
    from kiosk.line_break import break_lines

    texts = load_catalogue("box")
    lines: list[str] = []
    for key in keys:
        lines += break_lines(texts[f"{group}.{key}"].show(language), columns) if key else [""]
    return lines


def _large_heading(columns: int, group: str) -> list[str]:
    """In half blocks, which every console has; nothing where it does not fit."""
    from kiosk.catalogue import load_catalogue
    from screens.glyphs import glyph_lines

    lines = glyph_lines(load_catalogue("box")[f"{group}.heading"].show("zh")) or []
    return lines if lines and len(lines[0]) <= columns else []
