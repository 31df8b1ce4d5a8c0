"""A case on its way to another centre: its rows as a kiosk sends them, and what of its history goes along.

The form of a parcel (`kiosk.store.parcel_body`). What was handed in, and what staff changed of it, is sealed
anew to the key of the centre it goes to. No account of the first centre stands in it, and no keyed name of a
person: each centre names people under a key of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Annotated

from pydantic import AfterValidator, TypeAdapter, ValidationError

from kiosk.cases.carried import LINES
from kiosk.cases.identity import SEEN
from kiosk.cases.states import Role
from kiosk.store.parcel_body import (
    FORM,
    AuthorityRow,
    CaseRow,
    ConsentRow,
    LevelRow,
    UnreadableParcel,
    from_base64,
)
from kiosk.store.parcel_texts import Moment, Person

KIND = "handover"


def _carried(kind: str) -> str:
    if kind not in LINES:
        raise ValueError
    return kind


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line of history: by the resident, or by somebody of the first centre."""

    kind: Annotated[str, AfterValidator(_carried)]
    at: Moment
    by_resident: bool
    note: str = field(repr=False)
    words: str = field(repr=False)
    sealed_base64: str = field(default="", repr=False)

    @property
    def sealed(self) -> bytes | None:
        """Of a correction: the answer, closed for this line of the new history. Raises UnreadableParcel."""
        return from_base64(self.sealed_base64) if self.sealed_base64 else None


@dataclass(frozen=True, slots=True)
class SightingRow:
    """Whom staff have seen with a document; in the order of the lines that say so."""

    role: Person
    at: Moment
    shown: str
    note: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class HandedBody:
    """A case that was handed over."""

    case: CaseRow
    sealed_base64: str = field(repr=False)
    consents: tuple[ConsentRow, ...]
    levels: tuple[LevelRow, ...]
    authority: AuthorityRow | None
    lines: tuple[LineRow, ...]
    """They follow the first line, each with the next number."""
    sightings: tuple[SightingRow, ...]
    reason: str = field(repr=False)
    papers: int
    """So many parts follow."""
    papers_of_resident: tuple[int, ...] = ()
    """Of these, what the person brought at the kiosk: nobody may have looked at it yet."""
    form: int = FORM
    kind: str = KIND

    @property
    def sealed(self) -> bytes:
        """What the resident handed in, closed for the centre it goes to. Raises UnreadableParcel."""
        return from_base64(self.sealed_base64)


def read_handed(body: bytes) -> HandedBody:
    """Raises UnreadableParcel."""
    try:
        found = _handed().validate_json(body)
    except (ValidationError, ValueError, RecursionError):
        raise UnreadableParcel from None
    if (found.form, found.kind) != (FORM, KIND):
        raise UnreadableParcel
    if len(found.sightings) != sum(line.kind == SEEN for line in found.lines):
        raise UnreadableParcel
    return found


def role_of(line: LineRow) -> Role:
    """Of whoever did it."""
    return Role.RESIDENT if line.by_resident else Role.STAFF


@cache
def _handed() -> TypeAdapter[HandedBody]:
    return TypeAdapter(HandedBody)
