"""Disk and clock, from what was measured elsewhere."""

from __future__ import annotations

from datetime import datetime

from kiosk.selftest.finding import Finding, State, finding

_MB = 1024 * 1024
_LITTLE = 1024 * _MB
_TOO_LITTLE = 100 * _MB


def disk(free: int) -> Finding:
    """`free`: bytes where the store lies."""
    if free >= _LITTLE:
        return finding("disk", State.GOOD, "disk.good", free=free // (1024 * _MB))
    return finding("disk", State.LOOK if free >= _TOO_LITTLE else State.BAD, "disk.low", free=free // _MB)


def clock(now: datetime, latest: datetime | None) -> Finding:
    """`latest`: when the newest case came; a clock that is before it has lost its time."""
    behind = latest is not None and now < latest
    state, key = (State.BAD, "clock.back") if behind else (State.GOOD, "clock.good")
    return finding("clock", state, key, now=f"{now:%Y-%m-%d %H:%M %Z}".strip())
