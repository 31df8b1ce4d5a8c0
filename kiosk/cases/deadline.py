"""When a case is due: always computed from its events, never kept as a counter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kiosk.cases.calendar import WorkCalendar
from kiosk.cases.moves import MOVES, Act
from kiosk.cases.states import DECIDED, PAUSABLE, State


def _into(states: AbstractSet[State]) -> frozenset[str]:
    """The events that lead into one of these from elsewhere."""
    return frozenset(
        move.event
        for move in MOVES.values()
        if any(target in states and source not in states for source, target in move.ways.items())
    )


def _out_of(states: AbstractSet[State]) -> frozenset[str]:
    return frozenset(move.event for move in MOVES.values() if move.sources & states)


PAUSES = {state: _into({state}) for state in PAUSABLE}
"""The events after which a case is in a state that may stop its clock."""
ENDS_PAUSE = {state: _out_of({state}) - _into({state}) for state in PAUSABLE}
ENDS = _into(DECIDED) - {MOVES[Act.RATE].event}
"""The events with which the clock stops for good."""
BEGINS_ANEW = MOVES[Act.REOPEN].event
CLOCK_EVENTS = frozenset().union(*PAUSES.values(), *ENDS_PAUSE.values(), ENDS, {BEGINS_ANEW})
"""The kinds of events that a due date depends on."""

DEFAULT_PAUSES = frozenset({State.NEEDS_INFO})

Happened = tuple[str, datetime]
"""The kind of an event and when it was."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What was promised for a case, and what stops its clock; kept with it when it is handed in."""

    promised_workdays: int
    legal_workdays: int
    pauses: frozenset[State] = DEFAULT_PAUSES


@dataclass(frozen=True, slots=True)
class Deadline:
    """A due date and how far it can be trusted."""

    due: date
    paused: bool
    """The clock stands still; `due` is what it would be if it went on today."""
    late: bool
    sure: bool
    """False where a year on the way has no holiday notice yet."""
    legal: date | None = None
    """The last day that the law allows; None in cases of before it was kept."""


Pause = tuple[date, date | None]
"""From the day the clock stopped to the day it went on; None while it stands."""


def pauses(
    events: Iterable[Happened],
    calendar: WorkCalendar,
    pausing: AbstractSet[State] = DEFAULT_PAUSES,
) -> tuple[Pause, ...]:
    """The pauses in a case's events, in their order. Opening a case again forgets those before."""
    found: list[Pause] = []
    stopped: tuple[State, date] | None = None
    for kind, at in events:
        day = calendar.date_of(at)
        if kind == BEGINS_ANEW:
            found, stopped = [], None
        if stopped is not None and (kind in ENDS_PAUSE[stopped[0]] or kind in ENDS):
            found.append((stopped[1], day))
            stopped = None
        if stopped is None:
            stopped = next(((state, day) for state in pausing if kind in PAUSES.get(state, ())), None)
    return (*found, (stopped[1], None)) if stopped else tuple(found)


def due_of(
    received: datetime, terms: Terms, events: Sequence[Happened], today: date, calendar: WorkCalendar
) -> Deadline:
    """The deadline of a case from its own history: reopened ones count from there, decided ones stand."""
    start, decided = received, None
    for kind, at in events:
        if kind == BEGINS_ANEW:
            start, decided = at, None
        elif kind in ENDS and decided is None:
            decided = at
    judged = calendar.date_of(decided) if decided else today
    stops = pauses(events, calendar, terms.pauses)
    first = calendar.date_of(start)
    promised = deadline(first, terms.promised_workdays, stops, judged, calendar)
    if not terms.legal_workdays:
        return promised
    legal = deadline(first, terms.legal_workdays, stops, judged, calendar)
    return Deadline(promised.due, promised.paused, promised.late, promised.sure, legal.due)


def deadline(
    start: date, workdays: int, stops: Sequence[Pause], today: date, calendar: WorkCalendar
) -> Deadline:
    """`workdays` counted from the day after `start`.

    A pause begins the day after it was asked for and lasts through the day it ended,
    just as the start itself never counts.
    """
    day, left = start, workdays
    while left > 0:
        day += timedelta(days=1)
        if calendar.is_workday(day) and not any(_covers(stop, day, today) for stop in stops):
            left -= 1
    paused = bool(stops) and stops[-1][1] is None
    sure = all(calendar.knows(date(year, 1, 1)) for year in range(start.year, day.year + 1))
    return Deadline(due=day, paused=paused, late=not paused and today > day, sure=sure)


def _covers(stop: Pause, day: date, today: date) -> bool:
    since, until = stop
    return since < day <= (until or max(today, since))
