"""A terminal that is opened again when it ends, and a page for staff when it ends too often."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from kiosk.sitting.falls import Falls
from kiosk.sitting.lifeline import end_with
from kiosk.watchdog import standing_since

PAUSE = 2.0
"""Seconds before a terminal that has ended is opened again."""
STANDS = 5.0
"""Seconds after which a terminal that shows a page has shown it."""
GRACE = 10.0
"""Seconds that a terminal has to end by itself."""
_ENDINGS = {signal.SIGTERM, signal.SIGHUP, signal.SIGINT}

log = logging.getLogger(__name__)
Command = Sequence[str]


class KeptOpen:
    """Until it is told to end (SIGTERM, SIGHUP, SIGINT), or until not even a page can be shown."""

    def __init__(
        self,
        command: Command,
        pages: Sequence[Command],
        environment: Mapping[str, str],
        stands: Path,
        gives_up: Callable[[], bool] = lambda: False,
    ) -> None:
        """`command` is the terminal with the program in it; each of `pages` one that shows the page for staff
        for a while, and the next of them is tried where one does not stand. `stands`: the file in which the
        program notes when its page is there (`kiosk.watchdog`). `gives_up`: asked after each fall whether all
        of it is to end, so that it begins anew.
        """
        self._stands, self._gives_up = stands, gives_up
        self._command, self._pages, self._environment = command, pages, environment
        self._falls = Falls()
        self._ended_with = 0

    def run(self) -> int:
        """0 where it was told to end, else 1: whoever started this is to start the whole screen anew."""
        signal.pthread_sigmask(signal.SIG_BLOCK, {*_ENDINGS, signal.SIGCHLD})
        while True:
            if self._told_to_end_in(self._command):
                return 0
            self._fell()
            log.error("what is shown has ended with %d", self._ended_with)
            if self._gives_up():
                return 1
            if self._falls.too_many:
                told = self._tell_staff()
                if told is not None:
                    return told
                if self._gives_up():
                    return 1
                self._falls.try_again()
            elif signal.sigtimedwait(_ENDINGS, PAUSE) is not None:
                return 0

    def _fell(self) -> None:
        since = standing_since(self._stands)
        if since is not None:
            self._falls.stands(since)
        self._falls.one(time.monotonic())

    def _tell_staff(self) -> int | None:
        """The exit code; None where the page has stood and has had its time."""
        for page in self._pages:
            begun = time.monotonic()
            if self._told_to_end_in(page):
                return 0
            if time.monotonic() - begun >= STANDS:
                return None
        log.error("no terminal shows anything")
        return 1

    def _told_to_end_in(self, command: Command) -> bool:
        """From its start to its end: was that because this program is to end?"""
        self._stands.unlink(missing_ok=True)
        try:
            shown = subprocess.Popen(
                command,
                env=self._environment,
                preexec_fn=partial(_with_signals, os.getpid()),  # noqa: PLW1509 - there is one thread
            )
        except OSError as error:
            log.error("a terminal could not begin: %s", type(error).__name__)
            return False
        while shown.poll() is None:
            if signal.sigwaitinfo({*_ENDINGS, signal.SIGCHLD}).si_signo in _ENDINGS:
                _end(shown)
                return True
        self._ended_with = shown.returncode
        return False


def _end(shown: subprocess.Popen[bytes]) -> None:
    shown.terminate()
    until = time.monotonic() + GRACE
    while shown.poll() is None:
        if signal.sigtimedwait({signal.SIGCHLD}, max(0.0, until - time.monotonic())) is None:
            shown.kill()
            shown.wait()


def _with_signals(parent: int) -> None:
    """It hears them, which its parent waits for with them blocked; and it never outlives its parent."""
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    end_with(parent)
