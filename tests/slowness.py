"""How slow the machine is just now: limits of time are meant for one that has nothing else to do."""

from __future__ import annotations

import time

_WORK = 0.03
"""Seconds of the processor."""


def slowness() -> float:
    """How many times longer than alone things take here just now, by our own share of the processor."""
    begun, worked = time.monotonic(), time.thread_time()
    while (spent := time.thread_time() - worked) < _WORK:
        continue
    return max(1.0, (time.monotonic() - begun) / spent)
