"""Frames of the resident ID card reader module (SAM_V / SDT). No port and no clock.

    AA AA AA 96 69 | LEN_H LEN_L | body ... | CHK

LEN counts body and CHK. CHK is the XOR of everything after the preamble, so the XOR over
length, body and CHK of a sound frame is 0. Nothing is escaped: a photo may hold a preamble.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.devices.line import Problem, ProblemKind
from kiosk.devices.marked import MarkedFraming

PREAMBLE = bytes.fromhex("aaaaaa9669")
SHORTEST_REPLY = 4
SHORTEST_REQUEST = 3
LONGEST = 2314
"""The longest legal LEN: a card with two fingerprints."""

_HEADER = len(PREAMBLE) + 2
_VENDOR_TIMEOUT = bytes.fromhex("0005050505")
"""One vendor's mark for "timed out": it says five bytes and three follow. With two more, AA AA of the next
frame, its checksum holds by chance."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A sound frame. Its body may be a person's data and is never part of its repr."""

    body: bytes = field(repr=False)

    @property
    def status(self) -> str:
        """Of a reply: SW1 SW2 SW3 as six hex digits; success is the full triple."""
        return self.body[:3].hex()

    @property
    def payload(self) -> bytes:
        """Of a reply: what lies between SW3 and the checksum."""
        return self.body[3:]

    @property
    def command(self) -> str:
        """Of a request: CMD PARA as four hex digits."""
        return self.body[:2].hex()

    def harmless(self) -> str:
        """Status and length; never what was read."""
        return f"{self.status}, {len(self.payload)} bytes"


Event = Frame | Problem


def checksum(after_preamble: bytes | bytearray) -> int:
    """XOR of all bytes; 0 for length, body and checksum of a sound frame."""
    # One long number folded onto itself: ten steps for a whole read reply instead of 1290.
    folded, count = int.from_bytes(after_preamble, "big"), len(after_preamble)
    while count > 1:
        count -= count // 2
        folded = (folded >> 8 * count) ^ (folded & ((1 << 8 * count) - 1))
    return folded


def enclose(body: bytes) -> bytes:
    """A whole frame around a body."""
    covered = (len(body) + 1).to_bytes(2, "big") + body
    return PREAMBLE + covered + bytes([checksum(covered)])


def request(cmd: bytes, data: bytes = b"") -> bytes:
    """A whole request: `cmd` is CMD PARA."""
    return enclose(cmd + data)


def reply(status: str, data: bytes = b"") -> bytes:
    """A whole reply, as the module sends it: `status` is six hex digits."""
    return enclose(bytes.fromhex(status) + data)


class SdtFraming(MarkedFraming[Frame]):
    """Frames of either side of the line."""

    def __init__(self, shortest: int = SHORTEST_REPLY) -> None:
        """`shortest` is the smallest legal LEN: replies by default, SHORTEST_REQUEST for requests."""
        super().__init__(PREAMBLE)
        self._shortest = shortest

    def _take(self) -> Event | None:
        if len(self._buffer) < _HEADER:
            return None
        length = int.from_bytes(self._buffer[len(PREAMBLE) : _HEADER], "big")
        if not self._shortest <= length <= LONGEST:
            return self._refuse(ProblemKind.LENGTH)
        end = _HEADER + length
        if len(self._buffer) < end:
            return None
        if checksum(self._buffer[len(PREAMBLE) : end]):
            return self._refuse(ProblemKind.CHECKSUM)
        if self._buffer.startswith(_VENDOR_TIMEOUT, len(PREAMBLE)):
            return self._refuse(ProblemKind.LENGTH)
        return self._accept(end, Frame(bytes(self._buffer[_HEADER : end - 1])))
