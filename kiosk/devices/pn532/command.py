"""The commands of the PN532 that we send, and how long each may take."""

from __future__ import annotations

from enum import Enum

from kiosk.devices.pn532.framing import HOST, enclose

WAKE = bytes.fromhex("5555") + bytes(14)
"""Sent directly before a command: rouses a chip that sleeps, as it does after power-up."""
ACK_BUDGET = 0.1
"""Seconds until a command counts as not understood (the chip takes 15 ms)."""
FIRST_ACK_BUDGET = 1.5
"""The same for the first command: an adapter that was just opened may hold its first bytes back."""
REPLY_BUDGET = 0.6
"""Seconds from the ACK to the reply; seventeen looks for a card take a fifth of that."""


class Command(Enum):
    """Code and parameters of each request."""

    SAM = b"\x14\x01\x14\x01"
    """SAMConfiguration: no SAM is fitted, the chip works alone."""
    FIRMWARE = b"\x02"
    """GetFirmwareVersion."""
    RETRIES = b"\x32\x05\xff\x01\x10"
    """RFConfiguration: look for a card seventeen times, not for ever."""
    LIST = b"\x4a\x01\x00"
    """InListPassiveTarget: one card, 106 kbit/s, type A."""

    @property
    def code(self) -> int:
        """The first byte."""
        return self.value[0]

    @property
    def reply_code(self) -> int:
        """The first byte of its reply."""
        return self.code + 1

    @property
    def frame(self) -> bytes:
        """The whole request."""
        return enclose(HOST, self.value)
