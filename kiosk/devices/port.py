"""The serial port: the only place that knows pyserial. Every failure is one `PortGone`."""

from __future__ import annotations

import contextlib
import errno
import os
import select
import termios
import time
from collections.abc import Iterator

import serial

from kiosk.devices.events import DeviceFault

# serial.SerialException is an OSError; flushing a lost port raises termios.error, a closed one TypeError.
_FAILURES = (OSError, termios.error, TypeError, ValueError)
_AT_ONCE = 4096
_PIECE = 256
"""Bytes written at a time: a quarter of a second at 9600, so that a slow line is not taken for a dead one."""
_WRITE_SECONDS = 1.0
_LOOK_EVERY = 1.0
"""Seconds between two looks at a port that is read: it may have been closed, or its name moved."""
_REASONS = {
    errno.EACCES: DeviceFault.NOT_PERMITTED,
    errno.EPERM: DeviceFault.NOT_PERMITTED,
    errno.EAGAIN: DeviceFault.BUSY,
    errno.EBUSY: DeviceFault.BUSY,
}


class PortGone(Exception):
    """The device cannot be used (any more); open it again later. Says why, never what was sent."""

    def __init__(self, reason: DeviceFault) -> None:
        super().__init__(reason.value)
        self.reason = reason


@contextlib.contextmanager
def _or_gone() -> Iterator[None]:
    """Only the reason survives: messages of lower layers may quote what was on the line."""
    try:
        yield
    except serial.SerialTimeoutException:
        # An unknown part of it is out there: nothing that follows would be understood.
        raise PortGone(DeviceFault.SILENT) from None
    except _FAILURES as failure:
        number = failure.errno if isinstance(failure, OSError) else None
        raise PortGone(_REASONS.get(number or 0, DeviceFault.MISSING)) from None


class SerialPort:
    """An open port, ours alone. Used by one thread; `close` may come from any other one."""

    def __init__(self, path: str, baud: int) -> None:
        """Open it; raises PortGone."""
        self._path = path
        self._look_at = time.monotonic() + _LOOK_EVERY
        with _or_gone():
            self._serial = serial.Serial(path, baud, timeout=0, write_timeout=_WRITE_SECONDS, exclusive=True)

    def set_speed(self, baud: int) -> None:
        """Go on at another speed. Raises PortGone."""
        with _or_gone():
            # A closed port would quietly keep the speed for later.
            self._serial.fileno()
            self._serial.baudrate = baud

    def drain(self, seconds: float, woken: int | None = None) -> None:
        """Throw away what arrives for so long: it was meant for nobody, or for who was here before.

        Ends early when woken. Raises PortGone.
        """
        with _or_gone():
            self._serial.reset_input_buffer()
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            if not self.read(left, woken):
                return

    def read(self, seconds: float, woken: int | None = None) -> bytes:
        """What has arrived, waiting at most this long for a first byte; empty if none came.

        A byte in the pipe `woken`, which must not block, ends the waiting; it is taken out. Raises PortGone.
        """
        until = time.monotonic() + max(0.0, seconds)
        while True:
            self._look()
            left = until - time.monotonic()
            with _or_gone():
                line = self._serial.fileno()
                watched = [line] if woken is None else [line, woken]
                ready, _, _ = select.select(watched, [], [], min(max(0.0, left), _LOOK_EVERY))
                if woken in ready:
                    os.read(woken, _AT_ONCE)
                if line in ready:
                    return bytes(self._serial.read(_AT_ONCE))
            if ready or left <= _LOOK_EVERY:
                return b""

    def write(self, sent: bytes) -> None:
        """Send all of it. Raises PortGone, also when the line takes nothing for a second."""
        with _or_gone():
            try:
                for start in range(0, len(sent), _PIECE):
                    self._serial.write(sent[start : start + _PIECE])
            except serial.SerialTimeoutException:
                # What is left in the system's buffer would make closing wait, and reach the next dialogue.
                self._serial.reset_output_buffer()
                raise

    def close(self) -> None:
        """Give the port back; never raises. A thread that reads hears of it within a second."""
        with contextlib.suppress(*_FAILURES):
            self._serial.close()

    def _look(self) -> None:
        """A name in /dev/serial/by-id may by now stand for another port than the one that is open."""
        now = time.monotonic()
        if now < self._look_at:
            return
        self._look_at = now + _LOOK_EVERY
        with _or_gone():
            here = os.fstat(self._serial.fileno())
        try:
            named = os.stat(self._path)
        except OSError:
            # The name is being made anew; a port that is really away hangs up.
            return
        if named.st_rdev != here.st_rdev:
            raise PortGone(DeviceFault.MISSING)
