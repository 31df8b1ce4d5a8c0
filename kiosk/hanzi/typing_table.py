"""The table that typed letters are looked up in: a file that is mapped, never read whole.

`tables/typing_table.py` writes it and says where its words come from. Little-endian, each part on a multiple
of eight bytes, after a head of twelve numbers:

- the syllables, one a line, in the order of the alphabet, ü as v; a syllable's number is its place, from 1;
- for each word its sound: up to five syllable numbers of 12 bits, the first uppermost; words lie by length,
  then by sound;
- three weights a word: in running text, as a surname, as a given name; 20 more is e times as frequent,
  0 is never;
- the same three for each syllable: those of its likeliest character, by the syllable's number;
- where each word's text begins, and the texts;
- words of two syllables and more by the nine-key digits of their initials, the frequent first.
"""

from __future__ import annotations

import mmap
import struct
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kiosk.paths import data_file

MAGIC = b"BBHZ0002"
HEAD = struct.Struct("<8s12I")
LONGEST = 5
"""Syllables of the longest words."""
BITS = 12


@dataclass(frozen=True, slots=True, repr=False)
class TypingTable:
    """The parts of the file; words of n syllables lie from `starts[n - 1]` up to `starts[n]`."""

    syllables: tuple[str, ...]
    starts: tuple[int, ...]
    sounds: memoryview[int]
    weights: tuple[memoryview[int], ...]
    likeliest: tuple[memoryview[int], ...]
    offsets: memoryview[int]
    texts: memoryview[int]
    initials: memoryview[int]
    by_initials: memoryview[int]

    def text(self, word: int) -> str:
        """The characters of a word."""
        return bytes(self.texts[self.offsets[word] : self.offsets[word + 1]]).decode("utf-16-le")

    def spelling(self, word: int) -> tuple[str, ...]:
        """A word's syllables."""
        return tuple(self.syllables[number - 1] for number in unpacked(self.sounds[word]))


def packed(numbers: tuple[int, ...]) -> int:
    """Syllable numbers as one number that sorts as they do."""
    return sum(number << BITS * (LONGEST - 1 - place) for place, number in enumerate(numbers))


def unpacked(sound: int) -> tuple[int, ...]:
    """The syllable numbers that were packed."""
    every = (sound >> BITS * (LONGEST - 1 - place) & (1 << BITS) - 1 for place in range(LONGEST))
    return tuple(number for number in every if number)


def aligned(size: int) -> int:
    """The next multiple of eight."""
    return -(-size // 8) * 8


def open_table(path: Path) -> TypingTable:
    """Map the file. It stays mapped as long as the table is in use."""
    with path.open("rb") as file:
        whole = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    magic, spelled, words, written, by_initials, *starts = HEAD.unpack_from(whole)
    if magic != MAGIC:
        raise ValueError(f"{path.name} is no table of this version")
    at = aligned(HEAD.size)

    def part(size: int) -> memoryview[int]:
        nonlocal at
        here = whole[at : at + size]
        at += aligned(size)
        return here

    syllables = tuple(bytes(part(spelled)).decode("ascii").split("\n"))
    return TypingTable(
        syllables,
        tuple(starts[: LONGEST + 1]),
        part(8 * words).cast("Q"),
        tuple(part(words) for _ in range(3)),
        tuple(part(len(syllables) + 1) for _ in range(3)),
        part(4 * (words + 1)).cast("I"),
        part(written),
        part(4 * by_initials).cast("I"),
        part(4 * by_initials).cast("I"),
    )


@cache
def typing_table() -> TypingTable:
    """The shipped table."""
    return open_table(data_file("hanzi/typing.bin"))
