"""When a message goes to a telephone, and when again where the gateway would not take it. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from kiosk.cases.calendar import WorkCalendar

DAYTIME = (9, 18)
"""Hours of the site in which telephones may ring by themselves."""

SETTLED = timedelta(hours=1)
"""Whoever is told at the counter or at the kiosk within this time gets no message on top."""

FRESH = timedelta(days=3)
"""What is older is not told of by message: a gateway that is set up today does not wake old cases."""

_PAUSES = (60.0, 300.0, 900.0, 3600.0, 4 * 3600.0)
"""Seconds after the first, the second… try to send a message."""
MOST_TRIES = len(_PAUSES) + 1


def send_again_at(tries: int, now: datetime, draw: float, calendar: WorkCalendar) -> datetime | None:
    """When to try again after so many tries; None: no more. `draw`, from 0 to 1, scatters them."""
    if tries >= MOST_TRIES:
        return None
    return in_daytime(now + timedelta(seconds=_PAUSES[tries - 1] * (0.75 + draw / 2)), calendar)


def in_daytime(at: datetime, calendar: WorkCalendar) -> datetime:
    """The moment itself, or the next morning where it would wake somebody."""
    begins, ends = DAYTIME
    here = at.astimezone(calendar.zone)
    if begins <= here.hour < ends:
        return at
    day = here.date() + timedelta(days=here.hour >= ends)
    return datetime(day.year, day.month, day.day, begins, tzinfo=calendar.zone)
