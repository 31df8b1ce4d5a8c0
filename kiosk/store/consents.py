"""Consents of a case that still stand, and taking one back: an event, for the desk to see and follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kiosk.cases.moves import IllegalMove
from kiosk.cases.states import RESIDENT, Why
from kiosk.cases.submission import Submission
from kiosk.cases.views import CONSENT_WITHDRAWN
from kiosk.store.body import words_from_json
from kiosk.store.sealing import Sealing
from kiosk.store.sqlite import Connection
from kiosk.store.statements import FIND_CASE, GIVEN_CONSENTS, SUBMISSIONS_OF_PERSON


@dataclass(frozen=True, slots=True)
class StandingConsent:
    """What was agreed to, in the very words, and not taken back since."""

    id: str
    text: Mapping[str, str]


class Consents(Sealing):
    """Consents after they were given (K35)."""

    def standing_consents(self, case_id: str) -> tuple[StandingConsent, ...]:
        """In the order they were asked."""
        with self._reading() as db:
            rows = _given(db, case_id)
        return tuple(
            StandingConsent(row["id"], words_from_json(row["text"])) for row in rows if not row["taken_back"]
        )

    def took_consent_back(self, case_id: str) -> bool:
        """Any of them."""
        with self._reading() as db:
            return any(row["taken_back"] for row in _given(db, case_id))

    def submissions_of(self, person_key: str, most: int) -> list[Submission]:
        """What this person handed in and has taken nothing back of, newest first, so many at most.

        Empty where the keys are closed: a kiosk of a protected box opens nothing.
        """
        asked = {"person": person_key, "withdrawn": CONSENT_WITHDRAWN, "most": most}
        with self._reading() as db:
            rows = db.execute(SUBMISSIONS_OF_PERSON, asked).fetchall()
            return [self._submission_of(db, row) for row in rows if self._opens(row["sealed"])]

    def withdraw_consent(self, case_id: str, person_key: str, consent: str) -> None:
        """The person takes it back, whatever has become of the case; a second time changes nothing.

        Raises IllegalMove: SUBJECT where it is not their case, UNKNOWN where nothing such was agreed to.
        """
        with self._writing() as db:
            row = db.execute(FIND_CASE, (case_id,)).fetchone()
            if row is None or row["person_key"] is None or row["person_key"] != person_key:
                raise IllegalMove(Why.SUBJECT)
            taken_back = {one["id"]: bool(one["taken_back"]) for one in _given(db, case_id)}
            if consent not in taken_back:
                raise IllegalMove(Why.UNKNOWN)
            if not taken_back[consent]:
                self._add_event(
                    db, case_id, self._clock.now(), RESIDENT, CONSENT_WITHDRAWN, row["epoch"], consent
                )


def _given(db: Connection, case_id: str) -> list[Any]:
    """What was agreed to, in the order it was asked, each with whether it was taken back since."""
    return db.execute(GIVEN_CONSENTS, {"case": case_id, "withdrawn": CONSENT_WITHDRAWN}).fetchall()
