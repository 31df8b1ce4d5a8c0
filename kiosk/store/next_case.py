"""What to do next: what is in hand already, else the oldest due of what is one's own or waits in the lane."""

from __future__ import annotations

from collections.abc import Iterator
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
            row = db.execute(statements.HELD_BY, (actor.name,)).fetchone()
            row = row or min(self._offers(db, actor, desk, now), key=_by_due, default=None)
            if row is None:
                return None
            epoch, lease_until = self._move(db, row, Attempt(Act.CLAIM, row["id"], actor), now)
        return Claim(row["id"], epoch, lease_until or now)

    def up_next(self, actor: Actor, desk: str | None = None) -> str | None:
        """Which case `next_case` would give now, without taking it."""
        now = self._clock.now()
        with self._reading() as db:
            row = db.execute(statements.HELD_BY, (actor.name,)).fetchone()
            row = row or min(self._offers(db, actor, desk, now), key=_by_due, default=None)
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

    def _offers(self, db: Connection, actor: Actor, desk: str | None, now: datetime) -> Iterator[Any]:
        """The first of each heap that a case may come from, each found by one descent of an index."""
        away = [row["name"] for row in db.execute(statements.AWAY, (self._today(),)).fetchall()]
        leases = {"now": written(now), "longest": written(now + LONGEST)}
        for owner in (actor.name, *away):
            yield from db.execute(statements.OWNED_BY, {"owner": owner, **leases})
        yield from db.execute(statements.LAPSED, {"desk": desk, **leases})
        desks = [desk] if desk else [row["name"] for row in db.execute(statements.DESKS).fetchall()]
        for lane in desks:
            for state in statements.WAITING_STATES:
                yield from db.execute(statements.FIRST_WAITING, {"desk": lane, "state": state})


def _by_due(row: Any) -> tuple[str, str]:
    return row["due"], row["received_at"]
