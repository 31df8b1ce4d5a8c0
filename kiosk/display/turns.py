"""The terminals that are started one after another: which one comes, which one is there, which ones go."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kiosk.display import relay
from kiosk.display.type_size import Fit
from kiosk.sitting.falls import Falls

APPEARS = 5.0
"""Seconds within which a terminal calls."""
LEAVES = 1.0
"""Seconds that a terminal has to end by itself."""

StartAt = Callable[[Fit, Sequence[str]], list[str]]
"""The command for a terminal of this type size with this program in it."""


@dataclass(frozen=True, slots=True)
class _Turn:
    number: int
    process: subprocess.Popen[bytes]
    until: float
    """It is to have called, or to have ended, by then."""


class Turns:
    """At most one that comes and one that is there. Every time is given."""

    def __init__(self, start: StartAt, call: Path) -> None:
        """`call` is where a terminal's relay calls."""
        self._start, self._call = start, call
        self._coming: _Turn | None = None
        self._there: _Turn | None = None
        self._going: list[_Turn] = []
        self._falls = Falls()
        self._number = 0

    @property
    def one_comes(self) -> bool:
        """A terminal was started and has not called yet."""
        return self._coming is not None

    @property
    def hopeless(self) -> bool:
        """They fall, one after another."""
        return self._falls.too_many

    def begin(self, fit: Fit, now: float) -> None:
        """Start one of this type size, instead of the one that comes."""
        self._dismiss(self._coming, now)
        self._number += 1
        words = [sys.executable, "-I", "-S", relay.__file__, str(self._call), str(self._number)]
        process = subprocess.Popen(self._start(fit, words), stdin=subprocess.DEVNULL, start_new_session=True)
        self._coming = _Turn(self._number, process, now + APPEARS)

    def takes(self, number: int, now: float) -> bool:
        """The terminal with this number has called. False where it is not the one that comes."""
        if self._coming is None or self._coming.number != number:
            return False
        self._dismiss(self._there, now)
        self._falls.ended(now)
        self._falls.stands(now)
        self._there, self._coming = self._coming, None
        return True

    def fell(self, now: float) -> None:
        """The one that was there has gone by itself."""
        self._dismiss(self._there, now)
        self._there = None
        self._falls.one(now)

    def look(self, now: float) -> bool:
        """After a while: those that do not go are ended. True where the one that came never will."""
        for turn in [turn for turn in self._going if turn.process.poll() is not None or now >= turn.until]:
            _kill(turn.process)
            self._going.remove(turn)
        late = self._coming
        if late is None or (late.process.poll() is None and now < late.until):
            return False
        self._dismiss(late, now)
        self._coming = None
        if self._there is None:
            self._falls.one(now)
        return True

    @property
    def next_look(self) -> float | None:
        """When there is something to look at again."""
        waited = [*self._going, *([self._coming] if self._coming else [])]
        return min((turn.until for turn in waited), default=None)

    def end(self) -> None:
        """All of them."""
        turns = [turn for turn in (self._coming, self._there) if turn]
        for turn in turns:
            turn.process.terminate()
        for turn in [*turns, *self._going]:
            with suppress(subprocess.TimeoutExpired):
                turn.process.wait(LEAVES)
            _kill(turn.process)

    def _dismiss(self, turn: _Turn | None, now: float) -> None:
        if turn is not None:
            turn.process.terminate()
            self._going.append(_Turn(turn.number, turn.process, now + LEAVES))


def _kill(process: subprocess.Popen[bytes]) -> None:
    """With all that it has started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
