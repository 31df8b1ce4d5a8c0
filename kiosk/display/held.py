"""A program on a pseudo-terminal of its own, which outlives the terminals that show it."""

from __future__ import annotations

import fcntl
import os
import signal
import termios
from collections.abc import Mapping, Sequence
from contextlib import suppress

_AT_ONCE = 1 << 16
_SIZE = b"\0" * 8


def window_of(terminal: int) -> bytes:
    """Rows, columns and pixels, as the system keeps them."""
    return fcntl.ioctl(terminal, termios.TIOCGWINSZ, _SIZE)


class Held:
    """From its start to its end."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], window: bytes) -> None:
        self.terminal, inside = os.openpty()
        fcntl.ioctl(inside, termios.TIOCSWINSZ, window)
        os.set_blocking(self.terminal, False)
        self._pid = os.fork()
        if self._pid == 0:
            _be_the_program(inside, command, environment)
        os.close(inside)
        self.code: int | None = None
        """Its exit code, once it has ended."""
        self.silent = False
        """It has let go of its terminal: it will write no more."""

    def take(self) -> bytes:
        """What it has written since."""
        try:
            return os.read(self.terminal, _AT_ONCE)
        except BlockingIOError:
            return b""
        except OSError:
            self.silent = True
            return b""

    def drain(self) -> bytes:
        """All that is there now."""
        taken = b""
        while piece := self.take():
            taken += piece
        return taken

    def give(self, keys: bytes) -> None:
        """Keys to it. More than it has room for are lost, as from a keyboard."""
        with suppress(OSError):
            os.write(self.terminal, keys)

    def fit(self, window: bytes) -> None:
        """To another window, which it is to draw anew even where it is just as large."""
        if window_of(self.terminal) != window:
            fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, window)
            return
        with suppress(OSError):
            os.killpg(os.tcgetpgrp(self.terminal), signal.SIGWINCH)

    def has_ended(self) -> bool:
        """Asked whenever a child has changed."""
        if self.code is None and (ended := os.waitpid(self._pid, os.WNOHANG))[0]:
            self.code = os.waitstatus_to_exitcode(ended[1])
        return self.code is not None

    def ask_to_end(self) -> None:
        """It puts its things away first."""
        if self.code is None:
            os.kill(self._pid, signal.SIGTERM)

    def close(self) -> None:
        """Its terminal goes, and with it whatever is left of it."""
        os.close(self.terminal)
        if not self.has_ended():
            os.kill(self._pid, signal.SIGKILL)
            self.code = os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])


def _be_the_program(inside: int, command: Sequence[str], environment: Mapping[str, str]) -> None:
    try:
        os.login_tty(inside)
        os.execvpe(command[0], [*command], environment)
    finally:
        os._exit(127)
