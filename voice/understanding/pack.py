"""The words of one language: yes and no, commands, numbers, what people say around an answer, and decoys."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kiosk.paths import data_file
from kiosk.ports import Wish
from voice.understanding.accents import Accents, load_accents
from voice.understanding.faults import PackFault
from voice.understanding.phrases import Phrase, phrase

__all__ = ["LAST", "Pack", "PackFault", "load_pack"]

LAST = -1
"""The number that 最后一个 stands for."""


@dataclass(frozen=True, slots=True)
class Judgements:
    """Words that answer yes or no, or neither."""

    agree: frozenset[Phrase]
    """It is so."""
    will: frozenset[Phrase]
    """I want it so; to "do you not want it?" it says nothing clear."""
    murmur: frozenset[Phrase]
    """A mere sound of agreement."""
    no: frozenset[Phrase]
    unclear: frozenset[Phrase]
    """A question back, or not knowing."""


@dataclass(frozen=True, slots=True)
class Around:
    """What is said around an answer."""

    before: tuple[Phrase, ...]
    after: tuple[Phrase, ...]
    particles: frozenset[str]
    """Single tokens that carry nothing."""
    negations: frozenset[str]
    echo: frozenset[str]
    """Verbs that alone answer a question that has them."""
    corrections: tuple[Phrase, ...]
    between: tuple[Phrase, ...]
    """What stands between two things named together."""


@dataclass(frozen=True, slots=True)
class DigitWords:
    """How figures are dictated."""

    words: Mapping[Phrase, str]
    times: Mapping[Phrase, int]
    """double, triple"""
    before: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Pack:
    """The words of one language. Made by `load_pack`."""

    language: str
    judgements: Judgements
    around: Around
    wishes: Mapping[Phrase, Wish]
    wishes_inside: Mapping[Phrase, Wish]
    first_sound: frozenset[Phrase]
    numbers: Mapping[Phrase, int]
    """第二个 is 2, 最后一个 is LAST."""
    digits: DigitWords
    units: tuple[Phrase, ...]
    counting: tuple[str, ...]
    """Words that a number, a sum and a date are made of: for the grammar."""
    money: tuple[str, ...]
    date: tuple[str, ...]
    decoys: frozenset[Phrase]
    accents: Accents | None = field(default=None)
    """Set where words are compared by their sound."""

    def __repr__(self) -> str:
        return f"Pack({self.language})"


def load_pack(language: str, accents: Path | None = None) -> Pack:
    """The words of a language; `accents` is a site's own table of sounds. Raises PackFault."""
    path = data_file(f"listening/{language}.toml")
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
        return _read(document, load_accents(accents) if document.get("accents") else None)
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as fault:
        if isinstance(fault, PackFault):
            raise
        raise PackFault(f"{path.name}: {fault!r}") from fault


def _read(document: Mapping[str, Any], accents: Accents | None) -> Pack:
    numbers = document["numbers"]
    return Pack(
        language=document["language"],
        judgements=_judgements(document),
        around=_around(document["speech"]),
        wishes=_wishes(document["wishes"]),
        wishes_inside=_wishes(document["wishes_inside"]),
        first_sound=_set(document.get("sounds", {}).get("first", [])),
        numbers=_option_numbers(document["options"]),
        digits=_digits(document["digits"]),
        units=_longest_first(numbers["units"]),
        counting=tuple(numbers["least"]),
        money=tuple(numbers["money"]),
        date=tuple(numbers["date"]),
        decoys=_set([*document["decoys"]["words"], *document["decoys"].get("near", [])]),
        accents=accents,
    )


def _judgements(document: Mapping[str, Any]) -> Judgements:
    yes = document["yes"]
    return Judgements(
        agree=_set(yes["agree"]),
        will=_set(yes["will"]),
        murmur=_set(yes["murmur"]),
        no=_set(document["no"]["words"]),
        unclear=_set(document["unclear"]["words"]),
    )


def _around(speech: Mapping[str, Any]) -> Around:
    return Around(
        before=_longest_first(speech["before"]),
        after=_longest_first(speech["after"]),
        particles=frozenset(speech["particles"]),
        negations=frozenset(speech["negations"]),
        echo=frozenset(speech["echo"]),
        corrections=_longest_first(speech["corrections"]),
        between=_longest_first(speech["between"]),
    )


def _wishes(table: Mapping[str, Sequence[str]]) -> dict[Phrase, Wish]:
    return {phrase(word): Wish(name) for name, words in table.items() for word in words}


def _option_numbers(options: Mapping[str, Any]) -> dict[Phrase, int]:
    """Every way to name the n-th: its numeral in each form, and the figure itself."""
    ordinals = options.get("ordinals", {})
    said: dict[Phrase, int] = {}
    for figure, numerals in options["numerals"].items():
        for form in options["forms"]:
            for n in (*numerals, figure):
                for o in ordinals.get(figure, ["{o}"]):
                    words = form.format(n=n, o=o)
                    if "{" not in words:
                        said[phrase(words)] = int(figure)
    return said | {phrase(words): LAST for words in options["last"]}


def _digits(table: Mapping[str, Any]) -> DigitWords:
    words = {phrase(word): figure for figure, said in table["words"].items() for word in said}
    return DigitWords(
        words=words | {(figure,): figure for figure in "0123456789"},
        times={phrase(word): int(n) for n, said in table.get("times", {}).items() for word in said},
        before=_longest_first(table["before"]),
    )


def _set(words: Sequence[str]) -> frozenset[Phrase]:
    return frozenset(map(phrase, words))


def _longest_first(words: Sequence[str]) -> tuple[Phrase, ...]:
    return tuple(sorted(map(phrase, words), key=len, reverse=True))
