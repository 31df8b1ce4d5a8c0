"""Cases of one person in one service: still open, or granted not long ago."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from kiosk.cases.numbers import ticket
from kiosk.cases.states import DECIDED, OPEN, Outcome, State
from kiosk.store.connected import Connected
from kiosk.store.instant import read, written
from kiosk.store.sqlite import Connection

_SAME = f"""
SELECT id, number, day_sequence, received_at, state FROM cases
WHERE person_key = ? AND service_id = ? AND id <> ? AND (
  state IN ({", ".join(f"'{one}'" for one in sorted(OPEN))})
  OR (state IN ({", ".join(f"'{one}'" for one in sorted(DECIDED))})
    AND outcome = '{Outcome.GRANTED}' AND received_at >= ?))
ORDER BY received_at DESC
"""


@dataclass(frozen=True, slots=True)
class Same:
    """One of them."""

    case_id: str
    number: str
    ticket: str
    received_at: datetime
    state: State

    @property
    def open(self) -> bool:
        """Not decided yet."""
        return self.state in OPEN


class SameCases(Connected):
    """Reads by the keyed name; opens nothing."""

    def same_cases(self, person_key: str, service_id: str, days: int) -> tuple[Same, ...]:
        """The newest first. `days`: for so long after it was handed in a granted one counts, too."""
        with self._reading() as db:
            return self._same(db, person_key, service_id, "", days)

    def same_beside(self, case_id: str, days: Mapping[str, int]) -> tuple[Same, ...]:
        """The others beside this case. `days` by service, 0 for what is not there."""
        with self._reading() as db:
            row = db.execute("SELECT person_key, service_id FROM cases WHERE id = ?", (case_id,)).fetchone()
            if row is None or row["person_key"] is None:
                return ()
            lasts = days.get(row["service_id"], 0)
            return self._same(db, row["person_key"], row["service_id"], case_id, lasts)

    def _same(self, db: Connection, person: str, service: str, but: str, days: int) -> tuple[Same, ...]:
        since = written(self._clock.now() - timedelta(days=days))
        rows = db.execute(_SAME, (person, service, but, since)).fetchall()
        return tuple(_one(row) for row in rows)


def _one(row: Any) -> Same:
    number = ticket(row["day_sequence"])
    return Same(row["id"], row["number"], number, read(row["received_at"]), State(row["state"]))
