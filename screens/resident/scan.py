"""One switch: the focus moves by itself, and the switch chooses what has it (K28).

Only where that was asked for: by the site, or by the person on the pages in Help. Nothing else on these
screens moves by itself.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from kiosk.flow.moves import Overlay

if TYPE_CHECKING:
    from textual.timer import Timer

    from kiosk.ports import Speaker
    from screens.resident.stage import Stage

LOOK_EVERY = 0.1
"""Seconds between two looks, only while the focus is moving."""
FIRST_LONGER = 1.0
"""Seconds more for the first item, as the page has only just been said."""
ROUNDS = 3
_STANDS_STILL = {Overlay.IDLE, Overlay.PRACTICE, Overlay.SWITCH}
"""Where any key goes on, or a switch means something else."""


class Scan:
    """Follows the page on the screen; asleep until it is switched on."""

    def __init__(
        self,
        stage: Stage,
        speaker: Speaker,
        set_timer: Callable[[float, Callable[[], None]], Timer],
        may_move: Callable[[], bool],
    ) -> None:
        """`may_move`: no move is under way, and nobody is being listened to."""
        self._stage, self._speaker, self._set_timer, self._may_move = stage, speaker, set_timer, may_move
        self._seconds = 0.0
        self._timer: Timer | None = None
        self._due: float | None = None
        """When the focus moves on; None while that is not counted: something is being said."""
        self._rounds = 0
        self._page: object = None
        self.waits = False
        """It has gone round often enough, or nobody may be there: the switch sets it off."""

    @property
    def on(self) -> bool:
        """Does it move by itself?"""
        return self._seconds > 0

    def follow(self, seconds: float) -> None:
        """A page has come up; the focus stays so long on each item, 0: it stays where it is."""
        self._seconds = seconds
        if self._stage.part is not self._page:
            self._page = self._stage.part
            self.waits = self._stage.sitting.place == "language" and not self._stage.sitting.overlay
            self.touched()
        if not self.on:
            self.end()
        elif self._timer is None and not self.waits:
            self._look_later()

    def touched(self) -> None:
        """Somebody did something: the rounds begin again where the focus is."""
        self._rounds, self._due = 0, None

    def set_off(self) -> None:
        """The switch was pressed while it waited: from the first item on."""
        self.waits = False
        self.touched()
        self._stage.to_first()
        self._look_later()

    def end(self) -> None:
        """No more moves."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def _look_later(self) -> None:
        self.end()
        self._timer = self._set_timer(LOOK_EVERY, self._look)

    def _look(self) -> None:
        self._timer = None
        if not self.on or self.waits:
            return
        still = self._stage.sitting.overlay in _STANDS_STILL
        if self._speaker.speaking or still or not self._may_move():
            self._due = None
        elif self._due is None:
            self._due = time.monotonic() + self._seconds + FIRST_LONGER * self._stage.at_first
        elif time.monotonic() >= self._due:
            self._move()
        if not self.waits:
            self._look_later()

    def _move(self) -> None:
        self._due = None
        self._stage.scan()
        self._rounds += self._stage.at_first
        if self._rounds >= ROUNDS:
            self.waits = True
            self._stage.announce(self._stage.texts["bar.scan_waits"])
