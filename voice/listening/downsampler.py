"""A microphone that knows 48 kHz only, as many on USB, at the 16 kHz of the recognisers."""

from __future__ import annotations

from array import array

from voice.listening.recogniser import SAMPLE_RATE
from voice.listening.wave_file import resampled

FAST_RATE = 48000
STEP = FAST_RATE // SAMPLE_RATE
_EDGE = 16
"""Samples at each end of a piece for which what is beside them is needed; they are made with the next one."""


class Downsampler:
    """Takes one block after the other; a millisecond of each comes with the next."""

    def __init__(self) -> None:
        self._before = array("h", bytes(2 * 2 * _EDGE * STEP))

    def take(self, pcm: bytes) -> bytes:
        """A block of 48 kHz, as a third of it."""
        samples = self._before + array("h", pcm)
        self._before = samples[-2 * _EDGE * STEP :]
        return resampled(samples, FAST_RATE, SAMPLE_RATE)[_EDGE:-_EDGE].tobytes()
