"""Where the sound comes from: one input stream, which runs only while somebody is listened to."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

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

    def __init__(self, name: str, take: Callable[[Block], None], report: Callable[[Report], None]) -> None:
        """`name`: a part of the device's name; empty: the default. `take` is called by the audio thread."""
        self._name, self._take, self._report = name, take, report
        self._changed = threading.Condition()
        self._wanted = self._lost = self._stopping = False
        self._looked = False
        self._reported: Device | None = None
        self._blocks = 0

    def want(self, on: bool) -> None:
        """Sound is wanted from now on, or no longer. Never waits."""
        with self._changed:
            self._wanted = on
            self._changed.notify_all()

    def run(self) -> None:
        """Never returns; the child's process ends under it."""
        looks = 0
        while True:
            before = self._blocks
            try:
                stream = self._open()
            except Absent as absent:
                self._tell(Device(None, absent.reason))
            else:
                self._serve(stream)
                stream.close(ignore_errors=True)
            looks = looks + 1 if self._blocks == before else 0
            if looks:
                threading.Event().wait(look_again(looks - 1))

    def _open(self) -> Any:
        try:
            import sounddevice  # type: ignore[import-untyped]
        except (ImportError, OSError):
            raise Absent(NO_ENGINE) from None
        try:
            if self._looked:
                # PortAudio lists devices only once, when it starts.
                sounddevice._terminate()
                sounddevice._initialize()
            self._looked = True
            stream = sounddevice.RawInputStream(
                samplerate=SAMPLE_RATE, channels=1, dtype="int16", latency="low", blocksize=BLOCK_SAMPLES,
                device=chosen(sounddevice.query_devices(), self._name) if self._name else None,
                callback=self._callback, finished_callback=self._finished,
            )  # fmt: skip
            name = str(sounddevice.query_devices(stream.device)["name"])
        except (sounddevice.PortAudioError, OSError, ValueError) as fault:
            raise Absent(reason_of(fault)) from None
        self._tell(Device(name))
        return stream

    def _serve(self, stream: Any) -> None:
        """Run and stop as it is wanted, until the device is lost."""
        import sounddevice

        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._wanted)
                self._lost = self._stopping = False
            try:
                stream.start()
            except sounddevice.PortAudioError as fault:
                self._tell(Device(None, reason_of(fault)))
                return
            with self._changed:
                self._changed.wait_for(lambda: self._lost or not self._wanted)
                if self._lost:
                    return
                self._stopping = True
            stream.abort()

    def _callback(self, pcm: Any, _frames: int, _time: Any, _status: Any) -> None:
        self._blocks += 1
        self._take(Block(time.monotonic() - BLOCK_SECONDS, bytes(pcm)))

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
    """The name of the microphone that would be used now, tried for a moment. Raises Absent."""
    try:
        import sounddevice
    except (ImportError, OSError):
        raise Absent(NO_ENGINE) from None
    try:
        number = chosen(sounddevice.query_devices(), name) if name else None
        with sounddevice.RawInputStream(
            samplerate=SAMPLE_RATE, channels=1, dtype="int16", device=number
        ) as stream:
            return str(sounddevice.query_devices(stream.device)["name"])
    except (sounddevice.PortAudioError, OSError, ValueError) as fault:
        raise Absent(reason_of(fault)) from None
