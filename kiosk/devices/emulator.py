"""A device without hardware: an emulated one on a pseudo-terminal, at the pace of a real line."""

from __future__ import annotations

import heapq
import os
import select
import threading
import time
from itertools import count
from pathlib import Path
from random import Random
from types import TracebackType

from kiosk.devices.bell import Bell
from kiosk.devices.cable import Cable
from kiosk.devices.emulated import Emulated
from kiosk.devices.faults import BadLine, Fate, Fault, spoil
from kiosk.devices.line import NEVER
from kiosk.devices.sdt.emulated import Behaviour, EmulatedModule

__all__ = ["Emulator", "Fault", "sdt_emulator", "wire_seconds"]

BITS_PER_BYTE = 10
_PIECE = 12
"""Bytes put on the line at a time: about a millisecond at 115200."""
_GARBLED = bytes((i * 7 + 13) % 256 for i in range(256))
"""What becomes of each byte at a wrong speed."""


def wire_seconds(count: int, baud: int = 115200) -> float:
    """How long this many bytes take on the line."""
    return count * BITS_PER_BYTE / baud


def sdt_emulator(
    link: Path | None = None,
    behaviour: Behaviour = Behaviour.SILENT_AFTER_READ,
    *,
    first_find_misses: bool = True,
    baud: int = 115200,
    bad_line: BadLine | None = None,
) -> Emulator:
    """An identity card reader that behaves in one of three ways."""
    module = EmulatedModule(behaviour, first_find_misses=first_find_misses)
    return Emulator(module, link, baud=baud, bad_line=bad_line)


class Emulator:
    """An emulated device from `start` (or `with`) to `stop`; lay cards on it, lift them, break it.

    Bytes are served by a thread of its own; all methods may be called from any other one.
    """

    _woken: int
    """Where its thread hears that somebody rang."""

    def __init__(
        self,
        emulated: Emulated,
        link: Path | None = None,
        *,
        baud: int = 115200,
        deaf_at_other_speeds: bool = False,
        bad_line: BadLine | None = None,
    ) -> None:
        """`link` becomes a symbolic link to the pseudo-terminal while it is plugged in; `baud` is its pace.

        A pseudo-terminal carries bytes at any speed. With `deaf_at_other_speeds` it is as on a real line:
        while whoever has it open has set another one, nothing is understood and what is sent is garbled.
        """
        self._emulated = emulated
        self._cable = Cable(link)
        self._baud = baud
        self._deaf_at_other_speeds = deaf_at_other_speeds
        self._bad_line = bad_line
        self._lock = threading.Lock()
        self._fault: Fault | None = None
        self._fault_times = 0
        self._bell = Bell()
        self._leaving = False
        self._outbox: list[tuple[float, int, Fate]] = []
        """Replies that are to begin, by when."""
        self._order = count()
        self._free_at = 0.0
        """When the line has carried what was sent before."""
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Emulator:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def path(self) -> str:
        """What to open: the link if there is one, else the pseudo-terminal. Only while plugged in."""
        return self._cable.path

    def start(self) -> None:
        """Plug it in. Raises FileExistsError where the link's place is taken by a real file."""
        if self._thread is not None:
            return
        self._cable.plug()
        self._leaving = False
        self._woken = self._bell.open()
        self._thread = threading.Thread(target=self._serve, name="emulator", daemon=True)
        self._thread.start()

    plug = start

    def unplug(self) -> None:
        """Pull the cable: whoever has the port open meets a hang-up, and the link is gone."""
        if self._thread is None:
            return
        self._leaving = True
        self._bell.ring()
        self._thread.join()
        self._thread = None
        self._power_off()

    def stop(self) -> None:
        """Unplug it for good."""
        self.unplug()
        self._bell.close()

    def lay(self, content: bytes) -> None:
        """Lay down a card that holds this (of an SDT module: 256 bytes), hold up a code.

        Raises ValueError for what cannot be laid on such a device.
        """
        with self._lock:
            self._emulated.lay(content, time.monotonic())
        self._bell.ring()

    def lift(self) -> None:
        """Take the card away."""
        with self._lock:
            self._emulated.lift()

    def fail(self, fault: Fault, times: int) -> None:
        """Spoil this many replies from now on, before anything that the bad line does."""
        with self._lock:
            self._fault, self._fault_times = fault, times

    def mend(self) -> None:
        """No fault from now on."""
        with self._lock:
            self._fault_times = 0
            self._bad_line = None

    def _serve(self) -> None:
        while not self._leaving:
            with self._lock:
                due = min(self._emulated.deadline, self._outbox[0][0] if self._outbox else NEVER)
            if self._cable.fileno() in self._wait(due, self._cable.fileno()):
                self._answer(self._cable.read())
            else:
                self._answer(b"")
            while self._outbox and self._outbox[0][0] <= time.monotonic() and not self._leaving:
                begin, _, fate = heapq.heappop(self._outbox)
                self._send(fate.sent, begin)
                if fate.unplugged:
                    self._lose_contact(fate.unplugged)

    def _wait(self, due: float, *ends: int) -> list[int]:
        """Until then, or until somebody rings; which of these ends have something to read."""
        wait = None if due == NEVER else max(0.0, due - time.monotonic())
        ready, _, _ = select.select([*ends, self._woken], [], [], wait)
        if self._woken in ready:
            os.read(self._woken, _PIECE)
        return ready

    def _answer(self, received: bytes) -> None:
        """What the device says to these bytes, or by itself, goes to the outbox."""
        now = time.monotonic()
        with self._lock:
            if received and not self._understood:
                received = b""
            replies = self._emulated.hear(received, now) if received else []
            if self._emulated.deadline <= now:
                replies += self._emulated.tick(now)
            fates = [self._fate(reply) for reply in replies]
        begin = now + wire_seconds(len(received), self._baud)
        for fate in fates:
            heapq.heappush(self._outbox, (begin + fate.late, next(self._order), fate))

    @property
    def _understood(self) -> bool:
        return not self._deaf_at_other_speeds or self._cable.speed == self._baud

    def _fate(self, reply: bytes) -> Fate:
        if self._fault is not None and self._fault_times > 0:
            self._fault_times -= 1
            return spoil(self._fault, reply, self._emulated.wrong_length, Random(self._fault_times))
        if self._bad_line is not None:
            return self._bad_line.fate(reply, self._emulated.wrong_length)
        return Fate(reply)

    def _send(self, reply: bytes, begin: float) -> None:
        """Put a reply on the line at its pace, for as long as the cable is not pulled."""
        begin = max(begin, self._free_at)
        self._free_at = begin + wire_seconds(len(reply), self._baud)
        for start in range(0, len(reply), _PIECE):
            piece = reply[start : start + _PIECE]
            due = begin + wire_seconds(start + len(piece), self._baud)
            while time.monotonic() < due and not self._leaving:
                self._wait(due)
            if self._leaving:
                return
            self._cable.write(piece if self._understood else piece.translate(_GARBLED))

    def _lose_contact(self, seconds: float) -> None:
        """The cable is out for a while. It stays out where the link's place has been taken meanwhile."""
        self._power_off()
        due = time.monotonic() + seconds
        while time.monotonic() < due and not self._leaving:
            self._wait(due)
        if not self._leaving:
            try:
                self._cable.plug()
            except OSError:
                self._leaving = True

    def _power_off(self) -> None:
        self._cable.unplug()
        self._outbox.clear()
        with self._lock:
            self._emulated.reset()
