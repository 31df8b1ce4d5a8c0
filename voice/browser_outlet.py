"""Where the player's blocks go in a browser: to the page, a little ahead of what is heard, and the page tells
how far it is (kiosk.serve.stream)."""

from __future__ import annotations

import secrets
import socket
import threading
import time
from array import array
from collections.abc import Callable

from kiosk.serve.stream import COUNTED, Heard, heard, samples, silence
from voice.engines.samples import to_bytes
from voice.messages import Device, Report
from voice.player import Player

NAME = "browser"
"""The device, by its name."""
AHEAD_SECONDS = 0.8
"""So much more than is heard is on its way or in the page, at most. What a page tells is as old as its way
here, and what is sent then has the way there before it: with the 0.25 s that sound may take from the page to
an ear, and the 0.1 s of all the rhythms together, that leaves 0.45 s to a network, as on a mobile one."""
BLOCK_SECONDS = 0.04
FIRST_NEWS_SECONDS = 1.0
"""A page that has not answered by then is told of when it does: the first sentence waits no longer (K03)."""
LATE_SECONDS = 1.2
"""What is heard may be so much later than it was given, all its halts together. Beyond that the network is
lost, or too slow to be understood: captions go on alone, from the beginning of the sentence."""
AGAIN_SECONDS = 10.0
"""So long they do at least, and then to the end of their sentence: none is begun again and again."""
_TICK_SECONDS = 0.02
_PACKET = 64


class BrowserOutlet:
    """As `voice.outlet.Outlet`. A tablet's loudspeaker is heard by a room, whatever is plugged into it: what
    a page says of that could not be believed."""

    def __init__(self, player: Player, report: Callable[[Report], None], page: socket.socket) -> None:
        """`page`: a socket that keeps messages apart, at whose other end is the page."""
        self._player, self._report, self._page = player, report, page
        self._turning = threading.Lock()
        """Held while samples are taken from the player and sent, and while a run begins."""
        self._run = secrets.randbelow(COUNTED)
        """By chance at first: what a page still tells of the voice before this one is not taken for ours."""
        self._begun_at = 0
        """Samples that had been given when this run began."""
        self._heard: int | None = None
        """Samples that people have heard; None while the page has not said that it knows of this run."""
        self._since, self._from = 0.0, 0
        """When what sounds now began, with which sample."""
        self._can = self._on = False
        """The page says that it can be heard; and what is given goes there."""
        self._not_before = 0.0
        self._told = threading.Event()
        self.settled = threading.Event()
        """Set once the page has said whether it can be heard, or has not for too long."""

    def run(self) -> None:
        """Never returns; the child's process ends under it."""
        threading.Thread(target=self._listen, daemon=True).start()
        with self._turning:
            self._begin_run()
        if not self.settled.wait(FIRST_NEWS_SECONDS):
            with self._turning:
                self._give_up_waiting()
        while True:
            self._player.wanted.wait()
            with self._turning:
                self._turn_on()
                if self._heard is not None:
                    self._begin_counting(self._heard)
            self._sound()
            self._keep_time()
            with self._turning:
                self._turn_on()

    def drop(self) -> None:
        """What was cut is not to be heard any more. From any thread, before anything else is played."""
        with self._turning:
            self._player.hush()
            self._begin_run()

    def hold(self) -> None:
        """What was sent ahead is not to be heard now, but when it goes on."""
        with self._turning:
            if self._on and self._heard is not None:
                self._player.hears(self._heard)
            self._player.take_back()
            self._begin_run()

    def _give_up_waiting(self) -> None:
        """Unless the page has answered just now."""
        if not self.settled.is_set():
            self._report(Device(None))
            self.settled.set()

    def _begin_run(self) -> None:
        self._run = (self._run + 1) % COUNTED
        self._begun_at, self._heard = self._player.given, None
        self._begin_counting(self._begun_at)
        self._send(silence(self._run))

    def _begin_counting(self, sample: int) -> None:
        self._since, self._from = time.monotonic(), sample

    def _sound(self) -> None:
        """As long as anything is wanted, and can be heard."""
        while self._player.wanted.is_set():
            with self._turning:
                if not self._on:
                    return
                count = self._begun_at if self._heard is None else self._heard
                self._player.hears(count)
                self._give()
                if time.monotonic() - self._since - (count - self._from) / self._player.rate > LATE_SECONDS:
                    self._can, self._not_before = False, time.monotonic() + AGAIN_SECONDS
                    self._turn_off()
            self._told.wait(_TICK_SECONDS)
            self._told.clear()

    def _give(self) -> None:
        """What may be on its way now."""
        if self._heard is None:
            return
        rate = self._player.rate
        while (at := self._player.given) - self._heard < AHEAD_SECONDS * rate:
            block: array[int] = self._player.give(int(BLOCK_SECONDS * rate))
            if not block:
                break
            self._send(samples(self._run, at, to_bytes(block)))
        if self._player.given == self._heard:
            # all that was given is heard: nothing can be late
            self._begin_counting(self._heard)

    def _keep_time(self) -> None:
        """Take the player's blocks at the speed of a device, so that captions go on."""
        then = time.monotonic()
        while not self._on and self._player.wanted.is_set():
            self._told.wait(_TICK_SECONDS)
            self._told.clear()
            now = time.monotonic()
            if frames := int((now - then) * self._player.rate):
                self._player.fill(frames)
                then = now

    def _listen(self) -> None:
        """Until the page's end of it is gone."""
        while True:
            try:
                packet = self._page.recv(_PACKET)
            except OSError:
                packet = b""
            if not packet:
                break
            told = heard(packet)
            if told is not None:
                with self._turning:
                    self._note(told)
                self._told.set()
        with self._turning:
            self._can = False
            self._turn_off()

    def _note(self, told: Heard) -> None:
        if told.run != self._run:
            return
        of_this_run = (told.count - self._begun_at) % COUNTED
        if of_this_run > self._player.given - self._begun_at:
            # it has not had a sample of this run yet
            of_this_run = 0
        self._heard = max(self._begun_at + of_this_run, self._heard or 0)
        self._can = told.on
        if not told.on:
            self._turn_off()
        elif not self._player.wanted.is_set():
            self._turn_on()
        if not self.settled.is_set():
            if not self._on:
                self._report(Device(None))
            self.settled.set()

    def _turn_on(self) -> None:
        """Between two sentences, should the page be there again."""
        if self._on or not self._can or self._heard is None or time.monotonic() < self._not_before:
            return
        self._on = True
        # Nothing was sent in this run yet, which the page knows of; what went on without it is not to come
        # now. A run begun here would let the sentence wait for the page, and the voice be taken for hung.
        self._begun_at = self._heard = self._player.given
        self._player.hears(self._heard)
        self._report(Device(NAME))

    def _turn_off(self) -> None:
        if not self._on:
            return
        self._on = False
        self._player.hears(None)
        self._report(Device(None))
        # what it still has would come too late
        self._begin_run()

    def _send(self, packet: bytes) -> None:
        try:
            self._page.send(packet, socket.MSG_DONTWAIT)
        except OSError:
            # whoever carries it is not there, or has too much to carry: it would be late
            return
