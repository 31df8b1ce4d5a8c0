"""Listening to an RDM6300: it repeats a tag for as long as it lies there, and says nothing else."""

from __future__ import annotations

from kiosk.devices.events import DeviceReady, MemberCardRead, MemberCardRemoved
from kiosk.devices.line import NEVER, Action, Emit, Order
from kiosk.devices.rdm6300.content import Tag
from kiosk.devices.rdm6300.framing import Event

GONE = 0.5
"""Seconds without the tag before it counts as removed; it is repeated about fifteen times a second."""


class Rdm6300Dialogue:
    """Which tag lies there."""

    def __init__(self) -> None:
        self._number: str | None = None
        self._gone_at = NEVER

    @property
    def deadline(self) -> float:
        """When the tag counts as removed."""
        return self._gone_at

    def start(self, now: float) -> list[Action]:
        """A port was opened. The reader cannot be asked how it is: that the port is there must do."""
        return [Emit(DeviceReady(""))]

    def on_event(self, event: Event, now: float) -> list[Action]:
        """A tag, or a problem: that one will be repeated."""
        if not isinstance(event, Tag):
            return []
        self._gone_at = now + GONE
        if event.hex == self._number:
            return []
        before = self._leave()
        self._number, self._gone_at = event.hex, now + GONE
        return [*before, Emit(MemberCardRead(event.hex))]

    def on_tick(self, now: float) -> list[Action]:
        """Time passed: the tag may be gone."""
        return self._leave() if now >= self._gone_at else []

    def on_order(self, order: Order, now: float) -> list[Action]:
        """It sends only: it takes no orders."""
        return []

    def end(self) -> list[Action]:
        """The port is gone: no visitor's tag is left open."""
        return self._leave()

    def _leave(self) -> list[Action]:
        lay, self._number, self._gone_at = self._number, None, NEVER
        return [] if lay is None else [Emit(MemberCardRemoved())]
