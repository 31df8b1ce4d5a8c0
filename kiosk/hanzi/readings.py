"""How a Chinese text is read: words, the longest first, each character with its syllable in that word.

The table is a sorted text that stays where it is on the disk; a look-up halves it some twenty times.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from kiosk.paths import data_file

Own = Mapping[str, tuple[str, ...]]
"""Words that count before those of the table, each with its syllables."""

_NONE: Own = MappingProxyType({})
_LONGEST = 10
"""Characters of the table's longest phrase."""
_FIRST = "〇"
"""The table's first character."""


@dataclass(frozen=True, slots=True)
class Word:
    """A piece of a text, and for each character a syllable with its tone (`hang2`), or itself."""

    text: str
    syllables: tuple[str, ...]


def words(text: str, own: Own = _NONE) -> Iterator[Word]:
    """The text in pieces: at each place the longest word that is known, else one character."""
    longest_own = max(map(len, own), default=0)
    at = 0
    while at < len(text):
        word = _known(text[at : at + _LONGEST])
        for length in range(min(longest_own, len(text) - at), len(word.text) - 1, -1):
            if taught := own.get(text[at : at + length]):
                word = Word(text[at : at + length], taught)
                break
        yield word
        at += len(word.text)


def syllables(text: str, own: Own = _NONE) -> tuple[str, ...]:
    """One for each character of the text."""
    return tuple(syllable for word in words(text, own) for syllable in word.syllables)


def _known(text: str) -> Word:
    """The longest word of the table that the text begins with."""
    sought = text.encode(errors="surrogatepass") if text[0] >= _FIRST else b""
    while sought:
        found, _, said = _last_up_to(sought).partition(b" ")
        if found and sought.startswith(found):
            word = found.decode()
            return Word(word, tuple(said.decode().split()) or _one_by_one(word))
        # All words that the text begins with come before what it shares with the one found.
        sought = sought[: _shared(sought, found)]
    return Word(text[0], (text[0],))


def _one_by_one(word: str) -> tuple[str, ...]:
    lines = (_last_up_to(character.encode()) for character in word)
    return tuple(line.partition(b" ")[2].decode() for line in lines)


def _shared(one: bytes, other: bytes) -> int:
    """How long both begin alike."""
    length = 0
    for here, there in zip(one, other, strict=False):
        if here != there:
            break
        length += 1
    return length


def _last_up_to(word: bytes) -> bytes:
    """The line of that word, else of the last one before it; empty where there is none."""
    table, found = _table(), b""
    low, high = 0, len(table)
    while low < high:
        middle = (low + high) // 2
        start, end = max(low, table.rfind(b"\n", low, middle) + 1), table.find(b"\n", middle)
        line = table[start:end]
        if line.partition(b" ")[0] <= word:
            found, low = line, end + 1
        else:
            high = start
    return found


@cache
def _table() -> mmap.mmap:
    with data_file("hanzi/readings.txt").open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
