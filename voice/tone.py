"""The short tone that says: speak now. Low enough for old ears, which lose the high notes first."""

from __future__ import annotations

import math
from array import array

SECONDS = 0.14
_HERTZ = 660.0
_HEIGHT = 9000
"""Of 32,767: clearly softer than speech."""
_SWELL_SECONDS = 0.015
"""It comes and goes so gently that no loudspeaker clicks."""


def tone(rate: int) -> array[int]:
    """Its samples at so many a second."""
    count, swell = int(SECONDS * rate), _SWELL_SECONDS * rate
    return array(
        "h",
        (
            int(
                _HEIGHT
                * min(1.0, at / swell, (count - at) / swell)
                * math.sin(2 * math.pi * _HERTZ * at / rate)
            )
            for at in range(count)
        ),
    )
