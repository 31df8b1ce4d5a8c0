""" "Call a person": from any page of the kiosk to the list at the desk."""

from __future__ import annotations

from datetime import datetime

from kiosk.cases.states import Actor
from kiosk.cases.views import Call
from kiosk.store.connected import Connected
from kiosk.store.instant import read, written
from kiosk.store.statements import ADD_CALL, ANSWER_CALL, OPEN_CALLS


class Calls(Connected):
    """Calls for a person, and who came."""

    def call_person(self, page_id: str, at: datetime) -> Call:
        """Somebody needs a person. Pressing again while nobody has come yet adds no second call."""
        with self._writing() as db:
            waiting = db.execute(OPEN_CALLS).fetchone()
            if waiting is not None:
                return Call(waiting["id"], waiting["page_id"], read(waiting["at"]))
            added = db.execute(ADD_CALL, (page_id, written(at))).lastrowid
        return Call(added or 0, page_id, at)

    def open_calls(self) -> list[Call]:
        """Calls nobody has answered, oldest first."""
        with self._reading() as db:
            rows = db.execute(OPEN_CALLS).fetchall()
        return [Call(row["id"], row["page_id"], read(row["at"])) for row in rows]

    def answer_call(self, call_id: int, actor: Actor) -> bool:
        """Somebody goes; False when another already went."""
        with self._writing() as db:
            answered = (written(self._clock.now()), actor.name, call_id)
            return db.execute(ANSWER_CALL, answered).rowcount == 1
