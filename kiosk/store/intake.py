"""Submit: the whole application in one transaction, once, however often it is sent."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from kiosk.cases.numbers import case_number, day_prefix, ticket
from kiosk.cases.states import RESIDENT, Act, move
from kiosk.cases.submission import Submission
from kiosk.cases.views import Receipt
from kiosk.store.body import to_json, words_to_json
from kiosk.store.connected import Connected
from kiosk.store.instant import read, written
from kiosk.store.sqlite import Connection, SqliteError
from kiosk.store.statements import ADD_CASE, ADD_MEMBER_CARD, ADD_SUBMITTED, DROP_DRAFT, FIND_RECEIPT

_NUMBER_TAKEN = "UNIQUE constraint failed: cases.number"


class Intake(Connected):
    """Where applications become cases."""

    def submit(self, submission: Submission) -> Receipt:
        """Put the application into the queue; its draft goes in the same moment.

        Returns only after it is safely on the disk. The same `submission.id` a second time
        returns the first receipt and adds nothing.
        """
        body = to_json(submission)
        now = self._clock.now()
        step = move(Act.SUBMIT, None, RESIDENT.role)
        first = (submission.id, written(now), RESIDENT.name, RESIDENT.role, step.event, body)
        with self._writing() as db:
            added = self._add_case(db, submission, step.target, now)
            if added is None:
                return _receipt(db.execute(FIND_RECEIPT, (submission.id,)).fetchone())
            db.execute(ADD_SUBMITTED, first)
            for key in {one.member_key for one in submission.identity if one.member_key}:
                db.execute(ADD_MEMBER_CARD, (key, submission.id))
            db.execute(DROP_DRAFT, (submission.id,))
        return _receipt(added)

    def _add_case(self, db: Connection, submission: Submission, state: str, now: datetime) -> Any | None:
        day = self._calendar.date_of(now)
        due = self._due(day, submission.promised_workdays)
        known = (
            day_prefix(day),
            state,
            written(now),
            submission.promised_workdays,
            due.isoformat(),
            submission.service_id,
            submission.desk,
            words_to_json(submission.title),
            submission.person_key,
        )
        while True:
            number = case_number(day, self._entropy)
            try:
                rows = db.execute(ADD_CASE, (submission.id, number, *known)).fetchall()
            except SqliteError as error:
                if str(error) != _NUMBER_TAKEN:
                    raise
                continue
            return rows[0] if rows else None


def _receipt(row: Any) -> Receipt:
    return Receipt(
        case_id=row["id"],
        number=row["number"],
        ticket=ticket(row["day_sequence"]),
        due=date.fromisoformat(row["due"]),
        received_at=read(row["received_at"]),
    )
