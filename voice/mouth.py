"""The screen's end of the speaking process: starts it, watches it, replaces it when it hangs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from enum import Enum
from pathlib import Path
from typing import IO

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
RESTARTS = 3
RESTART_WINDOW = 60.0
"""After three restarts in a minute there is no more sound in this sitting."""
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
        self._program = program
        self._process: subprocess.Popen[bytes] | None = None
        self._restarts: deque[float] = deque(maxlen=RESTARTS)
        self.life = 0
        """Counts the children; a report of an older one means nothing."""
        self.state = State.STARTING
        self.device: str | None = None
        self._started_at = self._beat_due = 0.0
        self._rhythm = BEAT_SECONDS
        self._still_since: float | None = None
        self._blocks = -1

    @property
    def pid(self) -> int | None:
        """The child's process id, while there is one."""
        return self._process.pid if self._process else None

    def start(self, now: float) -> None:
        """A new child. If that is impossible there will be captions only."""
        self.life += 1
        self.state, self.device = State.STARTING, None
        self._started_at, self._rhythm = now, BEAT_SECONDS
        self._still_since, self._blocks = None, -1
        try:
            self._process = subprocess.Popen(
                self._program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                env=_environment(), start_new_session=True,
            )  # fmt: skip
        except OSError:
            self._process, self.state = None, State.GONE
            return
        assert self._process.stdin
        assert self._process.stdout
        os.set_blocking(self._process.stdin.fileno(), False)
        reader = threading.Thread(target=self._read, args=(self.life, self._process.stdout), daemon=True)
        reader.start()

    def _read(self, life: int, lines: IO[bytes]) -> None:
        for line in lines:
            report = from_line(line)
            if isinstance(report, _REPORTS):
                self._deliver(life, report)
        lines.close()
        self._deliver(life, None)

    def send(self, order: Order, now: float) -> None:
        """Hand an order over; a child that does not take or answer it is found by `hung`."""
        if self.state is not State.READY or not self._process or not self._process.stdin:
            return
        line = to_line(order)
        try:
            # Unbuffered, so that nothing is left to be written when a hung child is given up.
            taken = os.write(self._process.stdin.fileno(), line)
        except OSError:
            taken = 0
        answer_due = now + BEAT_SECONDS + GRACE if taken == len(line) else now
        self._beat_due = min(self._beat_due, answer_due)

    def take_note(self, report: Report, now: float) -> None:
        """Keep what a report says about the child itself."""
        match report:
            case Ready(engines=engines):
                self.state = State.READY if engines else State.GONE
            case Device(name=name):
                self.device = name
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
        """Kill the child and all it started, and begin again, unless that happened too often."""
        self._kill()
        if len(self._restarts) == RESTARTS and now - self._restarts[0] < RESTART_WINDOW:
            self.state, self.device = State.GONE, None
            return
        self._restarts.append(now)
        self.start(now)

    def close(self) -> None:
        """The child ends with its stdin; it is not asked twice."""
        self.state = State.GONE
        self._kill()

    def _kill(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=1.0)
        if process.stdin:
            with suppress(OSError):
                process.stdin.close()


def _environment() -> dict[str, str]:
    """The child finds this package wherever the screen's process was started."""
    here = str(Path(__file__).resolve().parent.parent)
    paths = [here, *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
    environment.pop("KIOSK_SPEECH_LOG", None)
    return environment
