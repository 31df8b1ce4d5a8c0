"""The night's work, begun once a day by the program that is always there; it runs as a program of its own."""

from __future__ import annotations

import logging
import signal
import subprocess
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta, tzinfo

from kiosk.ports import Clock

LOOK_SECONDS = 300.0
"""So often the clock is looked at."""

MORNING = time(5, 30)
"""When a kiosk opens again that staff have closed."""

log = logging.getLogger(__name__)


def seconds_to_morning(now: datetime) -> float:
    """Until the next MORNING where `now` is, with its zone; never nought."""
    today = datetime.combine(now.date(), MORNING, now.tzinfo)
    morning = today if now < today else today + timedelta(days=1)
    return morning.timestamp() - now.timestamp()


class Night:
    """Begins its command in the hour that is set, at most once a day."""

    def __init__(self, hour: int, zone: tzinfo, clock: Clock, command: Sequence[str]) -> None:
        self._hour, self._zone, self._clock = hour, zone, clock
        self._command = tuple(command)
        self._last: date | None = None
        self._running: subprocess.Popen[bytes] | None = None

    def look(self) -> bool:
        """Is it time? Then it is begun, and nobody waits for it."""
        self._reap()
        now = self._clock.now().astimezone(self._zone)
        if now.hour != self._hour or self._last == now.date() or self._running is not None:
            return False
        self._last = now.date()
        self._begin()
        return True

    def _begin(self) -> None:
        nowhere = subprocess.DEVNULL
        try:
            self._running = subprocess.Popen(
                self._command,
                stdin=nowhere,
                stdout=nowhere,
                stderr=nowhere,
                start_new_session=True,
                preexec_fn=_hear_signals,  # noqa: PLW1509 - the supervisor has one thread
            )
        except OSError as error:
            log.error("the night's work could not begin: %s", type(error).__name__)

    def _reap(self) -> None:
        if self._running is None or self._running.poll() is None:
            return
        if self._running.returncode:
            log.error("the night's work ended with %d", self._running.returncode)
        self._running = None


def _hear_signals() -> None:
    """The supervisor waits for its signals with them blocked; what it begins must not inherit that."""
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
