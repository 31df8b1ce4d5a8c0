"""Dates as they are said: 一九四四年三月五号, 农历三月初五, the fifth of March nineteen forty-four. Pure.

What comes out is what would be typed: year, month and day with a space between; a date of the old calendar
says so. A part that was not said stays open, so that the field asks for it.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from kiosk.flow.fields.lunar import in_figures, says_leap, says_lunar
from kiosk.flow.fields.numerals import NUMERALS, spelled_out, whole
from voice.understanding.count_words import english_number
from voice.understanding.pack import Pack
from voice.understanding.phrases import Phrase, peelings

_NUMBER = rf"[0-9{NUMERALS}]"
_CHINESE = re.compile(
    rf"(?:农历|阴历|旧历|老历|公历|阳历|新历)?(?:的)?(?:(?P<year>{_NUMBER}{{2,4}})年?的?)??"
    rf"(?:(?:农历|阴历|旧历|老历)?闰?(?P<month>{_NUMBER}{{1,2}}|[正冬腊])月(?:份)?的?(?:初?(?P<day>{_NUMBER}{{1,3}})[日号天]?)?)?"
)
_YEAR_ALONE = re.compile(rf"(?P<year>{_NUMBER}{{4}})年?")
_RUN = re.compile(rf"[0-9{NUMERALS}]{{8}}")
_LONGEST_MONTH = 31
_LIVED_IN = 30
"""四四年 is 1944; two figures below this may be of either century."""

_MONTHS = {
    word: n
    for n, word in enumerate(
        "january february march april may june july august september october november december".split(),
        start=1,
    )
}
_ORDINALS = {
    word: n
    for n, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
        "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        start=1,
    )
} | {"thirtieth": 30}
_BETWEEN = {"of", "the", "on", "in", "and", "st", "nd", "rd", "th"}
_CENTURIES = {"eighteen": 18, "nineteen": 19, "twenty": 20}


def date_said(said: Phrase, pack: Pack) -> str:
    """The date as it would be typed, `""` where the words say none."""
    for words in peelings(said, pack.around.before, pack.around.after):
        typed = _english(words) if pack.language == "en" else _chinese("".join(words))
        if typed:
            return typed
    return ""


def _chinese(text: str) -> str:
    if _RUN.fullmatch(text) and (run := spelled_out(text)).isdigit():
        return _typed(int(run[:4]), int(run[4:6]), int(run[6:]))
    found = _YEAR_ALONE.fullmatch(text) or _CHINESE.fullmatch(text)
    if not found or not any(found.groups()):
        return ""
    parts = found.groupdict()
    year = _year(parts["year"]) if parts["year"] else None
    if parts["year"] and year is None:
        return ""
    month, day = (_part(parts.get(name)) for name in ("month", "day"))
    if not says_lunar(text):
        return _typed(year, month, day)
    return _old(year, month, day, leap=says_leap(text))


def _year(said: str) -> int | None:
    figures = spelled_out(said)
    if not figures.isdigit():
        number = whole(said)
        return number if number is not None and number >= 1000 else None
    if len(figures) == 2 and int(figures) >= _LIVED_IN:
        return 1900 + int(figures)
    return int(figures) if len(figures) == 4 else None


def _part(said: str | None) -> int | None:
    if not said:
        return None
    figures = in_figures(said).strip()
    return whole(figures)


def _typed(year: int | None, month: int | None, day: int | None) -> str:
    """Boxes beside one another; what was not said is an empty box."""
    if not _can_be(year, month, day, _LONGEST_MONTH):
        return ""
    if year and month and day:
        try:
            datetime.date(year, month, day)
        except ValueError:
            return ""
    return " ".join("" if part is None else str(part) for part in (year, month, day)).rstrip()


def _old(year: int | None, month: int | None, day: int | None, *, leap: bool) -> str:
    if month is None or not _can_be(year, month, day, 30):
        return ""
    said = f"{year}年" if year else ""
    return f"农历{said}{'闰' if leap else ''}{month}月" + (
        f"初{day}" if day and day <= 10 else f"{day or ''}"
    )


def _can_be(year: int | None, month: int | None, day: int | None, longest: int) -> bool:
    return (
        (year is not None or month is not None)
        and (year is None or 1800 <= year <= 2199)
        and (month is None or 1 <= month <= 12)
        and (day is None or 1 <= day <= longest)
    )


def _english(words: Phrase) -> str:
    words = tuple(word for word in words if word not in _BETWEEN)
    names = [at for at, word in enumerate(words) if word in _MONTHS]
    if len(names) != 1:
        return _typed(_english_year(words), None, None) if not names and _english_year(words) else ""
    month, before, after = _MONTHS[words[names[0]]], words[: names[0]], words[names[0] + 1 :]
    for day_words, year_words in _ways(before, after):
        day, year = _english_day(day_words), _english_year(year_words)
        if (day or not day_words) and (year or not year_words) and not (before and day_words != before):
            return _typed(year, month, day)
    return ""


def _ways(before: Phrase, after: Phrase) -> Iterator[tuple[Phrase, Phrase]]:
    """The day before the month and the year after it; or both after it."""
    if before:
        yield before, after
        return
    for at in range(len(after), -1, -1):
        yield after[:at], after[at:]


def _english_day(words: Phrase) -> int | None:
    if not words:
        return None
    if words[-1] in _ORDINALS and (len(words) == 1 or (len(words) == 2 and words[0] in ("twenty", "thirty"))):
        tens = {"twenty": 20, "thirty": 30}[words[0]] if len(words) == 2 else 0
        return tens + _ORDINALS[words[-1]]
    number = english_number(words)
    return number if number is not None and 1 <= number <= _LONGEST_MONTH else None


def _english_year(words: Phrase) -> int | None:
    if not words:
        return None
    number = english_number(words)
    if number is not None and 1000 <= number <= 9999:
        return number
    if words[0] not in _CENTURIES or len(words) < 2:
        return None
    rest = words[1:]
    if rest[0] in ("oh", "o"):
        rest = rest[1:]
        low = english_number(rest) if rest else None
        return _CENTURIES[words[0]] * 100 + low if low is not None and low < 10 else None
    low = english_number(rest)
    return _CENTURIES[words[0]] * 100 + low if low is not None and 10 <= low <= 99 else None
