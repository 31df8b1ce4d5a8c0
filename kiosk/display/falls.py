"""How often something has fallen of late. Pure: every time is given."""

from __future__ import annotations

FALLS, FALL_SECONDS = 3, 60.0
"""So many falls within so many seconds, and it is no use to go on as before."""


class Falls:
    """Of one program, or of the terminals around it."""

    def __init__(self) -> None:
        self._at: list[float] = []

    def one(self, now: float) -> None:
        """It has fallen."""
        self._at = [at for at in self._at if now - at < FALL_SECONDS] + [now]

    def try_again(self, now: float) -> None:
        """It gets one more try: until it has stood for FALL_SECONDS, another fall is one too many."""
        self._at = [now] * (FALLS - 1)

    @property
    def too_many(self) -> bool:
        return len(self._at) >= FALLS
