"""Where the player's blocks go: the sound device, or a clock of the same speed where there is none."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

from voice.messages import Device, Report
from voice.player import Player

RETRY_SECONDS = 5.0
_TICK_SECONDS = 0.02


class Outlet:
    """Keeps one stream open for the life of the child; looks for a device again every five seconds."""

    def __init__(self, player: Player, report: Callable[[Report], None]) -> None:
        self._player = player
        self._report = report
        self._lost = threading.Event()
        self._silent = False
        self.settled = threading.Event()
        """Set once the first look for a device is over."""

    def run(self) -> None:
        """Never returns; the child's process ends under it."""
        while True:
            stream = self._open()
            if stream is None:
                self._say_silent()
                self._keep_time(RETRY_SECONDS)
            else:
                self._silent = False
                self._lost.wait()
                stream.close(ignore_errors=True)

    def _open(self) -> Any | None:
        """An open stream on the default device, reported by name; None where there is none."""
        try:
            import sounddevice  # type: ignore[import-untyped]
        except (ImportError, OSError):
            return None
        try:
            if self.settled.is_set():
                # PortAudio lists devices only once, when it starts.
                sounddevice._terminate()
                sounddevice._initialize()
            self._lost.clear()
            stream = sounddevice.RawOutputStream(
                samplerate=self._player.rate, channels=1, dtype="int16", latency="low",
                callback=self._callback, finished_callback=self._lost.set,
            )  # fmt: skip
            stream.start()
            name = str(sounddevice.query_devices(stream.device)["name"])
        except (sounddevice.PortAudioError, OSError, ValueError):
            return None
        self._report(Device(name))
        self.settled.set()
        return stream

    def _callback(self, out: Any, frames: int, _time: Any, _status: Any) -> None:
        out[:] = self._player.fill(frames)

    def _say_silent(self) -> None:
        if not self._silent:
            self._report(Device(None))
        self._silent = True
        self.settled.set()

    def _keep_time(self, seconds: float) -> None:
        """Take the player's blocks at the speed of a device, so that captions go on; idle costs nothing."""
        until = time.monotonic() + seconds
        while (now := time.monotonic()) < until:
            if not self._player.wanted.wait(until - now):
                return
            then = time.monotonic()
            threading.Event().wait(_TICK_SECONDS)
            self._player.fill(int((time.monotonic() - then) * self._player.rate))
