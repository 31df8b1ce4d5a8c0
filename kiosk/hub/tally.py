"""How many questions the hub's HTTPS program has answered: a line a minute, however many kiosks ask."""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Callable
from threading import Lock

from kiosk.event_log import happened

EVERY = 60.0
"""Seconds."""


class Tally:
    """Any thread may count. What it tells names no kiosk."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic, self._lock = monotonic, Lock()
        self._asked: Counter[str] = Counter()
        self._failed = self._bytes = 0
        self._longest, self._since = 0.0, monotonic()

    def count(self, what: str, status: int, seconds: float, size: int) -> None:
        """A question of this kind was answered so; the first after a minute tells of those before it."""
        happened("asked", logging.DEBUG, what=what, status=status, ms=seconds * 1000, bytes=size)
        with self._lock:
            self._asked[what] += 1
            self._failed += status >= 400
            self._longest = max(self._longest, seconds)
            self._bytes += size
            if self._monotonic() - self._since >= EVERY:
                self._tell()

    def tell(self) -> None:
        """What was counted since the last time."""
        with self._lock:
            self._tell()

    def _tell(self) -> None:
        if self._asked:
            happened(
                "answered",
                **self._asked,
                failed=self._failed,
                longest_ms=self._longest * 1000,
                bytes=self._bytes,
                seconds=self._monotonic() - self._since,
            )
        self._begin()

    def _begin(self) -> None:
        self._asked.clear()
        self._failed = self._bytes = 0
        self._longest, self._since = 0.0, self._monotonic()
