"""Dates as people write and say them: `1944 3 27`, `19440327`, 一九四四年三月二十七号, 农历三月初五."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace

from kiosk.flow.fields.base import FieldType, ReadBack, Refused, Taken, tidy
from kiosk.flow.fields.lunar import LunarDay, in_figures, says_leap, says_lunar
from kiosk.flow.fields.numerals import NUMERALS, spelled_out, whole
from kiosk.flow.page import Keyboard
from kiosk.services.question import Asked
from kiosk.text import Text

_OLDEST = 130
"""Years: no one is older, so an earlier year is a slip of the finger."""
_YEAR_DIGITS = 4
_MONTHS = "January February March April May June July August September October November December".split()
_SPOKEN = re.compile(rf"[{NUMERALS}]+")
_PARTS = re.compile(r"[0-9]+")
_CANONICAL = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WHOLE_DATE = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")


class DateField(FieldType):
    """A day; the value is ISO 8601 (`1944-03-27`), in the solar calendar.

    Where the question takes the old calendar (`calendar = "lunar_ok"`), a date that says so (农历, 正月,
    初五, 闰四月) is kept as its solar date and read back for a yes.
    """

    keyboard = Keyboard.DATE
    longest = 30
    example = "1944 3 27"

    def parse(self, typed: str, question: Asked, today: datetime.date) -> Taken | Refused:
        """Year, month, day in this order, with anything between them, or eight digits."""
        plain = tidy(typed)
        lunar = says_lunar(plain)
        if lunar and question.calendar == "solar":
            return Refused("field.date_solar_only")
        parts = _three_parts(in_figures(plain) if lunar else plain)
        if isinstance(parts, Refused):
            return parts
        year, month, day = parts
        if year < today.year - _OLDEST:
            return Refused("field.date_year_early", {"year": year})
        if lunar:
            return self._of_old(LunarDay(year, month, day, says_leap(plain)), question)
        return self._day(year, month, day)

    def _day(self, year: int, month: int, day: int) -> Taken | Refused:
        if not 1 <= month <= 12:
            return Refused("field.date_month", {"month": month})
        try:
            return Taken(datetime.date(year, month, day).isoformat())
        except ValueError:
            return Refused("field.date_day", {"month": month, "day": day})

    def _of_old(self, lunar: LunarDay, question: Asked) -> Taken | Refused:
        solar = lunar.solar()
        if isinstance(solar, Refused):
            return solar
        told = {"lunar": lunar.text(), "solar": date_text(solar)}
        values = {name: replace(text, privacy=question.privacy) for name, text in told.items()}
        return Taken(solar.isoformat(), ReadBack("readback.lunar", values))

    def still_fits(self, value: str, question: Asked, today: datetime.date) -> bool:
        """While it is one: a draft may be of another version of the question."""
        return _CANONICAL.fullmatch(value) is not None

    def words(self, value: str, question: Asked) -> Text:
        """As written in each language."""
        return date_text(datetime.date.fromisoformat(value))

    def mask(self, value: str) -> str:
        """The year only."""
        return value[:4] + "-**-**"


def _three_parts(plain: str) -> tuple[int, int, int] | Refused:
    """Year, month and day in figures."""
    parts = _PARTS.findall(plain)
    if len(parts) < 3 and _SPOKEN.search(plain):
        parts = _PARTS.findall(_SPOKEN.sub(lambda said: f" {_figures(said[0])} ", plain))
    if len(parts) == 1 and (run := _WHOLE_DATE.fullmatch(parts[0])):
        parts = list(run.groups())
    if not parts:
        return Refused("field.date_missing")
    if len(parts) != 3:
        return Refused("field.date_three_parts")
    if len(parts[0]) != _YEAR_DIGITS:
        return Refused("field.date_year_four_digits")
    if max(len(parts[1]), len(parts[2])) > 2:
        return Refused("field.date_three_parts")
    year, month, day = map(int, parts)
    return year, month, day


def _figures(said: str) -> str:
    """一九四四 is 1944, 二十七 is 27."""
    if len(said) == _YEAR_DIGITS and (spelled := spelled_out(said)).isdigit():
        return spelled
    number = whole(said)
    return said if number is None else str(number)


def date_text(day: datetime.date) -> Text:
    """A date in words: 2026年11月16日, 16 November 2026."""
    return Text(
        {
            "zh": f"{day.year}年{day.month}月{day.day}日",
            "en": f"{day.day} {_MONTHS[day.month - 1]} {day.year}",
        }
    )
