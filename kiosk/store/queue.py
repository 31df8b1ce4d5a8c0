"""Looking at cases: the desk's list, one case's file, a person's progress."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from kiosk.cases.concerns import HELPED_WITHIN
from kiosk.cases.moves import IllegalMove
from kiosk.cases.states import Why
from kiosk.cases.views import CaseProgress, CaseSummary, CaseView
from kiosk.store import case_rows, statements
from kiosk.store.attachment_rows import attachments_of
from kiosk.store.authority_rows import authority_of, people_helped, people_operated
from kiosk.store.corrections import Corrections
from kiosk.store.identity import earlier_uses, sightings_of
from kiosk.store.sqlite import Connection


class Queue(Corrections):
    """Reads; changes nothing."""

    def open_cases(self, now: datetime) -> list[CaseSummary]:
        """Every case that is not decided or withdrawn, oldest due first."""
        with self._reading() as db:
            rows = db.execute(statements.OPEN_CASES).fetchall()
            clocks = db.execute(statements.CLOCK_EVENTS_OF_OPEN, (case_rows.CLOCK_KINDS,)).fetchall()
        stops = case_rows.clock_events(clocks)
        found = [case_rows.summary(row, stops.get(row["id"], ()), now, self._calendar) for row in rows]
        return sorted(found, key=lambda case: (case.deadline.due, case.received_at))

    def all_cases(self, now: datetime) -> list[CaseSummary]:
        """Every case there is, in the order they came."""
        with self._reading() as db:
            rows = db.execute(statements.ALL_CASES).fetchall()
            return [self._summary(db, row, now) for row in rows]

    def case(self, case_id: str) -> CaseView:
        """The whole file of a case. Raises IllegalMove UNKNOWN when there is none,

        StoreTrouble SEALED where nobody who may read it has opened the keys.
        """
        now = self._clock.now()
        with self._reading() as db:
            row = db.execute(statements.FIND_CASE, (case_id,)).fetchone()
            if row is None:
                raise IllegalMove(Why.UNKNOWN)
            submission = self._submission(db, case_id)
            seen = self._summary(db, row, now)
            events = db.execute(statements.EVENTS_OF_CASE, (case_id,)).fetchall()
            ticks = db.execute(statements.TICKS_OF_CASE, (case_id,)).fetchall()
            notes = db.execute(statements.SIDE_NOTES_OF_CASE, (case_id,)).fetchall()
            sightings = sightings_of(db, case_id)
            before = earlier_uses(db, case_id, submission, row["received_at"])
            authority, made = authority_of(db, case_id), self._corrections(db, case_id)
            helped = people_helped(db, row["agent_key"], now - HELPED_WITHIN)
            operated = people_operated(db, row["operator"], now - HELPED_WITHIN)
            attachments = attachments_of(db, case_id)
        told = case_rows.progress(row, seen)
        return CaseView(
            summary=seen,
            submission=submission,
            events=tuple(case_rows.event(one) for one in events),
            ticks=frozenset(one["field"] for one in ticks),
            side_notes=tuple(case_rows.side_note(one) for one in notes),
            missing=told.missing,
            result=told.result,
            sightings=sightings,
            earlier_uses=before,
            authority=authority,
            corrections=made,
            people_helped=helped,
            people_operated=operated,
            attachments=attachments,
        )

    def answered_fields(self, case_id: str) -> frozenset[str]:
        """The ids of the questions that were answered in this case; no answer of them."""
        with self._reading() as db:
            row = db.execute(statements.FIELDS_OF_CASE, (case_id,)).fetchone()
        return frozenset(row["fields"].split()) if row is not None else frozenset()

    def case_id_of(self, number: str) -> str | None:
        """The id behind a case number."""
        with self._reading() as db:
            row = db.execute(statements.CASE_ID_OF_NUMBER, (number,)).fetchone()
        return None if row is None else str(row["id"])

    def cases_of(self, person_key: str) -> list[CaseProgress]:
        """This person's cases and those in which they act for somebody, newest first."""
        now = self._clock.now()
        with self._reading() as db:
            rows = db.execute(statements.CASES_OF_PERSON, (person_key,)).fetchall()
            return [
                replace(
                    case_rows.progress(row, self._summary(db, row, now)), helper=_is_anothers(row, person_key)
                )
                for row in rows
            ]

    def progress_by_number(self, number: str) -> CaseProgress | None:
        """How far the case with this number is, for whoever holds its receipt; None where there is none."""
        now = self._clock.now()
        with self._reading() as db:
            row = db.execute(statements.CASE_BY_NUMBER, (number,)).fetchone()
            return case_rows.progress(row, self._summary(db, row, now)) if row is not None else None

    def progress_of(self, case_id: str) -> CaseProgress:
        """How far this case is, as its person is told. Raises IllegalMove UNKNOWN when there is none."""
        now = self._clock.now()
        with self._reading() as db:
            row = db.execute(statements.FIND_CASE, (case_id,)).fetchone()
            if row is None:
                raise IllegalMove(Why.UNKNOWN)
            return case_rows.progress(row, self._summary(db, row, now))

    def counts(self) -> dict[str, int]:
        """How many cases are in each state."""
        with self._reading() as db:
            return {row[0]: row[1] for row in db.execute(statements.COUNT_BY_STATE)}

    def _summary(self, db: Connection, row: Any, now: datetime) -> CaseSummary:
        clocks = db.execute(statements.CLOCK_EVENTS_OF_CASE, (row["id"], case_rows.CLOCK_KINDS))
        stops = case_rows.clock_events(clocks).get(row["id"], ())
        return case_rows.summary(row, stops, now, self._calendar)


def _is_anothers(row: Any, person_key: str) -> bool:
    return bool(row["person_key"] != person_key)
