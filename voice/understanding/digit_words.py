"""Figures said one by one: 幺三八 零零幺三, one three eight double oh. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from voice.understanding.pack import Pack
from voice.understanding.phrases import Phrase, phrase

T = TypeVar("T")
_LONGEST_WORD = 4
"""Tokens of a word for a figure, at most."""


def digits_said(text: str, pack: Pack) -> str:
    """The figures that a text says and nothing else, `""` where it says other words, too.

    What people say before a number is passed over: 我的电话是. X may end an identity number.
    """
    return read_digits(phrase(text), pack)


def read_digits(said: Phrase, pack: Pack) -> str:
    """The same, of words that are cut up already."""
    rest = _begun(said, pack)
    digits = ""
    while rest:
        times, rest = _take(rest, pack.digits.times, 1)
        figure, rest = _take(rest, pack.digits.words, "")
        if not figure:
            return digits if digits and _is_only_talk(rest, pack) and times == 1 else ""
        digits += figure * times
    return digits


def _begun(said: Phrase, pack: Pack) -> Phrase:
    """Without what stands before the first figure."""
    while said:
        word = next((w for w in pack.digits.before if said[: len(w)] == w), None)
        if word is None or said in pack.digits.words:
            return said
        said = said[len(word) :]
    return said


def _take(said: Phrase, table: Mapping[Phrase, T], otherwise: T) -> tuple[T, Phrase]:
    """The longest entry that the words begin with, and what comes after it."""
    for size in range(min(_LONGEST_WORD, len(said)), 0, -1):
        if said[:size] in table:
            return table[said[:size]], said[size:]
    return otherwise, said


def _is_only_talk(rest: Phrase, pack: Pack) -> bool:
    """吧, 啊: what trails off after a number."""
    return all(token in pack.around.particles for token in rest)
