"""Staff accounts as values: who they are and how often their PIN was tried."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kiosk.cases.states import Role

ACCOUNT = "account"
"""The event of the house about an account as it is from then on: its note is the role and the name."""
REMOVED = "-"
"""The role of an account that is there no more."""


@dataclass(frozen=True, slots=True)
class Tries:
    """Wrong PINs since the last right one."""

    wrong: int = 0
    last_at: datetime | None = None


class AccountNews(StrEnum):
    """What happens to an account beside being made, changed and removed; the events of the house about it."""

    PIN_RESET = "pin_reset"
    OWN_PIN = "own_pin"
    LOCKED = "account_locked"
    """Wrong PINs: from now on each try waits."""
    CLOSED = "account_closed"
    """So many wrong PINs that only a manager helps."""
    CAME_BACK = "account_came_back"
    """The right PIN, after having been locked out."""


@dataclass(frozen=True, slots=True)
class Account:
    """A volunteer, staff member or manager."""

    name: str
    role: Role
    pin_hash: str = dataclasses.field(repr=False)
    tries: Tries = Tries()
    away_until: date | None = None
    """The first day on which they are here again; None for somebody who is not away."""
    signed_in_at: datetime | None = None
    """The last time."""
