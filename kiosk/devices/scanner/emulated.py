"""A scanner's far end of the line. No port, no thread; time is an argument."""

from __future__ import annotations

from collections import deque
from enum import StrEnum

from kiosk.devices.line import NEVER
from kiosk.devices.scanner import gm65
from kiosk.devices.scanner.framing import ScannerFraming, Told

_GIVES_UP = 5.0
"""Seconds for which an engine that was told to look does so."""


class Behaviour(StrEnum):
    """When it looks for codes."""

    ALWAYS = "a"
    """All the time: a code that is held before it is sent at once."""
    TOLD = "b"
    """As a GM65 that was set up so: only when it is told to, for one code or a few seconds."""


class EmulatedScanner:
    """A scanner before which at most one code is held. It does as a GM65 is told, and says so."""

    def __init__(self, behaviour: Behaviour = Behaviour.ALWAYS) -> None:
        self._behaviour = behaviour
        self._framing = ScannerFraming()
        self._held: bytes | None = None
        self._due: deque[bytes] = deque()
        self._lit_until = float("-inf")

    @property
    def deadline(self) -> float:
        """At once, where a code was seen."""
        return 0.0 if self._due else NEVER

    def hear(self, received: bytes, now: float) -> list[bytes]:
        """The engine's answers; behind them the code that it finds."""
        replies = []
        for event in self._framing.feed(received):
            if isinstance(event, Told) and event.kind == gm65.WRITE:
                replies.append(gm65.answer())
                if event.address == gm65.TRIGGER:
                    self._trigger(event.values, now)
        return [*replies, *self.tick(now)]

    def tick(self, now: float) -> list[bytes]:
        """What was seen."""
        seen = list(self._due)
        self._due.clear()
        return seen

    def lay(self, content: bytes, now: float) -> None:
        """A code is held before it."""
        self._held = content
        if self._behaviour is Behaviour.ALWAYS or now < self._lit_until:
            self._see()

    def lift(self) -> None:
        """The code is taken away."""
        self._held = None

    def reset(self) -> None:
        """The power went off and on: it looks no more."""
        self._lit_until = float("-inf")
        self._due.clear()
        self._framing = ScannerFraming()

    def wrong_length(self, reply: bytes) -> bytes:
        """An answer whose length is one too many; of a code, which has none, the end is missing."""
        if reply.startswith(gm65.ACKNOWLEDGED):
            return reply[:3] + bytes([reply[3] + 1]) + reply[4:]
        return reply[:-1]

    def _trigger(self, values: bytes, now: float) -> None:
        self._lit_until = now + _GIVES_UP if values == b"\x01" else float("-inf")
        if self._behaviour is Behaviour.TOLD and self._held is not None and now < self._lit_until:
            self._see()

    def _see(self) -> None:
        assert self._held is not None
        self._due.append(self._held + b"\r")
        if self._behaviour is Behaviour.TOLD:
            self._lit_until = float("-inf")
