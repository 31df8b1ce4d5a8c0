"""The old calendar (农历), in which many elderly people know their birthday.

The only place that knows the library of the calendar: what is kept is always the solar date.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from borax.calendars.lunardate import LCalendars, LunarDate  # type: ignore[import-untyped]

from kiosk.flow.fields.base import Refused
from kiosk.text import Text

FIRST_YEAR, LAST_YEAR = 1900, 2099
"""What the tables of the old calendar reach."""
_LONGEST_MONTH = 30
_SAYS_LUNAR = re.compile(
    r"农历|阴历|旧历|老历|正月|冬月|腊月|闰|初[一二三四五六七八九十\d]|廿|lunar|leap|old calendar", re.I
)
_LEAP = re.compile(r"闰|leap", re.I)
_ONES = "一二三四五六七八九"
_MONTHS = ("正月", *(f"{sign}月" for sign in "二三四五六七八九十"), "冬月", "腊月")
_DAYS = (
    *(f"初{sign}" for sign in (*_ONES, "十")),
    *(f"十{sign}" for sign in _ONES),
    "二十",
    *(f"廿{sign}" for sign in _ONES),
    "三十",
)
_ORDINARY = str.maketrans({"正": "1", "冬": "11", "腊": "12", "初": " "})


@dataclass(frozen=True, slots=True)
class LunarDay:
    """A day of the old calendar."""

    year: int
    month: int
    day: int
    leap: bool = False
    """In the month that a leap year has twice, the second time."""

    def text(self) -> Text:
        """As people write it: 1944年闰四月初五."""
        leap = ("闰", "leap ") if self.leap else ("", "")
        return Text(
            {
                "zh": f"{self.year}年{leap[0]}{_MONTHS[self.month - 1]}{_DAYS[self.day - 1]}",
                "en": f"day {self.day} of {leap[1]}month {self.month}, {self.year}",
            }
        )

    def solar(self) -> datetime.date | Refused:
        """The same day in the calendar of today."""
        if not 1 <= self.month <= 12:
            return Refused("field.date_month", {"month": self.month})
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            return Refused("field.lunar_year", {"first": FIRST_YEAR, "last": LAST_YEAR})
        if self.leap and LCalendars.leap_month(self.year) != self.month:
            return Refused("field.lunar_leap", {"year": self.year, "month": self.month})
        if not 1 <= self.day <= _LONGEST_MONTH:
            return Refused("field.lunar_no_such_day", {"day": self.day})
        try:
            day: datetime.date = LunarDate(self.year, self.month, self.day, int(self.leap)).to_solar_date()
        except ValueError:
            return Refused("field.lunar_short_month", {"month": self.month})
        return day


def says_lunar(words: str) -> bool:
    """Is it plain from the words that the old calendar is meant?"""
    return _SAYS_LUNAR.search(words) is not None


def says_leap(words: str) -> bool:
    """Does it name the second of two months with the same number?"""
    return _LEAP.search(words) is not None


def in_figures(words: str) -> str:
    """The months that have names of their own as numbers: 正月初五 is `1月 5`."""
    return words.translate(_ORDINARY)
