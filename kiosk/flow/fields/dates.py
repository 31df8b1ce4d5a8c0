"""Dates as people write them: `1944 3 27`, `1944年3月27日`, `19440327`, `1944.3.27`."""

from __future__ import annotations

import datetime
import re

from kiosk.flow.fields.base import FieldType, Refused, Taken, tidy
from kiosk.flow.page import Keyboard
from kiosk.services.question import Asked
from kiosk.text import Text

_OLDEST = 130
"""Years: no one is older, so an earlier year is a slip of the finger."""
_LONGEST_PART = 2
_MONTHS = "January February March April May June July August September October November December".split()


class DateField(FieldType):
    """A day; the value is ISO 8601 (`1944-03-27`)."""

    keyboard = Keyboard.DATE
    longest = 20
    example = "1944 3 27"

    def parse(self, typed: str, question: Asked, today: datetime.date) -> Taken | Refused:
        """Year, month, day in this order, with anything between them, or eight digits."""
        plain = tidy(typed)
        parts = re.findall(r"\d+", plain)
        if len(parts) == 1 and len(parts[0]) == 8:
            parts = [parts[0][:4], parts[0][4:6], parts[0][6:]]
        if not parts:
            return Refused("field.date_missing")
        if len(parts) != 3:
            return Refused("field.date_three_parts")
        if len(parts[0]) != 4:
            return Refused("field.date_year_four_digits")
        if max(len(parts[1]), len(parts[2])) > _LONGEST_PART:
            return Refused("field.date_three_parts")
        year, month, day = (int(part) for part in parts)
        return self._day(year, month, day, today)

    def _day(self, year: int, month: int, day: int, today: datetime.date) -> Taken | Refused:
        if not 1 <= month <= 12:
            return Refused("field.date_month", {"month": month})
        if year < today.year - _OLDEST:
            return Refused("field.date_year_early", {"year": year})
        try:
            return Taken(datetime.date(year, month, day).isoformat())
        except ValueError:
            return Refused("field.date_day", {"month": month, "day": day})

    def words(self, value: str, question: Asked) -> Text:
        """As written in each language."""
        return date_text(datetime.date.fromisoformat(value))

    def mask(self, value: str) -> str:
        """The year only."""
        return value[:4] + "-**-**"


def date_text(day: datetime.date) -> Text:
    """A date in words: 2026年11月16日, 16 November 2026."""
    return Text(
        {
            "zh": f"{day.year}年{day.month}月{day.day}日",
            "en": f"{day.day} {_MONTHS[day.month - 1]} {day.year}",
        }
    )
