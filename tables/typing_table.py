"""Builds data/hanzi/typing.bin: what `kiosk.hanzi.candidates` looks typed letters up in."""

from __future__ import annotations

import math
import struct
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kiosk.hanzi.keys import digits_of
from kiosk.hanzi.typing_table import HEAD, LONGEST, MAGIC, aligned, packed
from tables import lexicon

LEAST = {2: 8, 3: 10, 4: 20, 5: 10}
"""How often jieba must have counted a word of so many characters."""
A_NAT = 20
"""Weight of a word that is e times as frequent."""
RARE, OUTSIDE = 2, 1
"""Weights of characters nobody counted: of the 8,105, and beyond them."""
BY_INITIALS_FROM = 60
"""The least weight of a word that its initials alone shall find."""

COLUMNS = ("plain", "surname", "given")
Key = tuple[str, tuple[str, ...]]
"""A word and one of its readings."""


@dataclass(slots=True)
class Weights:
    """How ready a word is offered: in running text, as a surname, as a given name."""

    plain: int = 0
    surname: int = 0
    given: int = 0


def made() -> bytes:
    """The bytes of the table."""
    entries = _entries()
    syllables = sorted({syllable for _, reading in entries for syllable in reading})
    numbers = {syllable: place for place, syllable in enumerate(syllables, 1)}

    def sound(key: Key) -> int:
        return packed(tuple(numbers[syllable] for syllable in key[1]))

    keys = sorted(entries, key=lambda key: (len(key[1]), sound(key), -entries[key].plain, key[0]))
    starts = [sum(len(key[1]) <= length for key in keys) for length in range(LONGEST + 1)]
    texts = [key[0].encode("utf-16-le") for key in keys]
    offsets = [0]
    for text in texts:
        offsets.append(offsets[-1] + len(text))
    initials = _by_initials(keys, entries)
    parts = [
        "\n".join(syllables).encode("ascii"),
        struct.pack(f"<{len(keys)}Q", *map(sound, keys)),
        *(bytes(getattr(entries[key], column) for key in keys) for column in COLUMNS),
        *(_likeliest(entries, syllables, column) for column in COLUMNS),
        struct.pack(f"<{len(offsets)}I", *offsets),
        b"".join(texts),
        struct.pack(f"<{len(initials)}I", *(digits for digits, _ in initials)),
        struct.pack(f"<{len(initials)}I", *(place for _, place in initials)),
    ]
    head = HEAD.pack(MAGIC, len(parts[0]), len(keys), offsets[-1], len(initials), *starts, 0, 0)
    return b"".join(part.ljust(aligned(len(part)), b"\0") for part in (head, *parts))


def _likeliest(entries: dict[Key, Weights], syllables: list[str], column: str) -> bytes:
    best = dict.fromkeys(syllables, 0)
    for (_, reading), weights in entries.items():
        if len(reading) == 1:
            best[reading[0]] = max(best[reading[0]], getattr(weights, column))
    return bytes([0, *best.values()])


def _by_initials(keys: list[Key], entries: dict[Key, Weights]) -> list[tuple[int, int]]:
    wanted = [
        (int("".join(digits_of(syllable[0]) for syllable in key[1])), -entries[key].plain, place)
        for place, key in enumerate(keys)
        if len(key[1]) > 1 and entries[key].plain >= BY_INITIALS_FROM
    ]
    return [(digits, place) for digits, _, place in sorted(wanted)]


def _entries() -> dict[Key, Weights]:
    entries: dict[Key, Weights] = defaultdict(Weights)
    words = _words()
    for key, times in {**words, **_character_counts(words)}.items():
        entries[key].plain = max(_weight(times), RARE)
    for one, readings in lexicon.characters().items():
        for place, reading in enumerate(readings):
            least = (RARE if one in lexicon.standard() else OUTSIDE) - (place > 0)
            entries[one, (reading,)].plain = max(entries[one, (reading,)].plain, least)
    for name, said, place in lexicon.surname_readings():
        entries[name, said].surname = max(1, 255 - round(A_NAT * math.log(place)))
    for name, weight in _given_weights().items():
        entries[name, lexicon.spelled(name)].given = weight
    return dict(entries)


def _weight(count: float) -> int:
    return min(255, round(A_NAT * math.log(1 + count)))


def _words() -> dict[Key, int]:
    """Words of two characters and more, by reading."""
    unfit = lexicon.own_list("words.toml")["unfit"]
    left_out = set(unfit["words"].split())
    found: dict[Key, int] = {}
    for entry in lexicon.counted():
        length = len(entry.text)
        if entry.a_person or entry.count < LEAST.get(length, entry.count + 1):
            continue
        if entry.text not in left_out and not set(entry.text) & set(unfit["characters"]):
            found[entry.text, lexicon.spelled(entry.text)] = entry.count
    for text, count in _own_words():
        key = (text, lexicon.spelled(text))
        found[key] = max(found.get(key, 0), count)
    return found


def _own_words() -> Iterator[tuple[str, int]]:
    for name, group in lexicon.own_list("words.toml").items():
        if name != "unfit":
            yield from ((text, group["count"]) for text in group["words"].split() if 1 < len(text) <= LONGEST)


def _character_counts(words: dict[Key, int]) -> dict[Key, float]:
    """How often each character is written with each of its readings: as counted in words, and alone."""
    found: dict[Key, float] = defaultdict(float)
    for (text, reading), count in words.items():
        for one, syllable in zip(text, reading, strict=True):
            found[one, (syllable,)] += count
    for entry in lexicon.counted():
        if len(entry.text) == 1:
            found[entry.text, lexicon.spelled(entry.text)] += entry.count
    for text, count in _own_single():
        key = (text, lexicon.spelled(text))
        found[key] = max(found[key], 20 * count)
    return found


def _own_single() -> Iterable[tuple[str, int]]:
    for name, group in lexicon.own_list("words.toml").items():
        if name != "unfit":
            yield from ((text, group["count"]) for text in group["words"].split() if len(text) == 1)


def _given_weights() -> dict[str, int]:
    """Given names: what the names in the dictionary show, and our list of what older people are called."""
    found = {}
    for name, count in lexicon.given_counts().items():
        if len(name) == 1 or count > 1:
            found[name] = min(200, round(A_NAT * math.log(1 + count)) + 60)
    for name, place in lexicon.given_list():
        found[name] = max(found.get(name, 0), 255 - round(8 * math.log(place) * (2 if len(name) == 1 else 1)))
    return {
        name: weight for name, weight in found.items() if all(one in lexicon.characters() for one in name)
    }
