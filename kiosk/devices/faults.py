"""What can happen to a reply on a bad line. Pure: the same seed draws the same."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random


class Fault(StrEnum):
    """What goes wrong."""

    CHECKSUM = "checksum"
    """One bit is turned, anywhere in it: mostly a wrong checksum, where the protocol has one."""
    NOISE = "noise"
    """Junk comes before it."""
    UNPLUG = "unplug"
    """The cable comes out for some tenths of a second, and the reply is lost."""
    LATE = "late"
    """It comes when nobody waits for it any more, perhaps after the next request."""
    HALF_FRAME = "half"
    """It stops in the middle."""
    WRONG_LENGTH = "wrong-length"
    """The length in it is wrong."""
    SILENT = "silent"
    """It does not come."""


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of a reply."""

    sent: bytes = field(repr=False)
    late: float = 0.0
    """Seconds until it begins."""
    unplugged: float = 0.0
    """Seconds for which the cable is out, instead of anything sent."""


WrongLength = Callable[[bytes], bytes]
"""A reply as it is when the length in it is wrong: `Emulated.wrong_length`."""

_LONGEST_NOISE = 40
_LATE = (0.3, 1.5)
_UNPLUGGED = (0.1, 0.5)


def spoil(fault: Fault, reply: bytes, wrong_length: WrongLength, chance: Random) -> Fate:
    """A reply with this fault; its details are drawn from `chance`."""
    match fault:
        case Fault.CHECKSUM:
            at, bit = chance.randrange(len(reply) or 1), 1 << chance.randrange(8)
            return Fate(bytes(byte ^ bit if i == at else byte for i, byte in enumerate(reply)))
        case Fault.NOISE:
            return Fate(chance.randbytes(chance.randint(1, _LONGEST_NOISE)) + reply)
        case Fault.UNPLUG:
            return Fate(b"", unplugged=chance.uniform(*_UNPLUGGED))
        case Fault.LATE:
            return Fate(reply, late=chance.uniform(*_LATE))
        case Fault.HALF_FRAME:
            return Fate(reply[: len(reply) // 2])
        case Fault.WRONG_LENGTH:
            return Fate(wrong_length(reply))
        case Fault.SILENT:
            return Fate(b"")


class BadLine:
    """A line on which some of the replies come to grief.

    Which ones, and how, follows from seed and rate alone: the hundredth reply meets the same fault
    whatever the ninety-nine before it were.
    """

    def __init__(self, faults: Collection[Fault], *, seed: int = 0, rate: float = 0.2) -> None:
        """`rate` is the share of replies that are spoiled, from 0 to 1."""
        self._faults = sorted(faults)
        self._seed = seed
        self._rate = rate
        self._replies = 0

    def fate(self, reply: bytes, wrong_length: WrongLength) -> Fate:
        """What becomes of the next reply."""
        self._replies += 1
        chance = Random(f"{self._seed} {self._replies}")
        if not self._faults or chance.random() >= self._rate:
            return Fate(reply)
        return spoil(chance.choice(self._faults), reply, wrong_length, chance)
