"""What others see of a case: the desk's list and file, the resident's receipt and progress."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from kiosk.cases.deadline import Deadline
from kiosk.cases.identity import EarlierUse, Sighting, unproven
from kiosk.cases.states import State
from kiosk.cases.submission import Submission, Words
from kiosk.services.proof import CardRole

CONSENT_WITHDRAWN = "consent_withdrawn"
"""The event of a consent taken back; its note is the consent's id."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the resident takes away."""

    case_id: str
    number: str
    """The case number, in groups that can be read aloud: 2026-1122-48203915."""
    ticket: str
    """Short and good for one day: A017."""
    due: date
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a case's history.

    `kind` is a move's event, or `ticked`, `unticked`, `viewed`, `identity_seen`, `consent_withdrawn`.
    """

    seq: int
    case_id: str
    at: datetime
    actor: str
    role: str
    kind: str
    epoch: int
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class SideNote:
    """What somebody wrote under a claim that was no longer theirs: refused as a move, kept as text."""

    at: datetime
    actor: str
    act: str
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to work on a case. Saves carry `epoch`; an older one is refused."""

    case_id: str
    epoch: int
    lease_until: datetime


@dataclass(frozen=True, slots=True)
class CaseSummary:
    """A line of the desk's list; nothing personal in it."""

    case_id: str
    number: str
    ticket: str
    service_id: str
    title: Words
    desk: str
    state: State
    deadline: Deadline
    received_at: datetime
    holder: str | None
    """Who holds the case, also after the lease ran out (until another takes it)."""
    lease_until: datetime | None
    epoch: int


@dataclass(frozen=True, slots=True)
class CaseView:
    """The whole file, for whoever handles it."""

    summary: CaseSummary
    submission: Submission
    events: tuple[Event, ...]
    ticks: frozenset[str]
    """Fields already copied into the official form."""
    side_notes: tuple[SideNote, ...]
    missing: str | None = field(repr=False)
    result: str | None = field(repr=False)
    sightings: tuple[Sighting, ...] = ()
    """Whom staff have seen with a document."""
    earlier_uses: tuple[EarlierUse, ...] = ()
    """Other cases in which the member card of this one was laid, oldest first."""

    @property
    def unproven(self) -> tuple[CardRole, ...]:
        """The people who still have to be seen before the case can be completed."""
        return unproven(self.submission, self.sightings)

    @property
    def withdrawn_consents(self) -> dict[str, datetime]:
        """The consents that the person has taken back, and when."""
        return {event.note: event.at for event in self.events if event.kind == CONSENT_WITHDRAWN}


@dataclass(frozen=True, slots=True)
class CaseProgress:
    """What the resident is told when the card is laid on the reader again."""

    case_id: str
    number: str
    ticket: str
    title: Words
    stage: State
    due: date
    paused: bool
    """True while the case waits for the resident; `due` then moves on day by day."""
    missing: str | None = field(repr=False)
    """Everything that is missing, in staff's words; only while it is missing."""
    result: str | None = field(repr=False)
    """The result or the reason, once decided."""
    service_id: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """Somebody at the kiosk asked for a person."""

    id: int
    page_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Draft:
    """A half-filled form. `keep`: the person agreed that it waits for them for a day."""

    id: str
    service_id: str
    service_version: str
    person_key: str | None = field(repr=False)
    keep: bool
    body: str = field(repr=False)
    """The answers, as JSON that only the flow understands."""
    updated_at: datetime
