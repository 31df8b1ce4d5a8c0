"""A real line with a device of few words at its far end, and a device's thread that watches it.

The protocol is a small one, so that a test need not wait as long as a visitor would: the host asks "?", the
device says "!". All else on the way is real: thread, port, pseudo-terminal.
"""

from __future__ import annotations

import contextlib
import os
import queue
import select
import termios
import threading
import tty
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

from kiosk.config import DeviceSettings
from kiosk.devices.device import Device
from kiosk.devices.events import DeviceEvent, DeviceFault, DeviceReady, DeviceTrouble
from kiosk.devices.family import Family, family
from kiosk.devices.line import NEVER, Action, Emit, Order, Send

SOON = (0.01,)
SPEEDS = {115200: termios.B115200, 57600: termios.B57600, 9600: termios.B9600}
SILENT = DeviceTrouble(DeviceFault.SILENT)
MISSING = DeviceTrouble(DeviceFault.MISSING)
READY = DeviceReady("")
Watch = Callable[..., "Watched"]


def leftovers() -> tuple[int, list[str]]:
    """Open descriptors, and the threads of devices."""
    threads = [thread.name for thread in threading.enumerate() if thread.name.startswith("device")]
    return len(os.listdir("/proc/self/fd")), threads


class Signs:
    """Each byte is an event."""

    waiting = False

    def feed(self, received: bytes) -> list[Any]:
        return [Sign(bytes([byte])) for byte in received]

    def idle(self) -> list[Any]:
        return []


@dataclass(frozen=True)
class Sign:
    byte: bytes = field(repr=False)

    def harmless(self) -> str:
        return "a sign"


class Asking:
    """Asks until it is answered, twice within a moment; then it is content, and asks now and then."""

    def __init__(self, end: FarEnd) -> None:
        self.deadline = NEVER
        self._asked = 0
        self._ready = False
        self._end = end

    def start(self, now: float) -> list[Action]:
        self._asked, self.deadline = 1, now + 0.03
        self._end.way.begin()
        return [self._question()]

    def on_event(self, event: Sign, now: float) -> list[Action]:
        self._end.way.taken += 1
        self._asked, self.deadline = 0, now + 0.05
        news, self._ready = not self._ready, True
        return [Emit(READY)] if news else []

    def on_tick(self, now: float) -> list[Action]:
        if now < self.deadline:
            return []
        if self._end.way.busy:
            self.deadline = now + 0.01
            return []
        if self._asked >= 2:
            self._asked, self._ready = 0, False
            return [Emit(SILENT), *self.start(now)]
        self._asked, self.deadline = self._asked + 1, now + 0.03
        return [self._question()]

    def _question(self) -> Send:
        self._end.way.asked += 1
        return Send(b"?")

    def on_order(self, order: Order, now: float) -> list[Action]:
        return [Send(order.value.encode())]

    def end(self) -> list[Action]:
        return []


def speaking(dialogue: Callable[[FarEnd], Any], **parts: Any) -> Family:
    return replace(
        family("sdt"),
        **{
            "speeds": tuple(SPEEDS),
            "answers": True,
            "silence": 0.05,
            "framing": lambda setting: Signs(),
            "dialogue": lambda setting: dialogue(FarEnd.at[os.path.realpath(setting.port)]),
            **parts,
        },
    )


@dataclass
class Way:
    """What is between the two: a far end that has not had its turn on a busy machine is slow, not silent."""

    asked: int = 0
    heard: int = 0
    answered: int = 0
    taken: int = 0

    def begin(self) -> None:
        """A new conversation: answers to the one before were thrown away."""
        self.taken = self.answered

    @property
    def busy(self) -> bool:
        return self.heard < self.asked or self.taken < self.answered


class FarEnd:
    """Answers "?" with "!" where the line has its speed; keeps all that it heard, with the speed of each."""

    at: ClassVar[dict[str, FarEnd]] = {}
    """By the path of the port."""

    def __init__(self, speed: int) -> None:
        self.speed = speed
        self.way = Way()
        self.heard: list[tuple[int, bytes]] = []
        self.orders: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._far, self._near = os.openpty()
        tty.setraw(self._near)
        self.path = os.ttyname(self._near)
        self.at[self.path] = self
        self._stopping = False
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self) -> None:
        while not self._stopping:
            if not select.select([self._far], [], [], 0.01)[0]:
                continue
            heard = os.read(self._far, 4096)
            constant = termios.tcgetattr(self._near)[4]
            speed = next(number for number, value in SPEEDS.items() if value == constant)
            self.heard.append((speed, heard))
            if heard.strip(b"?"):
                self.orders.put(heard.strip(b"?"))
            if speed == self.speed and b"?" in heard:
                self.way.answered += 1
                os.write(self._far, b"!")
            self.way.heard += heard.count(b"?")

    def pull(self) -> None:
        """Harmless when it is out already. Its number is nobody else's before `throw_away`.

        Whoever still looks for it there must not find the line of another test.
        """
        self._stopping = True
        self._thread.join()
        with contextlib.suppress(OSError):
            os.close(self._far)
        self._far = -1

    def throw_away(self) -> None:
        self.pull()
        os.close(self._near)


class Watched:
    """A device and what it told."""

    def __init__(self, path: str, **more: Any) -> None:
        self.told: queue.SimpleQueue[DeviceEvent] = queue.SimpleQueue()
        backoff = more.pop("backoff", SOON)
        setting = DeviceSettings("identity_card", more.pop("protocol", "sdt"), path, **more)
        self.device = Device(setting, self.told.put, backoff=backoff)

    def next(self, timeout: float = 20.0) -> DeviceEvent:
        return self.told.get(timeout=timeout)


class Content(Asking):
    """Once answered it asks no more, like a scanner."""

    def on_event(self, event: Sign, now: float) -> list[Action]:
        told = super().on_event(event, now)
        self.deadline = NEVER
        return told
