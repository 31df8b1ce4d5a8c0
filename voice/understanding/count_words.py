"""Counts and sums as they are said: 一百零五, 三块五, two thousand and five. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from kiosk.flow.fields.amounts import read_sum
from kiosk.flow.fields.numerals import NUMERALS, spelled_out, whole
from voice.understanding.pack import Pack
from voice.understanding.phrases import Phrase, peelings

_LEAST, _MOST = 0, 10**9 - 1
_ONES = dict(zip("一二三四五六七八九", range(1, 10), strict=True))
_POINTED = re.compile(rf"([{NUMERALS}]+|[0-9]+)点([0-9零〇一二三四五六七八九]+)")
_MOST_CENTS = Decimal("0.01")

_EN_SMALL = {
    word: n
    for n, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen".split()
    )
} | {"a": 1, "an": 1}
_EN_TENS = {
    word: 10 * n
    for n, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
_EN_LARGE = {"thousand": 1000, "million": 1_000_000}
_EN_MONEY = {"yuan", "kuai", "rmb", "renminbi"}
_EN_CENTS = re.compile(r"(?P<whole>.+?) (?:yuan|kuai)(?: and)? (?P<cents>.+?)(?: (?:fen|cents))?")


def count_said(said: Phrase, pack: Pack) -> str:
    """A whole number in figures, `""` where the words say none."""
    read: Callable[[Phrase], int | None] = english_number if pack.language == "en" else _chinese_count
    if pack.language not in ("zh", "en"):
        read = _figure_words(pack)
    for words in peelings(said, pack.around.before, (*pack.around.after, *pack.units)):
        number = read(words)
        if number is not None and _LEAST <= number <= _MOST:
            return str(number)
    return ""


def sum_said(said: Phrase, pack: Pack) -> str:
    """A sum in yuan as it would be typed (`350`, `3.50`), `""` where the words say none."""
    read = _english_sum if pack.language == "en" else _chinese_sum
    for words in peelings(said, pack.around.before, pack.around.after):
        amount = read(words)
        if amount is not None and amount <= _MOST and amount == amount.quantize(_MOST_CENTS):
            return f"{amount:.2f}".removesuffix(".00")
    return ""


def _figure_words(pack: Pack) -> Callable[[Phrase], int | None]:
    return pack.numbers.get


def _chinese_count(words: Phrase) -> int | None:
    text = "".join(words)
    if _is_about(text):
        return None
    return whole(text)


def _is_about(text: str) -> bool:
    """三四 and 七八 mean "three or four", not 34."""
    return len(text) == 2 and all(sign in _ONES for sign in text) and _ONES[text[1]] == _ONES[text[0]] + 1


def _chinese_sum(words: Phrase) -> Decimal | None:
    text = re.sub(r"(?:整|钱)$", "", "".join(words)).replace("块钱", "块")
    if _is_about(text.rstrip("元块")):
        return None
    text = _POINTED.sub(lambda m: f"{whole(m[1])}.{spelled_out(m[2])}", text)
    text = re.sub(r"(?<=[毛角])([一二两三四五六七八九])$", r"\1分", text)
    text = re.sub(r"(?<=[元块])零([一二两三四五六七八九])$", r"\1分", text)
    return read_sum(text)


def english_number(words: Phrase) -> int | None:
    """A cardinal in words, or in figures: two thousand and five."""
    if all(word.isdigit() for word in words):
        return int("".join(words)) if len(words) <= 9 else None
    total = section = 0
    last = 10**9
    room = 1000
    for word in words:
        if word == "and" and (section or total):
            continue
        if word in _EN_LARGE and section > 0 and _EN_LARGE[word] < last:
            last = _EN_LARGE[word]
            total, section, room = total + section * last, 0, 1000
        elif word == "hundred" and 0 < section < 20:
            section, room = section * 100, 100
        elif word in _EN_TENS and room > 10:
            section, room = section + _EN_TENS[word], 10
        elif word in _EN_SMALL and _EN_SMALL[word] < room and (room > 10 or _EN_SMALL[word]):
            section, room = section + _EN_SMALL[word], 1
        else:
            return None
    return total + section if words[-1] not in ("and", "a", "an") else None


def _english_sum(words: Phrase) -> Decimal | None:
    text = " ".join(words)
    if cents := _EN_CENTS.fullmatch(text):
        whole_yuan, rest = (
            english_number(tuple(cents["whole"].split())),
            english_number(tuple(cents["cents"].split())),
        )
        if whole_yuan is None or rest is None or rest > 99:
            return None
        return Decimal(whole_yuan) + Decimal(rest) / 100
    if words[-1] in _EN_MONEY:
        words = words[:-1]
    for point in ("point", "点"):
        if point in words:
            at = words.index(point)
            return _pointed(words[:at], words[at + 1 :])
    number = english_number(words) if words else None
    return None if number is None else Decimal(number)


def _pointed(before: Phrase, after: Phrase) -> Decimal | None:
    number = english_number(before) if before else 0
    figures = [str(_EN_SMALL.get(word, word)) for word in after]
    if number is None or not figures or not all(figure.isdigit() and len(figure) == 1 for figure in figures):
        return None
    return Decimal(f"{number}.{''.join(figures)}")
