"""Samples from one form to another, without a library for it."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Sequence

SAMPLE_RATE = 22050
"""The rate of everything that is played."""


def resampled(samples: array[int], rate: int, wanted: int) -> array[int]:
    """Straight lines between samples: good enough for speech, and only needed for odd engines."""
    if rate == wanted or len(samples) < 2:
        return samples
    step = rate / wanted
    last = len(samples) - 2
    out = array("h")
    for at in range(int(len(samples) / step)):
        place = at * step
        left = min(int(place), last)
        share = place - left
        out.append(int(samples[left] + (samples[left + 1] - samples[left]) * min(share, 1.0)))
    return out


def from_floats(samples: Sequence[float]) -> array[int]:
    """-1.0 to 1.0 as 16 bits; what is louder is cut."""
    return array("h", [max(-32768, min(32767, int(sample * 32767))) for sample in samples])


def to_bytes(samples: array[int]) -> bytes:
    """Little-endian."""
    if sys.byteorder == "big":
        samples = array("h", samples)
        samples.byteswap()
    return samples.tobytes()


def from_bytes(pcm: bytes) -> array[int]:
    """The way back."""
    samples = array("h", pcm)
    if sys.byteorder == "big":
        samples.byteswap()
    return samples
