"""The screen's end of the speaking process: starts it, watches it, replaces it when it hangs."""

from __future__ import annotations

import sys
from collections.abc import Callable
from enum import Enum

from voice.messages import (
    BEAT_SECONDS,
    LINES,
    REPORTS,
    Beat,
    Device,
    Order,
    Ready,
    Report,
)
from voice.watched_child import WatchedChild

STILL_LIMIT = 1.0
"""Seconds for which its audio stream may stand still while something should sound, beyond what the stream has
in hand; starting one that rests takes a few milliseconds."""
START_LIMIT = 10.0
GOODBYE = 0.25
"""Seconds in which a voice that sounds elsewhere has silence there; it takes a few milliseconds."""
PROGRAM = (sys.executable, "-m", "voice.child")

Deliver = Callable[[int, Report | None], None]
"""Takes what a child says, with the number of that child's life; None: it has ended."""


class State(Enum):
    STARTING = "starting"
    READY = "ready"
    GONE = "gone"
    """It cannot be started, or fell too often: captions only."""


class Mouth:
    """One child after another. All methods belong to the speaker's thread; none but `close` waits."""

    def __init__(
        self, deliver: Deliver, program: tuple[str, ...] = PROGRAM, inherited: tuple[int, ...] = ()
    ) -> None:
        """`inherited`: descriptors of ours that the child has, too."""
        self._child: WatchedChild[Report] = WatchedChild(
            program, LINES, REPORTS, deliver, BEAT_SECONDS, STILL_LIMIT, inherited
        )
        self._sounds_elsewhere = bool(inherited)
        self.state = State.STARTING
        self.device: str | None = None
        self.for_one = False
        """One person hears it, by the device in use."""
        self._started_at = 0.0

    @property
    def pid(self) -> int | None:
        """The child's process id, while there is one."""
        return self._child.pid

    @property
    def life(self) -> int:
        """Counts the children; a report of an older one means nothing."""
        return self._child.life

    def start(self, now: float) -> None:
        """A new child. If that is impossible there will be captions only."""
        self._begin(now, there=self._child.start())

    def _begin(self, now: float, *, there: bool) -> None:
        self.state, self.device = State.STARTING if there else State.GONE, None
        self.for_one = False
        self._started_at = now
        self._child.forget()

    def send(self, order: Order, now: float) -> None:
        """Hand an order over; a child that does not take or answer it is found by `hung`."""
        if self.state is State.READY:
            self._child.write(order, now)

    def take_note(self, report: Report, now: float) -> None:
        """Keep what a report says about the child itself."""
        match report:
            case Ready(engines=engines):
                self.state = State.READY if engines else State.GONE
            case Device(name=name, for_one=for_one, in_hand=in_hand):
                self.device, self.for_one = name, for_one
                self._child.allow(STILL_LIMIT + in_hand)
            case Beat(blocks=blocks, sounding=sounding, within=within):
                self._child.beat(blocks, now, due=sounding, within=within)
        self._child.heard(now)

    def hung(self, now: float) -> bool:
        """True if the child is dead to us and has to be replaced."""
        if self.state is State.STARTING:
            return now - self._started_at > START_LIMIT
        return self.state is State.READY and self._child.silent(now)

    def replace(self, now: float) -> None:
        """Kill the child and all it started, and begin again, unless that happened too often: then there is
        no more sound in this sitting."""
        self._begin(now, there=self._child.replace(now))

    def close(self) -> None:
        """A device here is silent with the child; what it has sent elsewhere would sound on without it."""
        self.state = State.GONE
        if self._sounds_elsewhere:
            self._child.end(GOODBYE)
        else:
            self._child.kill()
