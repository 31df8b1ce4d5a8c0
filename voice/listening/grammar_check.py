"""Phrases in words that a model knows. Vosk leaves out the words it lacks, and then hears another phrase."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Checked:
    """What can be heard, and what cannot."""

    phrases: tuple[str, ...] = field(repr=False)
    missing: tuple[str, ...] = field(repr=False)
    """Phrases with something in them that the model has no word for, as they were given."""


def checked(phrases: Iterable[str], known: Callable[[str], bool]) -> Checked:
    """Each phrase in words of the model: as it is, or broken into shorter words, as few as possible."""
    sayable: dict[str, None] = {}
    missing: dict[str, None] = {}
    for phrase in phrases:
        words = [in_known_words(word, known) for word in phrase.split()]
        if words and all(words):
            sayable[" ".join(piece for pieces in words for piece in pieces)] = None
        elif phrase.strip():
            missing[phrase] = None
    return Checked(tuple(sayable), tuple(missing))


def in_known_words(word: str, known: Callable[[str], bool]) -> tuple[str, ...]:
    """The word in the fewest known pieces; nothing where that is impossible.

    Only words without letters of an alphabet are broken: 工作人员 is said as 工作 and 人员, but `person` is
    not `per` and `son`.
    """
    if known(word):
        return (word,)
    if not all(_is_han(character) for character in word):
        return ()
    shortest: list[tuple[str, ...] | None] = [()]
    for end in range(1, len(word) + 1):
        ways = [
            (*before, word[start:end])
            for start in range(end)
            if (before := shortest[start]) is not None and known(word[start:end])
        ]
        shortest.append(min(ways, key=len, default=None))
    return shortest[-1] or ()


def _is_han(character: str) -> bool:
    return "一" <= character <= "鿿" or character == "〇"
