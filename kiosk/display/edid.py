"""What a monitor says of itself: the first block of its EDID (VESA E-EDID 1.3 and 1.4). Pure."""

from __future__ import annotations

from kiosk.display.panel import Panel

_BEGIN = b"\x00\xff\xff\xff\xff\xff\xff\x00"
_BLOCK = 128
_DESCRIPTORS = range(54, 126, 18)
_NAME = b"\x00\x00\x00\xfc\x00"
_NARROWEST, _WIDEST = 90, 2000
"""Millimetres; outside them it is a projector, a virtual screen, or made up."""


def panel_of(edid: bytes) -> Panel | None:
    """The panel; None where the bytes are no EDID, or tell no size that a screen can have.

    The detailed timing counts, whose size is in millimetres; the two bytes at its head are whole centimetres,
    and 16 : 9 is written there as often as the truth.
    """
    block = edid[:_BLOCK]
    if len(block) < _BLOCK or not block.startswith(_BEGIN) or sum(block) % 256:
        return None
    timing = block[54:72]
    if not timing[0] and not timing[1]:
        return None
    across = timing[2] | (timing[4] & 0xF0) << 4
    down = timing[5] | (timing[7] & 0xF0) << 4
    width = timing[12] | (timing[14] & 0xF0) << 4
    height = timing[13] | (timing[14] & 0x0F) << 8
    if not width or not height:
        width, height = block[21] * 10, block[22] * 10
    if not (_NARROWEST <= width <= _WIDEST and _NARROWEST <= height <= _WIDEST and across and down):
        return None
    return Panel(_name(block), width, height, across, down)


def _name(block: bytes) -> str:
    for at in _DESCRIPTORS:
        if block[at : at + 5] == _NAME:
            return block[at + 5 : at + 18].partition(b"\n")[0].decode("ascii", "replace").strip()
    return ""
