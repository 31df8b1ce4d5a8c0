"""The serial language of Grow GM65-family engines (GM65, GM861, GM812): frames between host and engine.

    host:    7E 00 | type | length | address, 2 bytes | values | CRC, 2 bytes
    engine:  02 00 | type | length | values | CRC, 2 bytes

`type` is 00 of an engine that has done as it was told; 07 reads registers, 08 writes them, 09 keeps them over
a loss of power. The CRC is CRC-16 with polynomial 1021h, begun at 0, over all between head and CRC; AB CD
stands for "not computed". Register 0002h is the trigger: 1 begins to look for a code, 0 stops.
(Public driver sources and the manuals quoted in them.)
"""

from __future__ import annotations

from binascii import crc_hqx

ACKNOWLEDGED = b"\x02\x00\x00"
"""How an engine's answer begins."""
COMMANDS = (b"\x7e\x00\x07", b"\x7e\x00\x08", b"\x7e\x00\x09")
"""How a host's reading, writing and keeping begins."""

WRITE = 0x08
TRIGGER = bytes.fromhex("0002")
NOT_COMPUTED = bytes.fromhex("abcd")

_HEAD = 2
_CRC = 2
_ADDRESS = 2


def crc(covered: bytes) -> bytes:
    """The two bytes that belong behind what lies between head and CRC."""
    return crc_hqx(covered, 0).to_bytes(2, "big")


def write(address: bytes, values: bytes) -> bytes:
    """The host's frame that writes registers."""
    return b"\x7e\x00" + bytes([WRITE, len(values)]) + address + values + NOT_COMPUTED


START = write(TRIGGER, b"\x01")
"""Look for one code; the engine gives up by itself after some seconds."""
STOP = write(TRIGGER, b"\x00")


def answer(values: bytes = b"\x00") -> bytes:
    """The engine's frame that says: done as told."""
    covered = bytes([0, len(values)]) + values
    return b"\x02\x00" + covered + crc(covered)


def frame_length(start: bytes | bytearray) -> int | None:
    """How long the frame is that starts so, in bytes; None while that cannot be told. 0: no legal length."""
    if len(start) < _HEAD + 2:
        return None
    kind, values = start[_HEAD], start[_HEAD + 1]
    if values == 0:
        return 0
    from_host = start[0] == COMMANDS[0][0]
    carried = 1 if from_host and kind != WRITE else values  # reading and keeping name a count, in one byte
    return _HEAD + 2 + (_ADDRESS if from_host else 0) + carried + _CRC


def sound(frame: bytes) -> bool:
    """Is the CRC right, or left out on purpose?"""
    return frame[-_CRC:] in (NOT_COMPUTED, crc(frame[_HEAD:-_CRC]))
