"""How typed keys are cut into syllables: "xian" is xian or xi'an, "zhangs" is zhang and one begun."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from kiosk.hanzi.keys import digits_of
from kiosk.hanzi.typing_table import typing_table

PARTIAL, ACCENT = 40, 100
"""What it costs a candidate that its last syllable is only begun, or that a syllable is meant as others
say it; 20 is a word e times as rare."""
LONGEST_SYLLABLE = 6
BREAK = "'"
"""Typed between two syllables to keep them apart."""
_OTHER_SPELLINGS = {"lue": "lve", "nue": "nve"}

Merged = Callable[[str], object]
"""A syllable as it sounds where some are not told apart."""


@dataclass(frozen=True, slots=True, repr=False)
class Piece:
    """Keys up to `end` as one syllable: one with a number from `first` up to, not including, `after`."""

    end: int
    first: int
    after: int
    cost: int = 0


def pieces(typed: str, start: int, merged: Merged | None) -> Iterator[Piece]:
    """What may stand at this place: whole syllables, and at the end of what is typed a syllable begun."""
    whole = _by_digits() if typed[start : start + 1].isdigit() else _by_letters()
    for end in range(start + 1, min(start + LONGEST_SYLLABLE, len(typed)) + 1):
        written = typed[start:end]
        after = end + 1 if typed[end : end + 1] == BREAK else end
        exact = whole.get(written, ())
        yield from (Piece(after, number, number + 1) for number in exact)
        if merged is not None:
            alike = {other for number in exact for other in _alike(merged)[number]}.difference(exact)
            yield from (Piece(after, number, number + 1, ACCENT) for number in sorted(alike))
        if end == len(typed):
            yield from (Piece(end, first, past, PARTIAL) for first, past in begun(written))


def begun(written: str) -> Iterator[tuple[int, int]]:
    """Numbers of the syllables that begin with these letters or digits, and go on."""
    starts = _spelled_by(written) if written[:1].isdigit() else [written]
    names = typing_table().syllables
    for letters in starts:
        first, past = bisect_left(names, letters) + 1, bisect_left(names, letters + "{") + 1
        if first < past and names[first - 1] == letters:
            first += 1
        if first < past:
            yield first, past


@cache
def _by_letters() -> dict[str, tuple[int, ...]]:
    names = typing_table().syllables
    found: dict[str, tuple[int, ...]] = {name: (number,) for number, name in enumerate(names, 1)}
    for other, name in _OTHER_SPELLINGS.items():
        found[other] = found.get(other, ()) + found[name]
    return found


@cache
def _by_digits() -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for letters, numbers in _by_letters().items():
        digits = digits_of(letters)
        found[digits] = found.get(digits, ()) + tuple(set(numbers) - set(found.get(digits, ())))
    return found


@cache
def _begun_by_digits() -> dict[str, list[str]]:
    beginnings = sorted({name[:cut] for name in typing_table().syllables for cut in range(1, len(name))})
    found: dict[str, list[str]] = {}
    for letters in beginnings:
        found.setdefault(digits_of(letters), []).append(letters)
    return found


def _spelled_by(digits: str) -> list[str]:
    return _begun_by_digits().get(digits, [])


@lru_cache(maxsize=2)
def _alike(merged: Merged) -> tuple[frozenset[int], ...]:
    """For each syllable, by its number, the other syllables that are the same to some ears."""
    groups: dict[object, set[int]] = {}
    sounds = [merged(name) for name in typing_table().syllables]
    for number, sound in enumerate(sounds, 1):
        groups.setdefault(sound, set()).add(number)
    others = (frozenset(groups[sound] - {number}) for number, sound in enumerate(sounds, 1))
    return (frozenset(), *others)
