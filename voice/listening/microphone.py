"""Where the sound comes from: one input stream, which runs only while somebody is listened to."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from voice.listening.downsampler import FAST_RATE, Downsampler
from voice.listening.messages import Device, Report
from voice.listening.recogniser import BLOCK_SAMPLES, BLOCK_SECONDS, NO_ENGINE, SAMPLE_RATE
from voice.outlet import look_again

NO_MICROPHONE = "no_microphone"
BUSY = "busy"
"""Another program has it."""
NOT_FOUND = "not_found"
"""The one that the settings name is not among those that are there."""

_UNAVAILABLE = -9985
"""PortAudio's number for a device that somebody else holds (paDeviceUnavailable)."""
_WRONG_RATE = -9997
"""The one for a rate that a device does not know (paInvalidSampleRate)."""
RATES = (SAMPLE_RATE, FAST_RATE)
"""Tried in this order."""


@dataclass(frozen=True, slots=True)
class Block:
    """512 samples, and when the first of them was caught."""

    since: float
    pcm: bytes = field(repr=False)


class Absent(Exception):
    """No sound can be had. `reason`: a key of the catalogue `voice`, group `deaf`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Microphone:
    """Opens the device at once, so that a missing one is known, and lets it run only while it is wanted."""

    def __init__(
        self,
        name: str,
        take: Callable[[Block], None],
        report: Callable[[Report], None],
        rates: Sequence[int] = RATES,
    ) -> None:
        """`name`: a part of the device's name; empty: the default. `take` is called by the audio thread."""
        self._name, self._take, self._report, self._rates = name, take, report, rates
        self._changed = threading.Condition()
        self._wanted = self._lost = self._stopping = False
        self._reported: Device | None = None
        self._blocks = 0
        self._downsampler = Downsampler()

    def want(self, on: bool) -> None:
        """Sound is wanted from now on, or no longer. Never waits."""
        with self._changed:
            self._wanted = on
            self._changed.notify_all()

    def run(self) -> None:
        """Never returns; the child's process ends under it."""
        failures = 0
        while True:
            try:
                self._serve(self._open())
                failures = 0
            except Absent as absent:
                failures += 1
                # Once more at once: the device in use may have gone, and another one have its place.
                if failures > 1:
                    self._tell(Device(None, absent.reason))
                    threading.Event().wait(look_again(failures - 2))

    def _open(self) -> Any:
        stream, name = open_stream(self._name, self._rates, self._callback_at, self._finished)
        self._tell(Device(name))
        return stream

    def _serve(self, stream: Any) -> None:
        """Run and stop as it is wanted, until the device is lost. Raises Absent where it never ran."""
        import sounddevice  # type: ignore[import-untyped]

        before = self._blocks
        try:
            while True:
                with self._changed:
                    self._changed.wait_for(lambda: self._wanted)
                    self._lost = self._stopping = False
                stream.start()
                with self._changed:
                    self._changed.wait_for(lambda: self._lost or not self._wanted)
                    if self._lost:
                        break
                    self._stopping = True
                stream.abort()
        except sounddevice.PortAudioError as fault:
            raise Absent(reason_of(fault)) from None
        finally:
            stream.close(ignore_errors=True)
        if self._blocks == before:
            raise Absent(NO_MICROPHONE)

    def _callback_at(self, rate: int) -> Callable[..., None]:
        return self._callback if rate == SAMPLE_RATE else self._downsampled

    def _callback(self, pcm: Any, _frames: int, _time: Any, _status: Any) -> None:
        self._blocks += 1
        self._take(Block(time.monotonic() - BLOCK_SECONDS, bytes(pcm)))

    def _downsampled(self, pcm: Any, *about: Any) -> None:
        self._callback(self._downsampler.take(bytes(pcm)), *about)

    def _finished(self) -> None:
        """The stream stands still: the device is gone, or we stopped it ourselves."""
        with self._changed:
            self._lost = not self._stopping
            self._changed.notify_all()

    def _tell(self, device: Device) -> None:
        """Once for each change."""
        if device != self._reported:
            self._reported = device
            self._report(device)


def open_stream(
    name: str,
    rates: Sequence[int],
    callback_at: Callable[[int], Callable[..., None]],
    finished: Callable[[], None],
) -> tuple[Any, str]:
    """A stream that does not run yet, by blocks of 32 ms, and its device's name. Raises Absent."""
    try:
        import sounddevice
    except (ImportError, OSError):
        raise Absent(NO_ENGINE) from None
    try:
        # PortAudio lists devices only once, when it starts.
        sounddevice._terminate()
        sounddevice._initialize()
        device = chosen(sounddevice.query_devices(), name) if name else None
        for rate in rates:
            try:
                stream = sounddevice.RawInputStream(
                    samplerate=rate, channels=1, dtype="int16", latency="low", device=device,
                    blocksize=BLOCK_SAMPLES * (rate // SAMPLE_RATE),
                    callback=callback_at(rate), finished_callback=finished,
                )  # fmt: skip
            except sounddevice.PortAudioError as fault:
                if _WRONG_RATE not in fault.args[1:2]:
                    raise
            else:
                return stream, str(sounddevice.query_devices(stream.device)["name"])
    except (sounddevice.PortAudioError, OSError, ValueError) as fault:
        raise Absent(reason_of(fault)) from None
    raise Absent(NO_MICROPHONE)


def chosen(devices: Any, name: str) -> int:
    """The first device that can listen and has this in its name. Raises Absent."""
    for number, device in enumerate(devices):
        if device["max_input_channels"] > 0 and name.casefold() in device["name"].casefold():
            return number
    raise Absent(NOT_FOUND)


def reason_of(fault: Exception) -> str:
    """Why PortAudio does not open a device."""
    return BUSY if _UNAVAILABLE in fault.args[1:2] else NO_MICROPHONE


def look_for(name: str) -> str:
    """The name of the microphone that would be used now. Raises Absent."""
    stream, found = open_stream(name, RATES, lambda _rate: lambda *_sound: None, lambda: None)
    stream.close(ignore_errors=True)
    return found
