"""Counts by day, taken on from where they ended the last time: what is finished is never read again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from kiosk.cases.calendar import WorkCalendar
from kiosk.cases.counts import Statistics, Tally, What, statistics
from kiosk.cases.deadline import BEGINS_ANEW, ENDS, due_of
from kiosk.cases.moves import MOVES, Act
from kiosk.cases.states import OPEN, State
from kiosk.store import case_rows
from kiosk.store import tally_statements as sql
from kiosk.store.connected import Connected
from kiosk.store.instant import read
from kiosk.store.sqlite import Connection

AT_A_TIME = 500
"""Lines of a book in one transaction: whoever hands something in waits no longer than for a save."""

_SUBMITTED, _WITHDRAWN = MOVES[Act.SUBMIT].event, MOVES[Act.WITHDRAW].event
_REFUSED, _ASKED = MOVES[Act.REJECT].event, MOVES[Act.ASK_INFO].event

_Counted = Counter[tuple[str, str, str, int]]
"""By day, service, what and size, as the table has them."""


class Tallying(Connected):
    """What a manager is told of many cases, without looking into any."""

    def count_on(self, most: int = AT_A_TIME) -> bool:
        """Count the next lines; whether there are more. Each line counts once, whoever does it."""
        with self._writing() as db:
            marks = {row["book"]: row["up_to"] for row in db.execute(sql.MARKS).fetchall()}
            counted: _Counted = Counter()
            lines = db.execute(sql.LINES_AFTER, (marks.get("event", 0), most)).fetchall()
            for row in lines:
                _count_line(counted, db, row, self._calendar)
            ratings = db.execute(sql.RATINGS_AFTER, (marks.get("rating", 0), most)).fetchall()
            for row in ratings:
                counted[row["day"], row["service_id"] or "", What.RATED, row["level"]] += 1
            db.executemany(sql.ADD_TALLY, [(*key, times) for key, times in counted.items()])
            ends = [("event", row["n"]) for row in lines[-1:]] + [
                ("rating", row["id"]) for row in ratings[-1:]
            ]
            db.executemany(sql.MARK, ends)
        return most in {len(lines), len(ratings)}

    def statistics(self, first: date, last: date) -> Statistics:
        """Of what was counted up to now, and of what is open at this moment."""
        with self._reading() as db:
            rows = db.execute(sql.TALLIES, (first.isoformat(), last.isoformat())).fetchall()
            standing = {
                (row["service_id"], State(row["state"])): row["times"]
                for row in db.execute(sql.STANDING).fetchall()
                if State(row["state"]) in OPEN
            }
        return statistics([_tally(row) for row in rows], standing, first, last)


def _count_line(counted: _Counted, db: Connection, row: Any, calendar: WorkCalendar) -> None:
    kind = row["kind"]
    if kind not in {_SUBMITTED, _WITHDRAWN, *ENDS}:
        return
    at = read(row["at"])
    case, day = db.execute(sql.CASE, (row["case_id"],)).fetchone(), calendar.date_of(at).isoformat()
    service = case["service_id"]
    if kind == _SUBMITTED:
        counted[day, service, What.HANDED_IN, int(case["helped"])] += 1
    elif kind == _WITHDRAWN:
        counted[day, service, What.WITHDRAWN, 0] += 1
    else:
        events = _clock_events(db, row)
        counted[day, service, What.DECIDED, _workdays(case, events, at, calendar)] += 1
        for what in _how_it_went(kind, case, events, at, calendar):
            counted[day, service, what, 0] += 1


def _clock_events(db: Connection, row: Any) -> list[tuple[str, datetime]]:
    """What the due date hung on when the case was decided: what came later does not change how it was."""
    found = db.execute(sql.CLOCK_EVENTS_UP_TO, (row["case_id"], row["n"], case_rows.CLOCK_KINDS))
    events = [(one["kind"], read(one["at"])) for one in found.fetchall()]
    anew = max((place for place, (kind, _) in enumerate(events) if kind == BEGINS_ANEW), default=0)
    return events[anew:]


def _workdays(
    case: Any, events: Sequence[tuple[str, datetime]], decided: datetime, calendar: WorkCalendar
) -> int:
    """From handing in, or from opening it again, as the person has waited: pauses count, too."""
    begun = events[0][1] if events[0][0] == BEGINS_ANEW else read(case["received_at"])
    day, last, found = calendar.date_of(begun), calendar.date_of(decided), 0
    while day < last:
        day += timedelta(days=1)
        found += calendar.is_workday(day)
    return found


def _how_it_went(
    kind: str, case: Any, events: Sequence[tuple[str, datetime]], decided: datetime, calendar: WorkCalendar
) -> list[What]:
    today = calendar.date_of(decided)
    late = due_of(read(case["received_at"]), case_rows.terms(case), events, today, calendar).late
    asked = any(one == _ASKED for one, _ in events)
    happened = {What.REFUSED: kind == _REFUSED, What.LATE: late, What.ASKED: asked}
    return [what for what, so in happened.items() if so]


def _tally(row: Any) -> Tally:
    day = date.fromisoformat(row["day"])
    return Tally(day, row["service_id"], What(row["what"]), row["size"], row["times"])
