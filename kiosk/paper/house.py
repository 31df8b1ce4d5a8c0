"""What every paper of a case says of the house that gives it out."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from kiosk.flow.fields.dates import date_text
from kiosk.services.model import Service
from kiosk.text import Catalogue, Text

REVIEW_DAYS = 60
"""To ask for reconsideration, from the day one knows (行政复议法 2023 第二十条)."""
COURT_MONTHS = 6
"""To go to court, from the day one knows (行政诉讼法 第四十六条)."""


@dataclass(frozen=True, slots=True)
class House:
    """The centre on the day of printing. `texts` is the catalogue `paper`."""

    centre: Text
    phone: str
    zone: datetime.tzinfo
    texts: Catalogue
    services: Mapping[str, Service] = field(default_factory=dict)
    """Those that are on the shelf; the form of a case is laid out by its service."""

    def day(self, at: datetime.datetime) -> datetime.date:
        """The date here of a moment."""
        return at.astimezone(self.zone).date()

    def phone_of(self, service_id: str) -> str:
        """Whom to ask about a matter of that service."""
        service = self.services.get(service_id)
        return service.handling.phone if service else self.phone

    def foot(self, today: datetime.date) -> Text:
        """Who gives the paper out, with a telephone."""
        return self.texts.text("letters.foot", centre=self.centre, phone=self.phone, date=date_text(today))


def months_on(day: datetime.date, months: int) -> datetime.date:
    """The same day so many months later; the last of the month where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return datetime.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
