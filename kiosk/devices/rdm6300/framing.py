"""Frames of the RDM6300 and its relatives. No port and no clock.

    02 | ten hex digits | two hex digits, the XOR of the five bytes | 03

Some relatives put CR LF before the 03. A 02 always begins a frame: it cannot stand inside one.
"""

from __future__ import annotations

from functools import reduce
from operator import xor

from kiosk.devices.line import Problem, ProblemKind
from kiosk.devices.rdm6300.content import DIGITS, Tag

STX = 0x02
ETX = 0x03

_DIGITS = DIGITS + 2
_HEX = frozenset(b"0123456789ABCDEFabcdef")
_LINE_END = b"\r\n"

Event = Tag | Problem


def enclose(digits: bytes) -> bytes:
    """A whole frame around a tag's ten hex digits. Raises ValueError for anything else."""
    raw = bytes.fromhex(digits.decode("ascii"))
    if len(digits) != DIGITS or len(raw) * 2 != DIGITS:
        raise ValueError("a tag has ten hex digits")
    return bytes([STX]) + digits + f"{reduce(xor, raw):02X}".encode() + bytes([ETX])


class Rdm6300Framing:
    """Turns pieces of a byte stream into the same events, however it is cut.

    What follows a bad frame is part of it until the next one begins: it is not told a second time.
    """

    def __init__(self) -> None:
        self._buffer: bytearray | None = None
        """What came since the 02; None while no frame has begun."""
        self._told = False
        """What passes now was told already, as garbage or as a bad frame."""

    @property
    def waiting(self) -> bool:
        """True while a frame has begun and is not complete: silence should end it with `idle`."""
        return self._buffer is not None

    @property
    def held(self) -> int:
        """Bytes kept for later; never more than one frame."""
        return len(self._buffer or b"")

    def feed(self, received: bytes) -> list[Event]:
        """Take what arrived; return the tags and problems that are now certain."""
        events: list[Event] = []
        at = 0
        while at < len(received):
            if self._buffer is not None:
                events += self._take(received[at])
                at += 1
                continue
            found = received.find(STX, at)
            if found != at and not self._told:
                self._told = True
                events.append(Problem(ProblemKind.GARBAGE))
            if found < 0:
                break
            self._buffer = bytearray()
            at = found + 1
        return events

    def idle(self) -> list[Event]:
        """The line fell silent: give up a half frame."""
        return self._refuse(ProblemKind.TIMEOUT) if self.waiting else []

    def _take(self, byte: int) -> list[Event]:
        """The next byte of a frame that has begun."""
        held = self._buffer = self._buffer or bytearray()
        if byte == STX:
            cut_short = self._refuse(ProblemKind.LENGTH)
            self._buffer = bytearray()
            return cut_short
        if byte == ETX:
            return self._judge(bytes(held))
        if byte not in _HEX and byte not in _LINE_END:
            return self._refuse(ProblemKind.GARBAGE)
        held.append(byte)
        behind = bytes(held[_DIGITS:])
        return [] if _LINE_END.startswith(behind) or behind == b"\n" else self._refuse(ProblemKind.LENGTH)

    def _judge(self, held: bytes) -> list[Event]:
        """The frame is whole."""
        digits = held.rstrip(_LINE_END)
        if len(digits) != _DIGITS:
            return self._refuse(ProblemKind.LENGTH)
        if not _HEX.issuperset(digits):
            return self._refuse(ProblemKind.GARBAGE)
        raw = bytes.fromhex(digits.decode("ascii"))
        if reduce(xor, raw):
            return self._refuse(ProblemKind.CHECKSUM)
        self._buffer, self._told = None, False
        return [Tag(raw[:-1])]

    def _refuse(self, kind: ProblemKind) -> list[Event]:
        """Give up what has begun; what follows it until the next 02 was told with it."""
        self._buffer, self._told = None, True
        return [Problem(kind)]
