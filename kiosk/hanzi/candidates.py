"""What typed letters, or digits of the nine keys, may stand for, the likeliest characters first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

from kiosk.hanzi.cutting import BREAK, PARTIAL, Merged, begun, pieces
from kiosk.hanzi.finding import Run, by_initials, runs
from kiosk.hanzi.typing_table import typing_table

# All in the units of the table: 20 is to be e times as frequent.
INITIALS = 60
"""What it costs a word that only its initials were typed."""
ANOTHER = 368
"""What each word of a text costs: the weight of all the text that was counted, so that its share is left."""
NAMED = 300
"""What a name is worth above all that is none, where a name is asked for."""
WHOLE, WHOLE_BY_DIGITS = 400, 120
"""What it is worth that one syllable was typed and this is it: digits often are one by chance."""
ASTRAY = 900
"""What a key costs that no syllable begins with."""
_WORD_BITS, _USED_BITS = 20, 6
_WORD = (1 << _WORD_BITS) - 1
"""A rank is one number: the score uppermost, then what lies first in the table, then the keys used up."""


class Wanted(Enum):
    """What is being written: it decides which characters come first, not which there are."""

    WORDS = "words"
    SURNAME = "surname"
    GIVEN = "given"

    @property
    def next(self) -> Wanted:
        """What is written after it: after a surname a given name."""
        return Wanted.GIVEN if self is Wanted.SURNAME else self


@dataclass(frozen=True, slots=True, repr=False)
class Candidate:
    """What it would put in, and how many of the typed keys, from the left, it uses up."""

    text: str
    used: int
    spelled: str = field(default="", compare=False)
    """Its syllables with breaks between them: "zhang'san"."""


def candidates(
    typed: str, *, limit: int = 50, wanted: Wanted = Wanted.WORDS, merged: Merged | None = None
) -> tuple[Candidate, ...]:
    """At most `limit` candidates. `typed` is small letters with ü as v, or digits 2 to 9; ' parts syllables.

    A candidate is as likely as it is itself, and as what is left after it can be. What is one syllable is
    offered as one before anything else. `merged` gives syllables as they sound where some are not told
    apart: what sounds the same comes then too, after what was typed.
    """
    if not typed:
        return ()
    table = typing_table()
    found: dict[str, Candidate] = {}
    for rank in sorted(_ranked(typed, limit, wanted, merged), reverse=True):
        word = _WORD - (rank >> _USED_BITS & _WORD)
        text = table.text(word)
        if text not in found:
            used = rank & (1 << _USED_BITS) - 1
            found[text] = Candidate(text, used, BREAK.join(table.spelling(word)))
            if len(found) == limit:
                break
    return tuple(found.values())


def _ranked(typed: str, limit: int, wanted: Wanted, merged: Merged | None) -> list[int]:
    rests = _rests(typed, wanted.next)
    one_syllable = any(piece.end == len(typed) and not piece.cost for piece in pieces(typed, 0, None))
    for_whole = WHOLE_BY_DIGITS if typed.isdigit() else WHOLE
    ranked: list[int] = []
    for run in runs(typed, merged):
        whole = for_whole if one_syllable and run.used == len(typed) else 0
        ranked += _of_run(run, wanted, rests[run.used] - run.cost + whole, limit)
    plain = typing_table().weights[0]
    ranked += [_rank(plain[word] - INITIALS, word, len(typed)) for word in by_initials(typed, limit)]
    return ranked


def _of_run(run: Run, wanted: Wanted, worth: int, limit: int) -> Iterator[int]:
    table = typing_table()
    low, high, used = run.first, run.after, run.used
    weights = table.weights[0][low:high]
    if wanted is not Wanted.WORDS:
        names = table.weights[1 if wanted is Wanted.SURNAME else 2][low:high]
        least = _least(names, limit, 1)
        for word, name in enumerate(names, low):
            if name >= least:
                yield _rank(NAMED + name + worth, word, used)
    # A word known only as a name is offered only as one.
    least = _least(weights, limit, 0 if low < table.starts[1] else 1)
    for word, weight in enumerate(weights, low):
        if weight >= least:
            yield _rank(weight + worth, word, used)


def _least(weights: memoryview[int], limit: int, at_least: int) -> int:
    """The weight below which nothing of a long run can come among the first `limit`.

    Twice as many are let through, since a character may come twice, by two readings.
    """
    if len(weights) <= 4 * limit:
        return at_least
    return max(at_least, sorted(weights, reverse=True)[2 * limit])


def _rank(score: int, word: int, used: int) -> int:
    return (score << _WORD_BITS | _WORD - word) << _USED_BITS | used


def _rests(typed: str, wanted: Wanted) -> list[int]:
    """For each place in what is typed, the score of the likeliest single characters from there to the end."""
    best = typing_table().likeliest[2 if wanted is Wanted.GIVEN else 0]
    worth = [0] * (len(typed) + 1)
    for start in range(len(typed) - 1, -1, -1):
        if typed[start] == BREAK:
            worth[start] = worth[start + 1]
            continue
        initial = 3 * PARTIAL if any(begun(typed[start])) else ASTRAY
        worth[start] = worth[start + 1] - ANOTHER - initial
        for piece in pieces(typed, start, None):
            score = max(best[piece.first : piece.after]) - piece.cost - ANOTHER + worth[piece.end]
            worth[start] = max(worth[start], score)
    return worth
