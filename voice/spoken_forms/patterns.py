"""What both languages recognise in written text, and how a long number is cut into groups."""

from __future__ import annotations

import re
from collections.abc import Callable

Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], str]]

_FULL_WIDTH = "０１２３４５６７８９" + "".join(
    chr(code) for code in (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
)
_WIDE = {ord(sign): ord(sign) - 0xFEE0 for sign in _FULL_WIDTH}

LONG_NUMBER = re.compile(r"(?<![\d.,])(?:[0-9](?:[ \-·]?[0-9]){4,}[Xx]?|0[0-9]{1,3})(?![\d])")
"""Five digits and more, also in written groups, with the X of an identity number; or a leading zero."""

LANDLINE = re.compile(r"(?<!\d)(0[0-9]{2,3})-([0-9]{7,8})(?!\d)")
TICKET = re.compile(r"(?<![A-Za-z])([A-Z]{1,3})[ -]?([0-9]{1,6})(?![0-9A-Za-z])")
ISO_DATE = re.compile(r"(?<!\d)([12][0-9]{3})[-/.]([01]?[0-9])[-/.]([0-3]?[0-9])(?!\d)")
CLOCK = re.compile(r"(?<![\d:])([01]?[0-9]|2[0-3])[:：]([0-5][0-9])(?:[:：][0-5][0-9])?(?![\d:])")
NUMBER = r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?"
RANGE_SIGN = r"\s?[-–—~～]\s?"

_UNSPOKEN = re.compile(r"[\"“”‘’'「」『』《》〈〉*•●○◆◇■□▶►✓✔✗✘→←↑↓_#^`|\\<>=~～@$+]")
_BRACKETS = re.compile(r"[()（）\[\]【】{}]")


def plain_width(text: str) -> str:
    """Full-width digits and letters made ordinary; full-width punctuation stays, it is Chinese."""
    return text.translate(_WIDE)


def apply(text: str, rules: tuple[Rule, ...]) -> str:
    """Each rule in turn over the whole text."""
    for pattern, words in rules:
        text = pattern.sub(words, text)
    return text


def groups(digits: str) -> list[str]:
    """A long number in the groups it is said in: phone 3-4-4, identity number 6-8-4, else fours or threes."""
    if len(digits) == 11 and digits.startswith("1"):
        return [digits[:3], digits[3:7], digits[7:]]
    if len(digits) == 18:
        return [digits[:6], digits[6:14], digits[14:]]
    if len(digits) <= 4:
        return [digits]
    size = 3 if len(digits) in (5, 6, 9) else 4
    start = len(digits) % size if len(digits) % size > 1 and len(digits) in (7, 10) else 0
    head = [digits[:start]] if start else []
    return head + [digits[i : i + size] for i in range(start, len(digits), size)]


def without_signs(text: str, pause: str) -> str:
    """Signs that are never read: brackets and slashes become a pause, marks and quotes nothing."""
    text = _BRACKETS.sub(pause, text)
    text = re.sub(r"\s*/\s*", pause, text)
    text = _UNSPOKEN.sub("", text)
    text = re.sub(r"\s+", " ", text)
    stop = "，。！？；：、,.!?;:"
    text = re.sub(rf"(?:{pause}\s*)+(?=[{stop}])", "", text)
    text = re.sub(rf"(?<=[{stop}])\s*{pause}", "", text) if pause == "，" else text
    return text.strip(" ，,")
