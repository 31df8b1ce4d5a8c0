"""Which sound may be heard: none but what was said while a question is open and the kiosk is quiet."""

from __future__ import annotations

import math

ECHO_SECONDS = 0.25
"""So long after the kiosk has spoken its own voice may still be on the way through device and room."""


class Gate:
    """Open or shut at a moment of the past: sound is judged by when it was caught, not by when it is read."""

    def __init__(self) -> None:
        self._asked_at = math.inf
        self._quiet_from = 0.0

    def open(self, now: float) -> None:
        """A question is open from now on."""
        self._asked_at = now

    def shut(self) -> None:
        """Nothing is asked."""
        self._asked_at = math.inf

    def mute(self, now: float, *, on: bool) -> None:
        """The kiosk begins to speak, or has ended."""
        if on:
            self._quiet_from = math.inf
        elif math.isinf(self._quiet_from):
            self._quiet_from = now + ECHO_SECONDS

    def lets_through(self, since: float) -> bool:
        """May sound be heard that began then?"""
        return since >= self._asked_at and since >= self._quiet_from
