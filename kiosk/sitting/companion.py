"""A program that is there beside the sittings for as long as the kiosk is, and begun again when it falls."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial

from kiosk.sitting.lifeline import end_with

AGAIN_AFTER = 30.0
"""Seconds between two beginnings: one that keeps falling must not take the machine from people."""
_GRACE_SECONDS = 3.0
_ERRORS = 2
"""The descriptor of standard error."""

log = logging.getLogger(__name__)


class Companion:
    """Whoever holds it calls `look` now and then; it never waits and never raises."""

    def __init__(self, command: Sequence[str], monotonic: Callable[[], float] = time.monotonic) -> None:
        self._command = tuple(command)
        self._monotonic = monotonic
        self._running: subprocess.Popen[bytes] | None = None
        self._begun_at: float | None = None

    @property
    def pid(self) -> int | None:
        """Of the program, while it runs."""
        return self._running.pid if self._running is not None else None

    def look(self) -> None:
        """Begin it where it is not there."""
        if self._running is not None and self._running.poll() is not None:
            log.error("what runs beside the kiosk ended with %d", self._running.returncode)
            self._running = None
        now = self._monotonic()
        if self._running is not None or (self._begun_at is not None and now - self._begun_at < AGAIN_AFTER):
            return
        self._begun_at = now
        self._begin()

    def end(self) -> None:
        """With the kiosk. Where it does not go, it is killed: it is safe to kill at any moment."""
        if self._running is None:
            return
        with suppress(ProcessLookupError):
            self._running.terminate()
        try:
            self._running.wait(_GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            self._running.kill()
            self._running.wait()
        self._running = None

    def _begin(self) -> None:
        nowhere = subprocess.DEVNULL
        try:
            self._running = subprocess.Popen(
                self._command,
                stdin=nowhere,
                stdout=nowhere,
                # what it tells of itself goes where the kiosk's own errors go, never onto the screen
                stderr=nowhere if _is_the_screen(_ERRORS) else None,
                start_new_session=True,
                preexec_fn=partial(_with_signals, os.getpid()),  # noqa: PLW1509 - the supervisor has one thread
            )
        except OSError as error:
            log.error("what runs beside the kiosk could not begin: %s", type(error).__name__)


def _is_the_screen(descriptor: int) -> bool:
    """Or nothing at all."""
    try:
        os.fstat(descriptor)
        return os.isatty(descriptor)
    except OSError:
        return True


def _with_signals(parent: int) -> None:
    """It hears them, which its parent waits for with them blocked; and it never outlives its parent."""
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    end_with(parent)
