"""Frames of the PN532 on its serial line (user manual UM0701-02, 6.2.1). No port and no clock.

    00 FF | LEN LCS | TFI data ... | DCS          a frame; LEN + LCS = 0, TFI + data + DCS = 0 (mod 256)
    00 FF | FF FF LENH LENL LCS | TFI data ... | DCS    the same with a longer length
    00 FF | 00 FF                                 ACK
    00 FF | FF 00                                 NACK
    00 FF | 01 FF | 7F | 81                       the error frame

Zeros before the start 00 FF and behind a frame are part of the protocol, however many. Nothing is
escaped: data may hold a start.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from kiosk.devices.line import Problem, ProblemKind
from kiosk.devices.marked import MarkedFraming

START = bytes.fromhex("00ff")
HOST = 0xD4
"""TFI of what the host sends."""
CHIP = 0xD5
"""TFI of what the chip sends."""
LONGEST = 265
"""The longest legal LEN, of an extended frame."""

_ERROR = 0x7F
_ACK_MARK = bytes.fromhex("00ff")
_NACK_MARK = bytes.fromhex("ff00")
_EXTENDED_MARK = bytes.fromhex("ffff")
_HEADER = len(START) + 2
_EXTENDED_HEADER = _HEADER + 3
LONGEST_FRAME = _EXTENDED_HEADER + LONGEST + 1
"""Bytes from the start to DCS."""


class Signal(Enum):
    """Frames that say one thing and carry nothing."""

    ACK = "ack"
    """From the chip: the command was understood. From the host: stop what you do."""
    NACK = "nack"
    """Say it again."""
    ERROR = "error"
    """The chip understood the frame and not what was in it."""

    def harmless(self) -> str:
        """What it is."""
        return self.value


@dataclass(frozen=True, slots=True)
class Frame:
    """A sound frame. Its data may hold the number of somebody's card and is never part of its repr."""

    tfi: int
    """HOST or CHIP; another one is nobody's."""
    body: bytes = field(repr=False)

    @property
    def code(self) -> int:
        """The command, or of a reply the command + 1."""
        return self.body[0]

    @property
    def data(self) -> bytes:
        """What follows the code."""
        return self.body[1:]

    def harmless(self) -> str:
        """Direction, code and length; never a card's number."""
        return f"{self.tfi:02x} {self.code:02x}, {len(self.data)} bytes"


Event = Frame | Signal | Problem

ACK = bytes.fromhex("0000ff00ff00")
NACK = bytes.fromhex("0000ffff0000")
ERROR = bytes.fromhex("0000ff01ff7f8100")


def enclose(tfi: int, body: bytes) -> bytes:
    """A whole frame, as it is sent: the code and its data, with a preamble and a postamble of one zero."""
    inner = bytes([tfi]) + body
    if len(inner) < 0xFF:
        length = bytes([len(inner), -len(inner) & 0xFF])
    else:
        counted = len(inner).to_bytes(2, "big")
        length = _EXTENDED_MARK + counted + bytes([-sum(counted) & 0xFF])
    return b"\x00" + START + length + inner + bytes([-sum(inner) & 0xFF, 0])


class Pn532Framing(MarkedFraming[Frame | Signal]):
    """Frames of both sides of the line.

    One is told with its last byte: nobody waits for the zero behind it. Zeros between frames are no garbage.
    """

    def __init__(self) -> None:
        super().__init__(START, filling=b"\x00")

    def _take(self) -> Event | None:
        """What the start at the beginning leads to; None while that is not certain."""
        mark = bytes(self._buffer[len(START) : _HEADER])
        if len(self._buffer) < (_EXTENDED_HEADER if mark == _EXTENDED_MARK else _HEADER):
            return None
        if mark == _ACK_MARK:
            return self._accept(_HEADER, Signal.ACK)
        if mark == _NACK_MARK:
            return self._accept(_HEADER, Signal.NACK)
        if mark != _EXTENDED_MARK:
            return self._take_frame(_HEADER, mark[:1], mark[1])
        counted = self._buffer[_HEADER : _EXTENDED_HEADER - 1]
        return self._take_frame(_EXTENDED_HEADER, counted, self._buffer[_EXTENDED_HEADER - 1])

    def _take_frame(self, header: int, counted: bytes | bytearray, check: int) -> Event | None:
        length = int.from_bytes(counted, "big")
        if (sum(counted) + check) & 0xFF or not 1 <= length <= LONGEST:
            return self._refuse(ProblemKind.LENGTH)
        end = header + length + 1
        if len(self._buffer) < end:
            return None
        if sum(self._buffer[header:end]) & 0xFF:
            return self._refuse(ProblemKind.CHECKSUM)
        if length > 1:
            return self._accept(end, Frame(self._buffer[header], bytes(self._buffer[header + 1 : end - 1])))
        if self._buffer[header] == _ERROR:
            return self._accept(end, Signal.ERROR)
        return self._refuse(ProblemKind.LENGTH)
