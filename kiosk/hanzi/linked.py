"""What tones become where a word follows a word without a stop: 不去 is bú qù, 一次 yí cì, 老李 láo lǐ."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from kiosk.hanzi.readings import Word

_DIGITS = "零〇一二三四五六七八九十幺两"
_FIGURES = _DIGITS + "百千万亿"
_NAMED_AFTER = "第期初之" + _FIGURES
_PERHAPS_NAMED_AFTER = "周按选点"
_NAMED_BEFORE = ("月", "号", "日", "楼", "栋", "幢", "级", "区", "室", "班", "年级", "季度", "单元")
_COUNTED = "次张种项件条遍趟回份家位"
"""What follows a 一 that counts: 按一次 is not the key with the 一."""


def linked(words: Sequence[Word]) -> list[str]:
    """The syllables of all words, each as it sounds before the next; inside the words they are as in speech.

    Only words of one character lean on what follows. Of thirds in a row every other one stays.
    """
    text = "".join(word.text for word in words)
    said = [syllable for word in words for syllable in word.syllables]
    for at in reversed(_leaning(words)):
        behind = said[at + 1]
        if text[at] == "不" and said[at] in ("bu2", "bu4"):
            said[at] = "bu2" if behind.endswith("4") else "bu4"
        elif text[at] == "一" and said[at] in ("yi1", "yi2", "yi4"):
            said[at] = _one(text, at, behind)
        elif said[at].endswith("3") and behind.endswith("3"):
            said[at] = said[at][:-1] + "2"
    return said


def _leaning(words: Sequence[Word]) -> list[int]:
    """The places of words of one character with a syllable behind them."""
    places, start = [], 0
    for word, behind in pairwise(words):
        if len(word.text) == 1 and behind.syllables[0][-1] in "12345" and len(behind.syllables[0]) > 1:
            places.append(start)
        start += len(word.text)
    return places


def _one(text: str, at: int, behind: str) -> str:
    """一 between the same words is light, 看一看, but for 一年一年."""
    before, after = text[at - 1 : at], text[at + 1 :]
    again = before == after[0] and before not in _FIGURES and text[at - 2 : at - 1] != "一"
    if again:
        return "yi5"
    named = after[0] in _DIGITS or after.startswith(_NAMED_BEFORE)
    named |= bool(before) and before in _NAMED_AFTER
    named |= bool(before) and before in _PERHAPS_NAMED_AFTER and after[0] not in _COUNTED
    if named:
        return "yi1"
    return "yi2" if behind.endswith("4") else "yi4"
