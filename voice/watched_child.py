"""A child process of ours with a heartbeat: asked in lines, and found out when it is dead to us."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from voice.child_process import ChildProcess
from voice.json_lines import JsonLines

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

GRACE = 1.0
"""Seconds by which a beat of the child may be late before the child is taken for hung."""

Report = TypeVar("Report", bound="DataclassInstance")


class WatchedChild(Generic[Report]):
    """One child after another. All methods belong to one thread, and none but `end` waits; `deliver` is
    called by a thread that reads."""

    def __init__(
        self,
        program: tuple[str, ...],
        lines: JsonLines[Any],
        reports: tuple[type[Report], ...],
        deliver: Callable[[int, Report | None], None],
        rhythm: float,
        still_limit: float,
        inherited: tuple[int, ...] = (),
    ) -> None:
        """`deliver` takes what a child says, with the number of that child's life; None: it has ended.
        `rhythm`: how often it beats until it says otherwise. `still_limit`: seconds for which it may make no
        headway while it should. `inherited`: descriptors that it has, too."""
        self._process = ChildProcess(program, self._take, inherited)
        self._lines, self._reports, self._deliver = lines, reports, deliver
        self._first_rhythm, self._still_limit = rhythm, still_limit
        self._rhythm, self._beat_due = rhythm, 0.0
        self._still_since: float | None = None
        self._headway = -1

    @property
    def pid(self) -> int | None:
        """The child's process id, while there is one."""
        return self._process.pid

    @property
    def life(self) -> int:
        """Counts the children; a report of an older one means nothing."""
        return self._process.life

    def start(self) -> bool:
        """False if that is impossible."""
        return self._process.start()

    def replace(self, now: float) -> bool:
        """Kill it and all it started, and begin again. False if that happened too often, or cannot be."""
        self._process.falls_still += self._still(now)
        return self._process.replace(now)

    def end(self, within: float) -> None:
        """It ends with its stdin, and has so many seconds to do what it does then."""
        self._process.end(within)

    def kill(self) -> None:
        """It is not asked."""
        self._process.kill()

    def forget(self) -> None:
        """It begins something new: what its beats told so far says nothing about that."""
        self._rhythm, self._still_since, self._headway = self._first_rhythm, None, -1

    def write(self, order: DataclassInstance, now: float) -> None:
        """Hand an order over; a child that does not take it, or does not beat on it, is found by `silent`."""
        taken = self._process.write(self._lines.to_line(order))
        self._beat_due = min(self._beat_due, now + self._first_rhythm + GRACE if taken else now)

    def allow(self, still_limit: float) -> None:
        """From now on it may make no headway for so many seconds."""
        self._still_limit = still_limit

    def heard(self, now: float) -> None:
        """It said something."""
        self._beat_due = now + self._rhythm + GRACE

    def beat(self, headway: int, now: float, *, due: bool, within: float) -> None:
        """`headway` grows while it does what it should, as far as anything is `due`; the next beat comes
        within so many seconds."""
        if headway != self._headway or not due:
            self._still_since = None
        elif self._still_since is None:
            self._still_since = now
        self._headway, self._rhythm = headway, within

    def silent(self, now: float) -> bool:
        """No beat came in time, or there is no headway."""
        return self._still(now) or now > self._beat_due

    def _still(self, now: float) -> bool:
        return self._still_since is not None and now - self._still_since > self._still_limit

    def _take(self, life: int, line: bytes | None) -> None:
        report = self._lines.from_line(line) if line is not None else None
        if line is None:
            self._deliver(life, None)
        elif isinstance(report, self._reports):
            self._deliver(life, report)
