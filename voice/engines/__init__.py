"""Engines turn words into samples. They never play, so they can be stopped by not being listened to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol


class EngineFault(RuntimeError):
    """This engine cannot speak here; the reason never holds the text it was given."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A word of the text begins to sound."""

    sample: int
    start: int
    length: int


@dataclass(frozen=True, slots=True)
class Rendered:
    """A sentence as sound: signed 16-bit little-endian mono."""

    pcm: bytes
    rate: int
    marks: tuple[Mark, ...]

    @property
    def samples(self) -> int:
        return len(self.pcm) // 2

    @property
    def seconds(self) -> float:
        return self.samples / self.rate


class Engine(Protocol):
    """One way to make speech. Made ready, and tested on itself, by its constructor."""

    @property
    def name(self) -> str:
        """What staff read in a report."""
        ...

    def languages(self) -> frozenset[str]:
        """The languages it can be understood in."""
        ...

    def voices(self) -> dict[str, str]:
        """The voice used for each language."""
        ...

    def render(self, text: str, language: str, rate_step: int) -> Rendered:
        """The text as sound. Rate 1 (slow) to 7 (fast). Raises EngineFault."""
        ...


RATE_STEPS = range(1, 8)
DEFAULT_RATE = 4
WORDS_A_MINUTE = {
    "zh": (90, 105, 120, 142, 152, 164, 175),
    "en": (90, 110, 130, 150, 185, 230, 300),
}
"""eSpeak's own number by step. Mandarin goes from 100 to 200 characters a minute (K21),
beyond which it is not understood."""


def words_a_minute(language: str, rate_step: int) -> int:
    """The engine's speed for one of the seven steps; a step outside is taken as the nearest."""
    steps = WORDS_A_MINUTE.get(language, WORDS_A_MINUTE["zh"])
    return steps[min(max(rate_step, 1), len(steps)) - 1]


def rendered_by(
    engines: Sequence[Engine], text: str, language: str, rate_step: int
) -> tuple[Engine, Rendered] | None:
    """The sound, and the first engine that makes it: a whole sentence has one voice. None: no one can."""
    for engine in engines:
        if language not in engine.languages():
            continue
        try:
            sound = engine.render(text, language, rate_step)
        except EngineFault:
            continue
        if sound.pcm:
            return engine, sound
    return None


def first_working(makers: Sequence[Callable[[], Engine]]) -> tuple[Engine, ...]:
    """All engines that work here, best first; an empty tuple means captions only."""
    working: list[Engine] = []
    for make in makers:
        try:
            working.append(make())
        except EngineFault:
            continue
    return tuple(working)
