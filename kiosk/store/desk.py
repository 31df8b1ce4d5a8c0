"""Working on cases: claims that expire, saves that are fenced, every act with its event."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from kiosk.cases.identity import SEEN, Shown, Sighting
from kiosk.cases.states import (
    RESIDENT,
    Act,
    Actor,
    IllegalMove,
    Move,
    Need,
    State,
    Why,
    may_see,
    move,
)
from kiosk.cases.views import Claim
from kiosk.services.proof import CardRole
from kiosk.store import statements
from kiosk.store.connected import Connected
from kiosk.store.identity import add_sighting, is_proven, submission_of
from kiosk.store.instant import read_or_none, written
from kiosk.store.sqlite import Connection

LEASE = timedelta(minutes=30)
"""How long a claim lasts without any activity."""


@dataclass(frozen=True, slots=True)
class _Attempt:
    """Who wants what: one act on one case."""

    act: Act
    case_id: str
    actor: Actor
    epoch: int | None = None
    text: str = dataclasses.field(default="", repr=False)
    person_key: str | None = dataclasses.field(default=None, repr=False)


class Desk(Connected):
    """Each method is one transaction with its event. Refusals raise IllegalMove and change nothing,

    except that the text of a save under a lost claim is kept as a side note.
    """

    def claim(self, case_id: str, actor: Actor) -> Claim:
        """Take the case for half an hour; also one whose holder let the lease run out."""
        return self._taken(_Attempt(Act.CLAIM, case_id, actor))

    def renew(self, case_id: str, actor: Actor, epoch: int) -> Claim:
        """Keep the case while working on it; ticking and looking do this too."""
        with self._writing() as db:
            self._held(db, case_id, actor, epoch)
            return self._renewed(db, case_id, epoch)

    def release(self, case_id: str, actor: Actor, epoch: int, reason: str = "") -> None:
        """Give the case back to the queue."""
        self._do(_Attempt(Act.RELEASE, case_id, actor, epoch, reason))

    def ask_info(self, case_id: str, actor: Actor, epoch: int, items: str) -> None:
        """Ask the resident for everything that is missing, at once; the promised time stands still."""
        self._do(_Attempt(Act.ASK_INFO, case_id, actor, epoch, items))

    def receive_info(self, case_id: str, actor: Actor, text: str) -> Claim:
        """What was missing has come (`text` says what); the time goes on and the actor holds the case."""
        return self._taken(_Attempt(Act.RECEIVE_INFO, case_id, actor, text=text))

    def complete(self, case_id: str, actor: Actor, epoch: int, result: str) -> None:
        """Done; `result` is what the resident reads."""
        self._do(_Attempt(Act.COMPLETE, case_id, actor, epoch, result))

    def reject(self, case_id: str, actor: Actor, epoch: int, reason: str) -> None:
        """Not granted; `reason` is what the resident reads and must not be empty."""
        self._do(_Attempt(Act.REJECT, case_id, actor, epoch, reason))

    def withdraw(self, case_id: str, person_key: str) -> None:
        """The resident takes the application back, at any time before it is decided."""
        self._do(_Attempt(Act.WITHDRAW, case_id, RESIDENT, person_key=person_key))

    def tick_field(self, case_id: str, field: str, actor: Actor, epoch: int, *, ticked: bool = True) -> None:
        """Note that a field has been copied into the official form (or was not, after all)."""
        with self._writing() as db:
            self._held(db, case_id, actor, epoch)
            db.execute(statements.TICK if ticked else statements.UNTICK, (case_id, field))
            self._add_event(
                db, case_id, self._clock.now(), actor, "ticked" if ticked else "unticked", epoch, field
            )
            self._renewed(db, case_id, epoch)

    def see_person(
        self, case_id: str, actor: Actor, epoch: int, role: CardRole, shown: Shown, note: str = ""
    ) -> None:
        """Note that the actor has seen this person of the case together with a document.

        Another paper than an identity card is named in `note`; without it IllegalMove TEXT. Nobody can be
        seen who is not of the case: UNKNOWN.
        """
        with self._writing() as db:
            self._held(db, case_id, actor, epoch)
            if shown is Shown.OTHER and not note.strip():
                raise IllegalMove(Why.TEXT)
            if role not in {person.role for person in submission_of(db, case_id).identity}:
                raise IllegalMove(Why.UNKNOWN)
            now = self._clock.now()
            add_sighting(db, case_id, Sighting(role, now, actor.name, shown, note.strip()))
            self._add_event(db, case_id, now, actor, SEEN, epoch, role)
            self._renewed(db, case_id, epoch)

    def record_view(self, case_id: str, actor: Actor, field: str) -> None:
        """Somebody looks at a private value in full. Call this first, show it after."""
        with self._writing() as db:
            row = _found(db, case_id)
            if not may_see(actor.role, State(row["state"])):
                raise IllegalMove(Why.ROLE)
            self._add_event(db, case_id, self._clock.now(), actor, "viewed", row["epoch"], field)
            if _holds(row, actor, row["epoch"]):
                self._renewed(db, case_id, row["epoch"])

    def _taken(self, attempt: _Attempt) -> Claim:
        epoch, lease_until = self._do(attempt)
        if lease_until is None:
            raise AssertionError("the table gives this act a target that nobody holds")
        return Claim(attempt.case_id, epoch, lease_until)

    def _do(self, attempt: _Attempt) -> tuple[int, datetime | None]:
        now = self._clock.now()
        with self._writing() as db:
            row = _found(db, attempt.case_id)
            try:
                return self._move(db, row, attempt, now)
            except IllegalMove as refused:
                refusal = refused
                if refusal.why in {Why.STALE, Why.STATE} and attempt.epoch is not None and attempt.text:
                    note = (attempt.case_id, written(now), attempt.actor.name, attempt.act, attempt.text)
                    db.execute(statements.ADD_SIDE_NOTE, note)
        # raised after the commit, so that the side note stays
        raise refusal

    def _move(
        self, db: Connection, row: Any, attempt: _Attempt, now: datetime
    ) -> tuple[int, datetime | None]:
        proven = attempt.act is not Act.COMPLETE or is_proven(db, attempt.case_id)
        step = _allowed(row, attempt, now, proven=proven)
        held = step.target is State.CLAIMED
        epoch = row["epoch"] + 1 if held else row["epoch"]
        lease_until = now + LEASE if held else None
        asked = step.target is State.NEEDS_INFO
        decided = step.target in {State.COMPLETED, State.REJECTED}
        changed = db.execute(
            statements.MOVE_CASE,
            (
                step.target,
                attempt.actor.name if held else None,
                epoch,
                written(lease_until) if lease_until else None,
                attempt.text if asked else row["missing"],
                attempt.text if decided else row["result"],
                attempt.case_id,
                row["state"],
                row["epoch"],
            ),
        ).rowcount
        if changed != 1:
            raise IllegalMove(Why.STALE, attempt.act)
        self._add_event(db, attempt.case_id, now, attempt.actor, step.event, epoch, attempt.text)
        return epoch, lease_until

    def _held(self, db: Connection, case_id: str, actor: Actor, epoch: int) -> None:
        if not _holds(_found(db, case_id), actor, epoch):
            raise IllegalMove(Why.STALE)

    def _renewed(self, db: Connection, case_id: str, epoch: int) -> Claim:
        lease_until = self._clock.now() + LEASE
        db.execute(statements.RENEW_LEASE, (written(lease_until), case_id))
        return Claim(case_id, epoch, lease_until)


def _found(db: Connection, case_id: str) -> Any:
    row = db.execute(statements.FIND_CASE, (case_id,)).fetchone()
    if row is None:
        raise IllegalMove(Why.UNKNOWN)
    return row


def _holds(row: Any, actor: Actor, epoch: int | None) -> bool:
    return bool(row["state"] == State.CLAIMED and row["holder"] == actor.name and row["epoch"] == epoch)


def _allowed(row: Any, attempt: _Attempt, now: datetime, *, proven: bool) -> Move:
    present = {
        Need.TEXT: bool(attempt.text.strip()),
        Need.HOLD: _holds(row, attempt.actor, attempt.epoch),
        Need.FREE: _free(row, attempt.actor, now),
        Need.PROOF: proven,
        Need.SUBJECT: row["person_key"] is not None and row["person_key"] == attempt.person_key,
    }
    needs = frozenset(need for need, there in present.items() if there)
    try:
        return move(attempt.act, State(row["state"]), attempt.actor.role, needs)
    except IllegalMove as refused:
        if refused.why is Why.HELD:
            refused.holder = row["holder"]
        raise


def _free(row: Any, actor: Actor, now: datetime) -> bool:
    lease_until = read_or_none(row["lease_until"])
    return row["holder"] in {None, actor.name} or lease_until is None or lease_until <= now
