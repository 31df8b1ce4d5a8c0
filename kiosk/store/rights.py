"""What this box holds of one person, until when, and who looked at it (PIPL 45)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from kiosk.cases.numbers import ticket
from kiosk.cases.retention import last_day
from kiosk.cases.states import State
from kiosk.store import upkeep_statements as sql
from kiosk.store.body import words_from_json
from kiosk.store.connected import Connected
from kiosk.store.instant import read, read_or_none
from kiosk.store.sqlite import Connection


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody of the centre saw a private value in full."""

    role: str
    at: datetime
    what: str
    """The field's id."""
    name: str = field(default="", repr=False)
    """Of the account; told only where the centre wants it so."""


@dataclass(frozen=True, slots=True)
class HeldCase:
    """One case of theirs."""

    number: str
    title: Mapping[str, str]
    received_at: datetime
    state: State
    until: date | None
    """When it is erased, where that is known: it is over, and a number of days was agreed to."""
    keep_days: int | None
    consents: tuple[str, ...]
    """Ids of what was agreed to."""
    looks: tuple[Look, ...]
    case_id: str = ""
    service_id: str = ""
    ticket: str = ""
    copies: int = 0
    """Copies of papers, sealed."""


@dataclass(frozen=True, slots=True)
class Held:
    """Everything that leads to this person. What they said lies sealed in the cases."""

    cases: tuple[HeldCase, ...]
    drafts: int
    settings: bool = field(default=False)


class Rights(Connected):
    """What a person may ask for."""

    def held(self, person_key: str) -> Held:
        """Of the person with this keyed name, newest case first."""
        with self._reading() as db:
            rows = db.execute(sql.HELD_CASES, (person_key,)).fetchall()
            cases = tuple(self._held_case(db, row) for row in rows)
            drafts = db.execute(sql.HELD_DRAFTS, (person_key,)).fetchone()[0]
            settings = db.execute(sql.HELD_SETTINGS, (person_key,)).fetchone()[0]
        return Held(cases, drafts, bool(settings))

    def held_beside(self, case_id: str) -> Held | None:
        """Of the person whose case this is; None where it leads to nobody."""
        with self._reading() as db:
            row = db.execute(sql.PERSON_OF_CASE, (case_id,)).fetchone()
        return None if row is None or row[0] is None else self.held(row[0])

    def _held_case(self, db: Connection, row: Any) -> HeldCase:
        decided = read_or_none(row["decided_at"])
        on = self._calendar.date_of(decided) if decided else None
        looks = db.execute(sql.LOOKS, (row["id"],)).fetchall()
        return HeldCase(
            number=row["number"],
            title=words_from_json(row["title"]),
            received_at=read(row["received_at"]),
            state=State(row["state"]),
            until=last_day(on, row["keep_days"]) if on else None,
            keep_days=row["keep_days"],
            consents=tuple((row["consents"] or "").split()),
            looks=tuple(Look(one["role"], read(one["at"]), one["note"], one["actor"]) for one in looks),
            copies=row["copies"],
            case_id=row["id"],
            service_id=row["service_id"],
            ticket=ticket(row["day_sequence"]),
        )
