"""The speaking process (`python -m voice.child`): orders on stdin, reports on stdout, sound on one stream.

It is a program of its own so that a frozen sound server, or an engine that hangs, can be killed
without touching the screen; it ends when its stdin ends.
"""

from __future__ import annotations

import os
import queue
import socket
import sys
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from kiosk.undumpable import keep_memory_to_itself
from voice.child_process import LIFE, STOOD_STILL
from voice.engines import Engine, rendered_by
from voice.engines.samples import SAMPLE_RATE
from voice.fitting import Fitting, fitting_of
from voice.messages import (
    BEAT_SECONDS,
    REST_BEAT_SECONDS,
    Beat,
    Cut,
    Hold,
    Order,
    Ready,
    Report,
    Say,
    Tone,
    Unspeakable,
    Volume,
    from_line,
    to_line,
)
from voice.outlet import Outlet
from voice.player import Player
from voice.tone import tone

if TYPE_CHECKING:
    from voice.browser_outlet import BrowserOutlet

_NOTHING = Fitting()


class Child:
    """Renders in one thread, plays in another, listens in a third, so that a cut never waits."""

    def __init__(
        self, report_descriptor: int, fitting: Fitting = _NOTHING, *, first: bool = True, steady: bool = False
    ) -> None:
        """`first`: none of the same sitting fell before it. `steady`: one did, as its stream stood still."""
        self._out = report_descriptor
        self._fitting, self._first = fitting, first
        self._reports: queue.SimpleQueue[Report | None] = queue.SimpleQueue()
        """None asks for a beat at once."""
        self._player = Player(SAMPLE_RATE, self._reports.put)
        self._outlet = self._outlet_for(fitting, steady=steady)
        self._to_render: queue.SimpleQueue[Say] = queue.SimpleQueue()
        self._asked = self._answered = 0
        """Sentences taken in and dealt with; each is counted by one thread only."""
        self._lowest = 0
        self._gate = threading.Lock()
        self._engines: tuple[Engine, ...] = ()

    def _outlet_for(self, fitting: Fitting, *, steady: bool) -> Outlet | BrowserOutlet:
        """What sounds in a browser is never heard here."""
        if fitting.browser is None:
            return Outlet(self._player, self._reports.put, fitting, steady=steady)
        from voice.browser_outlet import BrowserOutlet

        return BrowserOutlet(self._player, self._reports.put, socket.socket(fileno=fitting.browser))

    def run(self) -> None:
        for work in (self._write_reports, self._outlet.run, self._render_all):
            threading.Thread(target=work, daemon=True).start()
        for line in sys.stdin.buffer:
            order = from_line(line)
            if isinstance(order, Say | Cut | Hold | Volume | Tone):
                self._obey(order)
                self._reports.put(None)
        self._leave()

    def _leave(self) -> None:
        """Nobody is there any more to be spoken to. A device is silent with this process, and might let it
        wait; a page has to be told."""
        if self._fitting.browser is not None:
            self._outlet.drop()

    def _obey(self, order: Order) -> None:
        if isinstance(order, Say):
            with self._gate:
                self._lowest = max(self._lowest, order.number)
            self._asked += 1
            self._to_render.put(order)
        elif isinstance(order, Cut):
            with self._gate:
                self._lowest = max(self._lowest, order.number + 1)
                self._silence()
        elif isinstance(order, Hold):
            self._player.hold(order.on)
            if order.on:
                self._outlet.hold()
        elif isinstance(order, Volume):
            self._player.set_volume(order.step)
        else:
            self._player.signal(tone(SAMPLE_RATE))

    def _silence(self) -> None:
        if self._player.cut():
            self._outlet.drop()

    def _render_all(self) -> None:
        from voice.engines.ready import ready_engines

        self._engines = ready_engines(self._fitting, better=self._first)
        self._outlet.settled.wait()
        self._reports.put(Ready([engine.name for engine in self._engines]))
        while True:
            self._speak(self._to_render.get())
            self._answered += 1

    def _speak(self, order: Say) -> None:
        """Play it, unless it was cut or overtaken meanwhile."""
        if order.number < self._lowest:
            return
        found = rendered_by(self._engines, order.text, order.language, order.rate)
        if found is None:
            self._reports.put(Unspeakable(order.number))
            return
        with self._gate:
            if order.number < self._lowest:
                return
            self._silence()
            if not self._player.play(order.number, found[1], for_one=order.for_one):
                self._reports.put(Unspeakable(order.number))

    def _write_reports(self) -> None:
        rhythm, beaten = 0.0, time.monotonic()
        while True:
            report = None
            with suppress(queue.Empty):
                report = self._reports.get(timeout=max(beaten + rhythm - time.monotonic(), 0.001))
            if report:
                self._write(report)
            now, fitting = time.monotonic(), self._rhythm()
            if report is None or fitting != rhythm or now >= beaten + rhythm:
                rhythm, beaten = fitting, now
                self._write(Beat(self._player.blocks, self._player.sounding, rhythm))

    def _rhythm(self) -> float:
        busy = self._asked != self._answered or self._player.sounding
        return BEAT_SECONDS if busy else REST_BEAT_SECONDS

    def _write(self, report: Report) -> None:
        try:
            os.write(self._out, to_line(report))
        except OSError:
            os._exit(1)


def main() -> None:
    """Libraries print on stdout when they please, so the reports go through a descriptor of their own."""
    keep_memory_to_itself()
    reports = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    first, steady = os.environ.get(LIFE, "1") == "1", STOOD_STILL in os.environ
    Child(reports, fitting_of(sys.argv[1:]), first=first, steady=steady).run()
    os._exit(0)


if __name__ == "__main__":
    main()
