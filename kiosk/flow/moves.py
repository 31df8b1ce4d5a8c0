"""The moves of a visit: what a person, a card, the clock and the store can do to it.

Light on purpose: the screens need no more than this and the Page to show the first page.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from kiosk.flow.answers import Answers
from kiosk.flow.held import Held, HeldLine
from kiosk.flow.pictures import PictureTaken
from kiosk.flow.preferences import Preferences
from kiosk.flow.records import RecordNews
from kiosk.flow.same_values import SameFound
from kiosk.flow.source import CardFields, Slot
from kiosk.text import EMPTY, Text

if TYPE_CHECKING:
    from kiosk.flow.earlier_values import EarlierValues
    from kiosk.flow.path import SavedDraft


class Overlay(StrEnum):
    """A page laid over the one the person is on; leaving it goes back there with everything kept."""

    NONE = ""
    HELP = "help"
    KEYS = "keys"
    """Keypad and switches; reached from Help."""
    PRACTICE = "practice"
    """Keys say what they are, and do nothing."""
    SWITCH = "switch"
    """Each switch is tried."""
    SWITCHED = "switched"
    """What came of that."""
    CALLED = "called"
    IDLE = "idle"
    TROUBLE = "trouble"
    UNHEARD = "unheard"
    """Nothing was understood several times: keys, or a person."""
    SETTINGS = "settings"
    """How large, in which colours, how loud: what a person sets for themselves."""
    SPEED = "speed"
    """Of the voice; reached from the settings."""
    VOLUME = "volume"
    """The same."""
    REMEMBER = "remember"
    """Shall what was set be kept with the card? Asked when the settings are left."""


@dataclass(frozen=True, slots=True)
class GivenConsent:
    """A consent that stands: what was agreed to, and what follows when it is taken back."""

    id: str
    words: Text
    follows: Text


@dataclass(frozen=True, slots=True)
class ToldChange:
    """An answer of theirs that staff put right and they have not heard of."""

    question: str
    label: Text
    reason: str = field(repr=False)
    value: Text | None = field(default=None, repr=False)
    """What it says now; None where this box cannot open it: staff read it to them then."""


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
    changes: tuple[ToldChange, ...] = ()
    """What they are asked about when they open the case."""
    acted_for: bool = False
    """Somebody acts for them in it, and they can take that back."""
    elsewhere: Text = EMPTY
    """What to do next, of a case that another kiosk took in: their card tells no more of it here."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """The answer to a submission."""

    case_id: str
    number: str
    ticket: str
    due: datetime.date
    head: str = ""
    """Where the book of cases stood then, for paper: a case that was cut off the book is missed by it."""


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
    """A mark drawn by finger: its strokes, as `kiosk.flow.signature` has them."""

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
class Settings:
    """What a person can set for themselves; again to leave it."""


@dataclass(frozen=True, slots=True)
class Prefers:
    """How the person has set screen and voice by now. It changes no page."""

    now: Preferences


@dataclass(frozen=True, slots=True)
class PreferencesKept:
    """What is kept with the person's card by now; None: nothing any more."""

    kept: Preferences | None


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
class Cue:
    """The moment to press the switch that is tried."""


@dataclass(frozen=True, slots=True)
class Struck:
    """It was pressed."""

    after: float
    """Seconds since the cue."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the store knows of the person whose card was laid."""

    cases: tuple[CaseLine, ...]
    draft: SavedDraft | None
    earlier: EarlierValues = field(default_factory=dict, repr=False)
    """What they gave before and may use again, where they agree."""
    preferences: Preferences | None = field(default=None, repr=False)
    """How they like screen and voice, where they agreed that it is kept."""
    replied: bool = False
    """Staff have answered something they asked about their data, and they have not heard it."""


@dataclass(frozen=True, slots=True)
class Answered:
    """Where the answer to the question stands."""

    answers: Answers


@dataclass(frozen=True, slots=True)
class Beside:
    """Who of the house helps the person at the kiosk."""

    name: str
    role: str


@dataclass(frozen=True, slots=True)
class HelperCame:
    """Who said at the desk that they go to this person; None while nobody has."""

    who: Beside | None


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


class Sought(StrEnum):
    """How looking for the number of a receipt stands."""

    DONE = "done"
    """There is such a case, or there is none."""
    ASKING = "asking"
    """Not here; the centre's other kiosks may know, and are asked."""
    AWAY = "away"
    """They cannot be asked now."""
    ENOUGH = "enough"
    """Too many numbers were asked for here."""


@dataclass(frozen=True, slots=True)
class ReceiptSought:
    """What is known by the number of a receipt: nothing personal; None where there is no such case."""

    case: CaseLine | None
    how: Sought = Sought.DONE


@dataclass(frozen=True, slots=True)
class CaseChanged:
    """The person took something back: how that came out, and their cases as they are now."""

    outcome: str
    """`withdrawn`, `consent_withdrawn`, `too_late` …: what the catalogue's `query_done` calls it."""
    cases: tuple[CaseLine, ...]


@dataclass(frozen=True, slots=True)
class HeldFound:
    """What is held of the person; `outcome`: what became of what they asked just now, else empty."""

    held: Held
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class ContentCome:
    """What they handed in with a case was opened for them; None: staff will print it."""

    case_id: str
    lines: tuple[HeldLine, ...] | None = field(default=None, repr=False)


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


@dataclass(frozen=True, slots=True)
class NumberDrawn:
    """A waiting number."""

    label: str
    """A12."""
    ahead: int | None
    """How many are called before it; None where that was a while ago."""


@dataclass(frozen=True, slots=True)
class LookForCalls:
    """Nobody is there: has a waiting number been called?"""


@dataclass(frozen=True, slots=True)
class NumberCalled:
    """A waiting number that is called; without a label, none is any more."""

    call: int
    """Higher than of every call before it, also on other days."""
    label: str = ""
    window: str = ""


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
    instead: bool = False
    """It puts right what was said back, and answers the page below that."""


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
    number: int = 0
    """Under which the choice stood on the screen; 0 where it had none."""
    aloud: bool = False
    """A private number that the person chose to have said in full, whoever hears it."""


OF_THE_READER = (CardLaid, CardLifted, MemberLaid, ReaderSays)
"""What happens to a card, whatever page stands."""

Move = (
    Choose | Enter | Scanned | Draw | Back | Help | Settings | CallPerson | NextLanguage
    | CardLaid | CardLifted | MemberLaid | ReaderSays | Remark
    | Cue | Struck
    | Quiet | HelperCame | Found | Answered | Submitted | NotStored
    | RatingKept | Printed | PictureTaken
    | Prefers | PreferencesKept
    | RecordNews | SameFound | ReceiptSought | CaseChanged | HeldFound | ContentCome
    | Heard | HeardAmong | Missed
    | NumberDrawn | LookForCalls | NumberCalled
)  # fmt: skip
