"""What was probably meant, by its sound: for accents, and for words that are spelled otherwise. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.ports import Wish
from voice.understanding.accents import Accents
from voice.understanding.expect import Expectation, Wanted
from voice.understanding.naming import Named
from voice.understanding.pack import Pack
from voice.understanding.phrases import Phrase, peelings
from voice.understanding.sound import BETTER, MERGED, MOST, Sounds, distance, known_sounds, sounds, unlikeness
from voice.understanding.wishing import active
from voice.understanding.yes_no import Judgement

Meaning = Wish | Judgement | str
"""A command, a yes or a no, or the id of a choice."""
_NONE_TO_SPARE = 2
"""Syllables of a command, a yes or a no in which each has to be right, or of another accent."""
_OUT_OF_REACH = 9.0


def nearest(
    said: Phrase, options: tuple[Named, ...], expected: Expectation, pack: Pack
) -> tuple[Meaning, ...]:
    """One meaning where it is clear, two where it may be either of them, none where nothing is near."""
    if pack.accents is None or _means_something_else(said, expected, pack):
        return ()
    heard = [sounds(words, pack.accents) for words in peelings(said, pack.around.before, pack.around.after)]
    heard = [syllables for syllables in heard if syllables]
    if not heard:
        return ()
    found: dict[Meaning, float] = {}
    for target, meaning in _commands(expected, pack, pack.accents):
        far = min(_far_from_command(syllables, target) for syllables in heard)
        found[meaning] = min(far, found.get(meaning, far))
    for name, choice in _choices(options, pack.accents):
        far = min(distance(syllables, name) for syllables in heard)
        found[choice] = min(far, found.get(choice, far))
    return _clear(sorted(((far, meaning) for meaning, far in found.items()), key=lambda near: near[0]))


def _clear(near: list[tuple[float, Meaning]]) -> tuple[Meaning, ...]:
    near = near[:2]
    if not near or near[0][0] > MOST:
        return ()
    if len(near) == 1 or near[1][0] - near[0][0] >= BETTER:
        return (near[0][1],)
    return (near[0][1], near[1][1])


Target = tuple[Sounds, bool]
"""How it sounds, and whether its first syllable has to be right."""


def _commands(expected: Expectation, pack: Pack, accents: Accents) -> Iterator[tuple[Target, Meaning]]:
    for words, wish in active(expected, pack).items():
        yield (known_sounds(words, accents), words in pack.first_sound), wish
    if expected.wanted is Wanted.YES_NO:
        judgements = pack.judgements
        for words in judgements.agree | judgements.will:
            yield (known_sounds(words, accents), False), Judgement.YES
        for words in judgements.no:
            yield (known_sounds(words, accents), False), Judgement.NO


def _choices(options: tuple[Named, ...], accents: Accents) -> Iterator[tuple[Sounds, Meaning]]:
    for named in options:
        for words in named.clauses:
            if name := sounds(words, accents):
                yield name, named.option.id
        for words in named.numbers:
            if name := known_sounds(words, accents):
                yield name, named.option.id


def _far_from_command(heard: Sounds, target: Target) -> float:
    command, first = target
    if not command or (first and unlikeness(heard[0], command[0]) > MERGED):
        return _OUT_OF_REACH
    if len(command) <= _NONE_TO_SPARE and not _same_in_some_accent(heard, command):
        return _OUT_OF_REACH
    return distance(heard, command)


def _same_in_some_accent(heard: Sounds, command: Sounds) -> bool:
    return len(heard) == len(command) and all(
        unlikeness(one, other) <= MERGED for one, other in zip(heard, command, strict=True)
    )


def _means_something_else(said: Phrase, expected: Expectation, pack: Pack) -> bool:
    """A known word that is no answer here is not taken for one that only sounds like it."""
    judgements = pack.judgements
    if said in judgements.unclear or said in judgements.murmur:
        return True
    return expected.wanted is not Wanted.YES_NO and said in judgements.agree | judgements.will | judgements.no
