"""What both languages recognise in written text, and how a long number is cut into groups."""

from __future__ import annotations

import re

from voice.spoken_forms.traced import Traced

_FULL_WIDTH = "０１２３４５６７８９" + "".join(
    chr(code) for code in (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
)
_WIDE = {ord(sign): ord(sign) - 0xFEE0 for sign in _FULL_WIDTH}

LONG_NUMBER = re.compile(r"(?<![\d.,])(?:[0-9](?:[ \-·]?[0-9]){4,}[Xx]?|0[0-9]{1,3})(?![\d])")
"""Five digits and more, also in written groups, with the X of an identity number; or a leading zero."""

HYPHENED = re.compile(r"(?<![0-9\-])[0-9]{2,}(?:-[0-9]+){2,}[Xx]?(?![0-9\-])")
"""The number of a case, a phone number: two hyphens and more, so it is no range."""
COURT_CASE = re.compile(r"[(（]([12][0-9]{3})[)）]([一-鿿]{1,4})([0-9]{2,4})([一-鿿]{1,4})([0-9]+)(?=号)")
"""（2025）川0102民初1234号: the year, the court, the kind of case and its number."""
YEAR_MONTH = re.compile(
    r"(?<![\d\-./])((?:19|20)[0-9]{2})-(0[1-9]|1[0-2])(?![\d\-./]|\s?(?:元|块|人|yuan|people))"
)
LANDLINE = re.compile(r"(?<!\d)(0[0-9]{2,3})-([0-9]{7,8})(?!\d)")
TICKET = re.compile(r"(?<![A-Za-z0-9])([A-Z]{1,3})[ -]?([0-9]{1,6})(?![0-9A-Za-z]|\.[0-9])")
MIXED_CODE = re.compile(
    r"(?<![A-Za-z0-9])(?=[A-Z]*[0-9])(?=[0-9]*[A-Z])(?![0-9]{17}X(?![A-Za-z0-9]))[A-Z0-9]{5,}(?![A-Za-z0-9])"
)
"""Letters and digits in one word: the code of a licence, a number plate."""
ISO_DATE = re.compile(r"(?<!\d)([12][0-9]{3})[-/.]([01]?[0-9])[-/.]([0-3]?[0-9])(?!\d)")
SPACED_DATE = re.compile(
    r"(?<!\d)(?<!\d )([12][0-9]{3}) (1[0-2]|0?[1-9]) (3[01]|[12][0-9]|0?[1-9])(?![\d ]*\d)"
)
"""As a date is typed into its boxes."""
CLOCK = re.compile(r"(?<![\d:])([01]?[0-9]|2[0-4])[:：]([0-5][0-9])(?:[:：][0-5][0-9])?(?![\d:])")
NUMBER = r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?"
RANGE_SIGN = r"\s?(?:[-–—~～]|——)\s?"
MASKED = re.compile(r"(?<![0-9])([0-9]{1,6}) ?[*＊•●]{2,} ?([0-9]{1,4}[Xx]?)")
"""A number with its middle hidden."""
MAIL = re.compile(r"[A-Za-z0-9._%+\-]+@[A-Za-z0-9.\-]+\.[A-Za-z]{2,}")
ADDRESS = re.compile(
    r"(?:https?://|www\.)[!-~]*[A-Za-z0-9/]"
    r"|(?<![A-Za-z0-9@.])(?:[A-Za-z0-9\-]+\.)+(?:cn|com|org|net)(?![A-Za-z0-9])(?:/[!-~]*[A-Za-z0-9/])?"
)

_QUOTES = re.compile(r"(?<![A-Za-z])[‘’']|[‘’'](?![A-Za-z])")
_UNSPOKEN = re.compile(r"[\"“”「」『』《》〈〉*•●○◆◇■□▶►✓✔✗✘→←↑↓_#^`|\\<>=~～@$+]")
_BRACKETS = re.compile(r"[()（）\[\]【】{}]")
_SLASH = re.compile(r"\s*/\s*")
_SPACES = re.compile(r"\s+")
_STOPS = "，。！？；：、,.!?;:"


def plain_width(text: str) -> str:
    """Full-width digits and letters made ordinary; full-width punctuation stays, it is Chinese."""
    return text.translate(_WIDE)


def groups(written: str) -> list[str]:
    """A long number in the groups it is said in: those it is written in, where they are groups at all."""
    parts = re.split(r"[ \-·]", written)
    known = len(written) - len(parts) + 1 in (15, 18)
    if len(parts) > 1 and not known and all(len(part) > 1 for part in parts[:-1]):
        return [group for part in parts for group in ([part] if len(part) <= _LONGEST else _cut(part))]
    return _cut("".join(parts))


_USUAL = {18: (6, 14), 15: (6, 12), 6: (3,), 9: (3, 6), 7: (3,), 10: (3, 6)}
"""Where numbers of that length are cut: the identity number 6-8-4, the old one 6-6-3."""
_MOBILE = (3, 7)
_LONGEST = 5
"""Figures of a written group that are said in one breath."""


def _cut(digits: str) -> list[str]:
    """As people say them; in fours where there is no custom, and never one figure alone."""
    if len(digits) <= 5:
        return [digits]
    if len(digits) == 11 and digits.startswith("1"):
        at = list(_MOBILE)
    else:
        at = list(_USUAL.get(len(digits), range(4, len(digits), 4)))
        at[-1] -= len(digits) - at[-1] == 1
    return [digits[start:end] for start, end in zip([0, *at], [*at, len(digits)], strict=True)]


def without_signs(text: Traced, pause: str) -> Traced:
    """Signs that are never read: brackets and slashes become a pause, marks and quotes nothing."""
    text = text.sub(_BRACKETS, lambda m: pause).sub(_SLASH, lambda m: pause)
    text = text.sub(_UNSPOKEN, lambda m: "").sub(_QUOTES, lambda m: "").sub(_SPACES, lambda m: " ")
    text = text.sub(re.compile(rf"(?:{pause}\s*)+(?=[{_STOPS}])"), lambda m: "")
    if pause == "，":
        text = text.sub(re.compile(rf"(?<=[{_STOPS}])\s*{pause}"), lambda m: "")
    return text.strip(" ，,")
