"""What was probably meant, by its sound: for accents, and for words that are spelled otherwise. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.ports import Wish
from voice.understanding.accents import Accents
from voice.understanding.expect import Expectation, Wanted
from voice.understanding.naming import Named
from voice.understanding.pack import Pack
from voice.understanding.phrases import Phrase, peelings
from voice.understanding.sound import (
    BETTER,
    HALF,
    MERGED,
    MOST,
    Sounds,
    distance,
    known_sounds,
    sounds,
    unlikeness,
)
from voice.understanding.wishing import active
from voice.understanding.yes_no import Judgement

Meaning = Wish | Judgement | str
"""A command, a yes or a no, or the id of a choice."""
_NONE_TO_SPARE = 2
"""Syllables of a word in which each has to be right, or of another accent."""
_OUT_OF_REACH = 9.0
_LONGEST = 16
"""Syllables: who says more has not said a command or a label in an accent."""


def nearest(
    said: Phrase, options: tuple[Named, ...], expected: Expectation, pack: Pack, *, judging: bool
) -> tuple[Meaning, ...]:
    """One meaning where it is clear, two where it may be either of them, none where nothing is near."""
    if pack.accents is None or len(said) > _LONGEST or _means_something_else(said, expected, pack):
        return ()
    heard = [sounds(words, pack.accents) for words in peelings(said, pack.around.before, pack.around.after)]
    heard = [syllables for syllables in heard if syllables]
    if not heard:
        return ()
    found: dict[Meaning, float] = {}
    meant = (
        *_commands(expected, pack, pack.accents),
        *(_judgements(pack, pack.accents) if judging and expected.wanted is Wanted.YES_NO else ()),
        *_numbers(options, pack.accents),
        *_labels(options, pack.accents),
    )
    for target, meaning in meant:
        far = min(target.far(syllables) for syllables in heard)
        found[meaning] = min(far, found.get(meaning, far))
    return _clear(sorted(((far, meaning) for meaning, far in found.items()), key=lambda near: near[0]))


def _clear(near: list[tuple[float, Meaning]]) -> tuple[Meaning, ...]:
    near = near[:2]
    if not near or near[0][0] > MOST:
        return ()
    if len(near) == 1 or near[1][0] - near[0][0] >= BETTER:
        return (near[0][1],)
    return (near[0][1], near[1][1])


@dataclass(frozen=True, slots=True)
class _Target:
    """How something sounds that may be said, and how near one has to come to it."""

    sounds: Sounds
    as_long: bool = True
    """No syllable more or less, and half a one different: a command cut short may be something else."""
    first: bool = False
    """The first syllable has to be right."""
    every: bool = False
    """All of them have to be."""

    def far(self, heard: Sounds) -> float:
        """A syllable, on average."""
        meant = self.sounds
        if not meant or (self.as_long and not _nearly(heard, meant)):
            return _OUT_OF_REACH
        if self.first and unlikeness(heard[0], meant[0]) > MERGED:
            return _OUT_OF_REACH
        if (self.every or len(meant) <= _NONE_TO_SPARE) and not _same(heard, meant):
            return _OUT_OF_REACH
        return distance(heard, meant)


def _commands(expected: Expectation, pack: Pack, accents: Accents) -> Iterator[tuple[_Target, Meaning]]:
    for words, wish in active(expected, pack).items():
        yield _Target(known_sounds(words, accents), first=words in pack.first_sound), wish


def _judgements(pack: Pack, accents: Accents) -> Iterator[tuple[_Target, Meaning]]:
    for words in pack.judgements.agree | pack.judgements.will:
        yield _Target(known_sounds(words, accents), every=True), Judgement.YES
    for words in pack.judgements.no:
        yield _Target(known_sounds(words, accents), every=True), Judgement.NO


def _numbers(options: tuple[Named, ...], accents: Accents) -> Iterator[tuple[_Target, Meaning]]:
    """第一个 and 第四个 differ in nothing but their number."""
    for named in options:
        for words in named.numbers:
            yield _Target(known_sounds(words, accents), every=True), named.option.id


def _labels(options: tuple[Named, ...], accents: Accents) -> Iterator[tuple[_Target, Meaning]]:
    for named in options:
        for words in named.clauses:
            yield _Target(sounds(words, accents), as_long=False), named.option.id


def _strange(heard: Sounds, meant: Sounds) -> list[float]:
    """How unlike those syllables are that no accent makes the same."""
    unlike = (unlikeness(one, other) for one, other in zip(heard, meant, strict=True))
    return [far for far in unlike if far > MERGED]


def _same(heard: Sounds, meant: Sounds) -> bool:
    return len(heard) == len(meant) and not _strange(heard, meant)


def _nearly(heard: Sounds, meant: Sounds) -> bool:
    """As long, and but for half a syllable the same."""
    return len(heard) == len(meant) and sum(_strange(heard, meant)) <= HALF


def _means_something_else(said: Phrase, expected: Expectation, pack: Pack) -> bool:
    """A known word that is no answer here is not taken for one that only sounds like it."""
    judgements = pack.judgements
    if said in judgements.unclear or said in judgements.murmur:
        return True
    return expected.wanted is not Wanted.YES_NO and said in judgements.agree | judgements.will | judgements.no
