"""What people ask of what is held of them: a line at the desk, and its answer (PIPL 44 to 47)."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from kiosk.cases.moves import IllegalMove
from kiosk.cases.numbers import ticket
from kiosk.cases.requests import (
    ASKED,
    DONE,
    HEARD,
    REFUSED,
    Erasable,
    Reply,
    Request,
    Standing,
    Wish,
    erasable,
)
from kiosk.cases.retention import DECISIONS, OVER, Over, last_day
from kiosk.cases.roles import Right, may
from kiosk.cases.states import RESIDENT, Actor, State, Why
from kiosk.store import request_statements as sql
from kiosk.store.body import words_from_json
from kiosk.store.erasing import Erasing
from kiosk.store.instant import read, read_or_none, written
from kiosk.store.moving import found
from kiosk.store.sqlite import Connection

_KINDS = json.dumps(sorted(DECISIONS))
_STEP_BYTES = 4


class Requests(Erasing):
    """Each method is one transaction with its event; refusals raise IllegalMove and change nothing."""

    def ask_of_held(self, case_id: str, person_key: str, wish: Wish, field: str = "") -> None:
        """A line at the desk; while one just like it waits there, no second one. SUBJECT: not their case."""
        with self._writing() as db:
            row = own(db, case_id, person_key)
            if db.execute(sql.SAME_WAITING, (case_id, wish, field)).fetchone() is None:
                self._add_request(db, row, wish, field)

    def waiting_requests(self) -> tuple[Request, ...]:
        """What staff have not answered yet, oldest first."""
        with self._reading() as db:
            return tuple(self._request_of(db, row) for row in db.execute(sql.WAITING_FOR_STAFF).fetchall())

    def count_requests(self) -> int:
        """How many those are."""
        with self._reading() as db:
            return int(db.execute(sql.COUNT_FOR_STAFF).fetchone()[0])

    def answer_request(self, request_id: int, actor: Actor, standing: Standing, words: str) -> None:
        """Done or refused, in words that the person reads when they come again.

        ROLE, TEXT without words, UNKNOWN where somebody answered before.
        """
        if not may(actor.role, Right.WORK):
            raise IllegalMove(Why.ROLE)
        if not words.strip():
            raise IllegalMove(Why.TEXT)
        now = self._clock.now()
        with self._writing() as db:
            row = _found(db, request_id)
            values = (standing, written(now), actor.name, words.strip(), request_id)
            if db.execute(sql.ANSWER_REQUEST, values).rowcount != 1:
                raise IllegalMove(Why.UNKNOWN)
            kind = DONE if standing is Standing.DONE else REFUSED
            self._add_event(db, row["case_id"], now, actor, kind, row["epoch"], row["kind"], words.strip())

    def erase_as_asked(self, request_id: int, actor: Actor) -> None:
        """The case, for good, before its day: somebody at the desk answers for it. STATE where it goes on."""
        if not may(actor.role, Right.WORK):
            raise IllegalMove(Why.ROLE)
        with self._writing() as db:
            row = _found(db, request_id)
            if Wish(row["kind"]) is not Wish.ERASE or row["standing"] != Standing.WAITING:
                raise IllegalMove(Why.UNKNOWN)
            if State(row["state"]) not in OVER:
                raise IllegalMove(Why.STATE)
            self._erase_asked(db, row["case_id"], row, actor)
        self.tidy()

    def erase_own(self, case_id: str, person_key: str) -> None:
        """What may go goes, at the kiosk, by the person's card. SUBJECT, or STATE where it may not go yet."""
        with self._writing() as db:
            row = own(db, case_id, person_key)
            today = self._calendar.date_of(self._clock.now())
            until = self._kept_until(db, case_id)
            if erasable(State(row["state"]), until, today) is not Erasable.NOW:
                raise IllegalMove(Why.STATE)
            kind = ASKED[Wish.ERASE]
            self._add_event(db, case_id, self._clock.now(), RESIDENT, kind, row["epoch"])
            self._erase_asked(db, case_id, row, RESIDENT)
        self.tidy()

    def has_replies(self, person_key: str) -> bool:
        """Is there an answer that this person has not heard?"""
        with self._reading() as db:
            return db.execute(sql.NEW_REPLIES, (person_key,)).fetchone() is not None

    def replies(self, case_id: str) -> tuple[Reply, ...]:
        """What staff answered and the person has not heard."""
        with self._reading() as db:
            return tuple(map(_reply, db.execute(sql.REPLIES, (case_id,)).fetchall()))

    def hear_replies(self, case_id: str, person_key: str) -> tuple[Reply, ...]:
        """The answers they have not heard; from now on they have."""
        if not self.replies(case_id):
            return ()
        now = self._clock.now()
        with self._writing() as db:
            row = own(db, case_id, person_key)
            rows = db.execute(sql.REPLIES, (case_id,)).fetchall()
            for one in rows:
                db.execute(sql.TOLD_REPLY, (written(now), one["id"]))
                self._add_event(db, case_id, now, RESIDENT, HEARD, row["epoch"], one["kind"])
        return tuple(map(_reply, rows))

    def wishes_waiting(self, case_id: str) -> frozenset[Wish]:
        """What was asked about this case and not answered yet."""
        with self._reading() as db:
            rows = db.execute(sql.WISHES_WAITING, (case_id,)).fetchall()
        return frozenset(Wish(row["kind"]) for row in rows)

    def _add_request(
        self, db: Connection, row: Any, wish: Wish, field: str = "", public: bytes | None = None
    ) -> int:
        now, step = self._clock.now(), 1 + int.from_bytes(self._entropy(_STEP_BYTES))
        asked = (step, row["id"], wish, written(now), field, public)
        added: int = db.execute(sql.ADD_REQUEST, asked).fetchall()[0]["id"]
        self._add_event(db, row["id"], now, RESIDENT, ASKED[wish], row["epoch"], field)
        return added

    def _erase_asked(self, db: Connection, case_id: str, row: Any, actor: Actor) -> None:
        now = self._clock.now()
        self._add_event(db, case_id, now, actor, DONE, row["epoch"], Wish.ERASE)
        self._erase_one(db, Over(case_id, row["number"], self._kept_until(db, case_id)), now)

    def _kept_until(self, db: Connection, case_id: str) -> date | None:
        row = db.execute(sql.TERM, (_KINDS, case_id)).fetchone()
        decided = read_or_none(row["decided_at"])
        return last_day(self._calendar.date_of(decided), row["keep_days"]) if decided else None

    def _request_of(self, db: Connection, row: Any) -> Request:
        return Request(
            id=row["id"],
            case_id=row["case_id"],
            number=row["number"],
            ticket=ticket(row["day_sequence"]),
            title=words_from_json(row["title"]),
            service_id=row["service_id"],
            wish=Wish(row["kind"]),
            asked_at=read(row["asked_at"]),
            field=row["field"],
            keep_until=self._kept_until(db, row["case_id"]),
            can_erase=State(row["state"]) in OVER,
        )


def own(db: Connection, case_id: str, person_key: str) -> Any:
    """The row of a case of theirs."""
    row = found(db, case_id)
    if row["person_key"] is None or row["person_key"] != person_key:
        raise IllegalMove(Why.SUBJECT)
    return row


def _reply(row: Any) -> Reply:
    return Reply(Wish(row["kind"]), Standing(row["standing"]), row["words"] or "")


def _found(db: Connection, request_id: int) -> Any:
    row = db.execute(sql.FIND_REQUEST, (request_id,)).fetchone()
    if row is None:
        raise IllegalMove(Why.UNKNOWN)
    return row
