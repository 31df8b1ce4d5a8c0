"""When each character sounds, for speech that comes without word times."""

from __future__ import annotations

from itertools import accumulate

from voice.engines import Mark
from voice.engines.samples import from_bytes

_PAUSES = {**dict.fromkeys("，、：,:", 1.5), **dict.fromkeys("。！？；.!?;", 2.0)}
"""How many characters long the voice rests at a sign."""
_QUIET = 500
"""Below it a sample is silence before the first word or after the last."""


def even_marks(text: str, pcm: bytes) -> tuple[Mark, ...]:
    """The time from the first sound to the last, shared out over the characters and the pauses."""
    lengths = [_PAUSES.get(sign, 1.0 if sign.isalnum() else 0.3) for sign in text]
    while lengths and not text[len(lengths) - 1].isalnum():
        lengths.pop()
    whole = sum(lengths)
    if not whole:
        return ()
    first, last = _sounding(pcm)
    share = (last - first) / whole
    starts = accumulate(lengths[:-1], initial=0.0)
    return tuple(
        Mark(first + int(share * start), at, 1) for at, start in enumerate(starts) if text[at].isalnum()
    )


def _sounding(pcm: bytes) -> tuple[int, int]:
    """The first and last sample that can be heard, within 10 ms or so."""
    samples = from_bytes(pcm)
    step = 64
    loud = [at for at in range(0, len(samples), step) if max(map(abs, samples[at : at + step])) > _QUIET]
    return (loud[0], min(loud[-1] + step, len(samples))) if loud else (0, len(samples))
