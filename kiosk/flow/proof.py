"""How sure it is who a person is. Levels in rising order; staff see them, a service may ask for one."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.flow.source import CardFields


class Proof(StrEnum):
    """What stands behind a name and a number."""

    CLAIMED = "claimed"
    """Typed, said, scanned, or read off a chip that can be copied."""
    KNOWN = "known"
    """A member card that was here before: it can be copied, but it links to earlier visits."""
    PRESENTED = "presented"
    """An identity card was read by a module that checks it."""
    SEEN = "seen"
    """Staff have seen person and paper, and say so under their name."""

    def reaches(self, asked: Proof) -> bool:
        """True when this level is the one asked for, or above it."""
        order = list(Proof)
        return order.index(self) >= order.index(asked)


@dataclass(frozen=True, slots=True)
class MemberCard:
    """A member card that was laid in this visit. Its number can be copied, so it opens nothing."""

    number: str = field(repr=False)
    """As the reader gives it: hex digits in capitals, or ten digits."""

    @property
    def tail(self) -> str:
        """What staff may read of it, to tell two cards apart."""
        return self.number[-4:]


BY = "by"
"""The key of `CardFields` that says what the fields were read from; without it an identity card."""
SOCIAL_CARD = "social_card"


def proof_of(card: CardFields | None) -> Proof:
    """The level that a card gives to the person whose it is; without one what they say is a claim."""
    if card is None or card.get(BY) == SOCIAL_CARD:
        return Proof.CLAIMED
    return Proof.PRESENTED
