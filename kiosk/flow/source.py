"""Where answers come from."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

CardFields = Mapping[str, str]
"""What a card says: "name", "birth_date" (ISO), "id_number", "address", "sex"; only sound ones."""


class Source(StrEnum):
    """Kept with every answer, shown to staff (K40)."""

    CARD = "card"
    RESIDENT = "resident"
    VOLUNTEER = "volunteer"
    STAFF = "staff"
    EARLIER = "earlier"
    """Given in an earlier application, used again because the person agreed."""
    SCAN = "scan"
    """Read from a code that the person held before the scanner: a claim, as if typed."""


def same_card(one: CardFields | None, other: CardFields) -> bool:
    """Are these the same person's card? By number; by all that it says where the number is not sound."""
    number = other.get("id_number")
    if one is None or not number:
        return one == other
    return one.get("id_number") == number
