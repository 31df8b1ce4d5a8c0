"""Notices of the centre: what is told to everybody, from one day to another. Pure."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from kiosk.text import Text

MOST = 3
"""Notices on a page at most (K24)."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One sentence for everybody, shown from the first to the last day."""

    id: str
    first: datetime.date
    last: datetime.date
    text: Text


def told_on(day: datetime.date, notices: Iterable[Notice]) -> tuple[Text, ...]:
    """What is told that day: the notices that end first come first, and never too many."""
    now = [notice for notice in notices if notice.first <= day <= notice.last]
    return tuple(notice.text for notice in sorted(now, key=lambda one: (one.last, one.id))[:MOST])
