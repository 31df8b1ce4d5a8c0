"""Which choice of the page was named: by its number, its label, or a part of it that no other has. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from voice.understanding.expect import Expectation, Option
from voice.understanding.pack import LAST, Pack
from voice.understanding.phrases import Phrase, inside, is_han, longest_common, peelings, phrase

_CLAUSES = re.compile(r"[，。？！；：、,.?!;:/（）()「」“”]")
_ASKS_BOTH = re.compile(r"(.)[不没]\1")
_ENOUGH = 2
"""Chinese characters, or one word of another language: what a part of a label has at least."""
_MOST_OF_IT = 0.5
"""How much of what was said has to be of the label."""


@dataclass(frozen=True, slots=True)
class Named:
    """A choice, and the ways to name it."""

    option: Option
    clauses: tuple[Phrase, ...]
    """Its labels, whole and in their parts."""
    numbers: frozenset[Phrase]

    def is_called(self, said: Phrase) -> bool:
        """Named exactly."""
        return said in self.numbers or said in self.clauses


def named_options(expected: Expectation, pack: Pack) -> tuple[Named, ...]:
    """The choices of the page with their names."""
    last = max((option.number for option in expected.options if option.answer), default=0)
    spoken: dict[int, set[Phrase]] = {}
    for said, number in pack.numbers.items():
        spoken.setdefault(number, set()).add(said)

    def numbers_of(option: Option) -> frozenset[Phrase]:
        called_last = spoken.get(LAST, set()) if option.number == last > 1 else set()
        return frozenset(spoken.get(option.number, set()) | called_last) if option.number else frozenset()

    return tuple(Named(option, _clauses(option, pack), numbers_of(option)) for option in expected.options)


def _clauses(option: Option, pack: Pack) -> tuple[Phrase, ...]:
    """The whole labels first; then their parts between commas, and of two with an "or" each."""
    parts = [part for name in option.names for part in (name, *_CLAUSES.split(name))]
    clauses = list(filter(None, map(phrase, parts)))
    joined = [half for clause in clauses for halves in _split(clause, pack.around.between) for half in halves]
    clauses += [half for half in joined if sum(_weight(token, pack) for token in half) >= _ENOUGH]
    return tuple(dict.fromkeys(clauses))


def wholly_called(said: Phrase, options: tuple[Named, ...]) -> str:
    """The id of the one choice that was called by its whole label, `""` where none was."""
    called = [named.option.id for named in options if said in map(phrase, named.option.names)]
    return called[0] if len(called) == 1 else ""


def find_named(said: Phrase, options: tuple[Named, ...], pack: Pack) -> tuple[str, ...]:
    """The ids that may be meant, the likelier one first: one where it is clear, none where none is."""
    return (
        _exactly(said, options, pack) or _corrected(said, options, pack) or _several(said, options, pack)
        or _in_part(said, options, pack)
    )  # fmt: skip


def _exactly(said: Phrase, options: tuple[Named, ...], pack: Pack) -> tuple[str, ...]:
    for words in peelings(said, pack.around.before, pack.around.after):
        called = tuple(named.option.id for named in options if named.is_called(words))
        whole = tuple(n.option.id for n in options if words in map(phrase, n.option.names))
        if called:
            return whole if len(whole) == 1 else called[:2]
    return ()


def _split(said: Phrase, words: tuple[Phrase, ...]) -> Iterator[tuple[Phrase, Phrase]]:
    for word in words:
        for at in range(len(said) - len(word) + 1):
            if said[at : at + len(word)] == word:
                yield said[:at], said[at + len(word) :]


def _corrected(said: Phrase, options: tuple[Named, ...], pack: Pack) -> tuple[str, ...]:
    """不是一，是二; 一，不对，二: what was said last counts."""
    for first, rest in _split(said, pack.around.corrections):
        if first and (one := _exactly(first, options, pack)) and (other := _exactly(rest, options, pack)):
            return other if one != other else ()
        if first:
            continue
        for at in range(1, len(rest)):
            one, other = _exactly(rest[:at], options, pack), _exactly(rest[at:], options, pack)
            if one and other and one != other:
                return other
    return ()


def _several(said: Phrase, options: tuple[Named, ...], pack: Pack) -> tuple[str, ...]:
    """一还是二, 一和三: both."""
    for first, rest in _split(said, pack.around.between):
        one, other = _exactly(first, options, pack), _exactly(rest, options, pack)
        if one and other:
            return tuple(dict.fromkeys((*one, *other)))[:2]
    return ()


def _in_part(said: Phrase, options: tuple[Named, ...], pack: Pack) -> tuple[str, ...]:
    """The label in a longer sentence, or a distinctive part of it."""
    weighed = [(_common(said, named, pack), named.option.id) for named in options]
    best = max((weight for weight, _ in weighed), default=0)
    return tuple(choice for weight, choice in weighed if weight == best)[:2] if best >= _ENOUGH else ()


def _common(said: Phrase, named: Named, pack: Pack) -> int:
    """How much of the label is in what was said; nothing where that is mostly something else, or a denial."""
    best, whole = 0, sum(_weight(token, pack) for token in said)
    for clause in named.clauses:
        if is_negated(said, pack) != is_negated(clause, pack) and not _begins(said, clause, pack):
            continue
        if sum(_weight(token, pack) for token in said if token in clause) < _MOST_OF_IT * whole:
            continue
        run = max(
            (sum(_weight(token, pack) for token in run) for run in longest_common(said, clause)), default=0
        )
        best = max(best, run)
    return best


def _begins(said: Phrase, clause: Phrase, pack: Pack) -> bool:
    """跳过 for 跳过不填: all that comes before the denial, and what is said first is not what is denied."""
    return clause[: len(said)] == said and clause[len(said) : len(said) + 1] in {
        (word,) for word in pack.around.negations
    }


def _weight(token: str, pack: Pack) -> int:
    if token in pack.around.particles:
        return 0
    return 1 if is_han(token) else _ENOUGH


def is_negated(said: Phrase, pack: Pack) -> bool:
    """Does it say that something is not so? 要不要 does not."""
    plain = _ASKS_BOTH.sub("", "".join(said)) if all(map(is_han, said)) else None
    tokens = tuple(plain) if plain is not None else said
    return any(token in pack.around.negations for token in tokens)


def mentions(said: Phrase, options: tuple[Named, ...]) -> bool:
    """Do the words stand in the label of a choice?"""
    return any(inside(said, clause) for named in options for clause in named.clauses)
