"""What the core, the screens and the voice need of one another and of the world outside."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from kiosk.flow.page import Choice, Entry, Page
from kiosk.text import Text

if TYPE_CHECKING:
    from kiosk.flow.answers import Answers
    from kiosk.flow.document import Document
    from kiosk.flow.records import RecordKey, RecordNews


class Clock(Protocol):
    """Time from outside. The core never looks at a clock by itself."""

    def now(self) -> datetime:
        """Wall clock, timezone-aware, UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds that never run backwards."""
        ...


@dataclass(frozen=True, slots=True)
class Caption:
    """The sentence that is being said (or would be, with no sound): always shown too."""

    text: str
    sounding: bool
    """False where there is no sound device and the caption stands alone."""
    word: tuple[int, int] | None = None
    """The word of `text` that sounds now, from and how long; the same caption is told anew for each word."""


class Asker(Protocol):
    """Finds where a question is answered, among what the centre has written."""

    def ask(self, words: str, language: str) -> Answers:
        """The nearest places for the words as typed or heard. Never raises, never makes anything up."""
        ...


class Records(Protocol):
    """Looks up what other offices hold: of a person, or under the code on a paper."""

    def look_up(self, question: str, source: str, key: RecordKey) -> RecordNews:
        """The news for `question`. Takes up to eight seconds, never raises; may be called from any thread.

        A source is asked by its own kind of key only; with another kind staff look it up.
        """
        ...


class Speaker(Protocol):
    """Says pages. No method blocks, raises, or waits for sound; all are called on the UI thread."""

    def present(self, page: Page, language: str) -> None:
        """A new page (or part of one) is on the screen: cut all older speech, say this from its heading."""
        ...

    def focus(self, page: Page, choice: Choice, language: str) -> None:
        """The focus moved: say this choice with its number; cuts older focus speech."""
        ...

    def notice(self, text: Text, language: str) -> None:
        """Something to be heard now: an error, a setting that changed, a warning."""
        ...

    def aloud(self, entry: Entry, language: str) -> None:
        """The person chose to hear what stands in this field, in full, though others may hear it too.

        Said once; a caption shows no more of it than the field does.
        """
        ...

    def repeat(self, *, whole: bool) -> None:
        """Say the last sentence again, or all of the page."""
        ...

    def stop(self) -> None:
        """Silence at once (K08)."""
        ...

    def pause(self) -> None:
        """Pause, or go on after a pause."""
        ...

    def set_rate(self, step: int) -> None:
        """Speech rate, 1 (slow) to 7 (fast); 4 is the default (K21)."""
        ...

    def set_volume(self, step: int) -> None:
        """Volume, 0 (off) to 10."""
        ...

    def tone(self) -> float:
        """A short tone: speak now. The seconds until it is over; 0 where there is no sound."""
        ...

    @property
    def speaking(self) -> bool:
        """True while something sounds or, without sound, while its caption is due."""
        ...

    def close(self) -> None:
        """End the speaker for good; nothing of this sitting stays in it."""
        ...


class Wish(StrEnum):
    """What a person may say on any page."""

    NEXT = "next"
    BACK = "back"
    REPEAT = "repeat"
    HELP = "help"
    LOUDER = "louder"
    QUIETER = "quieter"
    SLOWER = "slower"
    FASTER = "faster"
    STOP = "stop"
    """Be quiet for a moment."""
    PERSON = "person"
    """Call somebody."""


@dataclass(frozen=True, slots=True)
class Level:
    """How loud it is at the microphone while it is open, 0 to 1: for a meter on the page."""

    height: float


@dataclass(frozen=True, slots=True)
class Opened:
    """The microphone is open: speak now."""


@dataclass(frozen=True, slots=True)
class Shut:
    """The microphone is shut; nothing is heard, nothing was kept."""


@dataclass(frozen=True, slots=True)
class Wished:
    """A command was said; it acts at once."""

    wish: Wish


@dataclass(frozen=True, slots=True)
class Understood:
    """An answer to the page, not counted yet: it is shown and said back first."""

    choice: str = ""
    """The id of a choice of the page, or"""
    typed: str = field(default="", repr=False)
    """what would have been typed into its field."""
    instead: bool = False
    """It puts right what is said back, and answers the page below: `Page.said_back`."""


@dataclass(frozen=True, slots=True)
class Unsure:
    """It may have been one of these: ids of choices of the page, the likelier one first."""

    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """Somebody spoke, and it was no answer to this page; or, where `silent`, nobody spoke in time."""

    silent: bool = False


@dataclass(frozen=True, slots=True)
class Deaf:
    """Nothing can be heard from now on. `reason`: a key of the catalogue `voice`, group `deaf`, for staff."""

    reason: str


Hearing = Level | Opened | Shut | Wished | Understood | Unsure | NotUnderstood | Deaf


class Listener(Protocol):
    """Hears answers to pages. No method blocks or raises; all are called on the UI thread.

    What it hears goes to one callback, on its own thread.
    """

    def attend(self, page: Page, language: str) -> None:
        """A new page (or part of one) is on the screen: what was being said to the old one is forgotten."""
        ...

    def open(self) -> None:
        """Open the microphone now: a key was pressed, or the page has been said and hands are free.

        Where the page's answer is private this has to be the person's own choice.
        """
        ...

    def shut(self) -> None:
        """Shut it; what was begun is taken as it is where the key was let go, else forgotten."""
        ...

    def mute(self, *, on: bool) -> None:
        """The kiosk itself begins to speak, or has ended: it must not hear itself."""
        ...

    def close(self) -> None:
        """End the listener for good; nothing of this sitting stays in it."""
        ...


class PrintTrouble(Exception):
    """It was not printed, or not to its end.

    `key` names the words for the person, in the residents' catalogue: they say whether there is half a paper,
    and what staff can do.
    """

    def __init__(self, key: str, signs: str = "") -> None:
        super().__init__(key)
        self.key = key
        self.signs = signs
        """The characters that could not be printed. They may be of a name: never for a log."""


class Printer(Protocol):
    """Puts documents on paper. Whether somebody's name is on one is for nobody to read off the outside:
    no job title and no file name comes from what is printed."""

    def print(self, document: Document, language: str) -> None:
        """Hand it to the printer; a few seconds at most. Raises PrintTrouble: what may have come out is not
        the whole, and is not sent again by itself."""
        ...
