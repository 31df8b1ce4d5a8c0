"""Lets browsers in, each connection in a process of its own that ends with it.

What a person types passes through that process and no other: the doorman, who stays, never sees any of it
(K44).
"""

from __future__ import annotations

import asyncio
import logging
import os
import selectors
import signal
import socket
import ssl
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from websockets.datastructures import Headers

from kiosk.event_log import without_values
from kiosk.serve.admission import from_our_page
from kiosk.serve.caller import Caller, caller_at
from kiosk.serve.pages import SITTING, Answer, Pages
from kiosk.serve.places import Places
from kiosk.serve.visit import GRACE, Offer, Visit
from kiosk.sitting.lifeline import end_with

MOST = 64
"""Connections at a time; those of pages last for as long as a file takes."""
MOST_FROM_ONE = 32
"""From one address, so that none shuts all others out."""
_REQUEST_SECONDS = 10.0
_LOOK_SECONDS = 30.0
_ENDINGS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Door:
    """Where browsers come, and what they find."""

    listening: socket.socket
    encrypted: ssl.SSLContext | None
    pages: Pages
    places: Places
    offer: Offer


class Doorman:
    """Until it is told to end (SIGTERM, SIGINT, SIGHUP)."""

    def __init__(self, door: Door, look: Callable[[], None]) -> None:
        """`look` is called now and then: for what runs beside the visits."""
        self._door, self._look = door, look
        self._guests: dict[int, str] = {}
        """Process and address of each."""
        self._stopping = False

    def run(self) -> None:
        """Ends when the last visit has been put away."""
        woken, wake = socket.socketpair()
        with selectors.DefaultSelector() as news, woken, wake:
            self._wake_by_signals(wake)
            news.register(self._door.listening, selectors.EVENT_READ)
            news.register(woken, selectors.EVENT_READ)
            looked = 0.0
            while not self._stopping:
                if time.monotonic() - looked >= _LOOK_SECONDS:
                    self._look()
                    looked = time.monotonic()
                for key, _ in news.select(_LOOK_SECONDS):
                    if key.fileobj is woken:
                        woken.recv(64)
                    else:
                        self._let_in((woken, wake))
                self._reap()
            news.unregister(self._door.listening)
            self._send_home(news, woken)

    def _wake_by_signals(self, wake: socket.socket) -> None:
        wake.setblocking(False)
        signal.set_wakeup_fd(wake.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        for number in _ENDINGS:
            signal.signal(number, lambda *_: self._stop())

    def _stop(self) -> None:
        self._stopping = True

    def _let_in(self, ours: tuple[socket.socket, socket.socket]) -> None:
        try:
            accepted, (host, *_) = self._door.listening.accept()
        except OSError:
            return
        with accepted:
            from_there = sum(one == host for one in self._guests.values())
            if len(self._guests) >= MOST or from_there >= MOST_FROM_ONE:
                return
            doorman = os.getpid()
            pid = os.fork()
            if pid == 0:
                self._be_the_guest(doorman, accepted, ours)
            self._guests[pid] = host

    def _be_the_guest(
        self, doorman: int, accepted: socket.socket, ours: tuple[socket.socket, socket.socket]
    ) -> None:
        """Never returns."""
        code = 1
        try:
            signal.set_wakeup_fd(-1)
            for number in (*_ENDINGS, signal.SIGCHLD):
                signal.signal(number, signal.SIG_DFL)
            self._door.listening.close()
            for end in ours:
                end.close()
            end_with(doorman)
            asyncio.run(_receive(self._door, accepted))
            code = 0
        except BaseException as error:
            log.error("unexpected %s", without_values(error))
        finally:
            os._exit(code)

    def _reap(self) -> None:
        for pid in [*self._guests]:
            with suppress(ChildProcessError):
                if os.waitpid(pid, os.WNOHANG)[0] == 0:
                    continue
            self._guests.pop(pid, None)

    def _send_home(self, news: selectors.BaseSelector, woken: socket.socket) -> None:
        """Each puts its visit away; whoever cannot, is ended."""
        self._door.listening.close()
        self._tell_guests(signal.SIGTERM)
        until = time.monotonic() + GRACE + 3
        while self._guests and (left := until - time.monotonic()) > 0:
            if news.select(left):
                woken.recv(64)
            self._reap()
        self._tell_guests(signal.SIGKILL)

    def _tell_guests(self, number: signal.Signals) -> None:
        for pid in self._guests:
            with suppress(ProcessLookupError):
                os.kill(pid, number)


async def _receive(door: Door, accepted: socket.socket) -> None:
    accepted.setblocking(False)
    try:
        async with asyncio.timeout(_REQUEST_SECONDS):
            caller = await caller_at(accepted, door.encrypted)
            request = await caller.request()
    except (OSError, TimeoutError):  # also ssl.SSLError: whoever called speaks something else
        return
    if request is None:
        caller.close()
        return
    cookies = "; ".join(request.headers.get_all("Cookie"))
    if request.path != SITTING:
        answer = door.pages.answer(request.method, request.path, cookies)
    elif not door.pages.admits(cookies) or not _from_our_page(request.headers):
        answer = Answer(403)
    else:
        if await caller.accept(request):
            await _sit(door, caller)
        caller.close()
        return
    await caller.answer(answer)
    await caller.until_gone()


def _from_our_page(headers: Headers) -> bool:
    origins, hosts = headers.get_all("Origin"), headers.get_all("Host")
    return len(origins) == len(hosts) == 1 and from_our_page(origins[0], hosts[0])


async def _sit(door: Door, caller: Caller) -> None:
    visit = Visit(caller, door.offer)
    loop = asyncio.get_running_loop()
    for number in _ENDINGS:
        loop.add_signal_handler(number, visit.end)
    await visit.run(door.places)
