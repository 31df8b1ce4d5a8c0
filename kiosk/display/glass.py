"""A terminal that shows a held program, as its relay has handed it over."""

from __future__ import annotations

import os
import socket
import termios
from contextlib import suppress

from kiosk.display.held import window_of

_AT_ONCE = 1 << 16
_PATIENCE = 0.5
_NUMBER = 16
"""Bytes that a number has at most."""


class NotAGlass(Exception):
    """What called hands over no terminal."""


class Glass:
    """From the relay's call to the end of the terminal."""

    def __init__(self, caller: socket.socket) -> None:
        """Raises NotAGlass, OSError."""
        caller.settimeout(_PATIENCE)
        words, terminals, _, _ = socket.recv_fds(caller, _NUMBER, 1)
        if not (terminals and words.isdigit() and os.isatty(terminals[0])):
            for terminal in terminals:
                os.close(terminal)
            raise NotAGlass
        self.line, self.terminal, self.number = caller, terminals[0], int(words)
        self.waiting = b""
        """What the terminal has not taken yet."""
        os.set_blocking(self.terminal, False)

    @property
    def window(self) -> bytes:
        """Rows, columns and pixels."""
        return window_of(self.terminal)

    def has_changed(self) -> bool:
        """After news from the relay: the window has another size. False where the terminal has gone."""
        with suppress(OSError):
            return bool(self.line.recv(_NUMBER))
        return False

    def keys(self) -> bytes:
        """What was pressed since; nothing where the terminal has gone."""
        with suppress(OSError):
            return os.read(self.terminal, _AT_ONCE)
        return b""

    def forget_keys(self) -> None:
        """What was pressed so far was meant for what stood there before."""
        with suppress(termios.error):
            termios.tcflush(self.terminal, termios.TCIFLUSH)

    def show(self, written: bytes = b"") -> None:
        """As much as it takes now; the rest waits."""
        self.waiting += written
        with suppress(OSError):
            while self.waiting:
                self.waiting = self.waiting[os.write(self.terminal, self.waiting) :]

    def close(self) -> None:
        """Whatever waits is forgotten; the relay ends, and with it the terminal."""
        self.waiting = b""
        self.line.close()
        os.close(self.terminal)
