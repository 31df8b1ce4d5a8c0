"""A call for a person, from the kiosk to the desks of its centre, and back who goes there.

It is no parcel: it is not kept for later, and what waits to be sent does not hold it up.
"""

from __future__ import annotations

import logging
from datetime import timedelta

from kiosk.cases.views import Call
from kiosk.event_log import happened
from kiosk.hub.link import Link, LinkTrouble, NotKnown
from kiosk.ports import Clock
from kiosk.store import Store
from kiosk.store.instant import written

IN_TIME = timedelta(minutes=10)
"""A call that the hub has not had by then is let go: who called is gone, or somebody came."""
ASK_AGAIN = 2.0
"""Seconds between two questions whether somebody goes."""
TRY_AGAIN = 5.0
NEWER_HUB = 600.0
"""Seconds until an old hub is asked again whether it has learnt it."""

log = logging.getLogger(__name__)


class Ringing:
    """Carries the one open call of this kiosk. Belongs to one thread."""

    def __init__(self, store: Store, link: Link, clock: Clock) -> None:
        self._store, self._link, self._clock = store, link, clock
        self._at_hub: str | None = None
        """The call that waits there; empty: none; None: this program has not asked yet."""
        self._tried = ""
        self._not_before = float("-inf")

    def due(self) -> bool:
        """Has the hub to be told or asked something now? Raises StoreTrouble."""
        if self._clock.monotonic() < self._not_before:
            return False
        return self._store.call_for_hub() is not None or self._at_hub != ""

    def fresh(self) -> bool:
        """Has somebody called for whom the hub was not yet tried? Raises StoreTrouble."""
        call = self._store.call_for_hub()
        return call is not None and _name(call) != self._tried

    def turn(self) -> bool:
        """What is due; whether that changed who waits here. Trouble with the way is for whoever carries the
        parcels; raises StoreTrouble."""
        if not self.due():
            return False
        before = self._at_hub
        try:
            self._exchange(self._store.call_for_hub())
            pause = ASK_AGAIN if self._at_hub else 0.0
        except NotKnown:
            pause = NEWER_HUB
        except LinkTrouble as trouble:
            log.debug("a call did not come through: %s", trouble.fault)
            pause = TRY_AGAIN
        self._not_before = self._clock.monotonic() + pause
        return self._at_hub != before

    def _exchange(self, call: Call | None) -> None:
        if call is not None and self._too_late(call):
            self._store.let_call_go(call.id)
            call = None
        if call is None:
            self._link.call("", 0.0)
            self._at_hub = ""
            return
        if self._tried != _name(call):
            happened("call_sent")
        self._tried = _name(call)
        waits = max(0.0, (self._clock.now() - call.at).total_seconds())
        seen = self._link.call(self._tried, waits)
        self._at_hub = self._tried
        if seen is not None:
            self._store.seen_at_hub(call.id, seen.name, seen.role)
            happened("call_seen", waited=waits)
            self._at_hub = ""

    def _too_late(self, call: Call) -> bool:
        return self._at_hub != _name(call) and self._clock.now() - call.at > IN_TIME


def _name(call: Call) -> str:
    """The hub knows it again by this; a kiosk put back to a backup counts its calls anew."""
    return f"{call.id} {written(call.at)}"
