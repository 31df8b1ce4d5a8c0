"""When somebody began to speak and when they have ended, from the voice detector's probabilities alone.

Pure: times are those of the sound, so a file is judged as a microphone is. How long a silence ends an answer
depends on the question: after the last digit of a number nothing more is to come, in the middle of it people
look for the next figure.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

VOICE, STILL_VOICE = 0.5, 0.35
"""From the first probability on it is a voice; it remains one down to the second, so that a soft syllable in
the middle of a word is no silence."""
LEAST_VOICE = 0.09
"""Seconds of voice below which it was a click or a cough, not a word. The shortest answers last 0.3 s."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a silence ends an answer, and when nobody is waited for any longer. Seconds."""

    hang: float = 0.5
    lengths: tuple[int, ...] = ()
    """Where digits are asked for: how many there may be."""
    digit_words: tuple[str, ...] = ()
    complete: float = 0.3
    """Once the greatest number of digits is there."""
    between: float = 1.5
    """While digits are still to come."""
    silence: float = 10.0
    """Nobody has begun by then."""
    longest: float = 20.0
    """Of one answer; what has been said by then is taken."""

    @property
    def least(self) -> float:
        """A shorter silence never ends an answer."""
        return min(self.hang, self.complete) if self.lengths else self.hang

    def after(self, words: str) -> float:
        """The silence that ends an answer of which these words have been heard so far."""
        if not self.lengths:
            return self.hang
        digits = self._digits(words)
        if digits >= max(self.lengths):
            return self.complete
        # No digit at all: it may be a command.
        return max(self.hang, 0.8) if digits == 0 or digits in self.lengths else self.between

    def _digits(self, words: str) -> int:
        known = frozenset(self.digit_words)
        return sum(
            1 if word in known else sum(character in known for character in word) for word in words.split()
        )


FREE_TEXT = Patience(hang=0.8, longest=30.0)


class Stage(Enum):
    WAITING = "waiting"
    """Nobody has begun."""
    SPEAKING = "speaking"
    ENDED = "ended"
    """An answer is complete."""
    SILENT = "silent"
    """Nobody began in time."""


class SpeechEnd:
    """One answer after the other: `begin` before each."""

    def __init__(self) -> None:
        self.begin(Patience())

    def begin(self, patience: Patience) -> None:
        """Forget the answer before."""
        self._patience = patience
        self.stage = Stage.WAITING
        self._begun: float | None = None
        """When the voice began that may be an answer."""
        self._last = 0.0
        """When there was voice last."""
        self._voice = 0.0

    @property
    def voice_begun(self) -> float | None:
        """When the present answer began, in seconds of the sound; None while there is no voice."""
        return self._begun

    def heed(self, probability: float, start: float, end: float, words: Callable[[], str] = str) -> Stage:
        """A stretch of sound from `start` to `end` seconds after `begin`. `words`: what was heard so far;
        asked for in a pause that may be the end.

        Silence counts only after a voice: a detector that warms up says nothing of somebody's end.
        """
        if self.stage in (Stage.ENDED, Stage.SILENT):
            return self.stage
        if probability >= (VOICE if self._begun is None else STILL_VOICE):
            self._take_voice(start, end)
        elif self._begun is not None and self._is_over(end - self._last, words):
            self._close()
        if self._begun is not None and end - self._begun >= self._patience.longest:
            self.stage = Stage.ENDED
        elif self._begun is None and end >= self._patience.silence:
            self.stage = Stage.SILENT
        return self.stage

    def _take_voice(self, start: float, end: float) -> None:
        if self._begun is None:
            self._begun = start
        self._last = end
        self._voice += end - start
        if self._voice >= LEAST_VOICE:
            self.stage = Stage.SPEAKING

    def _is_over(self, quiet: float, words: Callable[[], str]) -> bool:
        if quiet < self._patience.least:
            return False
        return quiet >= self._patience.after(words() if self._patience.lengths else "")

    def _close(self) -> None:
        """The voice has ended: an answer, or a noise that is forgotten."""
        if self.stage is Stage.SPEAKING:
            self.stage = Stage.ENDED
        else:
            self._begun, self._voice = None, 0.0
