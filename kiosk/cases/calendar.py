"""The working calendar of a site: its zone, its public holidays, its make-up workdays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class WorkYear:
    """One year's notice: days off, and weekend days that are worked."""

    holidays: frozenset[date]
    workdays: frozenset[date]


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Workday arithmetic. A year without a notice counts weekends only, and says so."""

    years: Mapping[int, WorkYear]
    zone: tzinfo

    def date_of(self, instant: datetime) -> date:
        """The site's date at an instant."""
        return instant.astimezone(self.zone).date()

    def knows(self, day: date) -> bool:
        """Whether this day's year has its notice."""
        return day.year in self.years

    def is_workday(self, day: date) -> bool:
        """Whether the centre works on this day."""
        year = self.years.get(day.year)
        if year and day in year.workdays:
            return True
        if year and day in year.holidays:
            return False
        return day.weekday() < SATURDAY

    def add_workdays(self, start: date, count: int) -> date:
        """The `count`-th workday after `start`; the start itself never counts."""
        day = start
        while count > 0:
            day += timedelta(days=1)
            count -= self.is_workday(day)
        return day

    def next_year_missing(self, today: date) -> bool:
        """True from 1 November on while next year's notice is not here yet."""
        return today.month >= 11 and today.year + 1 not in self.years
