"""Ways of writing words with keys on the screen: which keys each has, and in which rows. Pure.

A character drawn by finger is a way too; its keys stand beside the place to draw (`screens.pad`).
"""

from __future__ import annotations

from enum import StrEnum


class Way(StrEnum):
    """What the keys on the screen put in."""

    PINYIN = "pinyin"
    """Chinese by its sound, on the nine keys of a telephone."""
    LETTERS = "letters"
    """Plain letters: on the nine keys where room is scarce, else each on a key of its own."""
    FIGURES = "figures"
    SIGNS = "signs"
    HAND = "hand"
    """Chinese drawn with a finger."""


ERASE, SPACE, SHIFT, WIPE = "erase", " ", "shift", "wipe"
WAY, OFFER = "way:", "offer:"
"""Before the name of a way, and the number of what is offered, in the name of a key."""
PAGE_BACK, PAGE_ON = "offers:back", "offers:on"

NINE = {
    "2": "abc",
    "3": "def",
    "4": "ghi",
    "5": "jkl",
    "6": "mno",
    "7": "pqrs",
    "8": "tuv",
    "9": "wxyz",
}
"""The letters of each key of a telephone."""

_SIGNS = {
    "zh": ("，。、？！", "：；（）·", "-#/.@"),
    "en": (".,?!'", ":;()&", "-#/@+"),
}
_FEW_SIGNS = {"zh": "，。、？！·-#/", "en": ".,?!'-#/@"}
"""Those for which there is room in one row."""
_ALPHABET = ("abcdefghi", "jklmnopqr", "stuvwxyz")


def home(language: str) -> Way:
    """How words are written in a language."""
    return Way.PINYIN if language == "zh" else Way.LETTERS


def ways(language: str, *, by_hand: bool = False) -> tuple[Way, ...]:
    """All there are; `by_hand`: there is room to draw a character."""
    plain = (Way.LETTERS, Way.FIGURES, Way.SIGNS)
    if language != "zh":
        return plain
    return (Way.PINYIN, *((Way.HAND,) if by_hand else ()), *plain)


def nine_keys(way: Way, *, small: bool) -> bool:
    """Is it written on the nine keys of a telephone?"""
    return way is Way.PINYIN or (way is Way.LETTERS and small)


def key_rows(way: Way, language: str, *, small: bool) -> tuple[tuple[str, ...], ...]:
    """The keys of a way: one row with the key that erases, or three."""
    if small:
        return ((*_one_row(way, language), ERASE),)
    match way:
        case Way.PINYIN:
            # As on a telephone: the signs are where its 1 is.
            return ((f"{WAY}{Way.SIGNS}", "2", "3"), ("4", "5", "6"), ("7", "8", "9"))
        case Way.LETTERS:
            first, second, third = map(tuple, _ALPHABET)
            return (first, second, (*third, SHIFT))
        case Way.FIGURES:
            return (tuple("123-"), tuple("456#"), tuple("7890"))
        case _:
            return tuple(map(tuple, _SIGNS[language]))


def _one_row(way: Way, language: str) -> tuple[str, ...]:
    if nine_keys(way, small=True):
        return tuple(NINE)
    return tuple("1234567890" if way is Way.FIGURES else _FEW_SIGNS[language])


def keys_above(way: Way, language: str, *, small: bool, by_hand: bool = False) -> tuple[str, ...]:
    """The row above the keys while nothing is offered there: the other ways, and what every way needs."""
    others = [f"{WAY}{other}" for other in ways(language, by_hand=by_hand) if other is not way]
    if way is Way.PINYIN and not small:
        others.remove(f"{WAY}{Way.SIGNS}")
    # Between Chinese characters none is needed, and with letters it is there.
    unspaced = way is Way.PINYIN or (small and language == "zh" and way is not Way.LETTERS)
    spaced = () if unspaced else (SPACE,)
    return (*others, *spaced, *(() if small else (ERASE,)))
