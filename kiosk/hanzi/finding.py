"""Which words of the table typed keys can stand for: whole runs of it, not yet ranked."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

from kiosk.hanzi.cutting import PARTIAL, Merged, Piece, begun, pieces
from kiosk.hanzi.keys import digits_of
from kiosk.hanzi.typing_table import BITS, LONGEST, TypingTable, typing_table, unpacked


@dataclass(frozen=True, slots=True)
class Run:
    """Words that lie together in the table and use up the same keys."""

    first: int
    after: int
    used: int
    cost: int


def runs(typed: str, merged: Merged | None) -> Iterator[Run]:
    """Words of one syllable, two, and so on, along every way the keys can be cut."""
    table = typing_table()
    cuts: dict[int, tuple[Piece, ...]] = {}
    for length in range(1, LONGEST + 1):
        ways = [(Run(table.starts[length - 1], table.starts[length], 0, 0), 0)]
        for depth in range(length):
            for run, _ in ways:
                if run.used not in cuts:
                    cuts[run.used] = tuple(pieces(typed, run.used, merged))
            shift = BITS * (LONGEST - 1 - depth)
            ways = [
                onward
                for run, sound in ways
                for piece in cuts[run.used]
                if (onward := _narrowed(table, run, sound, piece, shift))[0].first < onward[0].after
            ]
        yield from (run for run, _ in ways)
    if not any(not piece.cost for piece in cuts[0]):
        yield from _by_first_key(table, typed)


def _narrowed(table: TypingTable, run: Run, sound: int, piece: Piece, shift: int) -> tuple[Run, int]:
    """Those of a run that go on with this syllable, and how they sound so far."""
    onward = sound | piece.first << shift
    first = bisect_left(table.sounds, onward, run.first, run.after)
    after = bisect_left(table.sounds, sound | piece.after << shift, first, run.after)
    return Run(first, after, piece.end, run.cost + piece.cost), onward


def _by_first_key(table: TypingTable, typed: str) -> Iterator[Run]:
    """Characters by the first key alone, where no syllable begins: keys must never lead to nothing."""
    whole = Run(0, table.starts[1], 0, 0)
    for first, after in begun(typed[:1]):
        yield _narrowed(table, whole, 0, Piece(1, first, after, PARTIAL), BITS * (LONGEST - 1))[0]


def by_initials(typed: str, limit: int) -> Iterator[int]:
    """Words of which exactly the initials are typed: "zs", "zhs", or the digits of "zs"; the most written."""
    table = typing_table()
    for initials in _initials(typed):
        if not 2 <= len(initials) <= LONGEST:
            continue
        digits = int(digits_of("".join(one[0] for one in initials)))
        low = bisect_left(table.initials, digits)
        words = table.by_initials[low : bisect_left(table.initials, digits + 1, low)]
        if typed.isdigit():
            yield from words[:limit]
        else:
            fit = [_with_initial(one) for one in initials]
            yield from islice((word for word in words if _fits(table.sounds[word], fit)), limit)


def _initials(typed: str) -> Iterator[tuple[str, ...]]:
    """The keys as initials, one each; or with zh, ch and sh taken together."""
    if typed.isdigit() or (typed.isalpha() and not set(typed) & set("iuv")):
        yield tuple(typed)
        joined = typed.replace("zh", "Z").replace("ch", "C").replace("sh", "S")
        if joined != typed:
            yield tuple(one.lower() + "h" if one.isupper() else one for one in joined)


@cache
def _with_initial(initial: str) -> frozenset[int]:
    names = typing_table().syllables
    return frozenset(number for number, name in enumerate(names, 1) if name.startswith(initial))


def _fits(sound: int, fit: Sequence[frozenset[int]]) -> bool:
    return all(number in numbers for number, numbers in zip(unpacked(sound), fit, strict=True))
