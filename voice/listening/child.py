"""The listening process (`python -m voice.listening.child [DEVICE]`): orders on stdin, reports on stdout.

It is a program of its own so that a frozen sound server, or a recogniser that hangs, can be killed without
touching the screen; it ends when its stdin ends. Nothing that it hears is written anywhere but to stdout.
"""

from __future__ import annotations

import os
import queue
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from kiosk.undumpable import keep_memory_to_itself
from voice.child_process import LIFE
from voice.listening.ear import Ear
from voice.listening.hearer import Hearer
from voice.listening.memory import room_for_another
from voice.listening.messages import (
    BEAT_SECONDS,
    ORDERS,
    REST_BEAT_SECONDS,
    Beat,
    Order,
    Report,
    from_line,
    to_line,
)
from voice.listening.microphone import Block, Microphone


class Child:
    """Listens in one thread, minds the device in another and the orders in a third, so that a frozen device
    or a slow recogniser still lets it tell that it lives and what stands still."""

    def __init__(self, out: int, device: str, load: Callable[[Path, str], Hearer]) -> None:
        self._out = out
        self._reports: queue.SimpleQueue[Report | None] = queue.SimpleQueue()
        """None asks for a beat at once."""
        self._inbox: queue.SimpleQueue[Block | tuple[Order, float]] = queue.SimpleQueue()
        """Orders and sound, in the order in which they came."""
        self._microphone = Microphone(device, self._inbox.put, self._reports.put)
        self._ear = Ear(self._reports.put, self._microphone.want, load, _room)

    def run(self, orders: BinaryIO) -> None:
        """Until there are no more orders."""
        for work in (self._write_reports, self._microphone.run, self._listen):
            threading.Thread(target=_or_die, args=(work,), daemon=True).start()
        for line in orders:
            order = from_line(line)
            if isinstance(order, ORDERS):
                self._inbox.put((order, time.monotonic()))
                self._reports.put(None)

    def _listen(self) -> None:
        while True:
            next_one = self._inbox.get()
            if isinstance(next_one, Block):
                self._ear.hear(next_one)
            else:
                self._ear.obey(*next_one)

    def _write_reports(self) -> None:
        rhythm, beaten = 0.0, time.monotonic()
        while True:
            report = None
            with suppress(queue.Empty):
                report = self._reports.get(timeout=max(beaten + rhythm - time.monotonic(), 0.001))
            if report:
                self._write(report)
            now = time.monotonic()
            listening = self._ear.listening
            fitting = BEAT_SECONDS if listening else REST_BEAT_SECONDS
            if report is None or fitting != rhythm or now >= beaten + rhythm:
                rhythm, beaten = fitting, now
                self._write(Beat(self._ear.taken, listening, rhythm))

    def _write(self, report: Report) -> None:
        with memoryview(to_line(report)) as line:
            written = 0
            while written < len(line):
                written += os.write(self._out, line[written:])


def _or_die(work: Callable[[], None]) -> None:
    """A child that lost one of its threads is of no use; the screen's end starts another."""
    try:
        work()
    finally:
        os._exit(1)


def _room() -> bool:
    """After a fall the memory may have been the reason: then one model at a time."""
    return os.environ.get(LIFE, "1") == "1" and room_for_another()


def load_hearer(model: Path, language: str) -> Hearer:
    """The recogniser of this model, which has to be of this language, with the voice detector. Raises
    ModelFault."""
    from voice.listening.recogniser import NO_ENGINE, OTHER_LANGUAGE, ModelFault, load_recogniser
    from voice.listening.tongue import spoken_instead

    recogniser = load_recogniser(model)
    instead = spoken_instead(language, recogniser.known)
    if instead is not None:
        raise ModelFault(OTHER_LANGUAGE, instead)
    try:
        from voice.listening.detector import SileroDetector

        return Hearer(recogniser, SileroDetector())
    except (ImportError, OSError):
        raise ModelFault(NO_ENGINE) from None


def main(load: Callable[[Path, str], Hearer] = load_hearer) -> None:
    """Libraries print on stdout when they please, so the reports go through a descriptor of their own."""
    keep_memory_to_itself()
    reports = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    Child(reports, sys.argv[1] if len(sys.argv) > 1 else "", load).run(sys.stdin.buffer)
    os._exit(0)


if __name__ == "__main__":
    main()
