"""A WAV file as the microphone would have given it: 16 kHz, one channel, 16 bit.

Only the standard library: its `audioop` is gone from Python 3.13, and a file that is tried now and then is
not worth numpy and soxr.
"""

from __future__ import annotations

import sys
import wave
from array import array
from collections.abc import Sequence
from math import ceil, cos, gcd, pi, sin
from operator import mul
from pathlib import Path

from voice.listening.recogniser import SAMPLE_RATE

LONGEST = 300.0
"""Seconds that are read; nobody takes five minutes over one answer."""
_ZEROS = 16
"""Zero crossings of the low-pass on each side."""
_MOST = 32767


class WaveFault(ValueError):
    """The file is no sound that can be read; the message says why."""


def read_wave(file: Path) -> bytes:
    """The sound of a WAV file. Raises WaveFault, or OSError where it cannot be read."""
    try:
        with wave.open(str(file)) as sound:
            width, channels, rate = sound.getsampwidth(), sound.getnchannels(), sound.getframerate()
            frames = sound.readframes(round(LONGEST * rate))
    except (wave.Error, EOFError) as fault:
        raise WaveFault(f"not a WAV file of whole numbers: {fault}") from fault
    if not frames or not 1000 <= rate <= 400_000:
        raise WaveFault("there is no sound in it")
    mono = _mono(_samples(frames, width), channels)
    return _little_endian(resampled(mono, rate, SAMPLE_RATE))


def resampled(samples: Sequence[int], rate: int, wanted: int) -> array[int]:
    """The same sound at another rate, without what the lower of both cannot hold."""
    if rate == wanted:
        return array("h", samples)
    common = gcd(rate, wanted)
    up, down = wanted // common, rate // common
    cutoff = min(1.0, wanted / rate)
    reach = ceil(_ZEROS / cutoff)
    kernels = [_kernel(phase / up, cutoff, reach) for phase in range(up)]
    padded = array("h", bytes(2 * reach)) + array("h", samples) + array("h", bytes(2 * (reach + 1)))
    made = array("h")
    for position in range(len(samples) * up // down):
        at, phase = divmod(position * down, up)
        value = sum(map(mul, kernels[phase], padded[at : at + 2 * reach + 1]))
        made.append(max(-_MOST, min(_MOST, round(value))))
    return made


def _kernel(offset: float, cutoff: float, reach: int) -> list[float]:
    """A windowed sine cardinal, for a point so far behind a sample; its sum is 1."""
    weights = []
    for tap in range(-reach, reach + 1):
        x = tap - offset
        window = 0.5 + 0.5 * cos(pi * x / (reach + 1))
        weights.append(window * (sin(pi * x * cutoff) / (pi * x) if x else cutoff))
    whole = sum(weights)
    return [weight / whole for weight in weights]


def _samples(frames: bytes, width: int) -> array[int]:
    """Of any width, as 16 bit: the two upper bytes of each."""
    if width == 1:
        return array("h", [(value - 128) << 8 for value in frames])
    if width not in (2, 3, 4):
        raise WaveFault(f"samples of {8 * width} bits are not known")
    frames = frames[: len(frames) // width * width]
    upper = bytearray(len(frames) // width * 2)
    upper[0::2], upper[1::2] = frames[width - 2 :: width], frames[width - 1 :: width]
    return _from_little_endian(bytes(upper))


def _mono(samples: array[int], channels: int) -> array[int]:
    if channels == 1:
        return samples
    whole = len(samples) // channels * channels
    sides = [samples[side:whole:channels] for side in range(channels)]
    return array("h", [sum(together) // channels for together in zip(*sides, strict=True)])


def _from_little_endian(pcm: bytes) -> array[int]:
    samples = array("h", pcm)
    if sys.byteorder == "big":
        samples.byteswap()
    return samples


def _little_endian(samples: array[int]) -> bytes:
    if sys.byteorder == "big":
        samples = array("h", samples)
        samples.byteswap()
    return samples.tobytes()
