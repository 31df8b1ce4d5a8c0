"""Chinese characters to pinyin words, with our own readings: what eSpeak NG pronounces best."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kiosk.hanzi.linked import linked
from kiosk.hanzi.readings import Own, Word, words
from kiosk.hanzi.tones import in_speech, numbered
from kiosk.paths import data_file
from voice.lexicon import Lexicon, read_lexicon

_NUMERALS = "零〇一二三四五六七八九十幺两"
_COUNTED_FROM = "第" + _NUMERALS
_COUNTED_ON = _NUMERALS.replace("十", "") + "月号日楼"
_FULL_NAME = re.compile(r"(?:姓名|名字|户主|本人|代办人)[：:是]\s?([一-鿿]{2,5})(?![一-鿿])")
"""Where the first character can only be a surname."""


@dataclass(frozen=True, slots=True)
class PinyinText:
    """The line to speak, and for each word where it lies there and in the original text."""

    line: str
    words: tuple[tuple[int, int, int], ...]
    """(position in `line`, start in the original, length in the original)."""

    def original(self, position: int) -> tuple[int, int]:
        """Start and length in the original of the word at this position of the line."""
        found = (0, 0)
        for at, start, length in self.words:
            if at > position:
                break
            found = (start, length)
        return found


class _Taught:
    """What counts before the table of readings: our lexicon, and before that a site's own."""

    def __init__(self) -> None:
        self.learn(_shipped())

    def learn(self, lexicon: Lexicon) -> None:
        """This one, in place of what was taught before."""
        self.words = _numbered(lexicon.phrases())
        self.surnames = _numbered({name: said.split() for name, said in lexicon.surnames.items()})


def _numbered(marked: Mapping[str, list[str]]) -> Own:
    return {word: tuple(map(numbered, said)) for word, said in marked.items()}


def _shipped() -> Lexicon:
    return read_lexicon(data_file("lexicon/readings.toml"))


_taught = cache(_Taught)
"""One a process."""


def teach_site(path: Path) -> None:
    """A site's own readings, from now on and before ours. Raises LexiconFault, and nothing has changed."""
    _taught().learn(_shipped().beside(read_lexicon(path)))


def to_pinyin(text: str) -> PinyinText:
    """Words of joined syllables with tone numbers; everything else is kept as it is."""
    pieces = [Word(word.text, in_speech(word.text, word.syllables)) for word in words(text, _taught().words)]
    syllables = _plain_one(text, _named(text, linked(pieces)))
    line, places, start = "", [], 0
    for word in pieces:
        joined = "".join(syllables[start : start + len(word.text)])
        line += " " if line and joined[0].isalnum() and line[-1].isalnum() else ""
        places.append((len(line), start, len(word.text)))
        line += joined
        start += len(word.text)
    return PinyinText(line, tuple(places))


def _named(text: str, syllables: list[str]) -> list[str]:
    """姓名：单小梅, said Shàn."""
    surnames = _taught().surnames
    for match in _FULL_NAME.finditer(text):
        start, name = match.start(1), match[1]
        said = surnames.get(name[:2]) or surnames.get(name[0]) or ()
        syllables[start : start + len(said)] = said
    return syllables


def _plain_one(text: str, syllables: list[str]) -> list[str]:
    """一 keeps its first tone in figures, dates and ordinals: 第一, 一月, 十一, 一九五零."""
    spaced = f" {text} "
    around = zip(spaced, text, spaced[2:], syllables, strict=False)
    return [
        "yi1" if one == "一" and (before in _COUNTED_FROM or after in _COUNTED_ON) else syllable
        for before, one, after, syllable in around
    ]
