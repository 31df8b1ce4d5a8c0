"""One sitting after another, each in a process of its own that ends with the person (K32, K44).

The parent loads the program once and never sees anything personal; a sitting is a fork of it,
so the next one is there at once. A sitting that falls is followed by another.

The parent has no signal handlers: its signals are blocked and waited for, so that none can come
at a wrong moment.
"""

from __future__ import annotations

import logging
import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from enum import IntEnum
from functools import partial

from kiosk.event_log import without_values
from kiosk.sitting.companion import AGAIN_AFTER, Companion
from kiosk.sitting.falls import Falls
from kiosk.sitting.lifeline import end_with
from kiosk.sitting.night import LOOK_SECONDS, Night
from kiosk.sitting.terminal import Terminal
from kiosk.watchdog import Watchdog

PAUSE_AFTER_FALL = 1.0
PAUSE_AFTER_FALLS = 20.0

_FIRST_PAGE_SECONDS = 4.0
"""The first sitting has the machine to itself for so long."""
_GRACE_SECONDS = 8.0
"""For a sitting that was asked to end."""
_ENDINGS = {signal.SIGTERM, signal.SIGHUP, signal.SIGINT}
_NEWS = _ENDINGS | {signal.SIGCHLD}

log = logging.getLogger(__name__)


class End(IntEnum):
    """How a sitting ended, as its exit code."""

    DONE = 0
    LEAVE = 11
    """The kiosk itself is to end."""
    STAFF = 12
    """Staff have asked for their page: the next sitting is theirs."""
    AGAIN = 13
    """Staff want the kiosk to begin anew, with its settings read again."""
    CLOSED = 14
    """Staff want it to stand still until the morning."""
    WALK = 15
    """Staff want keys, sound and devices to be tried at this screen: that comes next."""
    CARD_LEFT = 32
    """With cards on readers: on which ones, is added to it (1 to 31, a bit each)."""


def cards_left(code: int) -> int:
    """Where a sitting with this exit code left cards, a bit for each reader; 0 for nowhere."""
    return code - End.CARD_LEFT if End.CARD_LEFT < code < 2 * End.CARD_LEFT else 0


class Supervisor:
    """Runs sittings in this terminal until it is told to stop (SIGTERM, SIGHUP) or one ends with LEAVE."""

    def __init__(
        self,
        sit: Callable[[int], int],
        please_wait: str,
        page_for_staff: Callable[[], str],
        idle_work: Callable[[], None],
        *,
        interruptible: bool = False,
        night: Night | None = None,
        companion: Companion | None = None,
        watchdog: Watchdog | None = None,
        staff: Callable[[], int] | None = None,
        walk: Callable[[], int] | None = None,
        first: End = End.DONE,
        page_closed: Callable[[], str] = str,
        closed_for: Callable[[], float] = lambda: 0.0,
        gives_up: Callable[[], bool] = lambda: False,
    ) -> None:
        """`sit` runs one sitting in the forked process and gives its exit code; it is told where cards were
        left, a bit for each reader (`cards_left`). `please_wait` is shown after a fall, what `page_for_staff`
        gives after too many of them (`kiosk.sitting.falls`). `idle_work` is done once in the parent while the
        first sitting runs (loading what later ones need). `interruptible`: Ctrl+C ends the kiosk between
        sittings, for whoever gives a demo. `night`: what is begun when its hour has come, whether or not
        somebody is there. `companion`: what runs beside the sittings, begun once the first of them has its
        page, and ended with the kiosk. `watchdog`: fed by the sittings, and here only while nobody sits
        because they fall. `staff`: runs a sitting of staff, where they ask for one, and `walk` the trial of
        the box that they may ask for there; `first` is what it begins with, as if asked for. `page_closed` is
        shown from when staff have closed the kiosk, for `closed_for` seconds. `gives_up`: asked after the
        page for staff whether the kiosk is to end instead of trying again.
        """
        self._sit, self._please_wait, self._page_for_staff = sit, please_wait, page_for_staff
        self._idle_work: Callable[[], None] | None = idle_work
        self._terminal = Terminal(interruptible=interruptible)
        self._night = night
        self._companion = companion
        self._watchdog = watchdog
        self._by_wish: dict[int, Callable[[], int] | None] = {End.STAFF: staff, End.WALK: walk}
        self._first = first
        self._page_closed, self._closed_for = page_closed, closed_for
        self._gives_up, self._given_up = gives_up, False
        self._again = False
        self._stopping = False
        self._falls = Falls()

    def run(self) -> int:
        """The exit code: 0 told to end, 1 where it gives up, End.AGAIN where the kiosk is to begin anew."""
        signal.pthread_sigmask(signal.SIG_BLOCK, _NEWS)
        try:
            self._one_after_another()
        finally:
            if self._companion is not None:
                self._companion.end()
        return End.AGAIN if self._again else int(self._given_up)

    def _one_after_another(self) -> None:
        card_left, wish = 0, int(self._first)
        with self._terminal.ours():
            while not self._stopping:
                self._falls.stands(time.monotonic())
                code = self._one(card_left, wish)
                self._again = code == End.AGAIN
                if code in (End.LEAVE, End.AGAIN) or self._stopping:
                    break
                card_left, wish = cards_left(code), code
                self._terminal.clear()
                if code in (End.DONE, End.CLOSED, *self._by_wish) or card_left:
                    self._falls.ended(time.monotonic())
                    if code == End.CLOSED:
                        self._stand_still()
                else:
                    log.error("a sitting fell with %d", code)
                    self._after_fall()

    def _one(self, card_left: int, wish: int) -> int:
        """A sitting from fork to end: its exit code; 128 and more where a signal ended it.

        `wish`: the exit code of the last one, which may ask for another than a person's."""
        parent = os.getpid()
        pid = os.fork()
        if pid == 0:
            self._be_the_sitting(parent, self._by_wish.get(wish) or partial(self._sit, card_left))
        while True:
            ended, status = os.waitpid(pid, os.WNOHANG)
            if ended:
                code = os.waitstatus_to_exitcode(status)
                return code if code >= 0 else 128 - code
            self._hear(pid)

    def _be_the_sitting(self, parent: int, sit: Callable[[], int]) -> None:
        """Never returns, and never shows a traceback: a fall is an exit code and a line in the log."""
        code = 1
        try:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, _NEWS)
            end_with(parent)
            code = sit()
        except BaseException as error:
            log.error("unexpected %s", without_values(error))
        finally:
            os._exit(code)

    def _hear(self, pid: int) -> None:
        """Wait for news of the sitting or for the kiosk's end; after a while in peace, do the idle work."""
        if self._idle_work is None:
            if self._companion is not None:
                self._companion.look()
            self._hear_by_night(pid)
        elif news := signal.sigtimedwait(_NEWS, _FIRST_PAGE_SECONDS):
            self._obey(news.si_signo, pid)
        else:
            self._do_idle_work()

    def _hear_by_night(self, pid: int) -> None:
        if self._night is None and self._companion is None:
            self._obey(signal.sigwaitinfo(_NEWS).si_signo, pid)
        elif news := signal.sigtimedwait(_NEWS, self._look_again()):
            self._obey(news.si_signo, pid)
        elif self._night is not None:
            self._night.look()

    def _look_again(self) -> float:
        """Seconds. What runs beside is missed for half a minute at most."""
        return LOOK_SECONDS if self._companion is None else AGAIN_AFTER

    def _obey(self, number: int, pid: int) -> None:
        """Told to end, the sitting puts its things away; if it cannot, it goes. SIGCHLD needs no answer."""
        if number not in _ENDINGS or self._stopping:
            return
        self._stopping = True
        os.kill(pid, signal.SIGTERM)
        until = time.monotonic() + _GRACE_SECONDS
        while os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
            if signal.sigtimedwait({signal.SIGCHLD}, max(0.0, until - time.monotonic())) is None:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
                return

    def _do_idle_work(self) -> None:
        work, self._idle_work = self._idle_work, None
        if work is not None:
            work()

    def _stand_still(self) -> None:
        """Closed by staff: a page that says so until the morning, or until it is told to end."""
        log.warning("closed by staff")
        self._terminal.clear(self._page_closed())
        until = time.monotonic() + self._closed_for()
        while not self._stopping and (left := until - time.monotonic()) > 0:
            self._stopping = self._told_to_end_by(time.monotonic() + min(left, LOOK_SECONDS))
            if self._night is not None and not self._stopping:
                self._night.look()
        self._terminal.clear()

    def _after_fall(self) -> None:
        """The page to wait by, for long enough that a kiosk that keeps falling does not flicker."""
        now = time.monotonic()
        self._falls.one(now)
        many = self._falls.too_many
        self._terminal.clear(self._page_for_staff() if many else self._please_wait)
        if many and self._watchdog is not None:
            # a page does stand: to start everything anew would only take it away
            self._watchdog.ready()
        self._do_idle_work()
        self._stopping = self._told_to_end_by(now + (PAUSE_AFTER_FALLS if many else PAUSE_AFTER_FALL))
        if many and not self._stopping and self._gives_up():
            self._stopping = self._given_up = True
        self._terminal.clear()

    def _told_to_end_by(self, until: float) -> bool:
        """Wait until then, and no longer than until the kiosk is to end."""
        every = self._watchdog.every if self._watchdog is not None else 0.0
        while True:
            left = max(0.0, until - time.monotonic())
            if signal.sigtimedwait(_ENDINGS, min(left, every) if every else left) is not None:
                return True
            if time.monotonic() >= until:
                return False
            if self._watchdog is not None:
                self._watchdog.feed()
