"""The serial port: the only place that knows pyserial. Every failure is one `PortGone`."""

from __future__ import annotations

import errno
import os
import select
import termios
from dataclasses import dataclass
from typing import NoReturn

import serial
from serial.tools import list_ports

from kiosk.devices.events import DeviceFault

# serial.SerialException is an OSError; flushing a lost port raises termios.error, a closed one TypeError.
_FAILURES = (OSError, termios.error, TypeError, ValueError)
_AT_ONCE = 4096
_WRITE_SECONDS = 1.0
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


@dataclass(frozen=True, slots=True)
class FoundPort:
    """A serial port of this machine."""

    path: str
    description: str
    usb: str
    """Vendor and product, "1a86:7523"; empty where it is not a USB device."""


class SerialPort:
    """An open port, ours alone."""

    def __init__(self, path: str, baud: int) -> None:
        """Open it; raises PortGone."""
        try:
            self._serial = serial.Serial(path, baud, timeout=0, write_timeout=_WRITE_SECONDS, exclusive=True)
        except _FAILURES as failure:
            _gone(failure)

    def read(self, seconds: float, woken: int | None = None) -> bytes:
        """What has arrived, waiting at most this long for a first byte; empty if none came.

        A byte in the pipe `woken` ends the waiting; it is taken out.
        """
        try:
            line = self._serial.fileno()
            watched = [line] if woken is None else [line, woken]
            wait = None if seconds == float("inf") else max(0.0, seconds)
            ready, _, _ = select.select(watched, [], [], wait)
            if woken in ready:
                os.read(woken, 4096)
            return bytes(self._serial.read(_AT_ONCE)) if line in ready else b""
        except _FAILURES as failure:
            _gone(failure)

    def write(self, sent: bytes) -> None:
        """Send all of it. A write that times out leaves half a request out there: the port counts as gone."""
        try:
            self._serial.write(sent)
        except _FAILURES as failure:
            _gone(failure)

    def close(self) -> None:
        """Give the port back; never raises."""
        try:
            self._serial.close()
        except _FAILURES:
            return


def found_ports() -> list[FoundPort]:
    """The serial ports of this machine, by path."""
    return [
        FoundPort(
            path=port.device,
            description=port.description or "",
            usb=f"{port.vid:04x}:{port.pid:04x}" if port.vid is not None and port.pid is not None else "",
        )
        for port in sorted(list_ports.comports())
    ]


def _gone(failure: Exception) -> NoReturn:
    """Only the reason survives: messages of lower layers may quote what was on the line."""
    number = failure.errno if isinstance(failure, OSError) else None
    raise PortGone(_REASONS.get(number or 0, DeviceFault.MISSING)) from None
