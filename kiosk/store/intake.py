"""Submit: the whole application in one transaction, once, however often it is sent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from kiosk.cases.chain import Head
from kiosk.cases.materials import Brought
from kiosk.cases.moves import Act, Need, move
from kiosk.cases.numbers import case_number, day_prefix, ticket
from kiosk.cases.retention import longest
from kiosk.cases.states import RESIDENT, State
from kiosk.cases.submission import Submission
from kiosk.cases.views import Receipt
from kiosk.store.attachment_rows import NEXT_OF_CASE
from kiosk.store.authority_rows import keep_authority
from kiosk.store.body import to_json, words_to_json
from kiosk.store.copies_kept import CopiesKept
from kiosk.store.heads import head_of_line
from kiosk.store.instant import read, written
from kiosk.store.parcels import Parcels
from kiosk.store.sealing import HANDED_IN
from kiosk.store.sqlite import Connection, SqliteError
from kiosk.store.statements import (
    ADD_CASE,
    ADD_CONSENT,
    ADD_LEVEL,
    ADD_MEMBER_CARD,
    DROP_DRAFT,
    FIND_RECEIPT,
)

_NUMBER_TAKEN = "UNIQUE constraint failed: cases.number"


class Intake(CopiesKept, Parcels):
    """Where applications become cases."""

    def submit(self, submission: Submission, papers: Iterable[Brought] = ()) -> Receipt:
        """Put the application into the queue, with the pictures of papers; its draft goes in the same moment.

        Returns only after it is safely on the disk. The same `submission.id` a second time
        returns the first receipt and adds nothing.
        """
        body, case = to_json(submission), _case(submission)
        now = self._clock.now()
        step = move(Act.SUBMIT, State.DRAFT, RESIDENT.role, frozenset({Need.AUTHORITY}))
        self._take_device()
        with self._writing() as db:
            added = self._add_case(db, submission, State.QUEUED, now)
            if added is None:
                first = db.execute(FIND_RECEIPT, (submission.id,)).fetchone()
                return _receipt(first, head_of_line(db, first["line"]))
            db.executemany(ADD_CONSENT, _consents(submission))
            db.executemany(ADD_LEVEL, _levels(submission))
            for key in {one.member_key for one in submission.identity if one.member_key}:
                db.execute(ADD_MEMBER_CARD, (key, submission.id))
            keep_authority(db, submission)
            db.execute(DROP_DRAFT, (submission.id,))
            sealed = self._sealed(db, case, HANDED_IN, body)
            self._add_event(db, submission.id, now, RESIDENT, step.event, 0, sealed=sealed)
            head = self._sign(db, now)
            self._add_case_parcel(db, submission.id, sealed, head)
            for paper in papers:
                place = db.execute(NEXT_OF_CASE, (submission.id,)).fetchone()
                self._keep_copy(db, place, paper, RESIDENT, 0, now)
        self._note(head)
        return _receipt(added, head)

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
            submission.legal_workdays,
            " ".join(submission.pauses),
            submission.info_rounds,
            submission.service_version,
            submission.proof_needed,
            " ".join(answer.field for answer in submission.answers),
            longest(one.keep_days for one in submission.consents if one.given),
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


def _case(submission: Submission) -> dict[str, str]:
    """What its body is bound to."""
    return {
        "case_id": submission.id,
        "service_id": submission.service_id,
        "service_version": submission.service_version,
    }


def _consents(submission: Submission) -> list[tuple[object, ...]]:
    """In the words that were agreed to: the kiosk shows and takes them back without opening the body."""
    return [
        (submission.id, place, one.id, int(one.given), written(one.at), words_to_json(one.text))
        for place, one in enumerate(submission.consents)
    ]


def _levels(submission: Submission) -> list[tuple[object, ...]]:
    return [
        (submission.id, one.role, one.level, one.by, written(one.at), int(one.expired))
        for one in submission.identity
    ]


def _receipt(row: Any, head: Head | None) -> Receipt:
    return Receipt(
        case_id=row["id"],
        number=row["number"],
        ticket=ticket(row["day_sequence"]),
        due=date.fromisoformat(row["due"]),
        received_at=read(row["received_at"]),
        head=head.short if head else "",
    )
