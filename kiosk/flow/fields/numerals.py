"""Numbers as they are said and dictated: 三, 二十三, 两百零五, 一万二; and digit by digit, 一三八零零."""

from __future__ import annotations

import re

_DIGITS = dict(zip("零〇○一二三四五六七八九", (0, 0, 0, *range(1, 10)), strict=True)) | {"两": 2, "幺": 1}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_TENS = {"廿": "二十", "卅": "三十"}
NUMERALS = "".join(_DIGITS) + "".join(_UNITS) + "".join(_TENS)
"""Every character that a number below ten thousand is written with."""
_WHOLE = re.compile(rf"[{NUMERALS}万]+")
_SPELLED = str.maketrans({sign: str(digit) for sign, digit in _DIGITS.items()})
_LONGEST_FIGURES, _LONGEST_WORDS = 12, 20


def spelled_out(words: str) -> str:
    """Digit by digit, as telephone numbers are dictated: 幺三八 is 138. All else stays."""
    return words.translate(_SPELLED)


def whole(words: str) -> int | None:
    """The number that these words say, None where they say none. Takes digits, too."""
    if words.isascii() and words.isdigit():
        return int(words) if len(words) <= _LONGEST_FIGURES else None
    if not _WHOLE.fullmatch(words) or len(words) > _LONGEST_WORDS or words.count("万") > 1:
        return None
    for short, long in _TENS.items():
        words = words.replace(short, long)
    if not any(unit in words for unit in (*_UNITS, "万")):
        return int(spelled_out(words))
    above, marked, below = words.rpartition("万")
    if not marked:
        return _below_ten_thousand(below)
    high, low = whole(above), _below_ten_thousand(below, unit_before=10_000) if below else 0
    return None if high is None or low is None else high * 10_000 + low


def _below_ten_thousand(words: str, unit_before: int = 1) -> int | None:
    """`unit_before`: what stood before, so that the 五 of 三万五 is five thousand."""
    total, last_unit, after_zero = 0, unit_before, False
    digit: int | None = None
    for sign in words:
        if sign in _UNITS:
            if _UNITS[sign] >= last_unit > 1 or (digit is None and sign != "十"):
                return None
            last_unit = _UNITS[sign]
            total += (1 if digit is None else digit) * last_unit
            digit, after_zero = None, False
        elif _DIGITS[sign] == 0:
            after_zero = True
        elif digit is not None:
            return None
        else:
            digit = _DIGITS[sign]
    if digit is None:
        return total
    return total + digit * (1 if after_zero or last_unit <= 10 else last_unit // 10)
