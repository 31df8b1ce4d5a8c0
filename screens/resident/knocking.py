"""The sign by which staff ask for their page: five knocks in a row on the page at rest, or on the one that
says that nothing can be taken in.
"""

from __future__ import annotations

CLOSED = ("closed", "closed-called")
"""Where a visit is that cannot begin (`kiosk.sitting.closed`)."""
KNOCKS = 5
WITHIN = 5.0
"""Seconds from the first to the last."""


class Knocking:
    """Counts what means nothing there: Back, or a touch on the name of the centre."""

    def __init__(self) -> None:
        self._at: list[float] = []

    def knock(self, at: float) -> bool:
        """One more, at this second: was it the last that was needed?"""
        self._at = [*self._at, at][-KNOCKS:]
        return len(self._at) == KNOCKS and at - self._at[0] <= WITHIN

    def forget(self) -> None:
        """Somebody has done something else."""
        self._at.clear()
