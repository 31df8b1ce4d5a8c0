"""The line of an emulated device: a pseudo-terminal, and a link to it, for as long as it is plugged in."""

from __future__ import annotations

import os
import termios
import tty
from pathlib import Path

_SPEEDS = {
    getattr(termios, f"B{speed}"): speed for speed in (1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200)
}
_AT_ONCE = 4096


class Cable:
    """Both ends of a pseudo-terminal. Not for two threads at once."""

    def __init__(self, link: Path | None) -> None:
        """`link` becomes a symbolic link to the far end while it is plugged in."""
        self._link = link
        self._ends: tuple[int, int] | None = None

    @property
    def plugged(self) -> bool:
        """Can it be opened?"""
        return self._ends is not None

    @property
    def path(self) -> str:
        """What to open: the link if there is one. Raises RuntimeError where there is neither."""
        if self._link is not None:
            return str(self._link)
        return os.ttyname(self._both[1])

    @property
    def speed(self) -> int:
        """Bits a second that whoever has it open has set; 0 for an unusual one."""
        return _SPEEDS.get(termios.tcgetattr(self._both[1])[5], 0)

    def plug(self) -> None:
        """Harmless when plugged in. Raises FileExistsError where the link's place is taken by a real file."""
        if self._ends is not None:
            return
        near, far = os.openpty()
        tty.setraw(far)
        os.set_blocking(near, False)
        # The far end stays open here too, so that a reader that closes and opens again meets the same line.
        self._ends = (near, far)
        try:
            self._point_link(os.ttyname(far))
        except OSError:
            self._close()
            raise

    def unplug(self) -> None:
        """Whoever has the port open meets a hang-up, and the link is gone. Harmless when unplugged."""
        if self._ends is None:
            return
        if self._link is not None:
            self._link.unlink(missing_ok=True)
        self._close()

    def fileno(self) -> int:
        """For `select`: the device's end."""
        return self._both[0]

    def read(self) -> bytes:
        """What has arrived; call it when there is something."""
        return os.read(self._both[0], _AT_ONCE)

    def write(self, piece: bytes) -> None:
        """Put it on the line. Where nobody reads and its buffer is full, it is lost as on a real one."""
        try:
            os.write(self._both[0], piece)
        except BlockingIOError:
            return

    @property
    def _both(self) -> tuple[int, int]:
        if self._ends is None:
            raise RuntimeError("the emulated device is not plugged in")
        return self._ends

    def _close(self) -> None:
        ends, self._ends = self._ends, None
        for end in ends or ():
            os.close(end)

    def _point_link(self, target: str) -> None:
        if self._link is None:
            return
        if self._link.exists() and not self._link.is_symlink():
            raise FileExistsError(f"{self._link} exists and is not a link")
        fresh = self._link.with_name(f".{self._link.name}.{os.getpid()}")
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(target)
        fresh.replace(self._link)
