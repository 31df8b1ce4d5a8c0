"""The keys below every page: how wide each is, and what stands on it. Pure.

Where a narrow screen has no room for all of it, things give way in this order: the key to speak; the names of
the keys of a keyboard that do the same while something is typed (Esc, F1); what is free between one key and
the next, down to a column; and only then the width that a finger needs (K19). Words are never cut (K16), at
any size that is offered.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rich.cells import cell_len

from kiosk.flow.page import Page
from kiosk.text import LANGUAGES, Catalogue
from screens.grid import Grid

BUTTONS = {
    "back": ("0", "Esc"),
    "help": ("H", "F1"),
    "repeat": ("R", "F2"),
    "listen": ("V", "F12"),
    "person": ("S", "F9"),
    "language": ("L", ""),
}
"""From left to right, with the keys that do the same: outside a field, and in one."""
MARK = "＞"
"""Before the words of the one that has the focus."""


@dataclass(frozen=True, slots=True)
class Bar:
    """The keys on one grid; they stand in the same places on every page of it (K10)."""

    widths: dict[str, int]
    """Columns of each."""
    gap: int
    """Columns that stay free after each."""
    names_in_field: bool
    """Is there room for what the keyboard calls them while something is typed?"""

    def words(self, name: str, said: str, *, in_field: bool, focused: bool) -> str:
        """What stands on one of them, whose word is `said`."""
        if focused:
            return f"{MARK}{said}"
        if in_field and not self.names_in_field:
            return said
        return f"{BUTTONS[name][in_field]} {said}".strip()


def bar_of(grid: Grid, texts: Catalogue, *, listens: bool) -> Bar:
    """As wide as their words need in every language, and a finger; what is left is shared out.

    The one to speak is there only where somebody listens.
    """
    gap = max(grid.gap_columns, 1)
    full, short = _needed(grid, texts, names_in_field=True), _needed(grid, texts, names_in_field=False)
    without = {name: least for name, least in full.items() if name != "listen"}
    if listens and _whole(full, gap) <= grid.columns:
        return _shared_out(full, gap, grid, names_in_field=True)
    if _whole(without, gap) <= grid.columns:
        return _shared_out(without, gap, grid, names_in_field=True)
    del short["listen"]
    while gap > 1 and _whole(short, gap) > grid.columns:
        gap -= 1
    if _whole(short, gap) > grid.columns:
        short = {name: _words_need(name, texts, names_in_field=False) for name in short}
    return _shared_out(short, gap, grid, names_in_field=False)


def bar_words(
    page: Page, texts: Catalogue, language: str, *, in_field: bool, listens: bool
) -> Iterator[tuple[str, str, str]]:
    """What is offered on a page, from left to right: the name of each, what the keyboard calls
    it, and its word."""
    for name, keys in BUTTONS.items():
        if (name != "back" or leads_back(page)) and (name != "listen" or listens):
            yield name, keys[in_field], texts[f"bar.{name}"].show(language)


def leads_back(page: Page) -> bool:
    """Is there anything before it?"""
    return page.back or page.part > 1


def _needed(grid: Grid, texts: Catalogue, *, names_in_field: bool) -> dict[str, int]:
    """Columns of each at the least."""
    finger = grid.key_columns if grid.pitch is not None else 0
    return {name: max(finger, _words_need(name, texts, names_in_field=names_in_field)) for name in BUTTONS}


def _words_need(name: str, texts: Catalogue, *, names_in_field: bool) -> int:
    outside, in_field = BUTTONS[name]
    before = [f"{outside} ", MARK, *([f"{in_field} "] if names_in_field else [])]
    return max(cell_len(mark + texts[f"bar.{name}"].show(code)) for mark in before for code in LANGUAGES)


def _whole(needed: dict[str, int], gap: int) -> int:
    """Columns of all of them and of what is between them."""
    return sum(needed.values()) + gap * (len(needed) - 1)


def _shared_out(needed: dict[str, int], gap: int, grid: Grid, *, names_in_field: bool) -> Bar:
    spare = max(grid.columns - _whole(needed, gap) - gap, 0) // len(needed)
    return Bar({name: least + spare for name, least in needed.items()}, gap, names_in_field)
