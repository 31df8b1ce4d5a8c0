"""Opening for people at the kiosk what they handed in: by itself, with the keys of whoever is signed in."""

from __future__ import annotations

from collections import deque

from kiosk.store import StoreTrouble
from screens.desk.counter import Counter

LOOK_EVERY = 2.0
"""Seconds; a person at the kiosk waits for ten."""
MOST = 6
"""So many within HOUR. A kiosk that somebody has taken over must not have every case opened; what is more
than that waits for somebody on the list of requests."""
HOUR = 60 * 60.0


class Opening:
    """One desk, while somebody with open keys sits there."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter
        self._opened: deque[float] = deque()
        self._looking = False

    async def look(self) -> int:
        """How many were opened now; one look at a time, so that each is counted.

        A store in trouble opens none: the list says that.
        """
        if self._looking:
            return 0
        self._looking = True
        try:
            return await self._look()
        finally:
            self._looking = False

    async def _look(self) -> int:
        counter, now = self._counter, self._counter.clock.monotonic()
        while self._opened and now - self._opened[0] >= HOUR:
            self._opened.popleft()
        actor, most = counter.actor, MOST - len(self._opened)
        if actor is None or most <= 0:
            return 0
        try:
            done = await counter.records.do(lambda store: store.open_contents(actor, most))
        except StoreTrouble:
            return 0
        self._opened.extend([now] * done)
        return done
