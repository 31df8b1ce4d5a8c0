"""Ratings (好差评) and their tasks: no row leads to a person who did not ask for it (K43)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from kiosk.cases.moves import MOVES, Act, IllegalMove
from kiosk.cases.rating import BAD, Rating, RatingTask
from kiosk.cases.roles import Right, may
from kiosk.cases.states import RESIDENT, Actor, State, Why
from kiosk.store import statements
from kiosk.store.body import words_from_json, words_to_json
from kiosk.store.instant import written
from kiosk.store.moving import Attempt, Moving
from kiosk.store.sqlite import Connection


class Ratings(Moving):
    """What people thought, and who looks into what was bad."""

    def rate(self, rating: Rating, at: datetime) -> int | None:
        """Keep a rating; a bad one opens a task in the same moment, whose id is given back.

        The day is kept, not the minute, so that the rating cannot be laid beside a case. Rating a
        case a second time at the same stage changes nothing.
        """
        day = self._calendar.date_of(at)
        with self._writing() as db:
            if rating.case_id is not None:
                first = db.execute(statements.ADD_RATED, (rating.case_id, rating.stage)).rowcount == 1
                if not first:
                    return None
                self._note_rated(db, rating.case_id, at)
            db.execute(statements.ADD_RATING, (rating.level, rating.service_id, day.isoformat()))
            return self._open_task(db, rating, day) if rating.level <= BAD else None

    def ratings(self) -> dict[int, int]:
        """How often each level was given."""
        with self._reading() as db:
            return {row["level"]: row["times"] for row in db.execute(statements.COUNT_RATINGS).fetchall()}

    def rated(self, case_id: str, stage: str) -> bool:
        """Whether somebody has rated this case at this stage."""
        with self._reading() as db:
            return db.execute(statements.IS_RATED, (case_id, stage)).fetchone() is not None

    def tell_why(self, task_id: int, reason: str) -> None:
        """What was bad, as one of the codes that the resident chose from."""
        with self._writing() as db:
            db.execute(statements.TELL_WHY, (reason, task_id))

    def ask_call_back(self, task_id: int, case_id: str) -> None:
        """The person wants to be called: from now on the task leads to their case."""
        with self._writing() as db:
            db.execute(statements.ASK_CALL_BACK, (case_id, task_id))

    def rating_tasks(self, actor: Actor | None = None) -> list[RatingTask]:
        """Open tasks, the one due first on top; for an actor without those about their own work.

        Whoever was rated must not even see that there is one: with few cases it would name the person.
        """
        today = self._calendar.date_of(self._clock.now())
        with self._reading() as db:
            rows = db.execute(statements.OPEN_RATING_TASKS).fetchall()
        return [_task(row, today) for row in rows if actor is None or row["not_for"] != actor.name]

    def rating_task(self, task_id: int, actor: Actor) -> RatingTask:
        """One task, open or done. Raises IllegalMove."""
        with self._reading() as db:
            row = _permitted(db, task_id, actor)
        return _task(row, self._calendar.date_of(self._clock.now()))

    def take_rating_task(self, task_id: int, actor: Actor) -> None:
        """Look into it. A manager may take one over; nobody takes one about their own work."""
        with self._writing() as db:
            row = _open(db, task_id, actor)
            if row["taken_by"] not in {None, actor.name} and not may(actor.role, Right.TAKE_RATING_OVER):
                raise IllegalMove(Why.HELD, holder=row["taken_by"])
            db.execute(statements.TAKE_RATING_TASK, (actor.name, task_id))

    def release_rating_task(self, task_id: int, actor: Actor) -> None:
        """Somebody else should look into it."""
        with self._writing() as db:
            _held(db, task_id, actor)
            db.execute(statements.TAKE_RATING_TASK, (None, task_id))

    def note_call_back(self, task_id: int, actor: Actor) -> None:
        """The person was called."""
        with self._writing() as db:
            _held(db, task_id, actor)
            db.execute(statements.NOTE_CALL_BACK, (written(self._clock.now()), task_id))

    def finish_rating_task(self, task_id: int, actor: Actor, note: str) -> None:
        """What came of it; never without words."""
        with self._writing() as db:
            _held(db, task_id, actor)
            if not note.strip():
                raise IllegalMove(Why.TEXT)
            done = (written(self._clock.now()), actor.name, note.strip(), task_id)
            db.execute(statements.FINISH_RATING_TASK, done)

    def _note_rated(self, db: Connection, case_id: str, at: datetime) -> None:
        """The case has been rated, by somebody, somehow: that much its history may say."""
        row = db.execute(statements.FIND_CASE, (case_id,)).fetchone()
        if row is not None and State(row["state"]) in MOVES[Act.RATE].sources:
            self._move(db, row, Attempt(Act.RATE, case_id, RESIDENT), at)

    def _open_task(self, db: Connection, rating: Rating, day: date) -> int:
        handled = db.execute(statements.LAST_AT_WORK, (rating.case_id,)).fetchone()
        opened = (
            rating.level,
            rating.service_id,
            words_to_json(rating.title),
            day.isoformat(),
            self._due(day, rating.review_workdays).isoformat(),
            handled["actor"] if handled else None,
        )
        added: int = db.execute(statements.ADD_RATING_TASK, opened).fetchall()[0]["id"]
        return added


def _permitted(db: Connection, task_id: int, actor: Actor) -> Any:
    row = db.execute(statements.FIND_RATING_TASK, (task_id,)).fetchone()
    if row is None:
        raise IllegalMove(Why.UNKNOWN)
    if not may(actor.role, Right.RATINGS):
        raise IllegalMove(Why.ROLE)
    if row["not_for"] == actor.name:
        raise IllegalMove(Why.RATED)
    return row


def _open(db: Connection, task_id: int, actor: Actor) -> Any:
    row = _permitted(db, task_id, actor)
    if row["done_at"] is not None:
        raise IllegalMove(Why.STATE)
    return row


def _held(db: Connection, task_id: int, actor: Actor) -> None:
    if _open(db, task_id, actor)["taken_by"] != actor.name:
        raise IllegalMove(Why.STALE)


def _task(row: Any, today: date) -> RatingTask:
    due = date.fromisoformat(row["due"])
    return RatingTask(
        id=row["id"],
        level=row["level"],
        service_id=row["service_id"],
        title=words_from_json(row["title"]),
        opened_on=date.fromisoformat(row["opened_on"]),
        due=due,
        late=row["done_at"] is None and today > due,
        case_id=row["case_id"],
        taken_by=row["taken_by"],
        called_back=row["called_back_at"] is not None,
        done=row["done_at"] is not None,
        note=row["note"] or "",
        reason=row["reason"] or "",
    )
