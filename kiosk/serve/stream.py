"""What the voice of a visit and the page that sounds it say to each other: the form of it alone. Pure.

The voice gives samples, and counts them from its first one on; the page tells how many of them were heard.
Whatever sounds together is a run. A new run begins with silence: the page forgets what it has of older ones,
and the voice gives nothing of the new one before the page has said that it has done so.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

VARIABLE = "KIOSK_BROWSER_SOUND"
"""In the environment of `kiosk run`: the descriptor at which its voice has the page."""
SCREEN, SAMPLES, SILENCE = 0, 1, 2
"""The first byte of all that a page gets (data/serve/glass.js, loudspeaker.js)."""
LONGEST = 1 << 13
"""Bytes of one message of sound, at most."""
_RUN = struct.Struct("<BxI")
_SAMPLES = struct.Struct("<BxII")
"""Its length is even, so that 16-bit samples behind it are where a browser can read them."""
_HEARD = struct.Struct("<?IQ")
COUNTED = 1 << 32
"""Runs, and samples, are counted to here and then from 0: 54 hours of sound."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What a page tells of the sound."""

    run: int
    count: int
    """Samples counted from the voice's first one: the page has let people hear those before."""
    on: bool
    """It can be heard: somebody has touched the page, and it is on the screen."""

    def packed(self) -> bytes:
        """For the voice."""
        return _HEARD.pack(self.on, self.run, self.count)


def heard(packet: bytes) -> Heard | None:
    """As `Heard.packed` made it."""
    if len(packet) != _HEARD.size:
        return None
    on, run, count = _HEARD.unpack(packet)
    return Heard(run, count, on)


def screen(written: bytes) -> bytes:
    """For the page: what its terminal is to show next."""
    return bytes((SCREEN,)) + written


def samples(run: int, at: int, pcm: bytes) -> bytes:
    """For the page: these come next in that run, the first of them is sample `at`. 16 bits, little-endian."""
    return _SAMPLES.pack(SAMPLES, run, at % COUNTED) + pcm


def silence(run: int) -> bytes:
    """For the page: silent now; what comes next belongs to this run."""
    return _RUN.pack(SILENCE, run)


def is_sound(packet: bytes) -> bool:
    """Has it the form of one of these two? Nothing else may come from a voice."""
    if not packet or len(packet) > LONGEST:
        return False
    if packet[0] == SILENCE:
        return len(packet) == _RUN.size
    return packet[0] == SAMPLES and len(packet) >= _SAMPLES.size and len(packet) % 2 == 0


def may_be_late(packet: bytes) -> bool:
    """Samples that come late are better left out; silence never is."""
    return packet[0] == SAMPLES
