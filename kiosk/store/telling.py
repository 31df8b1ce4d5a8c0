"""Whoever does not know yet how their case stands, and each attempt to tell them as an event of the case."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from kiosk.cases.moves import Act, IllegalMove
from kiosk.cases.roles import Right, may
from kiosk.cases.states import Actor, State, Why
from kiosk.cases.telling import (
    BY_STAFF,
    NEWS,
    TO_TELL,
    Came,
    Next,
    Rules,
    ToTell,
    Try,
    in_order,
    is_told,
    next_step,
    still_counts,
)
from kiosk.store import case_rows, statements
from kiosk.store import telling_statements as sql
from kiosk.store.instant import read
from kiosk.store.moving import Attempt, Moving, found
from kiosk.store.sqlite import Connection


class Telling(Moving):
    """The call list. No number stands in it: these are read with the case, by whoever holds the keys."""

    def to_tell(self) -> list[ToTell]:
        """Everybody who has to be told, in no order."""
        with self._reading() as db:
            rows = db.execute(sql.UNTOLD).fetchall()
            everybody = [self._to_tell(db, row["id"], row["fields"]) for row in rows]
        return [one for one in everybody if one is not None]

    def to_tell_of(self, case_id: str) -> ToTell | None:
        """Of one case; None where its person knows, or there is nothing to tell."""
        with self._reading() as db:
            row = db.execute(statements.FIELDS_OF_CASE, (case_id,)).fetchone()
            if row is None:
                raise IllegalMove(Why.UNKNOWN)
            return self._to_tell(db, case_id, row["fields"])

    def next_telling(self, one: ToTell, asked: Iterable[str], rules: Rules) -> Next:
        """What to do about one. `asked`: the questions of its service that ask for a number."""
        phones, now = one.fields.intersection(asked), self._clock.now()
        return next_step(one.tries, phones, now, rules, self._calendar, one.before)

    def call_list(self, asked: Callable[[str], Iterable[str]], rules: Rules) -> list[tuple[ToTell, Next]]:
        """Everybody with what to do next, in the order of doing it. `asked`: by the id of the service."""
        everybody = self.to_tell()
        return in_order((one, self.next_telling(one, asked(one.case.service_id), rules)) for one in everybody)

    def note_telling(self, case_id: str, actor: Actor, came: Came, how: str = "") -> None:
        """What came of an attempt. `how` somebody was told stands in the case, where it was decided.

        Refused where the person knows already: a colleague was faster.
        """
        if came not in BY_STAFF:
            raise ValueError(came)
        now = self._clock.now()
        with self._writing() as db:
            row = found(db, case_id)
            if not may(actor.role, Right.WORK):
                raise IllegalMove(Why.ROLE)
            if self._to_tell(db, case_id, "") is None:
                raise IllegalMove(Why.STATE)
            self._add_event(db, case_id, now, actor, came, row["epoch"])
            if came is Came.TOLD and State(row["state"]) is State.DECIDED:
                self._move(db, row, Attempt(Act.TELL, case_id, actor, words=how), now)

    def _to_tell(self, db: Connection, case_id: str, fields: str) -> ToTell | None:
        row = found(db, case_id)
        if State(row["state"]) not in TO_TELL:
            return None
        history = db.execute(sql.TRIES_OF_CASE, (case_id, sql.TELLING_KINDS)).fetchall()
        news = next((one for one in reversed(history) if one["kind"] in NEWS), None)
        if news is None:
            return None
        tries = tuple(_try(one) for one in history if one["seq"] > news["seq"])
        if is_told(tries):
            return None
        clocks = db.execute(statements.CLOCK_EVENTS_OF_CASE, (case_id, case_rows.CLOCK_KINDS)).fetchall()
        stops = case_rows.clock_events(clocks).get(case_id, ())
        case = case_rows.summary(row, stops, self._clock.now(), self._calendar)
        before = still_counts([_try(one) for one in history if one["seq"] < news["seq"]])
        return ToTell(case, read(news["at"]), news["seq"], tries, frozenset(fields.split()), before)


def _try(row: Any) -> Try:
    return Try(row["kind"], read(row["at"]), row["actor"], row["note"])
