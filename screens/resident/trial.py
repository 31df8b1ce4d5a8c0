"""Trying a switch: a tone, and how long the press after it takes. Calibration (K28)."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from kiosk.flow.moves import Back, Cue, Struck

if TYPE_CHECKING:
    from textual.timer import Timer

    from kiosk.flow.moves import Move
    from kiosk.ports import Speaker
    from screens.resident.stage import Stage

LOOK_EVERY = 0.1
PAUSES = (1.2, 2.0, 1.5, 2.4)
"""Seconds between what is said and the tone; not the same each time, or one would press by counting."""
PATIENCE = 20.0
"""Seconds after the tone without a press; then it is given up, as nobody with one switch could leave."""


class SwitchTrial:
    """Gives the cue once the page has been said, and takes the time of the press."""

    def __init__(
        self,
        stage: Stage,
        speaker: Speaker,
        make: Callable[[Move], None],
        set_timer: Callable[[float, Callable[[], None]], Timer],
    ) -> None:
        self._stage, self._speaker, self._make, self._set_timer = stage, speaker, make, set_timer
        self._timer: Timer | None = None
        self._cued_at = 0.0

    def begin(self) -> None:
        """A page of the trial is on the screen: before the tone, or after it."""
        trial = self._stage.sitting.trial
        if trial is None:
            return
        if trial.now:
            self._cued_at = time.monotonic()
            self._later(PATIENCE, lambda: self._make(Back()))
        else:
            self._when_said(PAUSES[len(trial.taken) % len(PAUSES)])

    def end(self) -> None:
        """Another page is there."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def strike(self, switch: int, at: float) -> None:
        """A switch was pressed, 1 or 2. Where one is tried either is it."""
        trial = self._stage.sitting.trial
        if trial is None:
            return
        if trial.count == 2 and switch != trial.switch:
            self._stage.announce(self._stage.texts["switch.other"])
        elif not trial.now:
            self._stage.announce(self._stage.texts["switch.early"])
            self.begin()
        else:
            self.end()
            self._make(Struck(max(at - self._cued_at, 0.0)))

    def _when_said(self, pause: float) -> None:
        """What is said would drown the tone."""

        def look() -> None:
            if self._speaker.speaking:
                self._later(LOOK_EVERY, look)
            else:
                self._later(pause, self._cue)

        self._later(LOOK_EVERY, look)

    def _cue(self) -> None:
        self._speaker.tone()
        self._make(Cue())

    def _later(self, seconds: float, call: Callable[[], None]) -> None:
        self.end()
        self._timer = self._set_timer(seconds, call)
