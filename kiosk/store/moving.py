"""The engine of moves: looks a case up, asks the table, writes what follows, all in one transaction."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from kiosk.cases.chain import NOTE_KEPT
from kiosk.cases.deadline import BEGINS_ANEW, CLOCK_EVENTS, due_of
from kiosk.cases.lease import LEASE, is_running
from kiosk.cases.moves import MOVES, Act, IllegalMove, Move, Need, move, target
from kiosk.cases.roles import Right, may
from kiosk.cases.states import OPEN, WAITING, WORKED, Actor, Role, State, Why
from kiosk.cases.views import Claim
from kiosk.store import case_rows, statements
from kiosk.store.authority_rows import may_go_on
from kiosk.store.connected import Connected
from kiosk.store.correction_rows import is_heard
from kiosk.store.identity import is_proven
from kiosk.store.instant import read, read_or_none, written
from kiosk.store.sqlite import Connection

LONGEST_HOLD = timedelta(days=366)

TAKES = frozenset({Act.CLAIM, Act.RECEIVE_INFO, Act.TAKE_OVER})
"""Acts after which the actor has the case in hand, under a new epoch."""
KEEPS = frozenset({Act.CHECK, Act.ACCEPT, Act.FILE, Act.FAIL_FILING, Act.CONFIRM_FILING})
"""Acts in the middle of the work: the claim goes on."""
GIVES_UP = frozenset({Act.RELEASE, Act.TRANSFER, Act.REOPEN, Act.HAND_OVER, Act.GIVE_BACK})
"""Acts after which nobody answers for the case."""
NAMES_COLLEAGUE = frozenset({Act.OFFER, Act.ASK_COLLEAGUE, Act.ASSIGN})
SAID_TO_RESIDENT = frozenset({Act.COMPLETE, Act.REJECT})


@dataclass(frozen=True, slots=True)
class Attempt:
    """Who wants what: one act on one case."""

    act: Act
    case_id: str
    actor: Actor
    epoch: int | None = None
    words: str = dataclasses.field(default="", repr=False)
    person_key: str | None = dataclasses.field(default=None, repr=False)
    day: date | None = None
    """When a hold ends, or an answer is to be asked for."""
    colleague: str | None = None
    """Another account; None in `ASSIGN`: back to the desk."""
    reference: tuple[str, str] = ("", "")
    """The portal's reference, as typed both times."""
    goes_on_in: str | None = None
    desk: str | None = None
    """Of a transfer: where to."""
    centre: str | None = None
    """Another centre: it goes there, or comes from there."""
    whither: str | None = dataclasses.field(default=None, repr=False)
    """Name, address and telephone of that centre, as the resident reads them."""


class Moving(Connected):
    """What every act on a case stands on."""

    def _taken(self, attempt: Attempt) -> Claim:
        epoch, lease_until = self._do(attempt)
        if lease_until is None:
            raise AssertionError("an act that takes a case leaves nobody holding it")
        return Claim(attempt.case_id, epoch, lease_until)

    def _do(self, attempt: Attempt) -> tuple[int, datetime | None]:
        now = self._clock.now()
        with self._writing() as db:
            row = found(db, attempt.case_id)
            try:
                return self._move(db, row, attempt, now)
            except IllegalMove as refused:
                refusal = refused
                if refusal.why in {Why.STALE, Why.STATE} and attempt.epoch is not None and attempt.words:
                    note = (attempt.case_id, written(now), attempt.actor.name, attempt.act, attempt.words)
                    db.execute(statements.ADD_SIDE_NOTE, note)
                    epoch = row["epoch"]
                    self._add_event(db, attempt.case_id, now, attempt.actor, NOTE_KEPT, epoch, attempt.act)
        # raised after the commit, so that the side note stays
        raise refusal

    def _move(self, db: Connection, row: Any, attempt: Attempt, now: datetime) -> tuple[int, datetime | None]:
        step = self._allowed(db, row, attempt, now)
        epoch = row["epoch"] + 1 if attempt.act in TAKES else row["epoch"]
        held = attempt.act in TAKES | KEEPS
        lease_until = now + LEASE if held else None
        after = {
            **_standing(row, attempt, step),
            "holder": attempt.actor.name if held else None,
            "epoch": epoch,
            "lease_until": written(lease_until) if lease_until else None,
            "id": attempt.case_id,
            "state_before": row["state"],
            "epoch_before": row["epoch"],
        }
        if db.execute(statements.MOVE_CASE, after).rowcount != 1:
            raise IllegalMove(Why.STALE, attempt.act)
        note = attempt.goes_on_in or attempt.colleague or attempt.desk or attempt.centre or ""
        self._add_event(db, attempt.case_id, now, attempt.actor, step.event, epoch, note, attempt.words)
        if step.event in CLOCK_EVENTS:
            self._set_due(db, attempt.case_id, now)
        return epoch, lease_until

    def _set_due(self, db: Connection, case_id: str, now: datetime) -> None:
        row = found(db, case_id)
        clocks = db.execute(statements.CLOCK_EVENTS_OF_CASE, (case_id, case_rows.CLOCK_KINDS)).fetchall()
        events = case_rows.clock_events(clocks).get(case_id, [])
        today = self._calendar.date_of(now)
        due = due_of(read(row["received_at"]), case_rows.terms(row), events, today, self._calendar).due
        db.execute(statements.SET_DUE, (due.isoformat(), case_id))

    def _allowed(self, db: Connection, row: Any, attempt: Attempt, now: datetime) -> Move:
        # Only what the move asks for is looked up: some of it is dear.
        needs = MOVES[attempt.act].needs
        present = frozenset(need for need in needs if self._is_there(need, db, row, attempt, now))
        try:
            return move(attempt.act, State(row["state"]), attempt.actor.role, present)
        except IllegalMove as refused:
            if refused.why is Why.HELD:
                refused.holder = row["holder"]
            raise

    def _is_there(self, need: Need, db: Connection, row: Any, attempt: Attempt, now: datetime) -> bool:
        match need:
            case Need.PROOF:
                return is_proven(db, attempt.case_id)
            case Need.DAY:
                return self._may_wake_on(attempt.day, now)
            case Need.COLLEAGUE:
                return self._is_colleague(db, row, attempt)
            case Need.CASE:
                return _same_matter(db, row, attempt.goes_on_in)
            case Need.ROUNDS:
                return _may_ask_again(db, row)
            case Need.AUTHORITY:
                return self._has_authority(db, row)
            case Need.HEARD:
                return self._has_heard(db, row)
            case Need.CENTRE | Need.OWN | Need.UNTOUCHED | Need.BACK:
                return self._between_centres(need, db, row, attempt)
        return _brings(need, row, attempt, now)

    def _between_centres(self, need: Need, db: Connection, row: Any, attempt: Attempt) -> bool:
        """A box for itself has no other centre to give anything to."""
        return need is Need.OWN

    def _has_authority(self, db: Connection, row: Any) -> bool:
        """Whoever acts for the person may."""
        return may_go_on(db, row["id"], self._calendar.date_of(self._clock.now()))

    def _has_heard(self, db: Connection, row: Any) -> bool:
        """The resident knows of every answer that was changed."""
        return is_heard(db, row["id"])

    def _may_wake_on(self, day: date | None, now: datetime) -> bool:
        today = self._calendar.date_of(now)
        return day is not None and today < day <= today + LONGEST_HOLD and self._calendar.is_workday(day)

    def _is_colleague(self, db: Connection, row: Any, attempt: Attempt) -> bool:
        if attempt.act not in NAMES_COLLEAGUE:
            return bool(row["colleague"] == attempt.actor.name)
        if attempt.colleague is None:
            return attempt.act is Act.ASSIGN
        account = db.execute(statements.FIND_ACCOUNT, (attempt.colleague,)).fetchone()
        if account is None or not may(Role(account["role"]), Right.WORK):
            return False
        here = not account["away_until"] or account["away_until"] <= self._today()
        return here and (attempt.act is Act.ASSIGN or attempt.colleague != attempt.actor.name)

    def _today(self) -> str:
        return self._calendar.date_of(self._clock.now()).isoformat()

    def _held(
        self, db: Connection, case_id: str, actor: Actor, epoch: int, right: Right = Right.WORK
    ) -> None:
        if not may(actor.role, right):
            raise IllegalMove(Why.ROLE)
        if not holds(found(db, case_id), actor, epoch):
            raise IllegalMove(Why.STALE)

    def _renewed(self, db: Connection, case_id: str, epoch: int) -> Claim:
        lease_until = self._clock.now() + LEASE
        db.execute(statements.RENEW_LEASE, (written(lease_until), case_id))
        return Claim(case_id, epoch, lease_until)


def found(db: Connection, case_id: str) -> Any:
    """The row of the case. Raises IllegalMove UNKNOWN."""
    row = db.execute(statements.FIND_CASE, (case_id,)).fetchone()
    if row is None:
        raise IllegalMove(Why.UNKNOWN)
    return row


def holds(row: Any, actor: Actor, epoch: int | None) -> bool:
    """Has the actor the case in hand, under this claim?"""
    return bool(row["state"] in WORKED and row["holder"] == actor.name and row["epoch"] == epoch)


def free(row: Any, actor: Actor, now: datetime) -> bool:
    """Nobody else has it in hand."""
    return row["holder"] in {None, actor.name} or not is_running(read_or_none(row["lease_until"]), now)


def _brings(need: Need, row: Any, attempt: Attempt, now: datetime) -> bool:
    """Needs that the row and the attempt alone answer."""
    first, second = (typed.strip() for typed in attempt.reference)
    there = {
        Need.TEXT: bool(attempt.words.strip()),
        Need.HOLD: holds(row, attempt.actor, attempt.epoch),
        Need.FREE: free(row, attempt.actor, now),
        Need.SUBJECT: row["person_key"] is not None and row["person_key"] == attempt.person_key,
        Need.REFERENCE: bool(first) and first == second,
    }
    return there[need]


def _standing(row: Any, attempt: Attempt, step: Move) -> dict[str, Any]:
    """What the row says after the move, apart from who has it in hand."""
    act, state = attempt.act, State(row["state"])
    led = target(act, state, State(row["held_from"]) if row["held_from"] else None)
    asleep = led in {State.ON_HOLD, State.NEEDS_INFO}
    named = act in {Act.OFFER, Act.ASK_COLLEAGUE}
    return {
        "state": led,
        "missing": attempt.words if led is State.NEEDS_INFO else row["missing"],
        "result": _said(row, attempt),
        "outcome": None if act is Act.REOPEN else step.outcome or row["outcome"],
        "owner": _owner(row, attempt, state),
        "held_from": state if led is State.ON_HOLD else None,
        "wake_on": attempt.day.isoformat() if asleep and attempt.day else None,
        "colleague": attempt.colleague if named else None,
        "reference": attempt.reference[0].strip() if act is Act.CONFIRM_FILING else row["reference"],
        "goes_on_in": attempt.goes_on_in,
        "desk": attempt.desk if act is Act.TRANSFER and attempt.desk else row["desk"],
    }


def _said(row: Any, attempt: Attempt) -> str | None:
    """What the resident reads beside where the case stands."""
    if attempt.act in SAID_TO_RESIDENT:
        return attempt.words
    if attempt.act is Act.HAND_OVER:
        return attempt.whither
    told: str | None = row["result"]
    return None if attempt.act is Act.TAKE_BACK else told


def _owner(row: Any, attempt: Attempt, state: State) -> str | None:
    owner: str | None = row["owner"]
    if attempt.act in GIVES_UP:
        return None
    if attempt.act is Act.ASSIGN:
        return attempt.colleague
    # Whoever takes up what nobody has begun answers for it; a case under way keeps its owner.
    anew = attempt.act is Act.TAKE_OVER or (attempt.act is Act.CLAIM and state in {*WAITING, State.CLAIMED})
    if anew or (owner is None and attempt.act in TAKES):
        return attempt.actor.name
    return owner


def _same_matter(db: Connection, row: Any, other: str | None) -> bool:
    if other is None or other == row["id"] or row["person_key"] is None:
        return False
    into = db.execute(statements.FIND_CASE, (other,)).fetchone()
    if into is None or State(into["state"]) not in OPEN:
        return False
    return bool(into["person_key"] == row["person_key"] and into["service_id"] == row["service_id"])


def _may_ask_again(db: Connection, row: Any) -> bool:
    if not row["info_rounds"]:
        return True
    asked = {"case": row["id"], "asked": MOVES[Act.ASK_INFO].event, "anew": BEGINS_ANEW}
    times: int = db.execute(statements.TIMES_ASKED, asked).fetchone()[0]
    return times < int(row["info_rounds"])
