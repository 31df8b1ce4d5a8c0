"""How long somebody has a case in hand without doing anything about it."""

from __future__ import annotations

from datetime import datetime, timedelta

LEASE = timedelta(minutes=30)
"""How long a claim lasts without any activity."""


LONGEST = 2 * LEASE
"""What ends later than that was given by a clock that ran ahead; a clock may be put right by some minutes."""


def is_running(lease_until: datetime | None, now: datetime) -> bool:
    """Has it been given, and not run out?

    One of a clock that ran ahead holds nobody up until that day comes. Whoever still works under it is
    refused as after any other lease, and their words are kept.
    """
    return lease_until is not None and now < lease_until <= now + LONGEST
