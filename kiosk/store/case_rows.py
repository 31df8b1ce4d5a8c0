"""From rows to what the desk and the resident see; due dates are worked out here, on reading."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from kiosk.cases.calendar import WorkCalendar
from kiosk.cases.deadline import CLOCK_EVENTS, Terms, due_of
from kiosk.cases.numbers import ticket
from kiosk.cases.states import DECIDED, Outcome, State
from kiosk.cases.views import CaseProgress, CaseSummary, Event, SideNote
from kiosk.store.body import words_from_json
from kiosk.store.instant import read, read_or_none

CLOCK_KINDS = json.dumps(sorted(CLOCK_EVENTS))
ClockEvents = Iterable[tuple[str, datetime]]


def summary(row: Any, clock_events: ClockEvents, now: datetime, calendar: WorkCalendar) -> CaseSummary:
    """One line of the list."""
    received_at = read(row["received_at"])
    return CaseSummary(
        case_id=row["id"],
        number=row["number"],
        ticket=ticket(row["day_sequence"]),
        service_id=row["service_id"],
        title=words_from_json(row["title"]),
        desk=row["desk"],
        state=State(row["state"]),
        deadline=due_of(received_at, terms(row), tuple(clock_events), calendar.date_of(now), calendar),
        received_at=received_at,
        holder=row["holder"],
        lease_until=read_or_none(row["lease_until"]),
        epoch=row["epoch"],
        owner=row["owner"],
        outcome=Outcome(row["outcome"]) if row["outcome"] else None,
        wake_on=date.fromisoformat(row["wake_on"]) if row["wake_on"] else None,
        colleague=row["colleague"],
        reference=row["reference"],
        goes_on_in=row["goes_on_in"],
    )


def terms(row: Any) -> Terms:
    """What was promised when the case was handed in."""
    pauses = frozenset(State(name) for name in row["pauses"].split())
    return Terms(row["promised_workdays"], row["legal_workdays"], pauses)


def progress(row: Any, seen: CaseSummary) -> CaseProgress:
    """What the resident is told of the same case."""
    return CaseProgress(
        case_id=seen.case_id,
        number=seen.number,
        ticket=seen.ticket,
        title=seen.title,
        stage=seen.state,
        due=seen.deadline.due,
        paused=seen.deadline.paused,
        missing=row["missing"] if seen.state is State.NEEDS_INFO else None,
        result=row["result"] if seen.state in DECIDED | {State.HANDED_OVER} else None,
        service_id=seen.service_id,
        outcome=seen.outcome,
    )


def clock_events(rows: Iterable[Any]) -> dict[str, list[tuple[str, datetime]]]:
    """The events that due dates depend on, by case."""
    found: dict[str, list[tuple[str, datetime]]] = {}
    for row in rows:
        found.setdefault(row["case_id"], []).append((row["kind"], read(row["at"])))
    return found


def event(row: Any) -> Event:
    """One line of the history."""
    return Event(
        seq=row["seq"],
        case_id=row["case_id"],
        at=read(row["at"]),
        actor=row["actor"],
        role=row["role"],
        kind=row["kind"],
        epoch=row["epoch"],
        note=row["note"],
        words=row["words"] or "",
    )


def side_note(row: Any) -> SideNote:
    """One text kept from a refused save."""
    return SideNote(at=read(row["at"]), actor=row["actor"], act=row["act"], text=row["text"])
