"""The moves of a visit: what a person, a card, the clock and the store can do to it.

Light on purpose: the screens need no more than this and the Page to show the first page.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from kiosk.flow.answers import Answers
from kiosk.flow.records import RecordNews
from kiosk.flow.source import CardFields, Slot
from kiosk.text import EMPTY, Text

if TYPE_CHECKING:
    from kiosk.flow.earlier_values import EarlierValues
    from kiosk.flow.path import SavedDraft


class Overlay(StrEnum):
    """A page laid over the one the person is on; leaving it goes back there with everything kept."""

    NONE = ""
    HELP = "help"
    CALLED = "called"
    IDLE = "idle"
    TROUBLE = "trouble"
    UNHEARD = "unheard"
    """Nothing was understood several times: keys, or a person."""


@dataclass(frozen=True, slots=True)
class GivenConsent:
    """A consent that stands: what was agreed to, and what follows when it is taken back."""

    id: str
    words: Text
    follows: Text


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
    case_id: str = ""
    open: bool = False
    """Nothing is decided yet: it can be taken back."""
    closed: bool = False
    """It came out, one way or the other: it can be rated."""
    consents: tuple[GivenConsent, ...] = ()


@dataclass(frozen=True, slots=True)
class Receipt:
    """The answer to a submission."""

    case_id: str
    number: str
    ticket: str
    due: datetime.date


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
class Scanned:
    """A code was held before the scanner: its text, one line; empty where it could not be read."""

    text: str

    def __repr__(self) -> str:
        return "Scanned(…)"


@dataclass(frozen=True, slots=True)
class Draw:
    """A mark drawn by finger: strokes as JSON, points in cells."""

    strokes: str

    def __repr__(self) -> str:
        return "Draw(…)"


@dataclass(frozen=True, slots=True)
class Back:
    """To the page before, keeping every answer."""

    typed: str = field(default="", repr=False)
    """What stands in the field and was not entered."""


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
    """The card is gone from the reader, or the reader says that none lies there."""

    slot: Slot = Slot.IDENTITY


@dataclass(frozen=True, slots=True)
class MemberLaid:
    """A member card was laid."""

    number: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ReaderSays:
    """Something to be done about card or reader: a catalogue key, or "" when all is well again."""

    key: str


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to be told once, on the page the person is on: a catalogue key."""

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
    earlier: EarlierValues = field(default_factory=dict, repr=False)
    """What they gave before and may use again, where they agree."""


@dataclass(frozen=True, slots=True)
class Answered:
    """Where the answer to the question stands."""

    answers: Answers


@dataclass(frozen=True, slots=True)
class Submitted:
    """The application is in the queue."""

    receipt: Receipt


@dataclass(frozen=True, slots=True)
class RatingKept:
    """The rating is in the store."""

    task: int
    """The task that a bad one opened, 0 for none."""
    can_call: bool
    """The case has a number to call."""


@dataclass(frozen=True, slots=True)
class ReceiptSought:
    """What is known by the number of a receipt: nothing personal; None where there is no such case."""

    case: CaseLine | None


@dataclass(frozen=True, slots=True)
class CaseChanged:
    """The person took something back: how that came out, and their cases as they are now."""

    outcome: str
    """`withdrawn`, `consent_withdrawn` or `too_late`: what the catalogue's `query_done` calls it."""
    cases: tuple[CaseLine, ...]


@dataclass(frozen=True, slots=True)
class NotStored:
    """The store could not do it: a catalogue key for what happened and what was kept."""

    key: str


@dataclass(frozen=True, slots=True)
class Printed:
    """A paper lies in the printer, or does not."""

    paper: str
    """The place of the page that it is of."""
    trouble: str = ""
    """A catalogue key for why it does not."""


class Miss(StrEnum):
    """Why what was said has led to nothing."""

    UNCLEAR = "unclear"
    """Somebody spoke, and it was no answer here."""
    SILENT = "silent"
    """Nobody spoke."""
    WRONG = "wrong"
    """It was understood wrongly, as the person says."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What a person seems to have said: a choice of the page, or what would have been typed. It counts only
    once they have answered the page that says it back."""

    choice: str = ""
    number: int = 0
    """The number under which the choice stands on the screen; 0 where it has none."""
    typed: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class HeardAmong:
    """It may have been one of these choices, by their ids."""

    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Missed:
    """Nothing came of listening."""

    how: Miss


@dataclass(frozen=True, slots=True)
class SaidBack:
    """What was heard, while the person is asked whether they said it."""

    answers: tuple[Choose | Enter, ...]
    """The move that a yes makes; of two, one is chosen."""
    words: tuple[Text, ...] = field(repr=False)
    """How each of them is said back."""
    part: bool = False
    """The first digits of a longer number: a yes keeps them in the field, and the next ones are asked for."""


Move = (
    Choose | Enter | Scanned | Draw | Back | Help | CallPerson | NextLanguage
    | CardLaid | CardLifted | MemberLaid | ReaderSays | Remark
    | Quiet | Found | Answered | Submitted | NotStored
    | RatingKept | Printed
    | RecordNews | ReceiptSought | CaseChanged
    | Heard | HeardAmong | Missed
)  # fmt: skip
