"""What an RDM6300 sends while a tag lies there. No port, no clock, no thread."""

from __future__ import annotations

from kiosk.devices.line import NEVER
from kiosk.devices.rdm6300.framing import enclose

REPEAT = 0.065
"""Seconds from one frame to the next."""


class EmulatedRdm6300:
    """A reader with at most one tag in its field. A tag is its ten hex digits."""

    def __init__(self) -> None:
        self._frame = b""
        self._due = NEVER

    @property
    def deadline(self) -> float:
        """When the tag is sent again."""
        return self._due

    def hear(self, received: bytes, now: float) -> list[bytes]:
        """It does not listen."""
        return []

    def tick(self, now: float) -> list[bytes]:
        """The tag that lies there."""
        if now < self._due:
            return []
        self._due = now + REPEAT
        return [self._frame]

    def lay(self, content: bytes, now: float) -> None:
        """Bring a tag into the field. Raises ValueError where these are not ten hex digits."""
        self._frame = enclose(content)
        self._due = now

    def lift(self) -> None:
        """Take it away."""
        self._due = NEVER

    def reset(self) -> None:
        """The power went off and on: a tag that lies there is sent as before."""

    def wrong_length(self, reply: bytes) -> bytes:
        """Two digits too many."""
        return reply[:-1] + b"00" + reply[-1:]
