"""Syllables of pinyin with the tone as a number (`huan2`, `nv3`, `de5`), and what tones become in speech."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

_TONES = {"\N{COMBINING MACRON}": "1", "\N{COMBINING ACUTE ACCENT}": "2", "\N{COMBINING CARON}": "3",
          "\N{COMBINING GRAVE ACCENT}": "4"}  # fmt: skip
_LIGHT = "5"
_COUNTED = frozenset(
    "同一律 同一性 划一不二 说一不二 丁一确二 的一确二 知其一不知其二 见其一未见其二 知一万毕 挂一漏万 "
    "缺一不可 阙一不可 纯一不杂 载一抱素".split()
)
"""Words in which 一 is a number of its own and keeps its tone."""


def numbered(marked: str) -> str:
    """`huán` as `huan2`; without a mark it is light, `de5`. ü is v."""
    plain, tone = "", _LIGHT
    for sign in unicodedata.normalize("NFD", marked.replace("ü", "v")):
        if sign in _TONES:
            tone = _TONES[sign]
        elif sign == "\N{COMBINING DIAERESIS}":
            plain = plain[:-1] + "v"
        else:
            plain += sign
    return unicodedata.normalize("NFC", plain) + tone


def toneless(syllable: str) -> str:
    """`huan` of `huan2`; what is no syllable stays."""
    return syllable.rstrip("12345") or syllable


def in_speech(word: str, syllables: Sequence[str]) -> tuple[str, ...]:
    """What the tones of a word become when it is said.

    Of thirds in a row only the last one stays; 不 and 一 follow the tone behind them.
    """
    said = list(syllables)
    for at in range(len(said) - 1):
        if said[at].endswith("3") and said[at + 1].endswith("3"):
            said[at] = said[at][:-1] + "2"
    for at, (sign, syllable) in enumerate(zip(word, said, strict=True)):
        behind = said[at + 1] if at + 1 < len(said) else ""
        if sign == "不" and syllable in ("bu2", "bu4"):
            said[at] = "bu2" if behind.endswith("4") else "bu4"
        elif sign == "一" and syllable in ("yi1", "yi2", "yi4") and word not in _COUNTED:
            said[at] = ("yi2" if behind.endswith("4") else "yi4") if behind else "yi1"
    return tuple(said)
