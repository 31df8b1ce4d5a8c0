"""What a person handed in, shown to them again; opened by a desk where the kiosk has no keys."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from kiosk.cases.corrections import newest
from kiosk.cases.requests import ASKED, OPENED, SHOWN, ContentLine, Wish, content_of
from kiosk.cases.roles import Right, may
from kiosk.cases.states import RESIDENT, Actor
from kiosk.security.envelope import Binding, SealTrouble, key_id, seal, unseal
from kiosk.store import request_statements as sql
from kiosk.store import statements
from kiosk.store.corrections import Corrections
from kiosk.store.instant import written
from kiosk.store.requests import Requests, own
from kiosk.store.sqlite import Connection
from kiosk.store.trouble import StoreTrouble, Trouble

ANSWERED_WITHIN = timedelta(seconds=30)
"""A visit waits less long; what is older was left standing by a visit that fell."""
LEFT_STANDING = timedelta(minutes=5)


@cache
def _form() -> TypeAdapter[tuple[ContentLine, ...]]:
    return TypeAdapter(tuple[ContentLine, ...])


class Contents(Corrections, Requests):
    """Only ever of a person's own cases. Refusals raise IllegalMove."""

    def content_here(self, case_id: str, person_key: str) -> tuple[ContentLine, ...] | None:
        """What the case says now, where this process can open it; else None. SUBJECT: not their case."""
        with self._writing() as db:
            row = own(db, case_id, person_key)
            if not self._opens(db.execute(statements.CASE_BODY, (case_id,)).fetchone()["sealed"]):
                return None
            lines = self._content_of(db, case_id)
            self._add_event(db, case_id, self._clock.now(), RESIDENT, SHOWN, row["epoch"])
        return lines

    def ask_content(self, case_id: str, person_key: str, public: bytes) -> int:
        """Ask a desk to close it anew for this key, which belongs to one visit; the number of the request."""
        with self._writing() as db:
            row = own(db, case_id, person_key)
            db.execute(sql.DROP_SHOWN, (case_id,))
            return self._add_request(db, row, Wish.SHOW, public=public)

    def open_contents(self, actor: Actor, most: int) -> int:
        """Answer those who wait at a kiosk, with the keys that the actor has opened; how many that were."""
        if not may(actor.role, Right.SEE_IN_FULL) or most <= 0:
            return 0
        since = written(self._clock.now() - ANSWERED_WITHIN)
        with self._reading() as db:
            if db.execute(sql.WAITING_TO_BE_OPENED, (since, 1)).fetchone() is None:
                return 0
        with self._writing() as db:
            waiting = db.execute(sql.WAITING_TO_BE_OPENED, (since, most)).fetchall()
            return sum(self._give_content(db, row, actor) for row in waiting)

    def take_content(self, request_id: int, private: bytes) -> tuple[ContentLine, ...] | None:
        """What a desk has closed for this visit, which is then in no file any more; None while there is none.

        Raises StoreTrouble DAMAGED.
        """
        with self._reading() as db:
            row = db.execute(sql.FIND_REQUEST, (request_id,)).fetchone()
        if row is None or row["sealed"] is None:
            return None
        lines = self._content_unsealed(row, private)
        with self._writing() as db:
            db.execute(sql.DROP_REQUEST, (request_id,))
            self._add_event(db, row["case_id"], self._clock.now(), RESIDENT, SHOWN, row["epoch"])
        self.tidy()
        return lines

    def leave_to_staff(self, request_id: int) -> None:
        """No desk has answered in time: somebody prints it for them."""
        with self._writing() as db:
            row = db.execute(sql.FIND_REQUEST, (request_id,)).fetchone()
            if row is None:
                return
            if db.execute(sql.SAME_WAITING, (row["case_id"], Wish.PRINT, "")).fetchone() is not None:
                db.execute(sql.DROP_REQUEST, (request_id,))
            elif db.execute(sql.TO_STAFF, (request_id,)).rowcount == 1:
                now = self._clock.now()
                self._add_event(db, row["case_id"], now, RESIDENT, ASKED[Wish.PRINT], row["epoch"])

    def drop_content(self, request_id: int) -> None:
        """Whoever asked has gone."""
        with self._writing() as db:
            db.execute(sql.DROP_REQUEST, (request_id,))
        self.tidy()

    def sweep_contents(self) -> None:
        """What visits that fell have left."""
        before = written(self._clock.now() - LEFT_STANDING)
        with self._reading() as db:
            if db.execute(sql.OLD_SHOWN, (before,)).fetchone() is None:
                return
        with self._writing() as db:
            db.execute(sql.SWEEP_SHOWN, (before,))

    def _content_of(self, db: Connection, case_id: str) -> tuple[ContentLine, ...]:
        return content_of(newest(self._submission(db, case_id).answers, self._corrections(db, case_id)))

    def _give_content(self, db: Connection, row: Any, actor: Actor) -> bool:
        if not self._opens(db.execute(statements.CASE_BODY, (row["case_id"],)).fetchone()["sealed"]):
            return False
        plain = _form().dump_json(self._content_of(db, row["case_id"]))
        closed = seal(plain, [row["public"]], self._place_of_request(db, row))
        now = self._clock.now()
        db.execute(sql.GIVE_CONTENT, (written(now), actor.name, closed, row["id"]))
        self._add_event(db, row["case_id"], now, actor, OPENED, row["epoch"])
        return True

    def _content_unsealed(self, row: Any, private: bytes) -> tuple[ContentLine, ...]:
        with self._reading() as db:
            place = self._place_of_request(db, row)
        try:
            return _form().validate_json(unseal(row["sealed"], {key_id(row["public"]): private}, place))
        except (SealTrouble, ValidationError):
            raise StoreTrouble(Trouble.DAMAGED, "request") from None

    @staticmethod
    def _place_of_request(db: Connection, row: Any) -> Binding:
        """For this request of this case; laid anywhere else it does not open."""
        centre = db.execute(statements.CURRENT_KEY).fetchone()["centre"]
        part = f"request {row['id']}"
        return Binding(row["case_id"], part, row["service_id"], row["service_version"], centre)
