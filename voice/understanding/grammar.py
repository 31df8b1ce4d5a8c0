"""What the recogniser listens for on a page: never a few words alone, decoys always with them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from voice.understanding.expect import Expectation, Wanted
from voice.understanding.naming import named_options
from voice.understanding.pack import Pack
from voice.understanding.phrases import Phrase, written
from voice.understanding.wishing import active

_COUNTED = {Wanted.NUMBER, Wanted.MONEY, Wanted.DATE}


def grammar(expected: Expectation, pack: Pack) -> tuple[str, ...]:
    """The phrases of a page, with the commands and the decoys; none at all where anything may be said."""
    if expected.wanted is Wanted.TEXT:
        return ()
    phrases = dict.fromkeys(map(written, _wanted(expected, pack)))
    phrases |= dict.fromkeys(_counting(expected, pack))
    if expected.below is not None:
        phrases |= dict.fromkeys(map(written, _put_right(expected.below, pack)))
        phrases |= dict.fromkeys(_counting(expected.below, pack))
    answers = set(phrases)
    phrases |= dict.fromkeys(map(written, active(expected, pack)))
    return (*phrases, *sorted(decoy for decoy in map(written, pack.decoys) if decoy not in answers))


def _wanted(expected: Expectation, pack: Pack) -> Iterator[Phrase]:
    judgements = pack.judgements
    if expected.yes:
        for group in (judgements.agree, judgements.will, judgements.no, judgements.murmur):
            yield from sorted(group)
        yield from sorted(judgements.unclear)
    for named in named_options(expected, pack):
        yield from named.clauses
        yield from sorted(named.numbers)
    if expected.wanted is Wanted.DIGITS:
        yield from pack.digits.words
        yield from pack.digits.times
        yield from sorted(judgements.agree | judgements.no)


def _put_right(below: Expectation, pack: Pack) -> Iterator[Phrase]:
    """What was meant instead: without it, a misheard answer said once more is heard as a yes or a no."""
    yield from pack.around.corrections
    yield from _wanted(below, pack)


def _counting(expected: Expectation, pack: Pack) -> Iterable[str]:
    if expected.wanted not in _COUNTED:
        return ()
    words = pack.counting
    if expected.wanted is Wanted.NUMBER:
        return (*words, *map(written, pack.units))
    return (*words, *(pack.money if expected.wanted is Wanted.MONEY else pack.date))
