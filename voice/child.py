"""The speaking process (`python -m voice.child`): orders on stdin, reports on stdout, sound on one stream.

It is a program of its own so that a frozen sound server, or an engine that hangs, can be killed
without touching the screen; it ends when its stdin ends.
"""

from __future__ import annotations

import os
import queue
import sys
import threading
import time

from voice.engines import Engine, EngineFault, Rendered
from voice.messages import (
    BEAT_SECONDS,
    Beat,
    Cut,
    Hold,
    Order,
    Ready,
    Report,
    Say,
    Unspeakable,
    Volume,
    from_line,
    to_line,
)
from voice.outlet import Outlet
from voice.player import Player

SAMPLE_RATE = 22050


class Child:
    """Renders in one thread, plays in another, listens in a third, so that a cut never waits."""

    def __init__(self, report_descriptor: int) -> None:
        self._out = report_descriptor
        self._reports: queue.SimpleQueue[Report] = queue.SimpleQueue()
        self._player = Player(SAMPLE_RATE, self._reports.put)
        self._outlet = Outlet(self._player, self._reports.put)
        self._to_render: queue.SimpleQueue[Say] = queue.SimpleQueue()
        self._lowest = 0
        self._gate = threading.Lock()
        self._engines: tuple[Engine, ...] = ()

    def run(self) -> None:
        for work in (self._write_reports, self._outlet.run, self._render_all):
            threading.Thread(target=work, daemon=True).start()
        for line in sys.stdin.buffer:
            order = from_line(line)
            if isinstance(order, Say | Cut | Hold | Volume):
                self._obey(order)

    def _obey(self, order: Order) -> None:
        if isinstance(order, Say):
            with self._gate:
                self._lowest = max(self._lowest, order.number)
            self._to_render.put(order)
        elif isinstance(order, Cut):
            with self._gate:
                self._lowest = max(self._lowest, order.number + 1)
                self._player.cut()
        elif isinstance(order, Hold):
            self._player.hold(order.on)
        else:
            self._player.set_volume(order.step)

    def _render_all(self) -> None:
        from voice.engines.ready import ready_engines

        self._engines = ready_engines()
        self._outlet.settled.wait()
        self._reports.put(Ready([engine.name for engine in self._engines]))
        while True:
            order = self._to_render.get()
            if order.number < self._lowest:
                continue
            sound = self._render(order)
            if sound is None:
                self._reports.put(Unspeakable(order.number))
                continue
            with self._gate:
                if order.number >= self._lowest:
                    self._player.play(order.number, sound)

    def _render(self, order: Say) -> Rendered | None:
        for engine in self._engines:
            if order.language not in engine.languages():
                continue
            try:
                sound = engine.render(order.text, order.language, order.rate)
            except EngineFault:
                continue
            if sound.pcm:
                return sound
        return None

    def _write_reports(self) -> None:
        next_beat = time.monotonic()
        while True:
            now = time.monotonic()
            if now >= next_beat:
                next_beat = now + BEAT_SECONDS
                self._write(Beat(self._player.blocks, self._player.sounding))
            try:
                self._write(self._reports.get(timeout=max(next_beat - now, 0.001)))
            except queue.Empty:
                continue

    def _write(self, report: Report) -> None:
        try:
            os.write(self._out, to_line(report))
        except OSError:
            os._exit(1)


def main() -> None:
    """Libraries print on stdout when they please, so the reports go through a descriptor of their own."""
    reports = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    Child(reports).run()
    os._exit(0)


if __name__ == "__main__":
    main()
