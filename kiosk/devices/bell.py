"""What wakes a device's thread while it waits for its port."""

from __future__ import annotations

import contextlib
import os
import threading


class Bell:
    """A pipe that any thread rings and one listens to. Ringing never waits and is harmless at any time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ends: tuple[int, int] | None = None

    def open(self) -> int:
        """From now on it can be heard: the end to wait at, and to read empty."""
        with self._lock:
            if self._ends is None:
                self._ends = os.pipe()
                for end in self._ends:
                    os.set_blocking(end, False)
            return self._ends[0]

    def ring(self) -> None:
        """Wake whoever waits."""
        # Nobody has listened for so long that the pipe is full: it will be heard all the same.
        with self._lock, contextlib.suppress(BlockingIOError):
            if self._ends is not None:
                os.write(self._ends[1], b".")

    def close(self) -> None:
        """Give both ends back. Harmless when called again."""
        with self._lock:
            ends, self._ends = self._ends, None
            for end in ends or ():
                os.close(end)
