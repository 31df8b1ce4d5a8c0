"""The screen's end of the listening process: starts it, watches it, replaces it when it hangs."""

from __future__ import annotations

import sys
from collections.abc import Callable
from enum import Enum

from voice.child_process import ChildProcess
from voice.listening.messages import (
    BEAT_SECONDS,
    REPORTS,
    Beat,
    Device,
    Fault,
    Mute,
    Order,
    Prepare,
    Ready,
    Report,
    from_line,
    to_line,
)
from voice.listening.recogniser import BAD_MODEL

GRACE = 1.0
"""Seconds by which a beat of the child may be late before the child is taken for hung."""
STILL_LIMIT = 1.5
"""Seconds for which no sound may be taken in while somebody is listened to: then the device stands still, or
the recogniser."""
LOAD_LIMIT = 60.0
"""A big model takes that long on a small machine."""
PROGRAM = (sys.executable, "-m", "voice.listening.child")

UNSTEADY = "unsteady"
"""It fell or froze too often, or cannot be started."""

Deliver = Callable[[int, Report | None], None]
"""Takes what a child says, with the number of that child's life; None: it has ended."""


class State(Enum):
    LOADING = "loading"
    READY = "ready"
    GONE = "gone"
    """Nothing can be heard with this model."""


class Ears:
    """One child after another. All methods belong to the listener's thread; none of them waits."""

    def __init__(self, deliver: Deliver, program: tuple[str, ...] = PROGRAM, device: str = "") -> None:
        self._deliver = deliver
        self._process = ChildProcess((*program, device), self._take)
        self._prepared: Prepare | None = None
        self._muted = Mute(False)
        self.state = State.GONE
        self.reason = ""
        """Why it is gone: a key of the catalogue `voice`, group `deaf`."""
        self._there = False
        self._began_at = self._beat_due = 0.0
        self._rhythm = BEAT_SECONDS
        self._still_since: float | None = None
        self._taken = -1

    @property
    def pid(self) -> int | None:
        """The child's process id, while there is one."""
        return self._process.pid

    @property
    def life(self) -> int:
        """Counts the children; a report of an older one means nothing."""
        return self._process.life

    def prepare(self, language: str, model: str, now: float) -> None:
        """Load this model; `READY` once that is done. A child is started where there is none."""
        self._prepared = Prepare(language, model)
        if self._process.pid is None:
            self._begin(now, there=self._process.start())
        else:
            self._load(now)

    def send(self, order: Order, now: float) -> None:
        """Hand an order over; a child that does not take or answer it is found by `hung`."""
        if isinstance(order, Mute):
            self._muted = order
        if self.state is State.READY or isinstance(order, Mute):
            self._write(order, now)

    def _begin(self, now: float, *, there: bool) -> None:
        self._there = False
        if there:
            self._load(now)
        else:
            self._give_up(BAD_MODEL if self.state is State.LOADING else UNSTEADY)

    def _load(self, now: float) -> None:
        self.state, self._began_at, self._rhythm = State.LOADING, now, BEAT_SECONDS
        self._still_since, self._taken = None, -1
        for order in (self._prepared, self._muted):
            if order is not None:
                self._write(order, now)

    def _write(self, order: Order, now: float) -> None:
        taken = self._process.write(to_line(order))
        self._beat_due = min(self._beat_due, now + BEAT_SECONDS + GRACE if taken else now)

    def _take(self, life: int, line: bytes | None) -> None:
        report = from_line(line) if line is not None else None
        if line is None or isinstance(report, REPORTS):
            self._deliver(life, report if isinstance(report, REPORTS) else None)

    def take_note(self, report: Report, now: float) -> None:
        """Keep what a report says about the child itself."""
        match report:
            case Ready(language=language) if self._waits_for(language):
                self.state = State.READY
            case Fault(language=language, reason=reason) if self._waits_for(language):
                self._give_up(reason)
            case Device(name=name):
                self._there = name is not None
            case Beat(taken=taken, listening=listening, within=within):
                if taken != self._taken or not listening or not self._there:
                    self._still_since = None
                elif self._still_since is None:
                    self._still_since = now
                self._taken, self._rhythm = taken, within
        self._beat_due = now + self._rhythm + GRACE

    def _waits_for(self, language: str) -> bool:
        return self._prepared is not None and self._prepared.language == language

    def hung(self, now: float) -> bool:
        """True if the child is dead to us and has to be replaced."""
        if self.state is State.LOADING:
            return now - self._began_at > LOAD_LIMIT
        still = self._still_since is not None and now - self._still_since > STILL_LIMIT
        return self.state is State.READY and (still or now > self._beat_due)

    def replace(self, now: float) -> None:
        """Kill the child and all it started, and begin again, unless that happened too often."""
        self._begin(now, there=self._process.replace(now))

    def close(self) -> None:
        """The child ends with its stdin; it is not asked twice."""
        self._give_up("")

    def _give_up(self, reason: str) -> None:
        """A model of half a gigabyte is not kept for nothing."""
        self.state, self.reason = State.GONE, reason
        self._process.kill()
