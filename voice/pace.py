"""How long words take to say: the clock of captions that no sound accompanies."""

from __future__ import annotations

from voice.engines import DEFAULT_RATE, words_a_minute

_CHARACTERS_A_SECOND = {"zh": 2.7, "en": 13.0}
_SHORTEST = 0.8


def seconds_to_say(words: str, language: str, rate_step: int) -> float:
    """About as long as the voice would take, pauses at commas and stops included."""
    counted = sum(character.isalnum() for character in words)
    speed = _CHARACTERS_A_SECOND.get(language, 2.7)
    speed *= words_a_minute(language, rate_step) / words_a_minute(language, DEFAULT_RATE)
    return max(_SHORTEST, counted / speed)


class Pace:
    """Counts one utterance down; can be held."""

    def __init__(self) -> None:
        self._due: float | None = None
        self._left: float | None = None

    def begin(self, seconds: float, now: float) -> None:
        self._due, self._left = now + seconds, None

    def hold(self, on: bool, now: float) -> None:
        """Keep what is left of the time, or let it run on."""
        if on and self._due is not None:
            self._left, self._due = self._due - now, None
        elif not on and self._left is not None:
            self._due, self._left = now + self._left, None

    def forget(self) -> None:
        self._due = self._left = None

    @property
    def due(self) -> float | None:
        """When the utterance is over; None while nothing runs."""
        return self._due

    @property
    def counting(self) -> bool:
        """True from `begin` until the end is taken note of, also while held."""
        return self._due is not None or self._left is not None
