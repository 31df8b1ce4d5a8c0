"""Chinese characters to pinyin words, with our own readings: what eSpeak NG pronounces best."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kiosk.paths import data_file
from voice.lexicon import Lexicon, read_lexicon

_NUMERALS = "零〇一二三四五六七八九十幺两"
_COUNTED_FROM = "第" + _NUMERALS
_COUNTED_ON = _NUMERALS.replace("十", "") + "月号日楼"
_FULL_NAME = re.compile(r"(?:姓名|名字|户主|本人|代办人)[：:是]\s?([一-鿿]{2,5})(?![一-鿿])")
"""Where the first character can only be a surname."""
_surnames: dict[str, list[str]] = {}
"""What was taught of them; pypinyin keeps the words for the whole process, too."""


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


@cache
def _shipped() -> Lexicon:
    """Ours, taught to pypinyin once a process."""
    lexicon = read_lexicon(data_file("lexicon/readings.toml"))
    _teach(lexicon)
    return lexicon


def teach_site(path: Path) -> None:
    """A site's own readings, from now on and before ours. Raises LexiconFault, and nothing has changed."""
    _teach(_shipped().beside(read_lexicon(path)))


def _teach(lexicon: Lexicon) -> None:
    # Its dictionaries are changed nowhere else: a second copy of them would be 3 MiB for nothing.
    os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "1")
    from pypinyin import load_phrases_dict

    load_phrases_dict({words: [[one] for one in said] for words, said in lexicon.phrases().items()})
    _surnames.update({name: said.split() for name, said in lexicon.surnames.items()})


def to_pinyin(text: str) -> PinyinText:
    """Words of joined syllables with tone numbers; everything else is kept as it is."""
    _shipped()
    from pypinyin import Style, lazy_pinyin
    from pypinyin.seg.mmseg import seg

    words = [word for word in seg.cut(text) if word]
    syllables = lazy_pinyin(
        words,
        style=Style.TONE3,
        neutral_tone_with_five=True,
        tone_sandhi=True,
        errors=list,  # type: ignore[arg-type]  # one item a character; the stubs know only one for all
    )
    if len(syllables) != len(text):
        return PinyinText(text, ((0, 0, len(text)),))
    syllables = _plain_one(text, _named(text, syllables))
    line, places, start = "", [], 0
    for word in words:
        joined = "".join(syllables[start : start + len(word)])
        line += " " if line and joined[0].isalnum() and line[-1].isalnum() else ""
        places.append((len(line), start, len(word)))
        line += joined
        start += len(word)
    return PinyinText(line, tuple(places))


def _named(text: str, syllables: list[str]) -> list[str]:
    """姓名：单小梅, said Shàn."""
    from pypinyin.contrib.tone_convert import to_tone3

    for match in _FULL_NAME.finditer(text):
        start, name = match.start(1), match[1]
        said = _surnames.get(name[:2]) or _surnames.get(name[0]) or []
        syllables[start : start + len(said)] = [to_tone3(one, neutral_tone_with_five=True) for one in said]
    return syllables


def _plain_one(text: str, syllables: list[str]) -> list[str]:
    """一 keeps its first tone in figures, dates and ordinals: 第一, 一月, 十一, 一九五零."""
    spaced = f" {text} "
    around = zip(spaced, text, spaced[2:], syllables, strict=False)
    return [
        "yi1" if one == "一" and (before in _COUNTED_FROM or after in _COUNTED_ON) else syllable
        for before, one, after, syllable in around
    ]
