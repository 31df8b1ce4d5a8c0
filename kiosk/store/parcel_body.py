"""What a parcel says: one text for one content (RFC 8785), the sealed body in base64.

It holds what stands in the rows of the case anyway: what the resident handed in is sealed in it as it is on
the box. A parcel of another form than this program knows is not read at all.
"""

from __future__ import annotations

import base64
import binascii
import dataclasses
import json
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from kiosk.cases.parcels import Kind
from kiosk.store.parcel_texts import Acting, Day, Days, Level, Moment, Person, Standing, States, Words

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

FORM = 1
"""A later program may add fields to it; it never changes what one means."""


class UnreadableParcel(ValueError):
    """It is no parcel of ours, or of a later form. Carries nothing of what was in it."""


@dataclass(frozen=True, slots=True)
class CaseRow:
    """The case as it was handed in: in the queue, in nobody's hand."""

    id: str
    number: str
    day_sequence: int
    received_at: Moment
    promised_workdays: Days
    due: Day
    service_id: str
    desk: str
    title: Words
    person_key: str | None = field(repr=False)
    legal_workdays: Days
    pauses: States
    info_rounds: int
    service_version: str
    proof_needed: Level
    fields: str
    keep_days: Days | None
    agent_key: str | None = field(repr=False)
    operator: str | None


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """One consent, in the words that were agreed to or refused, as JSON by language."""

    place: int
    id: str
    given: int
    at: Moment
    text: Words


@dataclass(frozen=True, slots=True)
class LevelRow:
    """How sure it was who a person of the case is."""

    role: Person
    level: Level
    basis: str
    at: Moment
    expired: int


@dataclass(frozen=True, slots=True)
class AuthorityRow:
    """By whose will somebody acts for the person, and where it stands."""

    acting: Acting
    standing: Standing
    until: Day


@dataclass(frozen=True, slots=True)
class HeadRow:
    """Where the kiosk's own books stood, signed by the kiosk; digests in hexadecimal."""

    n: int
    link: str
    house_n: int
    house_link: str
    at: str
    key_id: str
    before: str
    signature: str


@dataclass(frozen=True, slots=True)
class CaseBody:
    """A case that was handed in."""

    case: CaseRow
    at: Moment
    """When, by the kiosk's clock."""
    sealed_base64: str = field(repr=False)
    centre: str
    """What the sealed body is bound to."""
    consents: tuple[ConsentRow, ...]
    levels: tuple[LevelRow, ...]
    member_cards: tuple[str, ...] = field(repr=False)
    authority: AuthorityRow | None
    head: HeadRow | None
    form: int = FORM
    kind: str = Kind.CASE

    @property
    def sealed(self) -> bytes:
        """What the resident handed in, closed for the centre. Raises UnreadableParcel."""
        return from_base64(self.sealed_base64)


@dataclass(frozen=True, slots=True)
class PaperBody:
    """A picture of a paper, as it lies with the case."""

    case_id: str
    n: int
    """Its number in the case: the seal is bound to it."""
    material: str
    of: str
    """What the picture is: jpeg, png or pdf."""
    size: int
    at: Moment
    sealed_base64: str = field(repr=False)
    form: int = FORM
    kind: str = Kind.PAPER

    @property
    def sealed(self) -> bytes:
        """The picture, closed for the centre. Raises UnreadableParcel."""
        return from_base64(self.sealed_base64)


@dataclass(frozen=True, slots=True)
class ActBody:
    """What the resident did with a case at the kiosk, by the name of its event."""

    case_id: str
    event: str
    at: str
    note: str
    """As in the event: the consent that was taken back, the field that is called wrong."""
    form: int = FORM
    kind: str = Kind.ACT


def to_body(content: DataclassInstance) -> bytes:
    """The bytes that are hashed and sent. All keys are ASCII, all numbers whole: sorting is all it takes."""
    plain = dataclasses.asdict(content)
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def read_case(body: bytes) -> CaseBody:
    """Raises UnreadableParcel."""
    try:
        found = _case().validate_json(body)
    except (ValidationError, ValueError, RecursionError):
        raise UnreadableParcel from None
    if (found.form, found.kind) != (FORM, Kind.CASE):
        raise UnreadableParcel
    return found


def read_paper(body: bytes) -> PaperBody:
    """Raises UnreadableParcel."""
    try:
        found = _paper().validate_json(body)
    except (ValidationError, ValueError, RecursionError):
        raise UnreadableParcel from None
    if (found.form, found.kind) != (FORM, Kind.PAPER):
        raise UnreadableParcel
    return found


def read_act(body: bytes) -> ActBody:
    """Raises UnreadableParcel."""
    try:
        found = _act().validate_json(body)
    except (ValidationError, ValueError, RecursionError):
        raise UnreadableParcel from None
    if (found.form, found.kind) != (FORM, Kind.ACT):
        raise UnreadableParcel
    return found


@cache
def _case() -> TypeAdapter[CaseBody]:
    return TypeAdapter(CaseBody)


def from_base64(text: str) -> bytes:
    """Raises UnreadableParcel."""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise UnreadableParcel from None


@cache
def _paper() -> TypeAdapter[PaperBody]:
    return TypeAdapter(PaperBody)


@cache
def _act() -> TypeAdapter[ActBody]:
    return TypeAdapter(ActBody)
