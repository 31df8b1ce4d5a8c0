"""Ratings (好差评): five levels, anonymous; nothing in the row leads to a person (K43)."""

from __future__ import annotations

from datetime import datetime

from kiosk.store.connected import Connected
from kiosk.store.instant import written
from kiosk.store.statements import ADD_RATING, COUNT_RATINGS

LEVELS = range(1, 6)


class Ratings(Connected):
    """What people thought of a visit."""

    def rate(self, level: int, service_id: str | None, at: datetime) -> None:
        """Keep a rating of 1 (very poor) to 5 (very good), with the service it was for, if any.

        The day is kept, not the minute, so that the rating cannot be laid beside a case.
        """
        if level not in LEVELS:
            raise ValueError("a rating is 1 to 5")
        with self._writing() as db:
            db.execute(ADD_RATING, (level, service_id, written(at)[:10]))

    def ratings(self) -> dict[int, int]:
        """How often each level was given."""
        with self._reading() as db:
            return {row["level"]: row["times"] for row in db.execute(COUNT_RATINGS).fetchall()}
