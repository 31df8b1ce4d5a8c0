"""What has had its time is erased for good: bodies, words, who it was. The books still hold together.

Lines and counts stay: a chain of digests covers what is gone, and a line says that it was erased.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kiosk.cases.chain import ERASED
from kiosk.cases.retention import Over, last_day, may_be_a_leap
from kiosk.cases.states import BOX
from kiosk.store import chain_statements
from kiosk.store import upkeep_statements as sql
from kiosk.store.connected import Connected
from kiosk.store.drafts import KEPT_FOR
from kiosk.store.instant import read, read_or_none, written
from kiosk.store.sqlite import Connection

_BATCH = 50
"""Cases in one action: nobody at the kiosk or the desk waits for more."""


@dataclass(frozen=True, slots=True)
class Times:
    """How the cases that are over stand with their time."""

    due: tuple[Over, ...]
    """Past their last day."""
    unsaid: int
    """Nobody was told how long; they are kept."""
    later: int
    """Their day is still to come."""
    leapt: bool
    """The clock may be wrong: it is long after the last line."""


class Erasing(Connected):
    """Retention. A kiosk and a desk may be running."""

    _erased_beside: tuple[str, ...] = sql.ERASE_BESIDE

    def times(self, services: Mapping[str, int]) -> Times:
        """Of all that is over and not erased. `services`: days by service, for cases without their own."""
        now = self._clock.now()
        today = self._calendar.date_of(now)
        with self._reading() as db:
            over = [self._over(row, services) for row in db.execute(sql.OVER).fetchall()]
            last = read_or_none(db.execute(sql.LAST_LINE_AT).fetchone()[0])
        due = tuple(one for one in over if one.until is not None and one.until < today)
        unsaid = sum(one.until is None for one in over)
        return Times(due, unsaid, len(over) - len(due) - unsaid, may_be_a_leap(last, now))

    def erase(self, due: tuple[Over, ...]) -> int:
        """These, for good: 0 bytes of them in the file and its log when nobody else is just reading."""
        for start in range(0, len(due), _BATCH):
            now = self._clock.now()
            with self._writing() as db:
                for one in due[start : start + _BATCH]:
                    self._erase_one(db, one, now)
        if due:
            self.tidy()
        return len(due)

    def sweep_old_drafts(self) -> int:
        """Drafts that nobody came back for; how many. For any time: the one that is being filled in stays."""
        with self._writing() as db:
            return db.execute(sql.SWEEP_OLD_DRAFTS, (written(self._clock.now() - KEPT_FOR),)).rowcount

    def note_upkeep(self, erased: int) -> None:
        """A line of the house: the night's work was done."""
        with self._writing() as db:
            self._add_house_event(db, BOX, "tidied", str(erased))

    def _over(self, row: Any, services: Mapping[str, int]) -> Over:
        days = row["keep_days"] if row["keep_days"] is not None else services.get(row["service_id"])
        decided_on = self._calendar.date_of(read(row["decided_at"]))
        return Over(row["id"], row["number"], last_day(decided_on, days))

    def _erase_one(self, db: Connection, one: Over, now: datetime) -> None:
        for statement in self._erased_beside:
            db.execute(statement, (one.case_id,))
        db.execute(chain_statements.ERASE_CONTENTS, (one.case_id,))
        db.execute(sql.ERASE_CASE, {"at": written(now), "case": one.case_id})
        # last: it holds the digest of the case as it stands from now on
        self._add_event(db, one.case_id, now, BOX, ERASED, 0, one.until.isoformat() if one.until else "")
