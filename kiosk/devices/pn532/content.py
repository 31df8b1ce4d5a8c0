"""What the chip says about the cards in its field, and about itself. Pure; what does not fit is None."""

from __future__ import annotations

from dataclasses import dataclass, field

UID_LENGTHS = (4, 7, 10)
_RANDOM = 0x08
"""First byte of a number of four bytes that the card draws anew for every tap (ISO/IEC 14443-3)."""
_SPEAKS_14443_4 = 0x20
"""Bit of SEL_RES: the card goes on with ISO/IEC 14443-4 and has given its ATS."""


@dataclass(frozen=True, slots=True)
class Target:
    """A card of type A in the field."""

    sens_res: bytes
    """Two bytes, in the order of the reply."""
    sel_res: int
    uid: bytes = field(repr=False)
    ats: bytes = field(repr=False)
    """With its length byte; empty if the card gave none."""

    @property
    def random_uid(self) -> bool:
        """True when the number is another one at every tap: it can stand for nobody."""
        return len(self.uid) == UID_LENGTHS[0] and self.uid[0] == _RANDOM


def listed_targets(data: bytes) -> tuple[Target, ...] | None:
    """The cards of a reply to InListPassiveTarget at 106 kbit/s type A; `data` is what follows its code.

    None when its lengths do not fit: then nothing in it can be trusted to be a card's number.
    """
    if not data:
        return None
    found: list[Target] = []
    rest = data[1:]
    for left in reversed(range(data[0])):
        split = _split_target(rest, last=left == 0)
        if split is None:
            return None
        target, rest = split
        found.append(target)
    return tuple(found) if not rest else None


def _split_target(data: bytes, *, last: bool) -> tuple[Target, bytes] | None:
    """One target (number, SENS_RES, SEL_RES, length, UID, ATS) and what follows it."""
    if len(data) < 5 or data[4] not in UID_LENGTHS or len(data) < 5 + data[4]:
        return None
    uid, rest = data[5 : 5 + data[4]], data[5 + data[4] :]
    # Some cards promise an ATS and give none: of the last one the bytes that are left decide.
    has_ats = bool(rest) if last else bool(data[3] & _SPEAKS_14443_4)
    size = rest[0] if has_ats and rest else 0
    if has_ats and not 1 <= size <= len(rest):
        return None
    return Target(data[1:3], data[3], uid, rest[:size]), rest[size:]


def chip_name(data: bytes) -> str:
    """Of a reply to GetFirmwareVersion: "PN532 1.6"; empty if it is too short to say."""
    return f"PN5{data[0]:02X} {data[1]}.{data[2]}" if len(data) >= 3 else ""
