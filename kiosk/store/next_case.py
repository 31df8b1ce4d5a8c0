"""What to do next: what is in hand already, else the oldest due of what is one's own or waits in the lane."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import Any

from kiosk.cases.lease import LONGEST
from kiosk.cases.moves import Act, IllegalMove
from kiosk.cases.roles import may
from kiosk.cases.states import Actor, Role, Why
from kiosk.cases.views import Claim
from kiosk.store import statements
from kiosk.store.instant import written
from kiosk.store.moving import Attempt, Moving
from kiosk.store.sqlite import Connection

CLOCK = Actor("clock", Role.STAFF)
"""Who wakes what has slept until its day."""


class NextCase(Moving):
    """One key at the desk."""

    def next_case(self, actor: Actor, desk: str | None = None) -> Claim | None:
        """Claim it; None where there is nothing to do. `desk`: only from that queue.

        Whoever has a case in hand gets that one back. Raises IllegalMove ROLE for who may not claim.
        """
        if not may(actor.role, Act.CLAIM):
            raise IllegalMove(Why.ROLE, Act.CLAIM)
        now = self._clock.now()
        self.wake_due()
        with self._writing() as db:
            row = self._next(db, actor, desk, now)
            if row is None:
                return None
            epoch, lease_until = self._move(db, row, Attempt(Act.CLAIM, row["id"], actor), now)
        return Claim(row["id"], epoch, lease_until or now)

    def up_next(self, actor: Actor, desk: str | None = None) -> str | None:
        """Which case `next_case` would give now, without taking it."""
        now = self._clock.now()
        with self._reading() as db:
            row = self._next(db, actor, desk, now)
        return None if row is None else str(row["id"])

    def wake_due(self) -> int:
        """End every hold whose day has come; how many that were."""
        with self._reading() as db:
            asleep = [row["id"] for row in db.execute(statements.ASLEEP, (self._today(),)).fetchall()]
        for case_id in asleep:
            # another desk may have been faster
            with suppress(IllegalMove):
                self._do(Attempt(Act.WAKE, case_id, CLOCK, words=self._today()))
        return len(asleep)

    def _next(self, db: Connection, actor: Actor, desk: str | None, now: datetime) -> Any:
        given = {"actor": actor.name, "desk": desk or None, "today": self._today()}
        leases = {"now": written(now), "longest": written(now + LONGEST)}
        return db.execute(statements.NEXT, {**given, **leases}).fetchone()
