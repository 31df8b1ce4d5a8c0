"""English spoken forms: words for numbers, digits in groups, tickets letter by letter."""

from __future__ import annotations

import re

from voice.spoken_forms.patterns import (
    CLOCK,
    ISO_DATE,
    LANDLINE,
    LONG_NUMBER,
    NUMBER,
    RANGE_SIGN,
    TICKET,
    Rule,
    apply,
    groups,
    plain_width,
    without_signs,
)

_SMALL = (
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
)
_TENS = (
    "zero",
    "ten",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
)
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_IRREGULAR = {"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth"}
_IRREGULAR |= {"nine": "ninth", "twelve": "twelfth"}


def count(number: int) -> str:
    """A cardinal: three hundred and fifty."""
    if number < 20:
        return _SMALL[number]
    if number < 100:
        return _TENS[number // 10] + (f"-{_SMALL[number % 10]}" if number % 10 else "")
    for size, name in ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (1000, "thousand")):
        if number >= size:
            rest = number % size
            joint = " and " if 0 < rest < 100 else " "
            return f"{count(number // size)} {name}" + (f"{joint}{count(rest)}" if rest else "")
    rest = number % 100
    return f"{_SMALL[number // 100]} hundred" + (f" and {count(rest)}" if rest else "")


def ordinal(number: int) -> str:
    """third, twenty-first."""
    head, dash, last = count(number).rpartition("-")
    if not dash:
        head, dash, last = count(number).rpartition(" ")
    if last in _IRREGULAR:
        return head + dash + _IRREGULAR[last]
    return head + dash + (f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th")


def digits(figures: str) -> str:
    """Figure by figure; X is said as a letter."""
    return " ".join(_SMALL[int(f)] if f.isdecimal() else f.upper() for f in figures)


def amount(number: str) -> str:
    """A number with or without thousands commas and decimals."""
    whole, _, fraction = number.replace(",", "").partition(".")
    if len(whole) > 15:
        return ", ".join(digits(group) for group in groups(whole))
    return count(int(whole)) + (f" point {digits(fraction)}" if fraction else "")


def _year(figures: str) -> str:
    century, rest = int(figures[:2]), int(figures[2:])
    if century % 10 == 0 and rest < 10:
        return count(int(figures))
    ending = "hundred" if rest == 0 else f"oh {_SMALL[rest]}" if rest < 10 else count(rest)
    return f"{count(century)} {ending}"


def _day(month: int, day: int, year: str) -> str:
    named = _MONTHS[month - 1] if 1 <= month <= 12 else count(month)
    return f"{named} {ordinal(day)}, {_year(year)}"


def _clock(match: re.Match[str]) -> str:
    hour, minute, half = int(match[1]), int(match[2]), match[3]
    half = half.lower().replace(".", "")[0] if half else ("a" if hour < 12 else "p")
    hours = count(12 if hour % 12 == 0 else hour % 12)
    minutes = "" if minute == 0 else f" oh {_SMALL[minute]}" if minute < 10 else f" {count(minute)}"
    return f"{hours}{minutes} {half} m"


def _money(match: re.Match[str]) -> str:
    whole, _, fraction = match[1].replace(",", "").partition(".")
    fen = int(fraction[:2].ljust(2, "0")) if fraction else 0
    return f"{count(int(whole))} yuan" + (f" and {count(fen)} fen" if fen else "")


def _long(match: re.Match[str]) -> str:
    figures = re.sub(r"[ \-·]", "", match[0])
    return ", ".join(digits(group) for group in groups(figures))


_MONTH_NAMES = "|".join(_MONTHS)
_RULES: tuple[Rule, ...] = (
    (
        re.compile(r"^\s*(\d{1,2})\s*/\s*(\d{1,2})\s*$"),
        lambda m: f"step {count(int(m[1]))} of {count(int(m[2]))}",
    ),
    (ISO_DATE, lambda m: _day(int(m[2]), int(m[3]), m[1])),
    (
        re.compile(rf"(?<!\d)([0-3]?\d)(?:st|nd|rd|th)? ({_MONTH_NAMES}),? ([12]\d{{3}})"),
        lambda m: _day(_MONTHS.index(m[2]) + 1, int(m[1]), m[3]),
    ),
    (
        re.compile(rf"({_MONTH_NAMES}) ([0-3]?\d)(?:st|nd|rd|th)?, ([12]\d{{3}})"),
        lambda m: _day(_MONTHS.index(m[1]) + 1, int(m[2]), m[3]),
    ),
    (re.compile(rf"({_MONTH_NAMES}) ([12]\d{{3}})(?!\d)"), lambda m: f"{m[1]} {_year(m[2])}"),
    (re.compile(r"(?<=\bin )([12]\d{3})(?![\d,.]\d|\d)"), lambda m: _year(m[1])),
    (re.compile(CLOCK.pattern + r"(?:\s?([AaPp]\.?[Mm]\b\.?))?"), _clock),
    (
        re.compile(rf"(?:(?<=\d)|(?<= m))({RANGE_SIGN})(?=\d{{1,3}}(?!\d)|(?:\w+ ){{1,3}}[ap] m)"),
        lambda m: " to ",
    ),
    (re.compile(rf"(?:[¥￥]|RMB|CNY)\s?({NUMBER})(?:\s?yuan)?"), _money),
    (re.compile(rf"(?<![\d.])({NUMBER})\s?(?:yuan|RMB|CNY)"), _money),
    (re.compile(rf"(?<![\d.])({NUMBER})\s?[%％]"), lambda m: f"{amount(m[1])} percent"),
    (TICKET, lambda m: f"{' '.join(m[1])} {digits(m[2])}"),
    (re.compile(r"(?i)(?<=\broom )(\d{3,4})(?!\d)"), lambda m: digits(m[1])),
    (LANDLINE, lambda m: f"{digits(m[1])}, {', '.join(digits(group) for group in groups(m[2]))}"),
    (LONG_NUMBER, _long),
    (re.compile(r"(?<!\d)(\d{1,4})(?:st|nd|rd|th)\b"), lambda m: ordinal(int(m[1]))),
    (re.compile(NUMBER), lambda m: amount(m[0])),
    (re.compile(r"\s*&\s*"), lambda m: " and "),
)


def spoken(text: str) -> str:
    """English text as it is said."""
    text = apply(plain_width(text), _RULES)
    return re.sub(r"\s+([,.!?;:])", r"\1", without_signs(text, ", "))
