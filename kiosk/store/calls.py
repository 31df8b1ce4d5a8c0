""" "Call a person": from any page of the kiosk to the list at the desk."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from kiosk.cases.states import Actor, Role
from kiosk.cases.views import Call
from kiosk.store.board_statements import ANSWERED_CALLS, WHO_CAME
from kiosk.store.connected import Connected
from kiosk.store.instant import read, written
from kiosk.store.statements import ADD_CALL, ANSWER_CALL, OPEN_CALLS, SEEN_AT_HUB


class Calls(Connected):
    """Calls for a person, and who came."""

    def call_person(self, page_id: str, at: datetime) -> Call:
        """Somebody needs a person. Pressing again while nobody has come yet adds no second call."""
        with self._writing() as db:
            waiting = db.execute(OPEN_CALLS).fetchone()
            if waiting is not None:
                return _call(waiting)
            added = db.execute(ADD_CALL, (page_id, written(at))).fetchall()[0]["id"]
        return Call(added, page_id, at)

    def open_calls(self) -> list[Call]:
        """Calls nobody has answered, oldest first."""
        with self._reading() as db:
            rows = db.execute(OPEN_CALLS).fetchall()
        return [_call(row) for row in rows]

    def calls_under_way(self, within: timedelta) -> list[Call]:
        """Calls that somebody went to no longer ago than that, oldest first."""
        since = written(self._clock.now() - within)
        with self._reading() as db:
            rows = db.execute(ANSWERED_CALLS, (since,)).fetchall()
        return [
            replace(_call(row), answered_by=row["answered_by"], answered_at=read(row["answered_at"]))
            for row in rows
        ]

    def who_came(self, call_id: int) -> Actor | None:
        """Who said that they go to this call; None while nobody has, and where their account is gone."""
        with self._reading() as db:
            row = db.execute(WHO_CAME, (call_id,)).fetchone()
        return None if row is None else Actor(row["name"], Role(row["role"]))

    def answer_call(self, call_id: int, actor: Actor) -> bool:
        """Somebody goes; False when another already went."""
        with self._writing() as db:
            answered = (written(self._clock.now()), actor.name, call_id)
            return db.execute(ANSWER_CALL, answered).rowcount == 1

    def call_for_hub(self) -> Call | None:
        """The one that the desks of a hub are to hear of; None where nobody waits."""
        waiting = self.open_calls()
        return waiting[0] if waiting else None

    def seen_at_hub(self, call_id: int, name: str, role: str) -> None:
        """Somebody at a desk of the hub goes to this call of ours; without a role nobody is known to."""
        with self._writing() as db:
            db.execute(SEEN_AT_HUB, (written(self._clock.now()), name, role, call_id))

    def let_call_go(self, call_id: int) -> None:
        """No desk heard of it in time: the next one who calls is a call of their own."""
        self.seen_at_hub(call_id, "", "")


def _call(row: Any) -> Call:
    return Call(row["id"], row["page_id"], read(row["at"]), kiosk=row["kiosk"] or "")
