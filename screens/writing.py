"""Words on their way into a field: what is half written, what is offered, what a key does to it. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from rich.cells import cell_len

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
    nine_keys,
)

if TYPE_CHECKING:
    from kiosk.hanzi.candidates import Candidate
    from kiosk.hanzi.composing import Composing

MOST_AT_ONCE = 9
"""Offered together at most: each has a number of one figure, and a row is not read for long."""
_LONGEST_FIGURES = 4
"""Keys that may stand for a number as well as for letters: a house, a floor, a year."""
_NO_HOUSE = 6
"""Figures of a number that is a code or a telephone's."""
_CHINESE_SIGNS = str.maketrans(",.?!:;()\\", "，。？！：；（）、")
_PAGES = {",": -1, "-": -1, ".": +1, "=": +1}
"""Keys of a keyboard that turn the page of what is offered."""
BREAK = "'"
"""Between two syllables, where they might be one."""
_IN_A_WORD = (*_PAGES, BREAK)


@dataclass(frozen=True, slots=True)
class Stroke:
    """What a key has done."""

    writing: Writing
    put: str = field(default="", repr=False)
    """To go in where the caret stands."""
    erase: bool = False
    """The character before the caret is to go."""


@dataclass(frozen=True, slots=True)
class Writing:
    """The keys there are now, and what is half written with them."""

    language: str
    way: Way
    small: bool = False
    """There is one row for the keys."""
    room: int = 30
    """Cells for what is offered."""
    key: int = 4
    """Cells of the narrowest key on which something is offered, or which turns the page of it."""
    keyboard: bool = False
    """Letters have come from a keyboard: its figures are figures, or choose from what is offered."""
    shift: bool = False
    """The next letter is a capital, or is none where it would be one by itself."""
    names: bool = False
    """A person's name is written: what people are called comes first."""
    composing: Composing | None = field(default=None, repr=False)
    """A Chinese word that is not chosen yet."""
    tapped: str = field(default="", repr=False)
    """The key of a letter that may still become another, by the same key again."""
    turn: int = field(default=0, repr=False)
    """Which of its letters it is."""
    by_hand: bool = False
    """There is room to draw a character."""
    drawn: tuple[str, ...] = field(default=(), repr=False)
    """What a drawn character may be, the likeliest first."""
    page: int = field(default=0, repr=False)
    capital: bool = field(default=False, repr=False)
    """A word begins, so capitals come first."""
    _pages: tuple[tuple[Candidate, ...], ...] = field(default=(), repr=False)

    @property
    def typed(self) -> str:
        """The keys of a Chinese word that is not chosen yet: letters, or figures of the nine keys."""
        return self.composing.typed if self.composing is not None else ""

    @property
    def open(self) -> bool:
        """Something is half written."""
        return bool(self.typed or self.tapped or self.drawn)

    @property
    def offers(self) -> tuple[str, ...]:
        """What can be taken for it now, the best first."""
        if self.drawn:
            return self.drawn
        if self.tapped:
            return tuple(_letters(self.tapped, capital=self.capital))
        return tuple(candidate.text for candidate in self._candidates)

    @property
    def at(self) -> int:
        """Which of the offers is meant unless another one is taken."""
        return self.turn if self.tapped else 0

    @property
    def in_sight(self) -> range:
        """Which of the offers there is room for: the letters of a key may take turns."""
        if not self.tapped:
            return range(len(self.offers))
        at_once = max(self.room // self.key, 1)
        first = self.at // at_once * at_once
        return range(first, min(first + at_once, len(self.offers)))

    @property
    def numbered(self) -> bool:
        """Do the figures of a keyboard choose from what is offered?"""
        return bool(self.drawn) or (bool(self.typed) and (self.keyboard or not self.typed.isdigit()))

    @property
    def more_before(self) -> bool:
        return bool(self.typed) and self.page > 0

    @property
    def more_after(self) -> bool:
        return bool(self.typed) and self.page < len(self._pages) - 1

    @property
    def spelled(self) -> str:
        """What is half written, as it stands in the field."""
        if self.drawn:
            return self.drawn[0]
        if self.tapped:
            return self.offers[self.turn]
        return self.composing.spelled if self.composing is not None else ""

    def fits(self, *, small: bool, room: int, key: int = 4, by_hand: bool = False) -> Writing:
        """The same in other room."""
        if (small, room, key, by_hand) == (self.small, self.room, self.key, self.by_hand):
            return self
        way = home(self.language) if self.way is Way.HAND and not by_hand else self.way
        roomy = replace(self, small=small, room=room, key=key, by_hand=by_hand, way=way)
        return replace(roomy, tapped="", turn=0, drawn=())._offering(self.composing)

    def recognised(self, candidates: tuple[str, ...]) -> Writing:
        """What the character may be that stands drawn by now; none where nothing does."""
        return replace(self, drawn=candidates if self.way is Way.HAND else ())

    def dropped(self) -> Writing:
        """Nothing is half written any more."""
        return replace(self, tapped="", turn=0, drawn=())._offering(None)

    def turned(self, by: int) -> Writing:
        """Another page of what is offered."""
        page = min(max(self.page + by, 0), max(len(self._pages) - 1, 0))
        return replace(self, page=page)._looked_up(page)

    # keys on the screen

    def strike(self, key: str, before: str) -> Stroke:
        """A key on the screen; `before` stands in the field before the caret."""
        if key.startswith(OFFER):
            return self._take(int(key.removeprefix(OFFER)))
        if key.startswith(WAY):
            settled = self.settle()
            return replace(settled, writing=replace(settled.writing, way=Way(key.removeprefix(WAY))))
        match key:
            case str(erase) if erase == ERASE:
                return self._erase()
            case str(turning) if turning in (PAGE_BACK, PAGE_ON):
                return Stroke(self.turned(+1 if turning == PAGE_ON else -1))
            case str(shift) if shift == SHIFT:
                return Stroke(replace(self, shift=not self.shift))
            case str(wipe) if wipe == WIPE:
                return Stroke(self.dropped())
            case str(nine) if nine in NINE and nine_keys(self.way, small=self.small):
                return self._nine(nine, before)
            case character:
                return self._plain(character, before)

    def is_capital(self, before: str) -> bool:
        """Would a letter be a capital now? At the beginning of a name by itself."""
        return self.shift != (self.language != "zh" and (not before or before[-1] in " -("))

    def settle(self) -> Stroke:
        """What is half written goes in as the best that is offered for it."""
        if not self.open:
            return Stroke(self)
        if not self.offers:
            return Stroke(self.dropped(), put=self.typed)
        first = self._take(self.at)
        rest = first.writing.settle()
        return replace(rest, put=first.put + rest.put)

    def as_typed(self) -> Stroke:
        """What is half written goes in as the letters or figures that were pressed."""
        return self.settle() if self.tapped or self.drawn else Stroke(self.dropped(), put=self.typed)

    # keys of a keyboard

    def press(self, character: str, before: str) -> Stroke:
        """A printable key of a keyboard or a number pad, or what an input method has put in."""
        if "a" <= character <= "z":
            return self._letter(character, before)
        if character.isascii() and character.isdigit():
            return self._figure(character, before)
        if character == SPACE:
            return self.settle() if self.typed else self._plain(character, before)
        if self.typed and not self.typed.isdigit() and character in _IN_A_WORD:
            if character == BREAK:
                return Stroke(self._composed(character, before))
            return Stroke(self.turned(_PAGES[character]))
        by_figures = self.typed.isdigit()
        settled = self.as_typed() if by_figures and not character.isalpha() else self.settle()
        if self.way is Way.PINYIN and not by_figures and before[-1:] not in tuple("0123456789"):
            character = character.translate(_CHINESE_SIGNS)
        return replace(settled, put=settled.put + character)

    def other_way(self) -> Stroke:
        """From the language's own way of writing to plain letters, and back."""
        own = home(self.language)
        way = Way.LETTERS if self.way is own else own
        kept = self.as_typed()
        return replace(kept, writing=replace(kept.writing, way=way, keyboard=True))

    def _letter(self, letter: str, before: str) -> Stroke:
        if self.drawn:
            settled = self.settle()
            rest = settled.writing._letter(letter, before + settled.put)
            return replace(rest, put=settled.put + rest.put)
        known = replace(self, keyboard=True)
        if home(self.language) is not Way.PINYIN or self.way is Way.LETTERS:
            settled = known.settle()
            return replace(settled, put=settled.put + letter)
        # Figures before a letter of a keyboard were meant as figures.
        if self.typed.isdigit():
            plain = known.as_typed()
            return replace(plain, writing=plain.writing._composed(letter, before + plain.put))
        return Stroke(replace(known, way=Way.PINYIN)._composed(letter, before))

    def _figure(self, figure: str, before: str) -> Stroke:
        if self.numbered:
            chosen = int(figure) - 1
            return self._take(chosen) if 0 <= chosen < len(self.offers) else Stroke(self)
        nine = figure in NINE and nine_keys(self.way, small=self.small) and not self.keyboard
        if nine and (self.open or not _is_long_number(before)):
            return self._nine(figure, before)
        # 0 and 1 have no letters: a number is meant, and was before.
        plain = self.as_typed()
        return replace(plain, put=plain.put + figure)

    # what both do

    def _nine(self, key: str, before: str) -> Stroke:
        if self.way is Way.PINYIN:
            kept = self.settle() if self.typed and not self.typed.isdigit() else Stroke(self)
            return replace(kept, writing=kept.writing._composed(key, before + kept.put))
        if self.tapped == key:
            return Stroke(replace(self, turn=(self.turn + 1) % len(self.offers)))
        settled = self.settle()
        capital = settled.writing.is_capital(before + settled.put)
        return replace(settled, writing=replace(settled.writing, tapped=key, capital=capital))

    def _plain(self, character: str, before: str) -> Stroke:
        settled = self.settle()
        writing, before = settled.writing, before + settled.put
        if len(character) == 1 and character.isascii() and character.isalpha():
            character = character.upper() if writing.is_capital(before) else character
        if writing.way is Way.SIGNS:
            writing = replace(writing, way=home(self.language))
        return Stroke(replace(writing, shift=False), settled.put + character)

    def _erase(self) -> Stroke:
        if self.tapped or self.drawn:
            return Stroke(self.dropped())
        if self.composing is None:
            return Stroke(self, erase=True)
        return Stroke(self._offering(self.composing.erase()))

    def _take(self, number: int) -> Stroke:
        if number >= len(self.offers):
            return Stroke(self)
        if self.composing is None:
            return Stroke(replace(self.dropped(), shift=False), self.offers[number])
        candidate = self._candidates[number]
        return Stroke(self._offering(self.composing.take(candidate)), candidate.text)

    def _composed(self, key: str, before: str) -> Writing:
        """One more key of a word."""
        if self.composing is not None:
            return self._offering(self.composing.key(key))
        from kiosk.hanzi.candidates import Wanted
        from kiosk.hanzi.composing import Composing

        called = Wanted.GIVEN if before else Wanted.SURNAME
        return self._offering(Composing(wanted=called if self.names else Wanted.WORDS).key(key))

    @property
    def _candidates(self) -> tuple[Candidate, ...]:
        return self._pages[self.page] if self._pages else ()

    def _offering(self, composing: Composing | None) -> Writing:
        """With what there is for these keys, from the first page."""
        kept = composing if composing is not None and composing.typed else None
        return replace(self, composing=kept, page=0, _pages=())._looked_up(0)

    def _looked_up(self, page: int) -> Writing:
        """With the candidates as far as the page after this one."""
        if self.composing is None:
            return self
        from kiosk.hanzi.candidates import Candidate

        found = replace(self.composing, page=0).shown((page + 2) * MOST_AT_ONCE + 1)
        plain = self.typed.isdigit() and len(self.typed) <= _LONGEST_FIGURES
        last = (Candidate(self.typed, len(self.typed)),) if plain else ()
        return replace(self, _pages=_paged(found, last, self.room, self.key, 1 if self.numbered else 0))


def _paged(
    found: tuple[Candidate, ...], last: tuple[Candidate, ...], room: int, key: int, numbers: int
) -> tuple[tuple[Candidate, ...], ...]:
    """As many on each page as there is room for; `last` stands at the end of the first page.

    `key`: cells of the narrowest key; `numbers`: for the number of each.
    """

    def width_of(candidate: Candidate) -> int:
        return max(cell_len(candidate.text) + numbers + 2, key)

    pages: list[list[Candidate]] = [[]]
    left = room - sum(map(width_of, last)) - key
    for candidate in found:
        width = width_of(candidate)
        full = len(pages[-1]) + len(last) * (len(pages) == 1) >= MOST_AT_ONCE
        if (width > left or full) and pages[-1]:
            pages.append([])
            left = room - 2 * key
        pages[-1].append(candidate)
        left -= width
    pages[0].extend(last)
    return tuple(map(tuple, pages)) if pages[0] else ()


def _is_long_number(before: str) -> bool:
    """Does a number end there that no house and no floor has? What is pressed next belongs to it."""
    return before[-_NO_HOUSE:].isdigit() and len(before) >= _NO_HOUSE


def _letters(key: str, *, capital: bool) -> str:
    """The letters of a key, the likelier kind first, and its figure."""
    letters = NINE[key]
    return (letters.upper() + letters if capital else letters + letters.upper()) + key
