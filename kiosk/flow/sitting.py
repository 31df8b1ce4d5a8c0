"""One person's visit as a value, the moves they make, and the errands those call for."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from kiosk.flow.fields import Refused
from kiosk.flow.path import CardFields, Given, Path, find_path
from kiosk.services.model import Service
from kiosk.text import EMPTY, Catalogue, Text


@dataclass(frozen=True, slots=True)
class World:
    """What the visit can see of the outside; passed in, never looked up."""

    services: Mapping[str, Service]
    texts: Catalogue
    today: datetime.date
    centre: Text
    """The centre's name."""
    phone: str
    """The number to call with questions."""
    demo: bool = False


@dataclass(frozen=True, slots=True)
class CaseLine:
    """What a person may see of a case of theirs (查)."""

    number: str
    ticket: str
    title: Text
    stage: Text
    due: datetime.date | None
    missing: Text = EMPTY
    result: Text = EMPTY


@dataclass(frozen=True, slots=True)
class Receipt:
    """The answer to a submission."""

    case_id: str
    number: str
    ticket: str
    due: datetime.date


@dataclass(frozen=True, slots=True)
class SavedDraft:
    """An unfinished application that its owner agreed to keep."""

    id: str
    service: str
    given: Given
    saved_at: datetime.datetime


class Overlay(StrEnum):
    """A page laid over the one the person is on; leaving it goes back there with everything kept."""

    NONE = ""
    HELP = "help"
    CALLED = "called"
    IDLE = "idle"
    TROUBLE = "trouble"


@dataclass(frozen=True, slots=True)
class Sitting:
    """A visit. Only what cannot be worked out again is kept here."""

    place: str = "language"
    language: str = "zh"
    overlay: Overlay = Overlay.NONE
    trouble: str = ""
    """The catalogue key of what went wrong, while the overlay is TROUBLE."""
    card: CardFields | None = None
    card_trouble: str = ""
    """The catalogue key of what to do about the card or the reader."""
    card_lying: bool = False
    card_left: bool = False
    """The last person's card still lies there: nothing is read until it is taken away."""
    cases: tuple[CaseLine, ...] = ()
    draft: SavedDraft | None = None
    service: str = ""
    """The service being applied for."""
    draft_id: str = ""
    begun_at: datetime.datetime | None = None
    keep: bool | None = None
    """May an unfinished application be kept? None until asked."""
    given: Given = field(default_factory=Given)
    changing: bool = False
    """A Change from the check page: the next answer returns there."""
    typed: str = ""
    """What stands in the field after it was refused, to be corrected."""
    refused: Refused | None = None
    misses: int = 0
    """Refused inputs in a row on this page; the explanation changes, then a person is offered."""
    strokes: str = ""
    receipt: Receipt | None = None
    rated: bool = False

    def go(self, place: str) -> Sitting:
        """At another place, with what belonged to the last page alone put away."""
        return replace(self, place=place, typed="", refused=None, misses=0, overlay=Overlay.NONE)

    def path(self, world: World) -> Path:
        """The path of the open application. Raises KeyError when none is open."""
        return find_path(world.services[self.service], self.given, world.today)


@dataclass(frozen=True, slots=True)
class Choose:
    """A choice of the page, by its id."""

    id: str


@dataclass(frozen=True, slots=True)
class Enter:
    """What was typed into the field."""

    typed: str

    def __repr__(self) -> str:
        return "Enter(…)"


@dataclass(frozen=True, slots=True)
class Draw:
    """A mark drawn by finger: strokes as JSON, points in cells."""

    strokes: str

    def __repr__(self) -> str:
        return "Draw(…)"


@dataclass(frozen=True, slots=True)
class Back:
    """To the page before, keeping every answer."""


@dataclass(frozen=True, slots=True)
class Help:
    """Help for this page; again to leave it."""


@dataclass(frozen=True, slots=True)
class CallPerson:
    """Somebody should come."""


@dataclass(frozen=True, slots=True)
class NextLanguage:
    """The next language of the list."""


@dataclass(frozen=True, slots=True)
class CardLaid:
    """A card was read; only its sound fields."""

    fields: CardFields

    def __repr__(self) -> str:
        return "CardLaid(…)"


@dataclass(frozen=True, slots=True)
class CardLifted:
    """The card is gone from the reader."""


@dataclass(frozen=True, slots=True)
class ReaderSays:
    """Something to be done about card or reader: a catalogue key, or "" when all is well again."""

    key: str


@dataclass(frozen=True, slots=True)
class Quiet:
    """Nobody has done anything for long. `over` once the warning has run out, too."""

    over: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """What the store knows of the person whose card was laid."""

    cases: tuple[CaseLine, ...]
    draft: SavedDraft | None


@dataclass(frozen=True, slots=True)
class Submitted:
    """The application is in the queue."""

    receipt: Receipt


@dataclass(frozen=True, slots=True)
class NotStored:
    """The store could not do it: a catalogue key for what happened and what was kept."""

    key: str


Move = (
    Choose | Enter | Draw | Back | Help | CallPerson | NextLanguage
    | CardLaid | CardLifted | ReaderSays | Quiet | Found | Submitted | NotStored
)  # fmt: skip


class Errand(StrEnum):
    """What the visit has to have done outside the pure core, with the sitting it belongs to."""

    BEGIN_DRAFT = "begin-draft"
    SAVE_DRAFT = "save-draft"
    DROP_DRAFT = "drop-draft"
    LOOK_UP_CARD = "look-up-card"
    SUBMIT = "submit"
    CALL_PERSON = "call-person"
    RATE = "rate"
    END = "end"


@dataclass(frozen=True, slots=True)
class Turn:
    """The visit after a move, and the errands it calls for, in order."""

    sitting: Sitting
    errands: tuple[Errand, ...] = ()
    rating: int = 0
    """Five levels, 5 best, for the RATE errand."""
