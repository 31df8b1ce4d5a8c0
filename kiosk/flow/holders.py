"""Which cards are one person's, and on which reader each of them lies."""

from __future__ import annotations

from kiosk.flow.proof import BY, SOCIAL_CARD, Proof, proof_of
from kiosk.flow.source import CardFields, Slot


def slot_of(card: CardFields) -> Slot:
    """The reader it was read by."""
    return Slot.SOCIAL if card.get(BY) == SOCIAL_CARD else Slot.IDENTITY


def is_document(card: CardFields | None) -> bool:
    """Is it an identity card? Only that opens what was kept for a person: a chip can be copied."""
    return proof_of(card) is Proof.PRESENTED


def opens_again(card: CardFields | None) -> bool:
    """Could what is kept for this card be found by it? Not by a chip, nor without a sound number on it."""
    return card is not None and is_document(card) and bool(card.get("id_number"))


def same_card(one: CardFields | None, other: CardFields) -> bool:
    """Are these the same person's cards? By number; where one of them has none, by all that they say.

    A social security card may say little: it is somebody else's only where it says so.
    """
    if one is None:
        return False
    if one.get("id_number") and other.get("id_number"):
        return one["id_number"] == other["id_number"]
    if slot_of(one) is not slot_of(other):
        return len({card["name"] for card in (one, other) if card.get("name")}) < 2
    return dict(one) == dict(other)


def same_but_surer(one: CardFields | None, other: CardFields) -> bool:
    """Is the other one the identity card of whoever only showed a social security card before?"""
    return one is not None and same_card(one, other) and is_document(other) and not is_document(one)
