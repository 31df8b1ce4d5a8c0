"""How sure it is who a person is, and what that rests on: cards, codes, words."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kiosk.flow.source import CardFields
from kiosk.services.proof import Proof

__all__ = [
    "BY", "SOCIAL_CARD", "VALID_TO",
    "Basis", "MemberCard", "Proof", "basis_of", "expired", "proof_of", "to_be_shown",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class MemberCard:
    """A member card that was laid in this visit. Its number can be copied, so it opens nothing."""

    number: str = field(repr=False)
    """As the reader gives it: hex digits in capitals, or ten digits."""

    @property
    def tail(self) -> str:
        """What staff may read of it, to tell two cards apart."""
        return self.number[-4:]


class Basis(StrEnum):
    """What a level rests on."""

    ID_CARD = "id_card"
    SOCIAL_CARD = "social_card"
    MEMBER_CARD = "member_card"
    SCAN = "scan"
    """A number that was scanned off a code."""
    TYPED = "typed"
    """What the person said; nothing was shown."""
    UNNAMED = "unnamed"
    """They chose not to be named, so nothing is kept of a card that may have lain there."""


BY = "by"
"""The key of `CardFields` that says what they were read from (a `Basis`); without it an identity card."""
VALID_TO = "valid_to"
"""The key of `CardFields` for the last day of the card (ISO), where it names one."""
SOCIAL_CARD = Basis.SOCIAL_CARD.value


def proof_of(card: CardFields | None) -> Proof:
    """The level that a card gives to the person whose it is; without one what they say is a claim."""
    return Proof.PRESENTED if basis_of(card) is Basis.ID_CARD else Proof.CLAIMED


def basis_of(card: CardFields | None) -> Basis:
    """What was laid or put in; TYPED where nothing was, or nothing sound could be read."""
    return Basis(card.get(BY, Basis.ID_CARD)) if card else Basis.TYPED


def expired(card: CardFields, today: date) -> bool:
    """Has the card run out? It is still a document that was presented; staff should see it."""
    last_day = card.get(VALID_TO)
    return last_day is not None and date.fromisoformat(last_day) < today


def to_be_shown(asked: Proof, card: CardFields | None, *, known: bool) -> bool:
    """Would a card that is laid now bring the person nearer to the level that is asked for?

    `known`: a member card was laid in this visit. Nobody gets past PRESENTED at the kiosk.
    """
    here = Proof.PRESENTED if asked is Proof.SEEN else asked
    reached = proof_of(card)
    return not (reached.reaches(here) or (known and Proof.KNOWN.reaches(here)))
