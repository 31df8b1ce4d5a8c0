"""What others see of a case: the desk's list and file, the resident's receipt and progress."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from kiosk.cases.authority import AuthorityState
from kiosk.cases.corrections import Change, Correction, changes, newest
from kiosk.cases.deadline import Deadline
from kiosk.cases.identity import EarlierUse, Sighting, unproven
from kiosk.cases.materials import Attachment, Standing, standings
from kiosk.cases.states import DECIDED, Outcome, State
from kiosk.cases.submission import AnswerRecord, Submission, Words
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
    head: str = ""
    """Where the book stood then, in short; empty where the box could not sign it."""


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a case's history.

    `kind` is the event of a move, or `ticked`, `unticked`, `viewed`, `identity_seen`, `consent_withdrawn`,
    `note_kept`, `erased`.
    """

    seq: int
    case_id: str
    at: datetime
    actor: str
    role: str
    kind: str
    epoch: int
    note: str = field(default="", repr=False)
    """What it was about: a name of the service file, a role, an account."""
    words: str = field(default="", repr=False)
    """What somebody wrote with it."""


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
    owner: str | None = None
    """Who answers for it, for days."""
    outcome: Outcome | None = None
    wake_on: date | None = None
    """The day on which it is looked at again: of a hold, or of an answer that is waited for."""
    colleague: str | None = None
    """To whom it was offered, or who was asked."""
    reference: str | None = None
    """The number under which the official portal has it."""
    goes_on_in: str | None = None
    """The id of the case it was merged into."""


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
    authority: AuthorityState | None = None
    """Where the authority of whoever acts for the person stands; None for the person's own matter."""
    corrections: tuple[Correction, ...] = ()
    """Every version that staff made of an answer, in order."""
    people_helped: int = 0
    """Different people for whom the helper of this case has brought something lately."""
    people_operated: int = 0
    """Different people beside whom the same account stood at the kiosk lately."""
    attachments: tuple[Attachment, ...] = ()
    """Copies of papers, in the order they came."""

    @property
    def answers(self) -> tuple[AnswerRecord, ...]:
        """As they are now, in the order of the form; `submission` holds what was confirmed."""
        return tuple(newest(self.submission.answers, self.corrections))

    @property
    def changes(self) -> tuple[Change, ...]:
        """The newest change of each field, with what the person said to it."""
        return changes((event.kind, event.note, event.words) for event in self.events)

    @property
    def standings(self) -> dict[str, Standing]:
        """How each of the papers stands that staff said something of."""
        return standings((event.kind, event.note, event.role) for event in self.events)

    @property
    def missing_materials(self) -> frozenset[str]:
        """The papers that staff ticked as missing."""
        return frozenset(one for one, how in self.standings.items() if how is Standing.MISSING)

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
    outcome: Outcome | None = None
    helper: bool = False
    """Told to somebody who acts for the person, not to the person."""

    @property
    def told_stage(self) -> str:
        """The name of where it stands as residents are told: what a decision came to counts more than
        what staff do after it."""
        return str(self.outcome if self.outcome and self.stage in DECIDED else self.stage)


@dataclass(frozen=True, slots=True)
class Call:
    """Somebody at the kiosk asked for a person."""

    id: int
    page_id: str
    at: datetime
    answered_by: str | None = None
    """Who goes there; None while nobody does."""
    answered_at: datetime | None = None
    kiosk: str = ""
    """Which kiosk of the hub it comes from; empty: the one that this store is of."""


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
