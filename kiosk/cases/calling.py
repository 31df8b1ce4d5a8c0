"""Waiting numbers: which lane is called next, how many come before, and what a number may become. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Lane(StrEnum):
    """Where somebody waits."""

    FIRST = "first"
    """People of a certain age, and people with disabilities."""
    ORDINARY = "ordinary"


class Standing(StrEnum):
    """What has become of a number."""

    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    PASSED = "passed"
    """Called, and nobody came. It can be called again at any time of the day."""
    LEFT = "left"
    DONE = "done"


class Step(StrEnum):
    """What staff do with one number; the next one of all is called by `next_lane`."""

    CALL = "call"
    """Somebody who was passed over has come back."""
    AGAIN = "again"
    SERVE = "serve"
    PASS = "pass"
    LEAVE = "leave"
    FINISH = "finish"
    PREFER = "prefer"
    """Into the lane that goes first: they did not say it when they drew the number."""


@dataclass(frozen=True, slots=True)
class Rule:
    """From where a step may be made, and where it leads."""

    start: frozenset[Standing]
    end: Standing


_HERE = frozenset({Standing.CALLED})
RULES: Mapping[Step, Rule] = {
    Step.CALL: Rule(frozenset({Standing.PASSED}), Standing.CALLED),
    Step.AGAIN: Rule(_HERE, Standing.CALLED),
    Step.SERVE: Rule(frozenset({Standing.CALLED, Standing.PASSED}), Standing.SERVING),
    Step.PASS: Rule(_HERE, Standing.PASSED),
    Step.LEAVE: Rule(frozenset({Standing.WAITING, Standing.CALLED, Standing.PASSED}), Standing.LEFT),
    Step.FINISH: Rule(frozenset({Standing.SERVING}), Standing.DONE),
    Step.PREFER: Rule(frozenset({Standing.WAITING}), Standing.WAITING),
}

RINGS = frozenset({Step.CALL, Step.AGAIN})
"""Steps that are heard in the hall."""

AT_WINDOW = frozenset({Standing.CALLED, Standing.SERVING})
"""A window has them in hand."""

BY_NEXT: Mapping[Standing, Standing] = {
    Standing.CALLED: Standing.PASSED,
    Standing.SERVING: Standing.DONE,
}
"""What becomes of the number at a window that calls the next one."""


@dataclass(frozen=True, slots=True)
class Window:
    """Where people are called to, and which letters it serves."""

    name: str
    letters: str


@dataclass(frozen=True, slots=True)
class Numbers:
    """How a centre calls."""

    letters: tuple[str, ...]
    windows: tuple[Window, ...]
    cap: int
    """So many of the lane that goes first are called after one another while others wait."""

    def beside(self, letter: str) -> str:
        """All letters called at the windows where this one is: who waits there is before or after."""
        shared = {one for window in self.windows if letter in window.letters for one in window.letters}
        return "".join(sorted(shared | {letter}))


@dataclass(frozen=True, slots=True)
class Waiter:
    """A number of today and what has become of it. It says nothing of who holds it."""

    id: int
    letter: str
    count: int
    lane: Lane
    standing: Standing
    drawn_at: datetime
    window: str = ""
    call: int = 0
    """Its last one: higher than of every call before it, also on other days; 0 for none."""
    called_at: datetime | None = None

    @property
    def label(self) -> str:
        """A12."""
        return f"{self.letter}{self.count}"


HEARD_FOR = timedelta(seconds=5)
"""A call is still being said: nobody can have come yet."""


def is_still_heard(waiter: Waiter, now: datetime) -> bool:
    """Has this number been called this very moment?

    The next one is not called then: a key held down would call everybody and pass them over.
    """
    if waiter.standing is not Standing.CALLED or waiter.called_at is None:
        return False
    return now - waiter.called_at < HEARD_FOR


def next_lane(first: int, ordinary: int, run: int, cap: int) -> Lane | None:
    """Who is next, where so many wait; `run`: so many of the first lane were called after one another."""
    if first and (run < cap or not ordinary):
        return Lane.FIRST
    return Lane.ORDINARY if ordinary else None


def ahead(mine: Lane, first: int, ordinary: int, run: int, cap: int) -> int:
    """How many are called before somebody who joins a lane now, if nobody came after them."""
    left = {Lane.FIRST: first, Lane.ORDINARY: ordinary}
    left[mine] += 1
    before = 0
    while (lane := next_lane(left[Lane.FIRST], left[Lane.ORDINARY], run, cap)) is not None:
        left[lane] -= 1
        if lane is mine and not left[mine]:
            break
        run = run + 1 if lane is Lane.FIRST else 0
        before += 1
    return before


def in_order(waiting: Sequence[Waiter], run: int, cap: int) -> tuple[Waiter, ...]:
    """Those who wait, as they would be called if nobody else came; each lane by when it was drawn."""
    lanes = {lane: [one for one in waiting if one.lane is lane] for lane in Lane}
    ordered: list[Waiter] = []
    while (lane := next_lane(len(lanes[Lane.FIRST]), len(lanes[Lane.ORDINARY]), run, cap)) is not None:
        ordered.append(lanes[lane].pop(0))
        run = run + 1 if lane is Lane.FIRST else 0
    return tuple(ordered)
