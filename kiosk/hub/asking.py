"""Asking the hub how far a case is that another kiosk of the centre took in, while its person waits."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.cases.parcels import NoProgress, Progress
from kiosk.hub.link import Link, LinkTrouble

PATIENCE = 5.0
"""Seconds in which something must move on the way; a person stands there."""


class AskingHub:
    """Answers from the hub, each over a connection of its own: a kiosk is asked for this now and then."""

    def __init__(self, link: Callable[[], Link]) -> None:
        """`link`: with little patience (`PATIENCE`)."""
        self._link = link

    def progress(self, number: str) -> Progress | NoProgress:
        """How far the case with this number is. Never raises; may be called from any thread."""
        try:
            link = self._link()
        except (LinkTrouble, OSError):
            return NoProgress.AWAY
        try:
            return link.progress(number)
        except LinkTrouble:
            return NoProgress.AWAY
        finally:
            link.close()
