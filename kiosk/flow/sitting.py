"""One person's visit as a value, the moves they make, and the errands those call for."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from kiosk.flow.answers import NO_ANSWERS, Answers, Topic
from kiosk.flow.earlier_values import EarlierValues
from kiosk.flow.fields import Refused, Taken
from kiosk.flow.held import OwnData
from kiosk.flow.holders import is_document
from kiosk.flow.moves import Beside, CaseLine, Miss, NumberCalled, NumberDrawn, Overlay, Receipt, SaidBack
from kiosk.flow.notices import Notice
from kiosk.flow.numbering import Numbering
from kiosk.flow.path import Given, Path, SavedDraft, find_path
from kiosk.flow.pictures import PapersShown
from kiosk.flow.preferences import NOTHING_SET, Remembering
from kiosk.flow.proof import MemberCard
from kiosk.flow.regions import NO_REGIONS, Regions
from kiosk.flow.same_values import SameSought
from kiosk.flow.source import CardFields, Slot
from kiosk.services.model import Service
from kiosk.text import Catalogue, Text

if TYPE_CHECKING:
    from kiosk.flow.switches import Switches, Trial


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
    groups: Mapping[str, Text] = field(default_factory=dict)
    """The groups that services are listed in, by id, in their order."""
    unsigned: frozenset[str] = frozenset()
    """Services that nobody has signed off as they are now; only a demo offers them."""
    notices: tuple[Notice, ...] = ()
    """What the centre has to tell everybody."""
    printer: bool = False
    """Can papers be printed here?"""
    camera: bool = False
    """Can papers be laid under a camera here?"""
    topics: tuple[Topic, ...] = ()
    """Words to choose from at the door 问."""
    remembers: bool = True
    """May a person's settings be kept with their card?"""
    regions: Regions = NO_REGIONS
    """What an address is chosen from; empty where there is no table, then it is typed whole."""
    elsewhere: bool = False
    """Can cases be asked for that other kiosks of the centre took in?"""
    waiting: Numbering | None = None
    """How waiting numbers are drawn; None where nobody is called by number."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """A visit. Only what cannot be worked out again is kept here."""

    place: str = "language"
    language: str = "zh"
    language_chosen: bool = False
    """The person has said which in this visit."""
    overlay: Overlay = Overlay.NONE
    trouble: str = ""
    """The catalogue key of what went wrong under TROUBLE; under CALLED of nobody coming yet."""
    beside: Beside | None = None
    """Who of the house helps in this visit; noted on what is handed in."""
    card: CardFields | None = field(default=None, repr=False)
    card_trouble: str = ""
    """The catalogue key of what to do about the card or the reader."""
    failed_reads: int = 0
    """Cards, or attempts, in a row that could not be read; after a few of them a person is offered."""
    told: tuple[Text, ...] = field(default=(), repr=False)
    """What is said of a card once, on the page it was laid on."""
    card_lying: Slot = Slot.NONE
    """On which readers something lies now."""
    lying: CardFields | None = field(default=None, repr=False)
    """What the card says that was laid last and lies there still, where it was read."""
    stranger: bool = False
    """Another person's card was laid over the receipt: home is not shown to them."""
    newcomer: CardFields | None = field(default=None, repr=False)
    """Another person's card was laid: nothing goes on before it is said whose it is."""
    guarded: bool = False
    """Another person's card was laid in this visit: what was kept for the first one is shown again only when
    their own card is laid again."""
    helped: CardFields | None = field(default=None, repr=False)
    """The card of somebody the person said they help: the next application knows it."""
    card_left: Slot = Slot.NONE
    """Where the last person's card still lies: nothing is read until it is taken away."""
    member: MemberCard | None = None
    """The member card that was laid in this visit, also after it was taken away. It opens nothing."""
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
    changed: str = ""
    """The question whose Change was chosen last: the check page opens where it stands."""
    typed: str = field(default="", repr=False)
    """What stands in the field after it was refused, to be corrected."""
    refused: Refused | None = None
    offer: Taken | None = field(default=None, repr=False)
    """What was understood of the typed, while it is read back for a yes."""
    scanned: bool = False
    """What is read back comes from a code."""
    code_trouble: str = ""
    """The catalogue key of what to say of the code that was scanned last."""
    old_calendar: bool = False
    """The date that is typed is one of the old calendar."""
    misses: int = 0
    """Refused inputs in a row on this page; the explanation changes, then a person is offered."""
    said_back: SaidBack | None = field(default=None, repr=False)
    """What was heard, while the person is asked whether that is what they said."""
    unheard: int = 0
    """How often in a row listening has led to nothing on this page."""
    miss: Miss = Miss.UNCLEAR
    """Why, the last time."""
    switches: Switches | None = None
    """What the person presses, where they have said so; None: as the site has it."""
    trial: Trial | None = None
    """How far they are with trying them."""
    remembering: Remembering = NOTHING_SET
    strokes: str = field(default="", repr=False)
    earlier: EarlierValues = field(default_factory=dict, repr=False)
    """What this person gave in earlier applications and may use again."""
    same: SameSought = field(default_factory=SameSought)
    """An earlier case of the person whom the application is for, and how far that is said."""
    papers: PapersShown = field(default_factory=PapersShown)
    """Papers laid under the camera; the pictures themselves are not here."""
    receipt: Receipt | None = None
    rated: frozenset[str] = frozenset()
    """What was rated in this visit: cases by number, and `""` for the visit itself. Each counts once."""
    sought: CaseLine | None = None
    """The case that was found by the number of a receipt."""
    outcome: str = ""
    """What became of taking something back, as `CaseChanged` tells it."""
    own_data: OwnData | None = field(default=None, repr=False)
    """What is held of the person, while they look at it."""
    replied: bool = False
    """Staff have answered what they asked about it."""
    wrong_numbers: int = 0
    """Numbers of receipts that led to nothing; after a few of them a person helps."""
    rating_task: int = 0
    """The task that this person's bad rating opened."""
    can_call: bool = False
    """They can be called about it: what they rated has a number to call."""
    question: str = field(default="", repr=False)
    """What was asked at the door 问, in the person's words."""
    answers: Answers = field(default=NO_ANSWERS, repr=False)
    """What came of it."""
    number: NumberDrawn | None = None
    """The waiting number that was drawn in this visit."""
    number_from: str = ""
    """The page from which they went for it."""
    called: NumberCalled | None = None
    """The call that the page at rest showed last."""

    def go(self, place: str) -> Sitting:
        """At another place, with what belonged to the last page alone put away."""
        return replace(
            self,
            place=place,
            typed="",
            refused=None,
            offer=None,
            scanned=False,
            code_trouble="",
            old_calendar=False,
            misses=0,
            said_back=None,
            unheard=0,
            miss=Miss.UNCLEAR,
            overlay=Overlay.NONE,
            told=(),
        )

    @property
    def opens_own(self) -> bool:
        """May what was kept for this person be shown? Only to whoever laid their identity card, and not while
        somebody else may stand there.
        """
        return is_document(self.card) and not self.guarded

    def path(self, world: World) -> Path:
        """The path of the open application. Raises KeyError when none is open."""
        service, known = world.services[self.service], self.member is not None
        return find_path(service, self.given, world.today, known=known)


class Errand(StrEnum):
    """What the visit has to have done outside the pure core, with the sitting it belongs to."""

    BEGIN_DRAFT = "begin-draft"
    SAVE_DRAFT = "save-draft"
    DROP_DRAFT = "drop-draft"
    LOOK_UP_CARD = "look-up-card"
    LOOK_UP_CASES = "look-up-cases"
    """Staff may have gone on with them since the card was laid."""
    SUBMIT = "submit"
    CALL_PERSON = "call-person"
    WHO_CAME = "who-came"
    """Who said at the desk that they go."""
    LOOK_UP_RECORD = "look-up-record"
    """For the `record` question the person is on."""
    FIND_SAME = "find-same"
    """An earlier case in the open service, of the person whom it is for (`Sitting.same`)."""
    FIND_RECEIPT = "find-receipt"
    WITHDRAW_CASE = "withdraw-case"
    WITHDRAW_CONSENT = "withdraw-consent"
    WITHDRAW_AUTHORITY = "withdraw-authority"
    CALL_RIGHT = "call-right"
    """The change on the page."""
    CALL_WRONG = "call-wrong"
    LOOK_UP_HELD = "look-up-held"
    OPEN_CONTENT = "open-content"
    """Of the case on the page; where the kiosk cannot, a desk is asked."""
    DROP_CONTENT = "drop-content"
    """Nobody waits for it any more."""
    ASK_COPY = "ask-copy"
    ASK_CORRECTION = "ask-correction"
    """Of the answer that the place names."""
    ASK_ERASURE = "ask-erasure"
    ERASE_CASE = "erase-case"
    HEAR_REPLIES = "hear-replies"
    """What staff answered stands on the page."""
    ASK = "ask"
    RATE = "rate"
    TELL_WHY = "tell-why"
    CALL_BACK = "call-back"
    DRAW_NUMBER = "draw-number"
    LOOK_FOR_CALLS = "look-for-calls"
    PRINT = "print"
    TAKE_PICTURE = "take-picture"
    """Of the paper that the place names."""
    KEEP_PREFERENCES = "keep-preferences"
    FORGET_PREFERENCES = "forget-preferences"
    END = "end"


@dataclass(frozen=True, slots=True)
class Turn:
    """The visit after a move, and the errands it calls for, in order."""

    sitting: Sitting
    errands: tuple[Errand, ...] = ()
    rating: int = 0
    """Five levels, 5 best, for the RATE errand."""
    reason: str = ""
    """Why a rating is bad, for the TELL_WHY errand."""
    number: str = field(default="", repr=False)
    """The number of a receipt, for the FIND_RECEIPT errand."""
