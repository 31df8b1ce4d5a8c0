"""How sure it is who the people of a case are: what they showed at the kiosk, whom staff have seen since."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kiosk.cases.submission import IdentityRecord, Submission
from kiosk.flow.proof import Proof
from kiosk.services.proof import CardRole

SEEN = "identity_seen"
"""The event of somebody having been seen; its note is the role, what was shown stands in the `Sighting`."""


class Shown(StrEnum):
    """What document staff were shown."""

    ID_CARD = "id_card"
    OTHER = "other"
    """Another paper; a note says which."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """Staff have seen a person together with a document, and say so under their name."""

    role: CardRole
    at: datetime
    by: str
    """The staff account."""
    shown: Shown
    note: str = dataclasses.field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class EarlierUse:
    """An earlier case in which the same member card was laid."""

    number: str
    received_at: datetime


def level_now(record: IdentityRecord, sightings: Iterable[Sighting]) -> Proof:
    """The level of that person today."""
    seen = any(sighting.role is record.role for sighting in sightings)
    return Proof.SEEN if seen else record.level


def level_reached(level: Proof, seen: bool, needed: Proof) -> bool:
    """Is it as sure as the service asks: by what was shown at the kiosk, or because staff have seen them?"""
    return (Proof.SEEN if seen else level).reaches(needed)


def unproven(submission: Submission, sightings: Iterable[Sighting]) -> tuple[CardRole, ...]:
    """The people of whom it is not yet as sure who they are as the service asks."""
    seen = tuple(sightings)
    return tuple(
        record.role
        for record in submission.identity
        if not level_now(record, seen).reaches(submission.proof_needed)
    )
