"""Pages that stand where the kiosk does not, in both languages: after three falls without having
stood, and after staff have closed it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.text import Text

_FULL = ("heading", "people", "safe", "", "wait", "switch", "call")
_FOR_STAFF = ("wait", "switch", "call")
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


def page_for_staff(instead: Sequence[Text] = ()) -> str:
    """As the terminal now is. On a plain console the heading in large Chinese, then all in English.
    `instead`: what staff are told in place of the usual.
    """
    return _page(out_of_order, instead)


def page_closed() -> str:
    """The same after staff have closed the kiosk."""
    return _page(closed_by_staff)


def _page(named: Named, instead: Sequence[Text] = ()) -> str:
    columns, rows = shutil.get_terminal_size()
    lines = lines_for_staff(columns - 2 * len(_MARGIN), rows, named, instead)
    return "\r\n".join(_MARGIN + line for line in lines)


def lines_for_staff(
    columns: int, rows: int, named: Named = out_of_order, instead: Sequence[Text] = ()
) -> list[str]:
    """As much of it as fits: no line may push another one off the screen. `named`: of which page; `instead`:
    texts in place of the usual ones for staff.
    """
    plain = os.environ.get("TERM") == _PLAIN_CONSOLE
    lines: list[str] = []
    for without in ((), ("",), ("", "safe")):
        told = _told(named, instead, without)
        above = _large_heading(columns, named) if plain else _in("zh", told, columns)
        lines = [*above, *([] if without else [""]), *_in("en", told, columns)]
        if len(lines) <= rows:
            return lines
    return lines[-rows:] if plain else lines[:rows]


def _told(named: Named, instead: Sequence[Text], without: tuple[str, ...]) -> list[Text | None]:
    """The texts from top to bottom; None is an empty line."""
    from kiosk.catalogue import load_catalogue

    texts = load_catalogue("box")
    keys = [key for key in _FULL if key not in (*without, *(_FOR_STAFF if instead else ()))]
    return [*(texts[named(key)] if key else None for key in keys), *instead]


def _in(language: str, told: Sequence[Text | None], columns: int) -> list[str]:
    from kiosk.line_break import break_lines

    lines: list[str] = []
    for text in told:
        lines += break_lines(text.show(language), columns) if text else [""]
    return lines


def _large_heading(columns: int, named: Named) -> list[str]:
    """In half blocks, which every console has; nothing where it does not fit."""
    from kiosk.catalogue import load_catalogue
    from screens.glyphs import glyph_lines

    lines = glyph_lines(load_catalogue("box")[named("heading")].show("zh")) or []
    return lines if lines and len(lines[0]) <= columns else []
