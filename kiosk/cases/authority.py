"""By whose will somebody acts for another: the letter that was read back, and whether it counts. Pure."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kiosk.services.acting import Acting

NOTED = "authority_noted"
"""The event of staff having seen what shows the authority; its note is a `Shows`."""
WITHDRAWN = "authority_withdrawn"
"""The event of the person having taken it back; its note is a `Through`."""


class Standing(StrEnum):
    """Where the authority of a case stands. A case without one is the person's own."""

    NEEDED = "needed"
    """Somebody acts, and what shows that they may is not there yet."""
    GIVEN = "given"
    WITHDRAWN = "withdrawn"


class Agreed(StrEnum):
    """What was said to the letter at the kiosk."""

    CARD = "card"
    """The person agreed, and their own identity card was read in the same visit."""
    SAID = "said"
    """Somebody pressed that the person agrees; nothing showed that it was them."""
    LATER = "later"
    """The person is not there, or a paper of the guardian is to come."""


class Shows(StrEnum):
    """What showed staff that somebody may act."""

    LETTER = "letter"
    """The letter, signed or with a fingerprint."""
    IN_PERSON = "in_person"
    """The person came, or was visited, and said so."""
    GUARDIAN = "guardian"
    """The paper that names the guardian."""


class Through(StrEnum):
    """Where a person took their authority back."""

    CARD = "card"
    """At the kiosk, with their own card."""
    DESK = "desk"


@dataclass(frozen=True, slots=True)
class AuthorityRecord:
    """The letter as it was read back: proof of a wish, not a reliable electronic signature."""

    acting: Acting
    until: date
    """The last day on which it counts."""
    letter: tuple[Mapping[str, str], ...] = dataclasses.field(repr=False)
    """Its sentences, in every language, as they were on the screen."""
    digest: str
    """SHA-256 over the sentences."""
    agreed: Agreed
    at: datetime
    relation: Mapping[str, str] = dataclasses.field(default_factory=dict)
    scope: Mapping[str, str] = dataclasses.field(default_factory=dict)
    paper: str = ""
    """The material that shows it, by its id."""

    @property
    def standing(self) -> Standing:
        """When it was handed in."""
        return Standing.GIVEN if self.agreed is Agreed.CARD else Standing.NEEDED


def digest_of(letter: tuple[Mapping[str, str], ...]) -> str:
    """The same for the same sentences, whatever order their languages stand in."""
    lines = [dict(sorted(line.items())) for line in letter]
    plain = json.dumps(lines, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class AuthorityState:
    """Where the authority of a case stands now, without its words."""

    acting: Acting
    standing: Standing
    until: date


def counts(state: AuthorityState | None, today: date) -> bool:
    """May whoever acts for the person go on? A case without an authority is the person's own."""
    return state is None or (state.standing is Standing.GIVEN and today <= state.until)
