"""At which speed a device is spoken to. Pure: a connection tells how each one went."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import cycle


class SpeedSearch:
    """Speeds in turn until one is answered; that one is remembered and comes first from then on."""

    def __init__(self, speeds: Sequence[int]) -> None:
        """The usual one first."""
        self._speeds = tuple(speeds)
        self._known = 0
        self.begin()

    def begin(self) -> None:
        """A port was opened: first the speed that was answered before, else the usual one."""
        self._turns = self._in_turn()
        self._answered = False
        self._tried: set[int] = set()
        self.speed = next(self._turns)
        """The one to speak at now."""

    @property
    def settled(self) -> bool:
        """There is but one: nothing to search."""
        return len(self._speeds) == 1

    def answered(self) -> None:
        """The device answers at this speed."""
        self._known = self.speed
        self.begin()
        self._answered = True

    def silent(self) -> bool:
        """No answer at this speed: `speed` is the next one to try.

        True when somebody should hear of it: the device has answered on this line before, or none of the
        speeds is left.
        """
        self._tried.add(self.speed)
        self.speed = next(self._turns)
        return self._answered or self._tried.issuperset(self._speeds)

    def _in_turn(self) -> Iterator[int]:
        """Round and round. A speed that is known comes between any two others: most likely it is that one."""
        if not self._known:
            return cycle(self._speeds)
        others = [speed for speed in self._speeds if speed != self._known] or [self._known]
        return cycle(speed for other in others for speed in (self._known, other))
