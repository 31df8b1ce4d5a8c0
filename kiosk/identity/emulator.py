"""A reader without hardware: the emulated SDT module on a pseudo-terminal, at the pace of a real line."""

from __future__ import annotations

import os
import select
import threading
import time
import tty
from enum import StrEnum
from pathlib import Path
from types import TracebackType

from kiosk.identity.emulated_module import Behaviour, EmulatedModule
from kiosk.identity.framing.sdt import SHORTEST_REQUEST, SdtFraming

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


class Emulator:
    """An emulated reader from `start` (or `with`) to `stop`; lay cards on it, lift them, break it.

    Bytes are served by a thread of its own; all methods may be called from any other one.
    """

    def __init__(
        self,
        link: Path | None = None,
        behaviour: Behaviour = Behaviour.SILENT_AFTER_READ,
        *,
        first_find_misses: bool = True,
        baud: int = 115200,
    ) -> None:
        """`link` becomes a symbolic link to the pseudo-terminal while it is plugged in."""
        self._link = link
        self._module = EmulatedModule(behaviour, first_find_misses=first_find_misses)
        self._baud = baud
        self._lock = threading.Lock()
        self._fault: Fault | None = None
        self._fault_times = 0
        self._wake_read, self._wake_write = os.pipe()
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
            raise RuntimeError("the emulated reader is not plugged in")
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
        self._thread = threading.Thread(target=self._serve, args=(master,), name="emulator", daemon=True)
        self._thread.start()

    plug = start

    def unplug(self) -> None:
        """Pull the cable: whoever has the port open meets a hang-up, and the link is gone."""
        if self._thread is None or self._ends is None:
            return
        os.write(self._wake_write, b".")
        self._thread.join()
        os.read(self._wake_read, 1)
        if self._link is not None:
            self._link.unlink(missing_ok=True)
        for end in self._ends:
            os.close(end)
        self._thread = self._ends = None
        self._module.reset()

    def stop(self) -> None:
        """Unplug it for good."""
        self.unplug()
        os.close(self._wake_read)
        os.close(self._wake_write)

    def lay(self, text_block: bytes) -> None:
        """Lay down a card that holds these 256 bytes."""
        with self._lock:
            self._module.lay(text_block)

    def lift(self) -> None:
        """Take the card away."""
        with self._lock:
            self._module.lift()

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

    def _serve(self, master: int) -> None:
        framing = SdtFraming(SHORTEST_REQUEST)
        while True:
            timeout = 0.25 if framing.waiting else None
            ready, _, _ = select.select([master, self._wake_read], [], [], timeout)
            if self._wake_read in ready:
                return
            received = os.read(master, 4096) if ready else b""
            arrived = time.monotonic() + wire_seconds(len(received), self._baud)
            for event in framing.feed(received) if ready else framing.idle():
                with self._lock:
                    reply = self._spoil(self._module.answer(event))
                if not self._send(master, reply, arrived):
                    return

    def _spoil(self, reply: bytes | None) -> bytes:
        if reply is None:
            return b""
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

    def _send(self, master: int, reply: bytes, begin: float) -> bool:
        """Put a reply on the line at its pace; False when the cable was pulled meanwhile."""
        for start in range(0, len(reply), _PIECE):
            piece = reply[start : start + _PIECE]
            due = begin + wire_seconds(start + len(piece), self._baud)
            if select.select([self._wake_read], [], [], max(0.0, due - time.monotonic()))[0]:
                return False
            try:
                os.write(master, piece)
            except BlockingIOError:
                # Nobody reads and the line's buffer is full: a real line loses these bytes too.
                continue
        return True
