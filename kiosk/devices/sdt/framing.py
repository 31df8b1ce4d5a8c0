"""Frames of the resident ID card reader module (SAM_V / SDT). No port and no clock.

    AA AA AA 96 69 | LEN_H LEN_L | body ... | CHK

LEN counts body and CHK. CHK is the XOR of everything after the preamble, so the XOR over
length, body and CHK of a sound frame is 0. Nothing is escaped: a photo may hold a preamble.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.devices.line import Problem, ProblemKind

PREAMBLE = bytes.fromhex("aaaaaa9669")
SHORTEST_REPLY = 4
SHORTEST_REQUEST = 3
LONGEST = 2314
"""The longest legal LEN: a card with two fingerprints."""

_HEADER = len(PREAMBLE) + 2
_VENDOR_TIMEOUT = bytes.fromhex("0005050505")
"""One vendor's mark for "timed out": it says five bytes and three follow. With two more, AA AA of the next
frame, its checksum holds by chance."""
_SLICE = 4096
"""Bytes taken in at a time, so that memory stays bounded whatever is fed."""


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


class SdtFraming:
    """Turns pieces of a byte stream into the same events, however it is cut.

    After any bad frame the search goes on one byte after its preamble began, so a good
    frame swallowed by a wrong length is found again.
    """

    def __init__(self, shortest: int = SHORTEST_REPLY) -> None:
        """`shortest` is the smallest legal LEN: replies by default, SHORTEST_REQUEST for requests."""
        self._shortest = shortest
        self._buffer = bytearray()
        self._in_garbage = False

    @property
    def waiting(self) -> bool:
        """True while a frame may have begun and is not complete: silence should end it with `idle`."""
        return bool(self._buffer)

    @property
    def held(self) -> int:
        """Bytes kept for later; never more than one frame."""
        return len(self._buffer)

    def feed(self, received: bytes) -> list[Event]:
        """Take what arrived; return the frames and problems that are now certain."""
        events: list[Event] = []
        for start in range(0, len(received), _SLICE):
            self._buffer += received[start : start + _SLICE]
            events += self._scan()
        return events

    def idle(self) -> list[Event]:
        """The line fell silent: give up a half frame and search again behind its first byte."""
        events: list[Event] = []
        while self._buffer.startswith(PREAMBLE):
            events.append(self._refuse(ProblemKind.TIMEOUT))
            events += self._scan()
        if self._buffer and not events:
            events.append(self._refuse(ProblemKind.TIMEOUT))
        events += self._drop(len(self._buffer))
        return events

    def _scan(self) -> list[Event]:
        events: list[Event] = []
        while True:
            events += self._drop(self._noise())
            if len(self._buffer) < _HEADER:
                return events
            length = int.from_bytes(self._buffer[len(PREAMBLE) : _HEADER], "big")
            if not self._shortest <= length <= LONGEST:
                events.append(self._refuse(ProblemKind.LENGTH))
                continue
            end = _HEADER + length
            if len(self._buffer) < end:
                return events
            if checksum(self._buffer[len(PREAMBLE) : end]):
                events.append(self._refuse(ProblemKind.CHECKSUM))
                continue
            if self._buffer.startswith(_VENDOR_TIMEOUT, len(PREAMBLE)):
                events.append(self._refuse(ProblemKind.LENGTH))
                continue
            events.append(Frame(bytes(self._buffer[_HEADER : end - 1])))
            del self._buffer[:end]
            self._in_garbage = False

    def _noise(self) -> int:
        """How many bytes from the start can no longer begin a frame."""
        found = self._buffer.find(PREAMBLE)
        if found >= 0:
            return found
        for kept in range(min(len(PREAMBLE) - 1, len(self._buffer)), 0, -1):
            if self._buffer.endswith(PREAMBLE[:kept]):
                return len(self._buffer) - kept
        return len(self._buffer)

    def _drop(self, count: int) -> list[Event]:
        del self._buffer[:count]
        if count == 0 or self._in_garbage:
            return []
        self._in_garbage = True
        return [Problem(ProblemKind.GARBAGE)]

    def _refuse(self, kind: ProblemKind) -> Problem:
        """Give up the frame at the start of the buffer, but only its first byte."""
        del self._buffer[:1]
        self._in_garbage = False
        return Problem(kind)
