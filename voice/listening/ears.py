"""The screen's end of the listening process: starts it, watches it, replaces it when it hangs."""

from __future__ import annotations

import sys
from collections.abc import Callable
from enum import Enum

from voice.listening.messages import (
    BEAT_SECONDS,
    LINES,
    REPORTS,
    Beat,
    Device,
    Fault,
    Mute,
    Order,
    Prepare,
    Ready,
    Report,
)
from voice.listening.recogniser import BAD_MODEL
from voice.watched_child import WatchedChild

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
        self._child: WatchedChild[Report] = WatchedChild(
            (*program, device), LINES, REPORTS, deliver, BEAT_SECONDS, STILL_LIMIT
        )
        self._prepared: Prepare | None = None
        self._muted = Mute(False)
        self.state = State.GONE
        self.reason = ""
        """Why it is gone: a key of the catalogue `voice`, group `deaf`."""
        self.spoken = ""
        """The language of a model that is in the place of another one, where it is known."""
        self._there = False
        self._began_at = 0.0

    @property
    def pid(self) -> int | None:
        """The child's process id, while there is one."""
        return self._child.pid

    @property
    def life(self) -> int:
        """Counts the children; a report of an older one means nothing."""
        return self._child.life

    def prepare(self, language: str, model: str, now: float) -> None:
        """Load this model; `READY` once that is done. A child is started where there is none."""
        self._prepared = Prepare(language, model)
        if self._child.pid is None:
            self._begin(now, there=self._child.start())
        else:
            self._load(now)

    def send(self, order: Order, now: float) -> None:
        """Hand an order over; a child that does not take or answer it is found by `hung`."""
        if isinstance(order, Mute):
            self._muted = order
        if self.state is State.READY or isinstance(order, Mute):
            self._child.write(order, now)

    def _begin(self, now: float, *, there: bool) -> None:
        self._there = False
        if there:
            self._load(now)
        else:
            self._give_up(BAD_MODEL if self.state is State.LOADING else UNSTEADY)

    def _load(self, now: float) -> None:
        self.state, self._began_at = State.LOADING, now
        self._child.forget()
        for order in (self._prepared, self._muted):
            if order is not None:
                self._child.write(order, now)

    def take_note(self, report: Report, now: float) -> None:
        """Keep what a report says about the child itself."""
        match report:
            case Ready(language=language) if self._waits_for(language):
                self.state = State.READY
            case Fault(language=language, reason=reason, spoken=spoken) if self._waits_for(language):
                self.spoken = spoken
                self._give_up(reason)
            case Device(name=name):
                self._there = name is not None
            case Beat(taken=taken, listening=listening, within=within):
                self._child.beat(taken, now, due=listening and self._there, within=within)
        self._child.heard(now)

    def _waits_for(self, language: str) -> bool:
        return self._prepared is not None and self._prepared.language == language

    def hung(self, now: float) -> bool:
        """True if the child is dead to us and has to be replaced."""
        if self.state is State.LOADING:
            return now - self._began_at > LOAD_LIMIT
        return self.state is State.READY and self._child.silent(now)

    def replace(self, now: float) -> None:
        """Kill the child and all it started, and begin again, unless that happened too often."""
        self._begin(now, there=self._child.replace(now))

    def close(self) -> None:
        """The child ends with its stdin; it is not asked twice."""
        self._give_up("")

    def _give_up(self, reason: str) -> None:
        """A model of half a gigabyte is not kept for nothing."""
        self.state, self.reason = State.GONE, reason
        self._child.kill()
