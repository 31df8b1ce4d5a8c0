"""Where the player's blocks go: the sound device, or a clock of the same speed where there is none."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from voice.fitting import Fitting, is_headphones
from voice.messages import Device, Report
from voice.player import Player

LOOK_AGAIN_SECONDS = (5.0, 5.0, 10.0, 20.0, 30.0)
"""Pauses between looks for a device; the last one stays. A look costs about 25 ms of CPU."""
SOON_SECONDS = (0.5, 1.0, 2.0)
"""The first pauses where a device was there until now: a cable that slipped, a server that starts anew."""
FRESH_SECONDS = 5.0
"""Who is about to be spoken to gets a look at once, unless the last one is younger than this."""
REST_SECONDS = 5.0
"""After so much silence the stream is stopped: a running one calls us a hundred times a second."""
STEADY_LATENCY = 1.0
"""Seconds of sound in hand, where a stream with little of it stood still. Measured at a sink of PulseAudio
that takes sound every 2 s: with 0.01 s in hand half of it was lost and up to 2 s nothing was asked for; with
0.5 s one gap of 1.1 s was left, with 1 s none of more than 0.3 s, and nothing was lost."""
_MOST_IN_HAND = 5.0
"""A driver that says more does not know."""
_TICK_SECONDS = 0.02
_ANY = Fitting()


class Outlet:
    """Keeps one stream for as long as its device is there; it rests while there is nothing to play."""

    def __init__(
        self,
        player: Player,
        report: Callable[[Report], None],
        fitting: Fitting = _ANY,
        *,
        steady: bool = False,
    ) -> None:
        """`steady`: rather late than torn."""
        self._player = player
        self._steady = steady
        self._stream: Any = None
        self._turning = threading.Lock()
        """Held while the stream is stopped or started."""
        self._fitting = fitting
        self._second_best = False
        """The device in use is not the one that was chosen, which is not there."""
        self._report = report
        self._lost = threading.Event()
        self._resting = False
        self._silent = False
        self.settled = threading.Event()
        """Set once the first look for a device is over."""

    def run(self) -> None:
        """Never returns; the child's process ends under it."""
        looks = 0
        while True:
            stream = self._open()
            if stream is None:
                self._say_silent()
                self._keep_time(look_again(looks))
                looks += 1
            else:
                self._silent, looks = False, -len(SOON_SECONDS)
                self._serve(stream)
                with self._turning:
                    self._stream = None
                    stream.close(ignore_errors=True)

    def _open(self) -> Any | None:
        """An open stream on the chosen device, else on the default one; None where there is none."""
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
            chosen = output_index(self._fitting.device)
            self._second_best = bool(self._fitting.device) and chosen is None
            stream = sounddevice.RawOutputStream(
                samplerate=self._player.rate, channels=1, dtype="int16", device=chosen,
                latency=STEADY_LATENCY if self._steady else "low",
                callback=self._callback, finished_callback=self._finished,
            )  # fmt: skip
            name = str(sounddevice.query_devices(stream.device)["name"])
            for_one = self._fitting.private or is_headphones(name, self._fitting.headphones)
            self._player.heard_by(one=for_one)
            in_hand = min(float(stream.latency), _MOST_IN_HAND)
            self._player.in_hand = in_hand if self._steady else 0.0
            stream.start()
        except (sounddevice.PortAudioError, OSError, ValueError):
            return None
        self._stream = stream
        self._report(Device(name, for_one, in_hand))
        self.settled.set()
        return stream

    def _callback(self, out: Any, frames: int, _time: Any, _status: Any) -> None:
        out[:] = self._player.fill(frames)

    def _finished(self) -> None:
        """The stream stands still: the device is gone, or we stopped it ourselves."""
        if not self._resting:
            self._lost.set()

    def _serve(self, stream: Any) -> None:
        """Play and rest by turns, until the device is lost."""
        while not self._lost.wait(REST_SECONDS):
            if self._player.rest(REST_SECONDS) and not self._rest(stream):
                return

    def _rest(self, stream: Any) -> bool:
        """Stop the stream until something is wanted. False if it does not start again, or if it is time to
        see whether the chosen device is back.
        """
        import sounddevice

        try:
            with self._turning:
                self._resting = True
                stream.stop()
            wanted = self._player.wanted.wait(LOOK_AGAIN_SECONDS[-1] if self._second_best else None)
            with self._turning:
                self._resting = False
                self._player.wake()
                if not wanted:
                    return False
                stream.start()
        except sounddevice.PortAudioError:
            return False
        return True

    def drop(self) -> None:
        """What was cut is not to be heard for another second, where so much of it is in hand. From any
        thread, before anything else is played."""
        if not self._steady:
            return
        with self._turning:
            stream = self._stream
            if stream is None or self._resting or self._lost.is_set():
                return
            self._resting = True
            try:
                stream.abort()
                stream.start()
            except Exception:  # PortAudio's own, and not imported where there is none
                self._lost.set()
            finally:
                self._resting = False

    def hold(self) -> None:
        """What it has in hand is heard to its end: it goes on from behind that."""

    def _say_silent(self) -> None:
        self._player.in_hand = 0.0
        if not self._silent:
            self._report(Device(None))
        self._silent = True
        self.settled.set()

    def _keep_time(self, seconds: float) -> None:
        """Take the player's blocks at the speed of a device, so that captions go on, until it is time to
        look for a device again; idle costs nothing."""
        looked = now = time.monotonic()
        while now < looked + seconds:
            idle = not self._player.wanted.is_set()
            if not self._player.wanted.wait(looked + seconds - now):
                return
            then = time.monotonic()
            if idle and then - looked > FRESH_SECONDS:
                return
            threading.Event().wait(_TICK_SECONDS)
            now = time.monotonic()
            self._player.fill(int((now - then) * self._player.rate))


@dataclass(frozen=True, slots=True)
class SoundDevice:
    """A device as PortAudio names it, and what it can do."""

    name: str
    speaks: bool
    hears: bool
    usual: bool
    """The default one for speaking."""


def sound_devices() -> tuple[SoundDevice, ...]:
    """All that are there, in PortAudio's order; none without PortAudio."""
    try:
        import sounddevice

        usual = sounddevice.default.device[1]
        return tuple(
            SoundDevice(
                str(one["name"]), one["max_output_channels"] > 0, one["max_input_channels"] > 0, at == usual
            )
            for at, one in enumerate(sounddevice.query_devices())
        )
    except (ImportError, OSError):
        return ()
    except sounddevice.PortAudioError:
        return ()


def output_index(name: str) -> int | None:
    """PortAudio's number of the output device of that name, else of the first with it in its name. None: the
    default one.
    """
    if not name:
        return None
    found = [(at, one.name.casefold()) for at, one in enumerate(sound_devices()) if one.speaks]
    exact = [at for at, called in found if called == name.casefold()]
    return next(iter(exact or [at for at, called in found if name.casefold() in called]), None)


def default_output(name: str = "") -> str:
    """The name of the device that would be used now, where this one was chosen; empty where there is none."""
    try:
        import sounddevice

        return str(sounddevice.query_devices(output_index(name), kind="output")["name"])
    except (ImportError, OSError, ValueError):
        return ""
    except sounddevice.PortAudioError:
        return ""


def look_again(looks: int) -> float:
    """Seconds until the next look, after so many that found nothing; below zero one was there just now."""
    if looks < 0:
        return SOON_SECONDS[looks]
    return LOOK_AGAIN_SECONDS[min(looks, len(LOOK_AGAIN_SECONDS) - 1)]
