"""What is known of an earlier case of the same person and service."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class SameCase:
    """It is still open, or was granted not long ago."""

    number: str = field(repr=False)
    received: datetime.date
    open: bool


@dataclass(frozen=True, slots=True)
class SameFound:
    """The store has looked for one; None where there is none."""

    case: SameCase | None


@dataclass(frozen=True, slots=True)
class SameSought:
    """How far a visit is with that."""

    asked_for: str = field(default="", repr=False)
    """The number that was looked up last."""
    by_card: bool = False
    """It stands on the person's identity card."""
    typed: int = 0
    """How many typed numbers were looked up in this visit."""
    case: SameCase | None = None
    back: str = ""
    """Where the person goes on."""
