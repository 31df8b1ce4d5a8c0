"""Staff accounts as values: who they are and how often their PIN was tried."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import datetime

from kiosk.cases.states import Role


@dataclass(frozen=True, slots=True)
class Tries:
    """Wrong PINs since the last right one."""

    wrong: int = 0
    last_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """A volunteer, staff member or manager."""

    name: str
    role: Role
    pin_hash: str = dataclasses.field(repr=False)
    tries: Tries = Tries()
