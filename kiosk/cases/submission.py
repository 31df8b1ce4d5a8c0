"""What a resident submits: answers with where each came from, consents, signature, materials."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from kiosk.cases.authority import AuthorityRecord
from kiosk.cases.wish import EvidenceOfWish
from kiosk.flow.proof import Basis, Proof
from kiosk.flow.source import Source
from kiosk.services.proof import CardRole
from kiosk.text import Privacy

Words = Mapping[str, str]
"""One wording by language code."""


@dataclass(frozen=True, slots=True)
class AnswerRecord:
    """One answer as it was confirmed on the check page. Values stay out of every repr."""

    field: str
    label: Words
    value: str = dataclasses.field(repr=False)
    """The canonical form: an option's code, an ISO date, digits without spaces."""
    shown: Words = dataclasses.field(repr=False)
    """What the resident saw on the check page."""
    source: Source
    privacy: Privacy = Privacy.OPEN


@dataclass(frozen=True, slots=True)
class ConsentRecord:
    """One consent, one purpose, in the very words that were agreed to or refused."""

    id: str
    text: Words
    given: bool
    at: datetime
    keep_days: int | None = None
    """For so long after the decision, as was said when it was asked."""


@dataclass(frozen=True, slots=True)
class SignatureRecord:
    """A drawn mark or a pressed key: a sign of intent, not a reliable electronic signature."""

    kind: Literal["mark", "key"]
    at: datetime
    statement: Words
    strokes: str | None = dataclasses.field(default=None, repr=False)
    """The drawn points as JSON; kept, never compared by machine."""


@dataclass(frozen=True, slots=True)
class MaterialRecord:
    """A paper to bring, and in which form (original, copy)."""

    id: str
    label: Words
    form: str


@dataclass(frozen=True, slots=True)
class EvidenceRecord:
    """What a record source said and the resident was shown: the evidence behind "right" and "wrong"."""

    field: str
    source: str
    """The id of the record source."""
    title: Words
    state: Literal["found", "nothing", "away", "staff"]
    lines: tuple[tuple[Words, Words], ...] = dataclasses.field(default=(), repr=False)
    """Label and value as they were on the screen, masked where they were masked there."""
    at: datetime | None = None
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class FindingRecord:
    """One line of the check before handing in, in the words the resident read."""

    kind: Literal["complete", "consistent", "eligible"]
    ok: bool | None
    """None where the answers did not tell."""
    text: Words


@dataclass(frozen=True, slots=True)
class IdentityRecord:
    """How sure it was who a person of the application is, when it was handed in."""

    role: CardRole
    """`subject`: whose matter it is; `actor`: who acts for them."""
    level: Proof
    by: Basis
    at: datetime
    expired: bool = False
    """The card that was presented had run out."""
    member_key: str | None = dataclasses.field(default=None, repr=False)
    """Of a member card: its keyed hash. Its number is not kept."""
    member_tail: str | None = dataclasses.field(default=None, repr=False)
    """Of a member card: the last four characters, to tell two cards apart."""


@dataclass(frozen=True, slots=True)
class Submission:
    """A finished application on its way into the queue.

    `id` is made when the draft begins and never changes: it is what makes a second
    submit of the same application harmless.
    """

    id: str
    service_id: str
    service_version: str
    title: Words
    language: str
    desk: str
    person_key: str | None = dataclasses.field(repr=False)
    answers: tuple[AnswerRecord, ...]
    """In the order of the official form."""
    consents: tuple[ConsentRecord, ...]
    signature: SignatureRecord | None
    materials: tuple[MaterialRecord, ...]
    staff_notes: tuple[Words, ...]
    """What staff should look at, from the service file ("not sure where registered")."""
    legal_workdays: int
    promised_workdays: int
    begun_at: datetime
    evidence: tuple[EvidenceRecord, ...] = ()
    """What was shown of records, where the resident was asked about one."""
    precheck: tuple[FindingRecord, ...] = ()
    identity: tuple[IdentityRecord, ...] = ()
    """The subject, and the actor where there is one; nobody only in cases of before levels were kept."""
    proof_needed: Proof = Proof.CLAIMED
    """The level that each of them must reach before the case is completed."""
    pauses: tuple[str, ...] = ("needs_info",)
    """The states of the case in which the promised time stands still."""
    info_rounds: int = 0
    """How often staff may ask for more; 0: as often as it takes."""
    authority: AuthorityRecord | None = None
    """The letter, where somebody acts for the person and the service asks for one."""
    agent_key: str | None = dataclasses.field(default=None, repr=False)
    """The keyed hash of the number of whoever acts for the person, where it is known."""
    operator: str | None = None
    """The account of the volunteer or member of staff who worked the kiosk for them."""
    wish: EvidenceOfWish | None = dataclasses.field(default=None, repr=False)
    """What they were shown before they signed; None in cases of before it was kept."""
