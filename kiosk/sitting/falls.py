"""Whether something that has fallen stands again. Pure: every time is given, in seconds of one clock."""

from __future__ import annotations

FALLS, STOOD = 3, 60.0
"""So many falls after one another, none of which had stood for so many seconds with its page shown, and it is
no use to go on as before. How long each took until it fell does not matter: a slow machine is no better off.
"""


class Falls:
    """Of one program, of the terminals around it, or of sittings."""

    def __init__(self) -> None:
        self._count = 0
        self._since: float | None = None

    def stands(self, since: float) -> None:
        """It has shown its page since then; what is told of it later changes nothing."""
        if self._since is None:
            self._since = since

    def one(self, now: float) -> None:
        """It has fallen."""
        self._count = 0 if self._has_stood(now) else self._count + 1
        self._since = None

    def ended(self, now: float) -> None:
        """It has ended as it was to."""
        if self._has_stood(now):
            self._count = 0
        self._since = None

    def try_again(self) -> None:
        """It gets one more try: until it has stood, another fall is one too many."""
        self._count, self._since = FALLS - 1, None

    @property
    def too_many(self) -> bool:
        return self._count >= FALLS

    def _has_stood(self, now: float) -> bool:
        return self._since is not None and now - self._since >= STOOD
