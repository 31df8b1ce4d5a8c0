"""How words are read that a pinyin library reads wrongly: the program's own file, and a site's beside it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType

from kiosk.hanzi.tones import numbered, toneless
from kiosk.hanzi.typing_table import typing_table

_WORD = re.compile(r"[〇㐀-鿿豈-﫿\U00020000-\U0003ffff]+")
_PARTS = ("readings", "surnames", "titles")
_NONE: Mapping[str, str] = MappingProxyType({})


class LexiconFault(ValueError):
    """A file that cannot be used; the message names the file and the word."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words in characters, each with its syllables in a row."""

    readings: Mapping[str, str] = field(default_factory=lambda: _NONE)
    surnames: Mapping[str, str] = field(default_factory=lambda: _NONE)
    titles: Mapping[str, str] = field(default_factory=lambda: _NONE)

    def beside(self, own: Lexicon) -> Lexicon:
        """With a site's own words, which count first."""
        return Lexicon(
            {**self.readings, **own.readings},
            {**self.surnames, **own.surnames},
            {**self.titles, **own.titles},
        )

    def phrases(self) -> dict[str, list[str]]:
        """All words with their syllables; surnames only beside a word that shows what they are."""
        return {words: reading.split() for words, reading in [*self._named(), *self.readings.items()]}

    def _named(self) -> Iterator[tuple[str, str]]:
        for name, said in self.surnames.items():
            yield f"姓{name}", f"xìng {said}"
            for title, called in self.titles.items():
                yield name + title, f"{said} {called}"


def read_lexicon(path: Path) -> Lexicon:
    """Raises LexiconFault."""
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as fault:
        raise LexiconFault(f"{path.name}: {fault}") from None
    for part, words in document.items():
        if part not in _PARTS or not isinstance(words, dict):
            raise LexiconFault(f"{path.name}: [{part}] is not known; known are {', '.join(_PARTS)}")
        for word, reading in words.items():
            if not isinstance(reading, str) or not _fits(word, reading):
                raise LexiconFault(f"{path.name}: {word} needs one syllable of pinyin for each character")
    return Lexicon(**document)


def _fits(word: str, reading: str) -> bool:
    syllables = reading.split()
    return (
        len(syllables) == len(word)
        and _WORD.fullmatch(word) is not None
        and not any(sign.isdigit() for sign in reading)
        and all(toneless(numbered(syllable)) in _every_syllable() for syllable in syllables)
    )


@cache
def _every_syllable() -> frozenset[str]:
    """Of Mandarin; what only interjections have beside them is no part of a name."""
    return frozenset(typing_table().syllables)
