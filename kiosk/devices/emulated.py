"""What an emulated device is, whatever it emulates. `kiosk.devices.emulator` puts it on a line."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that can be laid on an emulated device, held before it, or done to it."""

    label: str
    content: bytes = field(repr=False)
    """What the device makes of it: a text block, a UID, a tag's ten digits, a code's bytes, "paper-out"."""


class Emulated(Protocol):
    """The far end of the line: bytes in, bytes out. No port, no thread; time is an argument, in seconds."""

    def hear(self, received: bytes, now: float) -> list[bytes]:
        """What the device answers to what arrived, each reply by itself."""
        ...

    def tick(self, now: float) -> list[bytes]:
        """What it sends by itself by now."""
        ...

    @property
    def deadline(self) -> float:
        """When `tick` has something to send, or a half request is given up; NEVER if not."""
        ...

    def lay(self, content: bytes, now: float) -> None:
        """A card is laid down, a code is held before it."""
        ...

    def lift(self) -> None:
        """It is taken away."""
        ...

    def reset(self) -> None:
        """The power went off and on."""
        ...

    def wrong_length(self, reply: bytes) -> bytes:
        """A reply as it is when the length in it is wrong."""
        ...
