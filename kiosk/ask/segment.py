"""Words to what they are searched by: pairs of characters, pairs of sounds, stems, common meanings.

Chinese is written without spaces. Pairs of neighbouring characters find nearly what a dictionary of words
would, know every new word at once, and weigh nothing. Who writes by ear or is heard wrongly is found by the
sounds; who says it in other words, by the meanings of `data/ask/synonyms.toml`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kiosk.ask.lexicon import Lexicon, Phrases, is_aspect
from kiosk.ask.sounds import spelt_syllables, stem, syllable

_HAN = r"㐀-鿿"
_RUN = re.compile(f"[{_HAN}]+|[^{_HAN}]+")
_FOREIGN = re.compile(r"[a-z]+|[0-9]+")
_SPACE_IN_HAN = re.compile(rf"(?<=[{_HAN}])\s+(?=[{_HAN}])")
_SMALL_NUMBER = re.compile(r"(?<![0-9.,])([0-9]{1,2})(?![0-9.,])\s*")
_NUMERALS = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Term:
    """One thing to search by."""

    token: str
    at: frozenset[int]
    """The places of the text that it stands for: how much of a question has been understood."""
    sound: bool = False
    """A token of the sound, not of the writing."""
    guess: bool = False
    """By its sound, or one character by itself: it counts half."""


@dataclass(frozen=True, slots=True)
class Segments:
    """A text taken apart. Idle words and aspects have no place."""

    terms: tuple[Term, ...]
    places: frozenset[int]
    aspects: frozenset[str] = frozenset()
    """What is asked of the thing: how long, how much, who may."""

    def written(self) -> str:
        """The tokens of the writing, for the index."""
        return " ".join(term.token for term in self.terms if not term.sound)

    def sounding(self) -> str:
        """The tokens of the sound, for the index."""
        return " ".join(term.token for term in self.terms if term.sound)


def segment(text: str, lexicon: Lexicon, *, by_ear: bool = False) -> Segments:
    """Take a text apart. `by_ear`: it may be spelt as it sounds, so meanings are heard in it, too."""
    terms: list[Term] = []
    places: set[int] = set()
    aspects: set[str] = set()
    start = 0
    for run in _RUN.findall(_plain(text)):
        han = bool(re.match(f"[{_HAN}]", run))
        units = list(run) if han else [stem(word) for word in _FOREIGN.findall(run)]
        meanings, pieces = _scan(units, lexicon.written if han else lexicon.foreign)
        terms += [Term(m, _span(start + at, length)) for at, length, m in meanings if not is_aspect(m)]
        aspects.update(meaning for _, _, meaning in meanings if is_aspect(meaning))
        for at, piece in pieces:
            places |= _span(start + at, len(piece))
            terms += _han(piece, start + at, lexicon, by_ear=by_ear) if han else _foreign(piece, start + at)
        if by_ear and not han:
            terms += _spelt(run, _span(start, len(units)), lexicon)
        start += len(units)
    return Segments(tuple(terms), frozenset(places), frozenset(aspects))


def _plain(text: str) -> str:
    """Full-width forms made plain, letters small, small numbers in Chinese, which is how they are said."""
    plain = unicodedata.normalize("NFKC", text).lower()
    plain = _SMALL_NUMBER.sub(lambda number: _in_chinese(int(number[1])), plain)
    return _SPACE_IN_HAN.sub("", plain)


def _in_chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    if not tens:
        return _NUMERALS[ones]
    return ("" if tens == 1 else _NUMERALS[tens]) + "十" + (_NUMERALS[ones] if ones else "")


def _span(start: int, length: int) -> frozenset[int]:
    return frozenset(range(start, start + length))


def _scan(
    units: Sequence[str], phrases: Phrases
) -> tuple[list[tuple[int, int, str]], list[tuple[int, Sequence[str]]]]:
    """The meanings found, and the pieces left without idle words and aspects; each with where it starts."""
    meanings: list[tuple[int, int, str]] = []
    pieces: list[tuple[int, Sequence[str]]] = []
    at = begun = 0
    while at < len(units):
        length, meaning = phrases.at(units, at)
        if length and (not meaning or is_aspect(meaning)):
            pieces.append((begun, units[begun:at]))
            begun = at + length
        if meaning:
            meanings.append((at, length, meaning))
        at += length or 1
    pieces.append((begun, units[begun:]))
    return meanings, [(start, piece) for start, piece in pieces if piece]


def _han(piece: Sequence[str], start: int, lexicon: Lexicon, *, by_ear: bool) -> Iterator[Term]:
    if len(piece) == 1:
        yield Term(piece[0], _span(start, 1), guess=True)
    for at, pair in enumerate(pairwise(piece)):
        yield Term("".join(pair), _span(start + at, 2))
    yield from _sounds([syllable(character) for character in piece], start, lexicon, by_ear=by_ear)


def _foreign(piece: Sequence[str], start: int) -> Iterator[Term]:
    for at, word in enumerate(piece):
        yield Term(word, _span(start + at, 1))


def _sounds(syllables: Sequence[str], start: int, lexicon: Lexicon, *, by_ear: bool) -> Iterator[Term]:
    for at, pair in enumerate(pairwise(syllables)):
        yield Term("".join(pair), _span(start + at, 2), sound=True, guess=True)
    if by_ear:
        for at, length, meaning in _scan(syllables, lexicon.heard)[0]:
            yield Term(meaning, _span(start + at, length), guess=True)


def _spelt(run: str, places: frozenset[int], lexicon: Lexicon) -> Iterator[Term]:
    """Mandarin in Latin letters, from somebody without Chinese keys: each part stands for the whole."""
    syllables = [spelt_syllables(word) for word in _FOREIGN.findall(run)]
    if all(syllables):
        joined = [one for word in syllables for one in word]
        for term in _sounds(joined, 0, lexicon, by_ear=True):
            yield replace(term, at=places)
