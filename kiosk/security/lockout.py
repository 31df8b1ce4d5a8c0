"""How many PINs may be tried, and how fast (K42)."""

from __future__ import annotations

from datetime import datetime, timedelta

from kiosk.cases.staff import Tries

FREE_TRIES = 5
FIRST_WAIT = timedelta(seconds=15)
DEAD_AT = 15


def dead(tries: Tries) -> bool:
    """No further try, ever, until a manager gives a new PIN."""
    return tries.wrong >= DEAD_AT


def wait(tries: Tries, now: datetime) -> timedelta:
    """How long until the next try: 15 s after the fifth, then doubling.

    A clock that was set far back would otherwise lock a person out for as long as it went;
    then the count alone protects.
    """
    if tries.wrong < FREE_TRIES or tries.last_at is None:
        return timedelta()
    whole = FIRST_WAIT * 2 ** (tries.wrong - FREE_TRIES)
    left = tries.last_at + whole - now
    return left if timedelta() < left <= 2 * whole else timedelta()


def may_try(tries: Tries, now: datetime) -> bool:
    """Whether a PIN may be tried now."""
    return not dead(tries) and not wait(tries, now)
