"""A box fetches what was published and it does not have: now and then, a kind at a time.

Nothing that goes wrong here holds up what people handed in, and nothing is in use before it was found good.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from kiosk.editions.edition import Holding, Kind, Refused, Signed, Why
from kiosk.editions.keeping import Editions, Kept
from kiosk.hub.link import LinkTrouble, NotKnown
from kiosk.ports import Clock

ASK_FOR_EDITIONS = timedelta(minutes=10)
"""So often a box asks whether something was published."""
AGAIN = timedelta(minutes=1)
"""After a fault; after each further one twice as long. Over a line that is too slow for an edition each try
takes a minute, in which nothing else goes."""
OLDER_HUB = timedelta(hours=1)
"""After a hub that does not know the question."""

log = logging.getLogger(__name__)


class Carrier(Protocol):
    """The way to the hub, as far as this goes."""

    def edition(self, holding: Holding) -> Signed | None: ...


@dataclass(frozen=True, slots=True)
class Came:
    """An edition that was new here; `why` it was not taken, None where it is in use now."""

    kind: Kind
    kept: Kept | None
    why: Why | None = None


class Fetching:
    """Belongs to one thread."""

    def __init__(
        self, link: Carrier, editions: Sequence[Editions], clock: Clock, today: Callable[[], date]
    ) -> None:
        self._link, self._editions, self._clock, self._today = link, editions, clock, today
        self._ask_at = float("-inf")
        self._again = AGAIN

    def look(self) -> tuple[Came, ...]:
        """What is new, if it is time to ask. Where the hub is away, or cannot be asked, it is asked later."""
        if not self._editions or self._clock.monotonic() < self._ask_at:
            return ()
        came: tuple[Came, ...] = ()
        pause = ASK_FOR_EDITIONS
        try:
            came = self.fetch()
            self._again = AGAIN
        except NotKnown:
            pause = OLDER_HUB
        except (LinkTrouble, OSError) as trouble:
            pause, self._again = self._again, min(2 * self._again, ASK_FOR_EDITIONS)
            told = trouble.fault if isinstance(trouble, LinkTrouble) else type(trouble).__name__
            log.warning("what was published could not be fetched: %s", told)
        self._ask_at = self._clock.monotonic() + pause.total_seconds()
        for one in came:
            log.warning("edition of %s: %s", one.kind, one.why or "in use")
        return came

    def fetch(self) -> tuple[Came, ...]:
        """What is new. Raises LinkTrouble (NotKnown: the hub carries none), OSError if it cannot be kept."""
        return tuple(came for one in self._editions for came in self._fetch(one))

    def _fetch(self, editions: Editions) -> list[Came]:
        had = holding(editions)
        signed = self._link.edition(had)
        if signed is None or signed.digest in {had.held, had.left_out}:
            # a hub that hands out once more what was left here changes nothing
            return []
        try:
            if editions.was_left_by_hand(signed):
                raise Refused(Why.BY_HAND)
            came = Came(editions.kind, editions.take(signed, self._today()))
        except Refused as refused:
            came = Came(editions.kind, None, refused.why)
        # the hub hears at once how it went; what it may have by now is for the next time
        self._link.edition(holding(editions))
        return [came]


def holding(editions: Editions) -> Holding:
    """How it is with this kind here."""
    held, left = editions.known()
    why = editions.why_left() if left else ""
    return Holding(editions.kind, bytes.fromhex(held), bytes.fromhex(left), why)
