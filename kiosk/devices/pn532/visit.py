"""One card's stay in the field, from the first look that sees it to its removal."""

from __future__ import annotations

from kiosk.devices.events import MemberCardRead, MemberCardRemoved, MemberCardUnfit
from kiosk.devices.line import Action, Emit
from kiosk.devices.pn532.content import Target

GONE = 1.0
"""Seconds of misses before a card counts as removed; a single look often misses one."""

_NOBODY = ""
"""Stands for all cards whose number is another one at every look."""


class Visit:
    """Which card lies there. It is told once, however long it lies."""

    def __init__(self) -> None:
        self._number: str | None = None
        self._missed_since: float | None = None

    def seen(self, target: Target) -> list[Action]:
        """A look saw this card."""
        self._missed_since = None
        number = _NOBODY if target.random_uid else target.uid.hex().upper()
        if number == self._number:
            return []
        before = self.leave()
        self._number = number
        return [*before, Emit(MemberCardRead(number) if number else MemberCardUnfit())]

    def missed(self, now: float) -> list[Action]:
        """A look saw nothing."""
        if self._number is None:
            return []
        if self._missed_since is None:
            self._missed_since = now
        return self.leave() if now - self._missed_since >= GONE else []

    def leave(self) -> list[Action]:
        """It is gone, or can no longer be watched."""
        lay, self._number, self._missed_since = self._number, None, None
        return [] if lay is None else [Emit(MemberCardRemoved())]
