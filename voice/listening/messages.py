"""What the screen's process and the listening child say to each other: one JSON object a line.

What was said, and the words that are waited for (names of people may be among them), pass through
here and are in no repr.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from voice.json_lines import JsonLines

BEAT_SECONDS = 0.5
"""How often the child shows that it lives, while it listens."""
REST_BEAT_SECONDS = 5.0
"""The same while nobody is asked anything."""


@dataclass(frozen=True, slots=True)
class Prepare:
    """Listen with the model in this folder from now on."""

    language: str
    model: str


@dataclass(frozen=True, slots=True)
class Listen:
    """Open the microphone and hear one answer: there is exactly one, unless it is called off."""

    number: int
    """Numbers grow; whatever was listened for before is forgotten."""
    phrases: list[str] | None = field(repr=False)
    """What may be said; None: anything."""
    hang: float
    """The silence that ends an answer; with `silence` and `longest` as in `speech_end.Patience`. Seconds."""
    silence: float
    longest: float
    lengths: list[int]
    """Where digits are asked for: how many there may be."""
    digit_words: list[str]


@dataclass(frozen=True, slots=True)
class Hush:
    """Shut the microphone; `take`: what was begun is taken as it is, else it is forgotten."""

    take: bool


@dataclass(frozen=True, slots=True)
class Mute:
    """The kiosk begins to speak, or has ended."""

    on: bool


@dataclass(frozen=True, slots=True)
class Ready:
    """The model of that language is loaded."""

    language: str


@dataclass(frozen=True, slots=True)
class Fault:
    """Nothing can be heard with the model of that language."""

    language: str
    reason: str
    """A key of the catalogue `voice`, group `deaf`."""
    spoken: str = ""
    """The language that the model is of instead, where that is the fault and is known."""


@dataclass(frozen=True, slots=True)
class Device:
    """The microphone in use from now on; None when there is none, and why."""

    name: str | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Beat:
    """The child lives: said in its rhythm, in answer to every order, and when the rhythm changes."""

    taken: int
    """Blocks of sound that were taken in: stands still where the device does, or the recogniser."""
    listening: bool
    within: float
    """The next beat comes within so many seconds."""


@dataclass(frozen=True, slots=True)
class Opened:
    """From now on that answer is heard."""

    number: int


@dataclass(frozen=True, slots=True)
class Shut:
    """Nothing is heard for now: the kiosk speaks, or the answer was called off."""

    number: int


@dataclass(frozen=True, slots=True)
class Level:
    """How loud it is, 0 to 1; at most ten a second, while open."""

    height: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said to that question, as alternatives, the best first; none where it was missed. The
    microphone is shut."""

    number: int
    texts: list[str] = field(repr=False)
    silent: bool = False
    """Nobody spoke in time."""


Order = Prepare | Listen | Hush | Mute
Report = Ready | Fault | Device | Beat | Opened | Shut | Level | Answer
ORDERS = (Prepare, Listen, Hush, Mute)
REPORTS = (Ready, Fault, Device, Beat, Opened, Shut, Level, Answer)
LINES: JsonLines[Order | Report] = JsonLines(*ORDERS, *REPORTS)
to_line = LINES.to_line
from_line = LINES.from_line
