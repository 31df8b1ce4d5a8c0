"""The speaking process with a voice that says each of eight words as a note of its own.

So a recording shows which of them sounds.
"""

from array import array
from math import pi, sin

from voice import child
from voice.engines import Engine, Rendered, ready

WORDS = ("alder", "beech", "cedar", "elder", "hazel", "lime", "maple", "poplar")
RATE = 22050
STEP = 400
"""Hertz between two notes: over 5 ms they do not get mixed up."""
_SECONDS = 1.0


def pitch(word: str) -> int:
    return STEP * (WORDS.index(word) + 1)


class Notes:
    """Each word for longer than anybody lets it sound."""

    name = "notes"

    def __init__(self) -> None:
        times = range(int(_SECONDS * RATE))
        self._sounds = {
            word: array("h", [int(12000 * sin(2 * pi * pitch(word) * at / RATE)) for at in times]).tobytes()
            for word in WORDS
        }

    def languages(self) -> frozenset[str]:
        return frozenset({"en"})

    def voices(self) -> dict[str, str]:
        return {"en": self.name}

    def render(self, text: str, language: str, rate_step: int) -> Rendered:
        return Rendered(self._sounds[text.strip(".")], RATE, ())


def engines(*_given: object, **_how: object) -> tuple[Engine, ...]:
    return (Notes(),)


if __name__ == "__main__":
    ready.ready_engines = engines
    child.main()
