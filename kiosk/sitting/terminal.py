"""The terminal between two sittings: nothing of the last one on it, and keys that do nothing."""

from __future__ import annotations

import os
import sys
import termios
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_PLAIN_SCREEN = (
    "\x18\x1b[?2026l\x1b[?2004l\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1016l\x1b[?1004l\x1b[?2048l\x1b[<u"
    "\x1b[?1049l\x1b[?25l\x1b[0m\x1b[2J\x1b[3J\x1b[H"
)
"""What a killed sitting has half written given up; mouse, paste and keyboard modes off, normal screen,
nothing on it nor in its scrollback."""
_CURSOR = "\x1b[?25h"
_LOCAL_MODES, _KEYS = 3, 6
"""Where termios.tcgetattr keeps them."""


class Terminal:
    """The terminal this program was started in."""

    def __init__(self, *, interruptible: bool) -> None:
        """`interruptible`: Ctrl+C is heard between sittings. A resident's keys must never end the kiosk."""
        self._descriptor = sys.stdin.fileno()
        self._interruptible = interruptible
        self._before: list[object] | None = None

    @contextmanager
    def ours(self) -> Iterator[None]:
        """Cleared and quiet inside; as it was before, and clear, afterwards."""
        with suppress(termios.error):
            self._before = termios.tcgetattr(self._descriptor)
        self.clear()
        try:
            yield
        finally:
            self.clear()
            self._set(self._before)
            _write(_CURSOR)

    def clear(self, words: str = "") -> None:
        """Only these words on it. Keys show nothing, and those of the last person are forgotten."""
        if self._before is not None:
            self._set(self._quiet(self._before))
            with suppress(termios.error):
                termios.tcflush(self._descriptor, termios.TCIFLUSH)
        _write(_PLAIN_SCREEN + words)

    def _quiet(self, before: list[object]) -> list[object]:
        modes, keys = before[_LOCAL_MODES], before[_KEYS]
        assert isinstance(modes, int) and isinstance(keys, list)
        off = termios.ECHO | termios.ICANON | termios.IEXTEN | (0 if self._interruptible else termios.ISIG)
        # where Ctrl+C is heard, neither Ctrl+Z nor Ctrl+\\ is
        heard = [b"\0" if at in (termios.VQUIT, termios.VSUSP) else key for at, key in enumerate(keys)]
        return [*before[:_LOCAL_MODES], modes & ~off, *before[_LOCAL_MODES + 1 : _KEYS], heard]

    def _set(self, modes: list[object] | None) -> None:
        if modes is not None:
            # it may have been closed: then there is nothing left to set
            with suppress(termios.error):
                termios.tcsetattr(self._descriptor, termios.TCSANOW, modes)  # type: ignore[arg-type]


def _write(sequence: str) -> None:
    with suppress(OSError):
        os.write(sys.stdout.fileno(), sequence.encode())
