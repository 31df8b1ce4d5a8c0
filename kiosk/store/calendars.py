"""Calendar files: one a year, checked on loading."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from kiosk.cases.calendar import WorkCalendar, WorkYear


class CalendarFault(ValueError):
    """A calendar file that cannot be used: which one, and what is wrong."""


class _Holiday(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    name: dict[str, str]
    first: date = Field(alias="from")
    last: date = Field(alias="to")
    workdays: list[date]

    @model_validator(mode="after")
    def _in_order(self) -> _Holiday:
        if self.last < self.first:
            raise ValueError("a holiday ends before it begins")
        if any(day.weekday() < 5 or self.first <= day <= self.last for day in self.workdays):
            raise ValueError("a make-up workday must be a weekend day outside the holiday")
        return self

    def days(self) -> list[date]:
        return [self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1)]


class _Year(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    year: int
    source: str
    text: str
    holiday: list[_Holiday]

    @model_validator(mode="after")
    def _within_the_year(self) -> _Year:
        days = [day for one in self.holiday for day in (*one.days(), *one.workdays)]
        if any(day.year != self.year for day in days):
            raise ValueError("a day belongs to another year")
        if len(days) != len(set(days)):
            raise ValueError("a day appears twice")
        return self


def load_calendar(folder: Path, zone: str = "Asia/Shanghai", *later: Path) -> WorkCalendar:
    """All years in a folder of `YEAR.toml` files, for a site in this zone. Raises CalendarFault.

    A year that stands in a `later` folder, too, counts as it is there.
    """
    years: dict[int, WorkYear] = {}
    for path in (path for one in (folder, *later) for path in sorted(one.glob("*.toml"))):
        year = _load_year(path)
        years[year.year] = WorkYear(
            holidays=frozenset(day for one in year.holiday for day in one.days()),
            workdays=frozenset(day for one in year.holiday for day in one.workdays),
        )
    return WorkCalendar(years=years, zone=ZoneInfo(zone))


def _load_year(path: Path) -> _Year:
    try:
        return _Year.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, tomllib.TOMLDecodeError, ValidationError) as fault:
        raise CalendarFault(f"{path.name}: {fault}") from fault
