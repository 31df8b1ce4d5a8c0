"""How words sound or are bent: Mandarin syllables as most speakers tell them apart, English stems."""

from __future__ import annotations

import re
from functools import cache

from kiosk.hanzi.readings import syllables
from kiosk.hanzi.tones import toneless

_NOT_TOLD_APART = ((re.compile(r"^([zcs])h"), r"\1"), (re.compile(r"^n"), "l"), (re.compile(r"ng$"), "n"))
"""zh and z, n and l at the start, -ng and -n at the end: one sound to many, one letter to a recogniser."""

_INITIAL = "zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw]"
_LONG_FINAL = "iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan"
_SHORT_FINAL = "ai|an|ao|ei|en|er|ia|ie|in|iu|ou|ua|ui|un|uo|ue|ve|[aeiouv]"
_SYLLABLE = re.compile(f"(?:{_INITIAL})?(?:{_LONG_FINAL}|{_SHORT_FINAL})")
_ENDINGS = (("ies", "y"), ("ied", "y"), ("sses", "ss"), ("ing", ""), ("ed", ""), ("ss", "ss"), ("s", ""))
_SHORTEST_STEM = 3


@cache
def syllable(character: str) -> str:
    """The usual reading of a Chinese character, without its tone."""
    return told_apart(toneless(syllables(character)[0]))


def told_apart(spelt: str) -> str:
    """A syllable as far as all speakers tell it from others."""
    for pattern, plain in _NOT_TOLD_APART:
        spelt = pattern.sub(plain, spelt)
    return spelt


def spelt_syllables(word: str) -> list[str]:
    """The syllables of a word spelt in Latin letters (`gaoling`); none where it is no Mandarin."""
    if not re.fullmatch(f"(?:{_SYLLABLE.pattern})+", word):
        return []
    found = _SYLLABLE.findall(word)
    return [told_apart(one) for one in found] if "".join(found) == word else []


@cache
def stem(word: str) -> str:
    """An English word without its ending, so that *cards* finds *card*."""
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) + len(instead) >= _SHORTEST_STEM:
            word = word[: len(word) - len(ending)] + instead
            break
    return word.removesuffix("e") if len(word) > _SHORTEST_STEM else word
