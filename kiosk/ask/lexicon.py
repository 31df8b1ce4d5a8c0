"""Words that mean the same, and words that mean nothing in a question (`data/ask/synonyms.toml`)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from kiosk.ask.sounds import stem, syllable
from kiosk.paths import data_file
from kiosk.services.side_file import read_side_file
from kiosk.services.wording import Record, Words

_HEARD_FROM = 2
"""Words of one syllable sound like too many others."""
_ASPECT = "aspect"


def is_aspect(meaning: str) -> bool:
    """Does it say what is asked (how long, how much), not of what?"""
    return meaning.startswith(_ASPECT)


class Phrases:
    """Looks for the longest known phrase at a place of a text: in characters, stems or syllables."""

    def __init__(self, phrases: Iterable[tuple[Sequence[str], str]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for units, meaning in phrases:
            self._by_first.setdefault(units[0], []).append((tuple(units), meaning))
        for known in self._by_first.values():
            known.sort(key=lambda phrase: -len(phrase[0]))

    def at(self, units: Sequence[str], start: int) -> tuple[int, str]:
        """How long it is and what it means; (0, "") where none begins."""
        for phrase, meaning in self._by_first.get(units[start], ()):
            if tuple(units[start : start + len(phrase)]) == phrase:
                return len(phrase), meaning
        return 0, ""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Meanings by phrase. The meaning `""` is none: such words are passed over."""

    written: Phrases
    foreign: Phrases
    heard: Phrases


class _Said(Record):
    zh: tuple[Words, ...] = ()
    en: tuple[Words, ...] = ()


class _Synonyms(Record):
    idle: _Said = _Said()
    aspect: tuple[_Said, ...] = ()
    same: tuple[_Said, ...] = ()


@cache
def load_lexicon() -> Lexicon:
    """As the file has it. With one that cannot be read, no word has another and fewer are understood."""
    return _lexicon(read_side_file(data_file("ask/synonyms.toml"), _Synonyms) or _Synonyms())


def _lexicon(read: _Synonyms) -> Lexicon:
    meanings = [("", read.idle)]
    meanings += [(f"{_ASPECT}{n}", said) for n, said in enumerate(read.aspect)]
    meanings += [(f"meaning{n}", said) for n, said in enumerate(read.same)]
    zh = [(word, meaning) for meaning, said in meanings for word in said.zh]
    en = [(word, meaning) for meaning, said in meanings for word in said.en]
    return Lexicon(
        written=Phrases(zh),
        foreign=Phrases(([stem(part) for part in word.lower().split()], meaning) for word, meaning in en),
        heard=Phrases(
            ([syllable(character) for character in word], meaning)
            for word, meaning in zh
            if meaning and not is_aspect(meaning) and len(word) >= _HEARD_FROM
        ),
    )
