"""The one shape of all devices: bytes -> Framing -> events -> Dialogue -> actions.

Neither part has a port or a clock. `kiosk.devices.device` joins them with both.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import Any, Protocol, runtime_checkable

from kiosk.devices.events import DeviceEvent


class ProblemKind(StrEnum):
    """What was wrong with bytes that did not become an event."""

    GARBAGE = "garbage"
    CHECKSUM = "checksum"
    LENGTH = "length"
    TIMEOUT = "timeout"


@dataclass(frozen=True, slots=True)
class Problem:
    """Bytes that were given up. Said once for a run of garbage, once for each bad frame."""

    kind: ProblemKind

    def harmless(self) -> str:
        """What a log may hold of it."""
        return f"bytes that are no frame: {self.kind.value}"


@runtime_checkable
class Heard(Protocol):
    """Something that a framing made of the bytes. It may be personal: only `harmless` goes to a log."""

    def harmless(self) -> str:
        """What a log may hold of it: kind, status, length."""
        ...


class Framing(Protocol):
    """Turns pieces of a byte stream into the same events, however it is cut. Memory stays bounded."""

    @property
    def waiting(self) -> bool:
        """True while something has begun and is not complete: silence should end it with `idle`.

        `idle` leaves nothing waiting.
        """
        ...

    def feed(self, received: bytes) -> list[Any]:
        """Take what arrived; return the events that are now certain. Never raises."""
        ...

    def idle(self) -> list[Any]:
        """The line fell silent: what was begun is complete, or given up."""
        ...


class Order(Enum):
    """What the application may want of a device. One that a device does not know is nothing to it."""

    LOOK = "look"
    """Begin to look for a code (an engine with a trigger lights up)."""
    REST = "rest"
    """Look no more."""
    STATE = "state"
    """Say how you are: a printer answers with `PrinterState`."""


@dataclass(frozen=True, slots=True)
class Send:
    """Write these bytes to the port."""

    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Emit:
    """Tell the application."""

    event: DeviceEvent


Action = Send | Emit

NEVER = float("inf")
"""The deadline of a dialogue that waits for nothing."""


class Dialogue(Protocol):
    """One connection's state machine. `now` is any clock that never runs backwards, in seconds."""

    @property
    def deadline(self) -> float:
        """When `on_tick` is due; NEVER if it is not."""
        ...

    def start(self, now: float) -> list[Action]:
        """A port was opened."""
        ...

    def on_event(self, event: Any, now: float) -> list[Action]:
        """Something that the framing made."""
        ...

    def on_tick(self, now: float) -> list[Action]:
        """Time passed; harmless when called early."""
        ...

    def on_order(self, order: Order, now: float) -> list[Action]:
        """The application wants something."""
        ...

    def end(self) -> list[Action]:
        """The port is gone: nothing of a visitor is left open."""
        ...
