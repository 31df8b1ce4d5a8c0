"""A device without hardware: an emulated one on a pseudo-terminal, at the pace of a real line."""

from __future__ import annotations

import os
import select
import threading
import time
import tty
from enum import StrEnum
from pathlib import Path
from types import TracebackType

from kiosk.devices.emulated import Emulated
from kiosk.devices.line import NEVER
from kiosk.devices.sdt.emulated import Behaviour, EmulatedModule

BITS_PER_BYTE = 10
_PIECE = 12
"""Bytes put on the line at a time: about a millisecond at 115200."""
_NOISE = bytes((i * 37 + 11) % 251 for i in range(40))


class Fault(StrEnum):
    """What can go wrong on the line."""

    NOISE = "noise"
    """Junk before each reply."""
    HALF_FRAME = "half-frame"
    """A reply stops in the middle."""
    SILENT = "silent"
    """No reply."""
    CHECKSUM = "checksum"
    """A reply with one bit turned."""


def wire_seconds(count: int, baud: int = 115200) -> float:
    """How long this many bytes take on the line."""
    return count * BITS_PER_BYTE / baud


def sdt_emulator(
    link: Path | None = None,
    behaviour: Behaviour = Behaviour.SILENT_AFTER_READ,
    *,
    first_find_misses: bool = True,
    baud: int = 115200,
) -> Emulator:
    """An identity card reader that behaves in one of three ways."""
    return Emulator(EmulatedModule(behaviour, first_find_misses=first_find_misses), link, baud=baud)


class Emulator:
    """An emulated device from `start` (or `with`) to `stop`; lay cards on it, lift them, break it.

    Bytes are served by a thread of its own; all methods may be called from any other one.
    """

    def __init__(self, emulated: Emulated, link: Path | None = None, *, baud: int = 115200) -> None:
        """`link` becomes a symbolic link to the pseudo-terminal while it is plugged in."""
        self._emulated = emulated
        self._link = link
        self._baud = baud
        self._lock = threading.Lock()
        self._fault: Fault | None = None
        self._fault_times = 0
        self._wake_read, self._wake_write = os.pipe()
        self._leaving = False
        self._ends: tuple[int, int] | None = None
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
        if self._link is not None:
            return str(self._link)
        if self._ends is None:
            raise RuntimeError("the emulated device is not plugged in")
        return os.ttyname(self._ends[1])

    def start(self) -> None:
        """Plug it in. Raises FileExistsError where the link's place is taken by a real file."""
        if self._thread is not None:
            return
        master, slave = os.openpty()
        tty.setraw(slave)
        os.set_blocking(master, False)
        # The far end stays open here too, so that a reader that closes and opens again meets the same line.
        self._ends = (master, slave)
        self._point_link(os.ttyname(slave))
        self._leaving = False
        self._thread = threading.Thread(target=self._serve, args=(master,), name="emulator", daemon=True)
        self._thread.start()

    plug = start

    def unplug(self) -> None:
        """Pull the cable: whoever has the port open meets a hang-up, and the link is gone."""
        if self._thread is None or self._ends is None:
            return
        self._leaving = True
        self._wake()
        self._thread.join()
        if select.select([self._wake_read], [], [], 0)[0]:
            os.read(self._wake_read, 64)
        if self._link is not None:
            self._link.unlink(missing_ok=True)
        for end in self._ends:
            os.close(end)
        self._thread = self._ends = None
        self._emulated.reset()

    def stop(self) -> None:
        """Unplug it for good."""
        self.unplug()
        os.close(self._wake_read)
        os.close(self._wake_write)

    def lay(self, content: bytes) -> None:
        """Lay down a card that holds this (of an SDT module: 256 bytes), hold up a code."""
        with self._lock:
            self._emulated.lay(content, time.monotonic())
        self._wake()

    def lift(self) -> None:
        """Take the card away."""
        with self._lock:
            self._emulated.lift()

    def fail(self, fault: Fault, times: int) -> None:
        """Spoil this many replies from now on."""
        with self._lock:
            self._fault, self._fault_times = fault, times

    def mend(self) -> None:
        """No fault from now on."""
        with self._lock:
            self._fault_times = 0

    def _point_link(self, target: str) -> None:
        if self._link is None:
            return
        if self._link.exists() and not self._link.is_symlink():
            raise FileExistsError(f"{self._link} exists and is not a link")
        fresh = self._link.with_name(f".{self._link.name}.{os.getpid()}")
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(target)
        fresh.replace(self._link)

    def _wake(self) -> None:
        os.write(self._wake_write, b".")

    def _serve(self, master: int) -> None:
        while not self._leaving:
            with self._lock:
                due = self._emulated.deadline
            wait = None if due == NEVER else max(0.0, due - time.monotonic())
            ready, _, _ = select.select([master, self._wake_read], [], [], wait)
            if self._wake_read in ready:
                os.read(self._wake_read, 64)
                continue
            received = os.read(master, 4096) if ready else b""
            now = time.monotonic()
            with self._lock:
                replies = self._emulated.hear(received, now) if received else self._emulated.tick(now)
                spoiled = [self._spoil(reply) for reply in replies]
            arrived = now + wire_seconds(len(received), self._baud)
            for reply in spoiled:
                self._send(master, reply, arrived)

    def _spoil(self, reply: bytes) -> bytes:
        if self._fault is None or self._fault_times <= 0:
            return reply
        self._fault_times -= 1
        match self._fault:
            case Fault.NOISE:
                return _NOISE + reply
            case Fault.HALF_FRAME:
                return reply[: len(reply) // 2]
            case Fault.SILENT:
                return b""
            case Fault.CHECKSUM:
                return reply[:-1] + bytes([reply[-1] ^ 1])

    def _send(self, master: int, reply: bytes, begin: float) -> None:
        """Put a reply on the line at its pace, for as long as the cable is not pulled."""
        for start in range(0, len(reply), _PIECE):
            piece = reply[start : start + _PIECE]
            due = begin + wire_seconds(start + len(piece), self._baud)
            while (wait := due - time.monotonic()) > 0 and not self._leaving:
                if select.select([self._wake_read], [], [], wait)[0]:
                    os.read(self._wake_read, 64)
            if self._leaving:
                return
            try:
                os.write(master, piece)
            except BlockingIOError:
                # Nobody reads and the line's buffer is full: a real line loses these bytes too.
                continue
