"""The keys on the screen under a field: which there are, what is drawn on them, how they are called. Pure."""

from __future__ import annotations

from kiosk.flow.page import Entry, Keyboard, Page
from kiosk.text import Catalogue, Text, same
from screens.grid import Grid

ERASE, NEXT_BOX = "erase", "next"
"""Keys that put nothing in."""

_DIGITS = "1234567890"
_KEYS = {
    Keyboard.DIGITS: _DIGITS,
    Keyboard.DATE: _DIGITS + " ",
    Keyboard.ID_NUMBER: _DIGITS + "X",
    Keyboard.MONEY: _DIGITS + ".",
}
_DRAWN = {ERASE: "<-", NEXT_BOX: "->", " ": "__"}
_CALLED = {ERASE: "bar.key_erase", NEXT_BOX: "bar.key_next", " ": "bar.key_space", ".": "bar.key_point"}


def pad_keys(entry: Entry | None) -> tuple[str, ...]:
    """The keys from left to right; none where words are typed."""
    if entry is None or entry.keyboard not in _KEYS:
        return ()
    if not entry.boxes:
        return (*_KEYS[entry.keyboard], ERASE)
    return (*_KEYS[entry.keyboard].replace(" ", ""), NEXT_BOX, ERASE)


def pad_rows(page: Page, grid: Grid) -> int:
    """Rows that the keys take."""
    if not pad_keys(page.entry):
        return 0
    return 1 if grid.rows < 20 else 3


def drawn(key: str) -> str:
    """What stands on a key."""
    return _DRAWN.get(key, key)


def called(key: str, texts: Catalogue) -> Text:
    """What a key is called."""
    return texts[_CALLED[key]] if key in _CALLED else same(key)
