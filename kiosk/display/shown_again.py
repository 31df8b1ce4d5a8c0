"""One program in one terminal after another: a new one for another type size, and one for each that fell.

For terminals that take no size while they run. The program lives on a pseudo-terminal of its own; a relay in
the terminal hands that one over. The next one is there before the last one goes. Nothing that passes is kept.
"""

from __future__ import annotations

import logging
import select
import signal
import socket
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from kiosk.display.glass import Glass, NotAGlass
from kiosk.display.held import Held
from kiosk.display.modes import Modes, answers_among
from kiosk.display.turns import StartAt, Turns
from kiosk.display.type_size import Fit
from kiosk.sitting.falls import Falls
from kiosk.watchdog import standing_since

GRACE = 10.0
"""Seconds that the program has to put its things away."""
PAUSE = 2.0
"""Seconds before a program that has ended is started again."""
_ENDINGS = {signal.SIGTERM, signal.SIGHUP, signal.SIGINT}
_LONGEST_WISH = 32
_PATIENCE = 0.5

log = logging.getLogger(__name__)
Watched = tuple[int, int, Callable[[], None]]
"""A file descriptor, what it is watched for, and what is done then."""


class GivenUp(Exception):
    """Terminals fall, one after another."""


class ShownAgain:
    """From the first terminal to the end of the program."""

    def __init__(
        self,
        folder: Path,
        start: StartAt,
        offered: Sequence[Fit],
        first: Fit,
        stands: Path,
        gives_up: Callable[[], bool] = lambda: False,
    ) -> None:
        """`folder` is for this account alone: there the program wishes for sizes, by the name `terminal`.
        `stands`: the file in which it notes when its page is there (`kiosk.watchdog`). `gives_up`: asked
        after each fall of the program whether all of it is to end, so that it begins anew.
        """
        self._gives_up, self._given_up = gives_up, False
        self._fit, self._offered = first, {int(fit.size): fit for fit in offered}
        self._calls, self._wishes = _listening(folder / "glass"), _listening(folder / "terminal")
        self._turns = Turns(start, folder / "glass")
        self._held: Held | None = None
        self._glass: Glass | None = None
        self._modes = Modes()
        self._begin_at = 0.0
        self._falls = Falls()
        self._stands = stands
        self._shows_page = False
        """Instead of the program, which has fallen too often, the page for staff."""
        self._end_at: float | None = None
        """It was told to end, and has until then."""

    def run(
        self, program: Sequence[str], page: Sequence[str], environment: Mapping[str, str], *, once: bool
    ) -> int:
        """The program's exit code; 0 where this process was told to end, 1 where it gives up. Not `once`: a
        program that ends by itself is started again, and after three times without having stood `page` in its
        place, which ends by itself after a while. Raises GivenUp.
        """

        def begin(window: bytes) -> Held:
            self._stands.unlink(missing_ok=True)
            return Held(page if self._shows_page else program, environment, window)

        news, wake = socket.socketpair()
        try:
            _wake_by_signals(wake)
            self._turns.begin(self._fit, time.monotonic())
            while not self._is_over(once=once):
                self._wait(news)
                self._look(begin)
            if self._turns.hopeless:
                raise GivenUp
            if self._given_up:
                return 1
            return self._held.code or 0 if self._held and self._end_at is None else 0
        finally:
            signal.set_wakeup_fd(-1)
            self._close()

    def _is_over(self, *, once: bool) -> bool:
        """Has the program ended for good? One that ended by itself may begin again in a while."""
        held, now = self._held, time.monotonic()
        if self._end_at is not None and (held is None or now >= self._end_at):
            return True
        if held is None or not held.has_ended():
            return False
        self._show(held.drain())
        if once or self._end_at is not None:
            return True
        held.close()
        if self._shows_page:
            self._falls.try_again()
        else:
            self._program_fell(now)
        self._shows_page = self._falls.too_many
        self._given_up = self._gives_up()
        if self._given_up:
            return True
        self._held, self._begin_at = None, now if self._shows_page else now + PAUSE
        return False

    def _program_fell(self, now: float) -> None:
        since = standing_since(self._stands)
        if since is not None:
            self._falls.stands(since)
        self._falls.one(now)

    def _wait(self, news: socket.socket) -> None:
        """For anything to happen, and do what is to be done then."""
        watched: list[Watched] = [
            (news.fileno(), select.POLLIN, partial(self._signalled, news)),
            *self._watching(),
        ]
        poll = select.poll()
        for number, events, _ in watched:
            poll.register(number, events)
        ready = {number for number, _ in poll.poll(self._patience())}
        for number, _, what in watched:
            if number in ready:
                what()

    def _watching(self) -> Iterator[Watched]:
        yield self._calls.fileno(), select.POLLIN, self._called
        yield self._wishes.fileno(), select.POLLIN, self._wished
        glass, held = self._glass, self._held
        if held is not None and not held.silent and not (glass and glass.waiting):
            yield held.terminal, select.POLLIN, partial(self._written, held)
        if glass is not None:
            yield glass.line.fileno(), select.POLLIN, partial(self._news_of, glass)
            events = select.POLLIN | (select.POLLOUT if glass.waiting else 0)
            yield glass.terminal, events, partial(self._pressed, glass)

    def _patience(self) -> float | None:
        """Milliseconds until there is something to look at, even if nothing happens."""
        waits = [self._turns.next_look, self._end_at, self._begin_at if self._held is None else None]
        until = min((at for at in waits if at), default=None)
        return None if until is None else max(0.0, until - time.monotonic()) * 1000

    def _look(self, begin: Callable[[bytes], Held]) -> None:
        """At what time has done."""
        now = time.monotonic()
        failed = self._turns.look(now)
        if failed:
            log.warning("a terminal did not come")
        if self._end_at is None and self._turns.hopeless:
            self._end(now)
        elif failed and self._glass is None and self._end_at is None:
            self._turns.begin(self._fit, now)
        if self._held is None and self._glass is not None and now >= self._begin_at and self._end_at is None:
            self._modes = Modes()
            self._held = begin(self._glass.window)

    def _signalled(self, news: socket.socket) -> None:
        if _ENDINGS & set(news.recv(64)) and self._end_at is None:
            self._end(time.monotonic())

    def _end(self, now: float) -> None:
        self._end_at = now + GRACE
        if self._held is not None:
            self._held.ask_to_end()

    def _called(self) -> None:
        """A relay: the terminal that was waited for takes the place of the one that was there."""
        caller, _ = self._calls.accept()
        try:
            glass = Glass(caller)
        except (NotAGlass, OSError):
            caller.close()
            return
        if not self._turns.takes(glass.number, time.monotonic()):
            glass.close()
            return
        self._leave_glass()
        self._glass = glass
        glass.forget_keys()
        if self._held is not None:
            # What was meant for the last terminal would be half of something here.
            self._modes.hear(self._held.drain(), shown=False)
            glass.show(self._modes.again())
            self._held.fit(glass.window)

    def _wished(self) -> None:
        """The program wishes for another type size. What is pressed until it is there is lost."""
        caller, _ = self._wishes.accept()
        with caller, suppress(OSError):
            caller.settimeout(_PATIENCE)
            word, _, number = caller.recv(_LONGEST_WISH).decode("ascii", "replace").strip().partition(" ")
            fit = self._offered.get(int(number)) if word == "size" and number.isdecimal() else None
            if fit is not None and fit != self._fit and self._end_at is None:
                self._fit = fit
                self._turns.begin(fit, time.monotonic())

    def _written(self, held: Held) -> None:
        written = held.take()
        self._modes.hear(written, shown=self._glass is not None)
        self._show(written)

    def _show(self, written: bytes) -> None:
        if self._glass is not None:
            self._glass.show(written)

    def _news_of(self, glass: Glass) -> None:
        if glass is not self._glass:
            return
        if not glass.has_changed():
            self._fell()
        elif self._held is not None:
            self._held.fit(glass.window)

    def _pressed(self, glass: Glass) -> None:
        """Keys; or there is room for more to be shown."""
        if glass is not self._glass:
            return
        glass.show()
        keys = glass.keys()
        if self._held is not None:
            self._held.give(answers_among(keys) if self._turns.one_comes else keys)

    def _fell(self) -> None:
        """The terminal has gone by itself: another one."""
        log.warning("a terminal has gone")
        now = time.monotonic()
        self._leave_glass()
        self._turns.fell(now)
        if not self._turns.hopeless and not self._turns.one_comes and self._end_at is None:
            self._turns.begin(self._fit, now)

    def _leave_glass(self) -> None:
        if self._glass is not None:
            self._glass.close()
            self._glass = None

    def _close(self) -> None:
        if self._held is not None:
            self._held.close()
        self._leave_glass()
        self._turns.end()
        self._calls.close()
        self._wishes.close()


def _listening(path: Path) -> socket.socket:
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    line.bind(str(path))
    line.listen()
    return line


def _wake_by_signals(wake: socket.socket) -> None:
    """A signal does nothing but wake the loop, with its number."""
    wake.setblocking(False)
    signal.set_wakeup_fd(wake.fileno(), warn_on_full_buffer=False)
    for number in (*_ENDINGS, signal.SIGCHLD):
        signal.signal(number, lambda *_: None)
