"""The screen's end of the speaking process: starts it, watches it, replaces it when it hangs."""

from __future__ import annotations

import sys
from collections.abc import Callable
from enum import Enum

from voice.child_process import ChildProcess
from voice.messages import (
    BEAT_SECONDS,
    Beat,
    Device,
    Ended,
    Order,
    Ready,
    Report,
    Started,
    Unspeakable,
    Word,
    from_line,
    to_line,
)

GRACE = 1.0
"""Seconds by which a beat of the child may be late before the child is taken for hung."""
STILL_LIMIT = 1.0
"""Seconds for which its audio stream may stand still while something should sound; starting one that
rests takes a few milliseconds."""
START_LIMIT = 10.0
PROGRAM = (sys.executable, "-m", "voice.child")

_REPORTS = (Ready, Device, Beat, Started, Word, Ended, Unspeakable)


Deliver = Callable[[int, Report | None], None]
"""Takes what a child says, with the number of that child's life; None: it has ended."""


class State(Enum):
    STARTING = "starting"
    READY = "ready"
    GONE = "gone"
    """It cannot be started, or fell too often: captions only."""


class Mouth:
    """One child after another. All methods belong to the speaker's thread; none of them waits."""

    def __init__(self, deliver: Deliver, program: tuple[str, ...] = PROGRAM) -> None:
        self._deliver = deliver
        self._process = ChildProcess(program, self._take)
        self.state = State.STARTING
        self.device: str | None = None
        self.for_one = False
        """One person hears it, by the device in use."""
        self._started_at = self._beat_due = 0.0
        self._rhythm = BEAT_SECONDS
        self._still_since: float | None = None
        self._blocks = -1

    @property
    def pid(self) -> int | None:
        """The child's process id, while there is one."""
        return self._process.pid

    @property
    def life(self) -> int:
        """Counts the children; a report of an older one means nothing."""
        return self._process.life

    def start(self, now: float) -> None:
        """A new child. If that is impossible there will be captions only."""
        self._begin(now, there=self._process.start())

    def _begin(self, now: float, *, there: bool) -> None:
        self.state, self.device = State.STARTING if there else State.GONE, None
        self.for_one = False
        self._started_at, self._rhythm = now, BEAT_SECONDS
        self._still_since, self._blocks = None, -1

    def _take(self, life: int, line: bytes | None) -> None:
        report = from_line(line) if line is not None else None
        if line is None or isinstance(report, _REPORTS):
            self._deliver(life, report if isinstance(report, _REPORTS) else None)

    def send(self, order: Order, now: float) -> None:
        """Hand an order over; a child that does not take or answer it is found by `hung`."""
        if self.state is State.READY:
            taken = self._process.write(to_line(order))
            self._beat_due = min(self._beat_due, now + BEAT_SECONDS + GRACE if taken else now)

    def take_note(self, report: Report, now: float) -> None:
        """Keep what a report says about the child itself."""
        match report:
            case Ready(engines=engines):
                self.state = State.READY if engines else State.GONE
            case Device(name=name, for_one=for_one):
                self.device, self.for_one = name, for_one
            case Beat(blocks=blocks, sounding=sounding, within=within):
                if blocks != self._blocks or not sounding:
                    self._still_since = None
                elif self._still_since is None:
                    self._still_since = now
                self._blocks, self._rhythm = blocks, within
        self._beat_due = now + self._rhythm + GRACE

    def hung(self, now: float) -> bool:
        """True if the child is dead to us and has to be replaced."""
        if self.state is State.STARTING:
            return now - self._started_at > START_LIMIT
        still = self._still_since is not None and now - self._still_since > STILL_LIMIT
        return self.state is State.READY and (still or now > self._beat_due)

    def replace(self, now: float) -> None:
        """Kill the child and all it started, and begin again, unless that happened too often: then there is
        no more sound in this sitting."""
        self._begin(now, there=self._process.replace(now))

    def close(self) -> None:
        """The child ends with its stdin; it is not asked twice."""
        self.state = State.GONE
        self._process.kill()
