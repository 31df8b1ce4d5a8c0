"""Waiting numbers of one day. What is kept says nothing of who holds one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from kiosk.cases.calling import RINGS, RULES, Lane, Numbers, Standing, Step, Waiter, Window, ahead, next_lane
from kiosk.store import waiting_statements as sql
from kiosk.store.connected import Connected
from kiosk.store.instant import read, read_or_none, written
from kiosk.store.sqlite import Connection

_STATEMENTS = {Step.SERVE: sql.SERVE, Step.PREFER: sql.PREFER}


@dataclass(frozen=True, slots=True)
class Hall:
    """Who is there now."""

    waiters: tuple[Waiter, ...] = ()
    """All numbers of today that are neither done nor gone, by when they were drawn."""
    run: int = 0
    """So many of the first lane were called after one another."""


class WaitingNumbers(Connected):
    """Any number of kiosks and desks may draw and call at once: no number is given or called twice."""

    def draw_number(self, letter: str, lane: Lane, numbers: Numbers) -> tuple[Waiter, int]:
        """The next number of that letter today, and how many come before it as things stand."""
        now = self._clock.now()
        with self._writing() as db:
            place = {"day": self._day(now), "letters": numbers.beside(letter)}
            first, ordinary = _how_many(db, place)
            before = ahead(lane, first, ordinary, _run(db, place), numbers.cap)
            drawn = {"day": place["day"], "letter": letter, "lane": lane, "at": written(now)}
            row = db.execute(sql.DRAW, drawn).fetchall()[0]
        return _waiter(row), before

    def call_next(self, window: Window, cap: int) -> Waiter | None:
        """Call the next one to this window, which is through with whom it had; None, and nothing is changed,
        where nobody waits for it."""
        now = self._clock.now()
        with self._writing() as db:
            place = {"day": self._day(now), "letters": window.letters}
            lane = next_lane(*_how_many(db, place), _run(db, place), cap)
            if lane is None:
                return None
            db.execute(sql.END_AT_WINDOW, {"day": place["day"], "place": window.name})
            called = {**place, "lane": lane, "place": window.name, "at": written(now)}
            row = db.execute(sql.CALL_NEXT, called).fetchall()[0]
        return _waiter(row)

    def step_number(self, number_id: int, step: Step, window: Window) -> Waiter | None:
        """Make a step with one number; None where it no longer stands as it did: a colleague was faster."""
        now, rule = self._clock.now(), RULES[step]
        with self._writing() as db:
            this = {"id": number_id, "day": self._day(now)}
            found = db.execute(sql.STANDING_OF, this).fetchone()
            if found is None or found["standing"] not in rule.start:
                return None
            statement = sql.RING if step in RINGS else _STATEMENTS.get(step, sql.CHANGE)
            told = {
                **this,
                "start": found["standing"],
                "end": rule.end,
                "place": window.name,
                "at": written(now),
            }
            rows = db.execute(statement, told).fetchall()
        return _waiter(rows[0]) if rows else None

    def hall(self, letters: str) -> Hall:
        """Everybody who waits or is at a window. `letters`: those that this window serves."""
        day = self._day(self._clock.now())
        with self._reading() as db:
            rows = db.execute(sql.TODAY, {"day": day}).fetchall()
            run = _run(db, {"day": day, "letters": letters})
        return Hall(tuple(_waiter(row) for row in rows), run)

    def last_calls(self, most: int) -> list[Waiter]:
        """Who is at the windows, the last one called first."""
        with self._reading() as db:
            rows = db.execute(sql.LAST_CALLS, {"day": self._day(self._clock.now()), "most": most}).fetchall()
        return [_waiter(row) for row in rows]

    def call_after(self, call: int, within: timedelta) -> Waiter | None:
        """The call after that one, if it is no older and nobody has come yet."""
        now = self._clock.now()
        told = {"day": self._day(now), "call": call, "since": written(now - within)}
        with self._reading() as db:
            row = db.execute(sql.CALL_AFTER, told).fetchone()
        return _waiter(row) if row is not None else None

    def sweep_numbers(self) -> int:
        """Forget the numbers of earlier days; how many."""
        with self._writing() as db:
            return db.execute(sql.SWEEP, {"day": self._day(self._clock.now())}).rowcount

    def _day(self, now: datetime) -> str:
        return self._calendar.date_of(now).isoformat()


def _how_many(db: Connection, place: dict[str, str]) -> tuple[int, int]:
    row = db.execute(sql.HOW_MANY, place).fetchone()
    return row["first"], row["ordinary"]


def _run(db: Connection, place: dict[str, str]) -> int:
    run: int = db.execute(sql.RUN, place).fetchone()[0]
    return run


def _waiter(row: Any) -> Waiter:
    return Waiter(
        id=row["id"],
        letter=row["letter"],
        count=row["number"],
        lane=Lane(row["lane"]),
        standing=Standing(row["standing"]),
        drawn_at=read(row["drawn_at"]),
        window=row["place"] or "",
        call=row["last_call"] or 0,
        called_at=read_or_none(row["called_at"]),
    )
