"""Dates, times and ranges in Chinese."""

from __future__ import annotations

import re

from voice.spoken_forms.patterns import CLOCK, ISO_DATE, RANGE_SIGN, SPACED_DATE, YEAR_MONTH
from voice.spoken_forms.traced import Rule
from voice.spoken_forms.zh_numbers import MEASURES, amount, clock, count, year

_PART = r"(?:(凌晨|早上|上午|中午|下午|晚上)\s?)?"
_FIGURE = "0-9零一二三四五六七八九十两"
_COUNTED = r"\s?(?:元|块|万|人|户|个)"


def _date(match: re.Match[str]) -> str:
    return f"{year(match[1])}年{count(int(match[2]))}月{count(int(match[3]))}日"


def _hours(match: re.Match[str]) -> str:
    """14点30分 and 14时 as 下午两点…; an hour of the morning may be one of the evening, and gets no name."""
    part, hour, minute, rest = match[1], int(match[2]), match[3], match[4] or ""
    if hour > 24:
        return match[0]
    if part or hour > 12:
        return clock(part, hour, int(minute or 0)) + rest
    hours = "两" if hour == 2 else count(hour)
    if not minute:
        return f"{hours}点{rest}"
    return f"{hours}点{'零' if int(minute) < 10 else ''}{count(int(minute))}分"


def _to(_: re.Match[str]) -> str:
    return "到"


DATES: tuple[Rule, ...] = (
    (re.compile(r"^\s*(\d{1,2})\s*/\s*(\d{1,2})\s*$"), lambda m: f"第{amount(m[1])}步，共{amount(m[2])}步"),
    (ISO_DATE, _date),
    (YEAR_MONTH, lambda m: f"{year(m[1])}年{count(int(m[2]))}月"),
    (SPACED_DATE, lambda m: f"{year(m[1])}，{count(int(m[2]))}，{count(int(m[3]))}"),
    (
        re.compile(r"(?<!\d)([12]\d{3})(?:[-–—~～]|至|到)([12]\d{3})\s?(?=年)"),
        lambda m: f"{year(m[1])}到{year(m[2])}",
    ),
    (re.compile(r"(?<![\d,])([12][0-9]{3})\s?(?=年)"), lambda m: year(m[1])),
    (re.compile(r"(?<!\d)0([1-9])\s?(?=[月日号]|个月)"), lambda m: count(int(m[1]))),
    (re.compile(_PART + CLOCK.pattern), lambda m: clock(m[1], int(m[2]), int(m[3]))),
    (re.compile(_PART + r"(?<![\d.第])(\d{1,2})[点时](?![间候])(?:(\d{1,2})分(?!之)|(半|整))?"), _hours),
)
RANGES: tuple[Rule, ...] = (
    (re.compile(rf"(?<=[A-Z][0-9])([0-9]?){RANGE_SIGN}(?=[A-Z]?[0-9])"), lambda m: f"{m[1]}到"),
    (re.compile(rf"(?<=[周期][一二三四五六日天]){RANGE_SIGN}(?=周|星期)"), _to),
    (re.compile(rf"(?<=[{_FIGURE}岁年月日点半分号元%％℃]){RANGE_SIGN}(?=[0-9]{{1,3}}(?![0-9-]))"), _to),
    (re.compile(rf"(?<=[岁年月日点半分]){RANGE_SIGN}(?=[{_FIGURE}上中下晚凌早])"), _to),
    (re.compile(rf"(?<=\d\d\d){RANGE_SIGN}(?=\d{{3,8}}{_COUNTED})"), _to),
    (re.compile(rf"(?<![\d.第])2(?=[到至]\d+\s?(?:{MEASURES}))"), lambda m: "两"),
)
