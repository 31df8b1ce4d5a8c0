"""The desk's board: how high each heap is, and one page of one of them."""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from kiosk.cases.board import PAGE, BoardPage, Heap
from kiosk.cases.states import OPEN, PAUSABLE, WAITING, State
from kiosk.cases.views import CaseSummary
from kiosk.store import board_statements, case_rows, statements
from kiosk.store.connected import Connected
from kiosk.store.instant import written
from kiosk.store.sqlite import Connection

LONG = timedelta(days=1)
"""So long may a case lie in the queue before the board says so."""


class BoardRows(Connected):
    """Reads; its cost goes with what is open and what is shown, not with what is finished."""

    def board(self, heap: Heap = Heap.ALL, start: int = 0, most: int = PAGE) -> BoardPage:
        """What can be worked on first, oldest due on top."""
        now = self._clock.now()
        today = self._calendar.date_of(now).isoformat()
        when = {"today": today, "day_ago": written(now - LONG)}
        with self._reading() as db:
            counts = _counts(db, when)
            start = max(0, min(start, (counts[heap] - 1) // most * most))
            ids = db.execute(board_statements.LISTED[heap], {**when, "most": most, "start": start}).fetchall()
            cases = self._lines_of(db, [row["id"] for row in ids], now)
        return BoardPage(heap, start, cases, counts)

    def same_matter(self, case_id: str) -> list[CaseSummary]:
        """Other open cases of the same person and service."""
        now = self._clock.now()
        with self._reading() as db:
            ids = db.execute(board_statements.SAME_MATTER, (case_id,)).fetchall()
            return [self._line(db, row["id"], now) for row in ids]

    def _lines_of(self, db: Connection, ids: list[str], now: datetime) -> tuple[CaseSummary, ...]:
        """In that order. Two statements, however many they are: a hub may be far away."""
        named = json.dumps(ids)
        rows = {row["id"]: row for row in db.execute(statements.CASES_NAMED, (named,)).fetchall()}
        clocks = db.execute(statements.CLOCK_EVENTS_NAMED, (named, case_rows.CLOCK_KINDS)).fetchall()
        stops = case_rows.clock_events(clocks)
        return tuple(case_rows.summary(rows[one], stops.get(one, ()), now, self._calendar) for one in ids)

    def _line(self, db: Connection, case_id: str, now: datetime) -> CaseSummary:
        row = db.execute(statements.FIND_CASE, (case_id,)).fetchone()
        clocks = db.execute(statements.CLOCK_EVENTS_OF_CASE, (case_id, case_rows.CLOCK_KINDS)).fetchall()
        stops = case_rows.clock_events(clocks).get(case_id, ())
        return case_rows.summary(row, stops, now, self._calendar)


def _counts(db: Connection, when: dict[str, str]) -> dict[Heap, int]:
    counts: Counter[Heap] = Counter(dict.fromkeys(Heap, 0))
    for row in db.execute(board_statements.COUNT_OPEN, when):
        for heap in _heaps(row, State(row["state"])):
            counts[heap] += row["n"]
    for row in db.execute(board_statements.COUNT_RUNNING_REST, when):
        counts[Heap.LATE if row["late"] else Heap.TODAY] += row["n"]
    counts[Heap.WAKING] = db.execute(board_statements.COUNT_WAKING, when).fetchone()[0]
    return dict(counts)


def _heaps(row: Any, state: State) -> set[Heap]:
    """Where a case in this state counts; those that rest are looked at one by one, for their clocks."""
    running = state in OPEN - PAUSABLE
    found = {
        Heap.ALL: state in OPEN,
        Heap.LATE: running and row["late"],
        Heap.TODAY: running and row["today"],
        Heap.UNCLAIMED: state in WAITING and row["old"],
        Heap.FAILED: state is State.FILING_FAILED,
        Heap.TO_TELL: state is State.DECIDED,
        Heap.WAITING: state is State.NEEDS_INFO,
    }
    return {heap for heap, there in found.items() if there}
