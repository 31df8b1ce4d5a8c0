"""The keys on the screen under a field: which there are, what is drawn on them, how they are called. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.flow.page import Entry, Keyboard
from kiosk.text import Catalogue, Text, same
from screens.grid import Grid
from screens.key_room import DIGITS, NEXT_BOX, is_small, key_cells, pad_keys, room_above
from screens.ways import (
    ERASE,
    NINE,
    OFFER,
    PAGE_BACK,
    PAGE_ON,
    SHIFT,
    SPACE,
    WAY,
    WIPE,
    Way,
    home,
    key_rows,
    keys_above,
    nine_keys,
    ways,
)
from screens.writing import Writing

_DRAWN = {ERASE: "<-", NEXT_BOX: "->", SPACE: "__", PAGE_BACK: "《", PAGE_ON: "》"}
_CALLED = {
    ERASE: "bar.key_erase",
    NEXT_BOX: "bar.key_next",
    SPACE: "bar.key_space",
    SHIFT: "bar.key_shift",
    WIPE: "bar.key_wipe",
    ".": "bar.key_point",
    PAGE_BACK: "bar.offers_back",
    PAGE_ON: "bar.offers_on",
}
_STRUCK_TWICE = frozenset(
    [*DIGITS, *"Xabcdefghijklmnopqrstuvwxyz", ERASE, NEXT_BOX, SPACE, PAGE_BACK, PAGE_ON]
)
_SIGN_NAMES = {
    ",": "comma",
    "?": "question",
    "!": "exclamation",
    "'": "apostrophe",
    ":": "colon",
    ";": "semicolon",
    "(": "bracket",
    ")": "unbracket",
    "&": "and",
    "-": "dash",
    "#": "hash",
    "/": "slash",
    "@": "at",
    "+": "plus",
    "，": "comma",
    "。": "stop",
    "、": "pause",
    "？": "question",
    "！": "exclamation",
    "：": "colon",
    "；": "semicolon",
    "（": "bracket",
    "）": "unbracket",
    "·": "dot",
}


_BY_FINGER = f"{WAY}{Way.HAND}"
_OFFERS_IN_A_LINE = 4
"""Beside the place to draw a character."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key. A touch on it strikes `name`."""

    name: str
    drawn: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Pad:
    """All keys of a moment."""

    above: tuple[Key, ...] = ()
    """What is offered for what is half written, else the ways of writing. None where figures are put in."""
    rows: tuple[tuple[Key, ...], ...] = ()
    canvas: bool = False
    """A character is drawn beside them with a finger."""
    below: bool = False
    """What is offered stands below the keys, not above them."""

    @property
    def lines(self) -> tuple[tuple[Key, ...], ...]:
        """From the top down."""
        if not self.above:
            return self.rows
        return (*self.rows, self.above) if self.below else (self.above, *self.rows)

    @property
    def ways_through(self) -> tuple[tuple[str, ...], ...]:
        """Their names, line by line, as they are gone through: who has no finger on the glass is not led to
        where only a finger writes."""
        lines = (tuple(key.name for key in line if key.name != _BY_FINGER) for line in self.lines)
        return tuple(line for line in lines if line)

    @property
    def names(self) -> tuple[str, ...]:
        """In the order in which they are gone through."""
        return tuple(name for line in self.ways_through for name in line)

    @property
    def offers(self) -> tuple[str, ...]:
        """Names of the keys with what can be taken now."""
        return tuple(key.name for key in self.above if key.name.startswith(OFFER))


def opening(entry: Entry, language: str, grid: Grid, *, keyboard: bool = False) -> Writing:
    """How words are written on a page that has just come up."""
    return Writing(
        language,
        home(language),
        is_small(grid),
        room_above(grid, language),
        key_cells(grid),
        keyboard=keyboard,
        names=entry.name,
    )


def pad_of(
    entry: Entry | None,
    grid: Grid,
    language: str,
    texts: Catalogue,
    writing: Writing | None = None,
    before: str = "",
) -> Pad:
    """The keys for an entry. Words: as it is being written, `before` the caret; else as the page opens."""
    if entry is None:
        return Pad()
    if entry.keyboard is not Keyboard.TEXT:
        return Pad(rows=(tuple(Key(key, drawn(key)) for key in pad_keys(entry)),))
    writing = writing or opening(entry, language, grid)
    if writing.way is Way.HAND:
        return _beside_canvas(writing, language, texts)
    rows = key_rows(writing.way, language, small=writing.small)
    with_figures = not writing.small or grid.width >= _FOR_FIGURES
    capital = writing.way is Way.LETTERS and writing.is_capital(before)
    return Pad(
        above=tuple(_above(writing, language, texts)),
        rows=tuple(
            tuple(Key(key, _on_key(key, writing, texts, capital, with_figures)) for key in row)
            for row in rows
        ),
        below=writing.small and grid.pitch is not None,
    )


def _beside_canvas(writing: Writing, language: str, texts: Catalogue) -> Pad:
    """The other ways, what is offered in two lines, and the keys that wipe."""

    def line(*names: str) -> tuple[Key, ...]:
        return tuple(Key(name, _on_key(name, writing, texts, False, False)) for name in names)

    others = [f"{WAY}{other}" for other in ways(language) if other is not Way.HAND]
    offers = _offered(writing)
    first, second = offers[:_OFFERS_IN_A_LINE], offers[_OFFERS_IN_A_LINE:]
    rows = (line(*others), tuple(first), tuple(second), line(WIPE, ERASE))
    return Pad(rows=rows, canvas=True)


_FOR_FIGURES = 46
"""Cells of a row in which the nine keys have room for their figures beside their letters."""


def _above(writing: Writing, language: str, texts: Catalogue) -> list[Key]:
    erase = [] if writing.small else [Key(ERASE, drawn(ERASE))]
    if not writing.open:
        names = keys_above(writing.way, language, small=writing.small, by_hand=writing.by_hand)
        return [Key(name, _on_key(name, writing, texts, False, False)) for name in names]
    offers = _offered(writing)
    back = [Key(PAGE_BACK, drawn(PAGE_BACK))] if writing.more_before else []
    on = [Key(PAGE_ON, drawn(PAGE_ON))] if writing.more_after else []
    return [*offers, *back, *on, *erase]


def _offered(writing: Writing) -> list[Key]:
    return [
        Key(f"{OFFER}{n}", f"{n + 1}{words}" if writing.numbered else words)
        for n, words in enumerate(writing.offers)
        if n in writing.in_sight
    ]


def _on_key(key: str, writing: Writing, texts: Catalogue, capital: bool, with_figures: bool) -> str:
    if key.startswith(WAY) or key in (SHIFT, WIPE):
        return texts[_name_of(key)].show(writing.language)
    if key in NINE and nine_keys(writing.way, small=writing.small):
        return (key if with_figures else "") + NINE[key]
    return key.upper() if capital and key.isalpha() and len(key) == 1 else drawn(key)


def is_struck_twice(key: str) -> bool:
    """May it be meant twice in no time? What is offered is another thing after the first touch."""
    return key in _STRUCK_TWICE


def drawn(key: str) -> str:
    """What stands on a key."""
    return _DRAWN.get(key, key)


def called(key: str, texts: Catalogue) -> Text:
    """What a key is called."""
    if key in NINE:
        return same(key)
    if key in _SIGN_NAMES:
        return texts[f"bar.sign_{_SIGN_NAMES[key]}"]
    return texts[_name_of(key)] if key in _CALLED or key.startswith(WAY) else same(key)


def _name_of(key: str) -> str:
    return f"bar.way_{key.removeprefix(WAY)}" if key.startswith(WAY) else _CALLED[key]


def called_in(writing: Writing | None, key: str, texts: Catalogue) -> Text:
    """What a key is called that stands for several letters just now."""
    if writing is not None and key in NINE and nine_keys(writing.way, small=writing.small):
        return texts.text("bar.key_nine", figure=key, letters=" ".join(NINE[key]))
    return called(key, texts)
