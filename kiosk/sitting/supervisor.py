"""One sitting after another, each in a process of its own that ends with the person (K32, K44).

The parent loads the program once and never sees anything personal; a sitting is a fork of it,
so the next one is there at once. A sitting that falls is followed by another.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import termios
import time
from collections.abc import Callable
from enum import IntEnum

FALLS = 3
"""So many falls within FALL_SECONDS, and the kiosk pauses before it tries again."""
FALL_SECONDS = 60.0
PAUSE_AFTER_FALL = 1.0
PAUSE_AFTER_FALLS = 20.0

_PLAIN_SCREEN = (
    "\x1b[?2004l\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1049l\x1b[?25l\x1b[0m\x1b[2J\x1b[3J\x1b[H"
)
"""Mouse and paste modes off, normal screen, nothing on it nor in its scrollback."""
_CURSOR = "\x1b[?25h"


class End(IntEnum):
    """How a sitting ended, as its exit code."""

    DONE = 0
    CARD_LEFT = 10
    """With a card on the reader."""
    LEAVE = 11
    """The kiosk itself is to end."""


class Supervisor:
    """Runs sittings in this terminal until it is told to stop (SIGTERM, SIGHUP) or one ends with LEAVE."""

    def __init__(self, sit: Callable[[bool], int], please_wait: str, idle_work: Callable[[], None]) -> None:
        """`sit` runs one sitting in the forked process and gives its exit code; it is told whether a
        card was left on the reader. `please_wait` is shown after a fall. `idle_work` is done once in
        the parent while the first sitting runs (loading what later ones need).
        """
        self._sit, self._please_wait, self._idle_work = sit, please_wait, idle_work
        self._child = 0
        self._stopping = False
        self._falls: list[float] = []

    def run(self) -> int:
        """The exit code of the kiosk: 0 when it was told to end."""
        kept = termios.tcgetattr(sys.stdin.fileno()) if sys.stdin.isatty() else None
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop)
        card_left = False
        self._write(_PLAIN_SCREEN)
        try:
            while not self._stopping:
                code = self._one(card_left)
                if code == End.LEAVE or self._stopping:
                    break
                card_left = code == End.CARD_LEFT
                if code not in (End.DONE, End.CARD_LEFT):
                    self._restore(kept)
                    self._after_fall()
        finally:
            self._restore(kept)
            self._write(_CURSOR)
        return 0

    def _one(self, card_left: bool) -> int:
        pid = os.fork()
        if pid == 0:
            for number in (signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, signal.SIG_DFL)
            code = 1
            try:
                code = self._sit(card_left)
            finally:
                os._exit(code)
        self._child = pid
        status = self._wait(pid)
        self._child = 0
        return status

    def _wait(self, pid: int) -> int:
        """The child's exit code; 128 and more where a signal ended it."""
        while True:
            work, self._idle_work = self._idle_work, _nothing
            ended, status = os.waitpid(pid, os.WNOHANG) if work is not _nothing else os.waitpid(pid, 0)
            if ended:
                code = os.waitstatus_to_exitcode(status)
                return code if code >= 0 else 128 - code
            if self._let_it_start():
                work()

    @staticmethod
    def _let_it_start() -> bool:
        """The first page comes first: wait until the child ends or some seconds have gone."""
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})
        try:
            return signal.sigtimedwait({signal.SIGCHLD}, 4.0) is None
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})

    def _after_fall(self) -> None:
        now = time.monotonic()
        self._falls = [at for at in self._falls if now - at < FALL_SECONDS] + [now]
        self._write(_PLAIN_SCREEN + self._please_wait)
        time.sleep(PAUSE_AFTER_FALLS if len(self._falls) >= FALLS else PAUSE_AFTER_FALL)

    def _stop(self, number: int, frame: object) -> None:
        self._stopping = True
        if self._child:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._child, signal.SIGTERM)

    @staticmethod
    def _restore(kept: list[object] | None) -> None:
        if kept is not None:
            with contextlib.suppress(termios.error):
                termios.tcsetattr(sys.stdin.fileno(), termios.TCSANOW, kept)  # type: ignore[arg-type]
        Supervisor._write(_PLAIN_SCREEN)

    @staticmethod
    def _write(sequence: str) -> None:
        if sys.stdout.isatty():
            sys.stdout.write(sequence)
            sys.stdout.flush()


def _nothing() -> None:
    """No work left."""
