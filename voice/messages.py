"""What the screen's process and the speaking child say to each other: one JSON object a line."""

from __future__ import annotations

from dataclasses import dataclass

from voice.json_lines import JsonLines

BEAT_SECONDS = 0.5
"""How often the child shows that it lives, while something is asked or sounds."""
REST_BEAT_SECONDS = 5.0
"""The same while nobody speaks: a kiosk that waits all day should not wake up twice a second."""


@dataclass(frozen=True, slots=True)
class Say:
    """Speak this now; whatever sounds is cut."""

    number: int
    """Numbers grow; the child never plays a lower one after a higher one."""
    text: str
    language: str
    rate: int
    for_one: bool = False
    """Made for headphones: never played where a room would hear it."""


@dataclass(frozen=True, slots=True)
class Cut:
    """Silence now, and never play `number` or anything before it."""

    number: int


@dataclass(frozen=True, slots=True)
class Hold:
    """Pause, or go on."""

    on: bool


@dataclass(frozen=True, slots=True)
class Volume:
    """0 (off) to 10."""

    step: int


@dataclass(frozen=True, slots=True)
class Tone:
    """The tone that says: speak now. Nothing comes of it while something is being said."""


@dataclass(frozen=True, slots=True)
class Ready:
    """The child can speak, with these engines (best first)."""

    engines: list[str]


@dataclass(frozen=True, slots=True)
class Device:
    """The sound device in use from now on; None when there is none."""

    name: str | None
    for_one: bool = False
    """One person hears it: headphones, a handset."""
    in_hand: float = 0.0
    """Seconds of sound that its stream takes before they are heard."""


@dataclass(frozen=True, slots=True)
class Beat:
    """The child lives: said in its rhythm, in answer to every order, and when the rhythm changes."""

    blocks: int
    """Grows while its audio stream runs."""
    sounding: bool
    within: float
    """The next beat comes within so many seconds."""


@dataclass(frozen=True, slots=True)
class Started:
    """The first sample of that utterance has gone out."""

    number: int


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the utterance begins to sound."""

    number: int
    start: int
    length: int


@dataclass(frozen=True, slots=True)
class Ended:
    """The utterance is over; `whole` is False when it was cut."""

    number: int
    whole: bool


@dataclass(frozen=True, slots=True)
class Unspeakable:
    """No engine could render that utterance."""

    number: int


Order = Say | Cut | Hold | Volume | Tone
Report = Ready | Device | Beat | Started | Word | Ended | Unspeakable
REPORTS = (Ready, Device, Beat, Started, Word, Ended, Unspeakable)
LINES: JsonLines[Order | Report] = JsonLines(Say, Cut, Hold, Volume, Tone, *REPORTS)
to_line = LINES.to_line
from_line = LINES.from_line
