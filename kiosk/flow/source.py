"""Who supplied an answer."""

from __future__ import annotations

from enum import StrEnum


class Source(StrEnum):
    """Kept with every answer, shown to staff (K40)."""

    CARD = "card"
    RESIDENT = "resident"
    VOLUNTEER = "volunteer"
    STAFF = "staff"
