"""Where answers come from."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntFlag, StrEnum

CardFields = Mapping[str, str]
"""What a card says: "name", "birth_date" (ISO), "id_number", "address", "sex"; only sound ones.

Also "valid_to" (ISO) where it names a last day, and "by" where it is no identity card (`kiosk.flow.proof`).
"""


class Slot(IntFlag):
    """Where cards can lie: on which of the readers."""

    NONE = 0
    IDENTITY = 1
    MEMBER = 2
    SOCIAL = 4


class Source(StrEnum):
    """Kept with every answer, shown to staff (K40)."""

    CARD = "card"
    """Read off an identity card."""
    SOCIAL_CARD = "social_card"
    """Off the chip of a social security card, which can be copied: a claim."""
    RESIDENT = "resident"
    VOLUNTEER = "volunteer"
    STAFF = "staff"
    EARLIER = "earlier"
    """Given in an earlier application, used again because the person agreed."""
    SCAN = "scan"
    """Read from a code that the person held before the scanner: a claim, as if typed."""


FROM_A_CARD = frozenset({Source.CARD, Source.SOCIAL_CARD})
"""Nobody typed it, and whoever puts it right answers by hand from then on."""
