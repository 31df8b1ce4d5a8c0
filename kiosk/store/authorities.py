"""Noting what shows that somebody may act for another, and taking it back."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from kiosk.cases.authority import NOTED, WITHDRAWN, AuthorityState, Shows, Standing, Through
from kiosk.cases.moves import IllegalMove
from kiosk.cases.roles import Right
from kiosk.cases.states import OPEN, RESIDENT, Actor, State, Why
from kiosk.services.acting import Acting
from kiosk.store import authority_statements as statements
from kiosk.store.authority_rows import authority_of
from kiosk.store.moving import Moving, found
from kiosk.store.sqlite import Connection

RENEWED_FOR = timedelta(days=90)
"""How long a letter counts that staff note after the first one has run out."""


class Authorities(Moving):
    """By whose will somebody acts for another, after the case was handed in (K41)."""

    def note_authority(
        self, case_id: str, actor: Actor, epoch: int, shows: Shows, until: date | None = None
    ) -> None:
        """The actor has seen what shows it: now it counts, `until` that day where the paper names one.

        Raises IllegalMove: UNKNOWN where nobody acts for the person, AUTHORITY where this shows nothing (a
        guardian is named by a paper of their own), DAY where the day has gone by.
        """
        with self._writing() as db:
            self._held(db, case_id, actor, epoch, Right.AUTHORITY)
            state = authority_of(db, case_id)
            if state is None:
                raise IllegalMove(Why.UNKNOWN)
            if (state.acting is Acting.GUARDIAN) is not (shows is Shows.GUARDIAN):
                raise IllegalMove(Why.AUTHORITY)
            now = self._clock.now()
            last_day = self._last_day(state, until, now)
            db.execute(statements.SET_AUTHORITY, (Standing.GIVEN, last_day.isoformat(), case_id))
            self._renewed(db, case_id, epoch)
            self._add_event(db, case_id, now, actor, NOTED, epoch, shows)

    def withdraw_authority(self, case_id: str, person_key: str) -> None:
        """The person takes it back at the kiosk with their own card. Raises IllegalMove SUBJECT, STATE."""
        with self._writing() as db:
            row = found(db, case_id)
            if row["person_key"] is None or row["person_key"] != person_key:
                raise IllegalMove(Why.SUBJECT)
            self._take_back(db, row, RESIDENT, Through.CARD)

    def withdraw_authority_for(self, case_id: str, actor: Actor, epoch: int, reason: str) -> None:
        """The person said at the desk or on the telephone that nobody is to act for them any more."""
        with self._writing() as db:
            self._held(db, case_id, actor, epoch, Right.AUTHORITY)
            if not reason.strip():
                raise IllegalMove(Why.TEXT)
            self._renewed(db, case_id, epoch)
            self._take_back(db, found(db, case_id), actor, Through.DESK, reason.strip())

    def authority(self, case_id: str) -> AuthorityState | None:
        """Where it stands; None for a person's own matter."""
        with self._reading() as db:
            return authority_of(db, case_id)

    def _last_day(self, state: AuthorityState, until: date | None, now: datetime) -> date:
        today = self._calendar.date_of(now)
        if until is not None and until < today:
            raise IllegalMove(Why.DAY)
        return until or (state.until if state.until >= today else today + RENEWED_FOR)

    def _take_back(self, db: Connection, row: Any, actor: Actor, through: Through, words: str = "") -> None:
        """Only what is open can still be stopped; a second time changes nothing."""
        state = authority_of(db, row["id"])
        if state is None or State(row["state"]) not in OPEN:
            raise IllegalMove(Why.STATE)
        if state.standing is Standing.WITHDRAWN:
            return
        db.execute(statements.SET_AUTHORITY, (Standing.WITHDRAWN, state.until.isoformat(), row["id"]))
        self._add_event(db, row["id"], self._clock.now(), actor, WITHDRAWN, row["epoch"], through, words)
