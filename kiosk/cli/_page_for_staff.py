"""Pages that stand where the kiosk does not, in both languages: after three falls without having
stood, and after staff have closed it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable

_FULL = ("heading", "people", "safe", "", "wait", "switch", "call")
_CLOSE = tuple(filter(None, _FULL))
_CLOSEST = tuple(key for key in _CLOSE if key != "safe")
Named = Callable[[str], str]
_MARGIN = " "
_PLAIN_CONSOLE = "linux"
"""The terminal that cannot show a Chinese character."""


def out_of_order(key: str) -> str:
    """A text of the page after three falls."""
    return f"out_of_order.{key}"


def closed_by_staff(key: str) -> str:
    """The same of the page that staff leave behind."""
    return f"closed_by_staff.{key}"


def page_for_staff() -> str:
    """As the terminal now is. On a plain console the heading in large Chinese, then all in English."""
    return _page(out_of_order)


def page_closed() -> str:
    """The same after staff have closed the kiosk."""
    return _page(closed_by_staff)


def _page(named: Named) -> str:
    columns, rows = shutil.get_terminal_size()
    return "\r\n".join(_MARGIN + line for line in lines_for_staff(columns - 2 * len(_MARGIN), rows, named))


def lines_for_staff(columns: int, rows: int, named: Named = out_of_order) -> list[str]:
    """As much of it as fits: no line may push another one off the screen. `named`: of which page."""
    plain = os.environ.get("TERM") == _PLAIN_CONSOLE
    lines: list[str] = []
    for keys in (_FULL, _CLOSE, _CLOSEST):
        above = _large_heading(columns, named) if plain else _in("zh", keys, columns, named)
        lines = [*above, *([""] if keys is _FULL else []), *_in("en", keys, columns, named)]
        if len(lines) <= rows:
            return lines
    return lines[-rows:] if plain else lines[:rows]


def _in(language: str, keys: tuple[str, ...], columns: int, named: Named) -> list[str]:
    from kiosk.catalogue import load_catalogue
    from kiosk.line_break import break_lines

    texts = load_catalogue("box")
    lines: list[str] = []
    for key in keys:
        lines += break_lines(texts[named(key)].show(language), columns) if key else [""]
    return lines


def _large_heading(columns: int, named: Named) -> list[str]:
    """In half blocks, which every console has; nothing where it does not fit."""
    from kiosk.catalogue import load_catalogue
    from screens.glyphs import glyph_lines

    lines = glyph_lines(load_catalogue("box")[named("heading")].show("zh")) or []
    return lines if lines and len(lines[0]) <= columns else []
