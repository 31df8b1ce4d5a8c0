"""Submit: the whole application in one transaction, once, however often it is sent."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from kiosk.cases.numbers import case_number, ticket
from kiosk.cases.states import RESIDENT, Act, move
from kiosk.cases.submission import Submission
from kiosk.cases.views import Receipt
from kiosk.store.body import to_json, words_to_json
from kiosk.store.connected import Connected
from kiosk.store.instant import read, written
from kiosk.store.sqlite import Database
from kiosk.store.statements import (
    ADD_CASE,
    ADD_CONSENT,
    DROP_DRAFT,
    FIND_RECEIPT,
    NEXT_OF_DAY,
    NUMBER_TAKEN,
)


class Intake(Connected):
    """Where applications become cases."""

    def submit(self, submission: Submission) -> Receipt:
        """Put the application into the queue; its draft goes in the same moment.

        Returns only after it is safely on the disk. The same `submission.id` a second time
        returns the first receipt and adds nothing.
        """
        body = to_json(submission)
        now = self._clock.now()
        with self._writing() as db:
            found = db.execute(FIND_RECEIPT, (submission.id,)).fetchone()
            return _receipt(found) if found else self._take_in(db, submission, body, now)

    def _take_in(self, db: Database, submission: Submission, body: str, now: datetime) -> Receipt:
        step = move(Act.SUBMIT, None, RESIDENT.role)
        day = self._calendar.date_of(now)
        sequence = db.execute(NEXT_OF_DAY, (day.isoformat(),)).fetchone()[0]
        receipt = Receipt(
            case_id=submission.id,
            number=self._free_number(db, day),
            ticket=ticket(sequence),
            due=self._calendar.add_workdays(day, submission.promised_workdays),
            received_at=now,
        )
        db.execute(ADD_CASE, _columns(receipt, step.target, day, sequence, submission, body))
        for consent in submission.consents:
            words = words_to_json(consent.text)
            db.execute(
                ADD_CONSENT, (submission.id, consent.id, int(consent.given), written(consent.at), words)
            )
        self._add_event(db, submission.id, now, RESIDENT, step.event, 0)
        db.execute(DROP_DRAFT, (submission.id,))
        return receipt

    def _free_number(self, db: Database, day: date) -> str:
        while True:
            number = case_number(day, self._entropy)
            if db.execute(NUMBER_TAKEN, (number,)).fetchone() is None:
                return number


def _columns(
    receipt: Receipt, state: str, day: date, sequence: int, submission: Submission, body: str
) -> tuple[Any, ...]:
    return (
        receipt.case_id,
        receipt.number,
        receipt.ticket,
        day.isoformat(),
        sequence,
        state,
        written(receipt.received_at),
        submission.promised_workdays,
        receipt.due.isoformat(),
        submission.service_id,
        submission.desk,
        words_to_json(submission.title),
        submission.person_key,
        body,
    )


def _receipt(row: Any) -> Receipt:
    return Receipt(
        case_id=row["id"],
        number=row["number"],
        ticket=row["ticket"],
        due=date.fromisoformat(row["due"]),
        received_at=read(row["received_at"]),
    )
