"""Notices that nobody is there any more (K30, K31). Sets one timer at a time; never ticks."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.config import Times
    from kiosk.flow.sitting import Sitting

REMINDERS = (20, 10)
"""Seconds before the end of the warning at which it is said again."""
LONGEST = 600
"""Seconds with a person called, or in Help (K30); and what speech adds to any limit at the most, so that a
visit ends however it stands still."""
GOODBYE = 8
GOODBYE_WITH_CARD = 30
CALLS_FOR_CARD = (7, 14, 21, 28)
"""Seconds after which a card that lies there at the end is called out again (K34)."""
CALLS_FOR_LEFT_CARD = (15, 30, 60)
"""The same for one that the last person left: not for ever, as nobody may be there."""
_LATER = 5
"""Seconds to wait again while something still holds the clock."""


class IdleClock:
    """Calls back when it is quiet for long, when to remind, and when it is over."""

    def __init__(
        self,
        times: Times,
        held: Callable[[], bool],
        on_quiet: Callable[[bool], None],
        remind: Callable[[], None],
    ) -> None:
        """`held` tells whether the clock stands still: something is being said."""
        self._times, self._held, self._on_quiet, self._remind = times, held, on_quiet, remind
        self._timers: list[asyncio.TimerHandle] = []
        self._allowed = times.idle
        """Seconds without anybody on the page that is on the screen."""
        self._touched = self._moved = 0.0
        """When somebody last did something, and when anything last happened that holds the clock."""
        self._leaving = False

    def follow(self, sitting: Sitting) -> None:
        """Count what the page that has come up calls for."""
        from kiosk.flow.moves import Overlay

        if sitting.place == "goodbye":
            self.leave(card_lying=bool(sitting.card_lying))
        elif sitting.overlay is Overlay.IDLE:
            self.warn()
        else:
            # Whoever called a person or reads Help is not hurried, but not left for ever (K30).
            unhurried = sitting.overlay in (
                *(Overlay.CALLED, Overlay.HELP),
                *(Overlay.KEYS, Overlay.PRACTICE, Overlay.SWITCH, Overlay.SWITCHED),
            )
            self._allowed = max(self._times.idle, LONGEST) if unhurried else self._times.idle
            self.touch()
            for seconds in CALLS_FOR_LEFT_CARD if sitting.card_left else ():
                self._after(seconds, self._remind)

    def touch(self) -> None:
        """Somebody is there: from the beginning. Goodbye lasts no longer for it."""
        if self._leaving:
            return
        self.stop()
        self._touched = self._moved = asyncio.get_running_loop().time()
        self._after(self._allowed, self._quiet)

    def stirred(self) -> None:
        """Something was said, or a card was read: only the time after that is time without anybody."""
        self._moved = asyncio.get_running_loop().time()

    def alone(self, seconds: float) -> bool:
        """Has nobody done anything for so long?"""
        return asyncio.get_running_loop().time() - self._touched >= seconds

    def warn(self) -> None:
        """The warning is on the screen: count it down."""
        self.stop()
        self._allowed = self._times.idle
        for left in REMINDERS:
            self._after(self._times.warning - left, self._remind)
        self._after(self._times.warning, lambda: self._on_quiet(True))

    def leave(self, *, card_lying: bool) -> None:
        """Goodbye is on the screen."""
        self._leaving = True
        self.stop()
        for seconds in CALLS_FOR_CARD if card_lying else ():
            self._after(seconds, self._remind)
        self._after(GOODBYE_WITH_CARD if card_lying else GOODBYE, lambda: self._on_quiet(True))

    def stop(self) -> None:
        """Count nothing."""
        for timer in self._timers:
            timer.cancel()
        self._timers.clear()

    def _quiet(self) -> None:
        now = asyncio.get_running_loop().time()
        at_the_latest = self._touched + self._allowed + LONGEST
        due = now + _LATER if self._held() else self._moved + self._allowed
        if (left := min(due, at_the_latest) - now) > 0:
            self._after(left, self._quiet)
        else:
            self._on_quiet(False)

    def _after(self, seconds: float, call: Callable[[], None]) -> None:
        self._timers.append(asyncio.get_running_loop().call_later(seconds, call))
