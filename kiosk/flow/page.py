"""The Page: all that screens draw, the voice says and the robots in the tests read."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.text import EMPTY, Text

ENTER = "enter"
"""The choice on an entry page that means: take what stands in the field."""

SETS = "set:"
"""Begins the id of a choice that changes how the screen looks or sounds; the visit knows nothing of it."""

GROUP = "@"
"""Begins the id of a choice that opens a group of others."""

GUARD_SECONDS = 0.8
"""Input is ignored for so long after the page of the deliberate act appears, and after the receipt behind it:
the second press of a double one would turn its number away (K13)."""


class PageKind(StrEnum):
    """What sort of page it is; decides its look and which keys it takes, never its content."""

    CHOICE = "choice"
    """One of several choices (a menu, a question, a consent, an information page with one way on)."""
    ENTRY = "entry"
    """Something typed: a date, a number, a name."""
    CARD = "card"
    """Waits for a card on the reader; choices are the other ways on."""
    SIGN = "sign"
    """A mark drawn by finger, or a key pressed instead."""
    SUBMIT = "submit"
    """The deliberate act: input is ignored for `Page.guard` seconds, Enter alone never submits (K13)."""
    KEYS = "keys"
    """Keys and switches are tried: most of them choose nothing, and the page says how it ends (K29)."""


class Role(StrEnum):
    """How a choice is drawn and said."""

    ANSWER = "answer"
    GO = "go"
    CHANGE = "change"
    DOOR = "door"
    MORE = "more"
    TOGGLE = "toggle"
    """One of several that may be chosen together; `Choice.chosen` tells whether it is. Stays on the page."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be chosen by number, arrow and Enter, touch, or its name said aloud."""

    id: str
    """What the sitting is told; never shown."""
    label: Text
    role: Role = Role.ANSWER
    detail: Text = EMPTY
    """A second line: the answer beside Change, the stage beside a case."""
    chosen: bool = False
    """The answer given before; shown by mark and word, not by colour alone (K18)."""


class Keyboard(StrEnum):
    """Which keys an entry needs."""

    DIGITS = "digits"
    DATE = "date"
    ID_NUMBER = "id-number"
    MONEY = "money"
    """Digits and a point."""
    TEXT = "text"


class Figures(StrEnum):
    """What a number is that is said digit by digit: how long it is, and what guards it against a slip."""

    PHONE = "phone"
    IDENTITY = "identity"
    BANK_CARD = "bank-card"
    RECEIPT = "receipt"


LENGTHS = {
    Figures.PHONE: (11,),
    Figures.IDENTITY: (18,),
    Figures.BANK_CARD: (16, 17, 18, 19),
    Figures.RECEIPT: (16,),
}
"""How many digits there may be. A landline has others, and is taken when it is said whole."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A field to type into."""

    keyboard: Keyboard
    value: str = ""
    """What was typed before, to be corrected; never cleared by an error (K09)."""
    longest: int = 40
    """Characters kept; the rest of a paste is dropped and said so."""
    secret: bool = False
    """Masked while not being typed."""
    hidden: bool = False
    """A PIN: masked also while it is typed, and never said."""
    optional: bool = False
    rows: int = 1
    """Lines to write on: more than one for a long text, which then wraps."""
    boxes: tuple[Text, ...] = ()
    """Several short fields side by side instead of one, by name (年 月 日); joined by a space in `value`."""
    figures: Figures | None = None
    """Where it is said digit by digit; None where it is a count, a sum or words."""
    name: bool = False
    """A person's name: what people are called is offered first."""
    anew: bool = False
    """More mends nothing of what stands there: it stays to be corrected, and who just writes begins anew."""


@dataclass(frozen=True, slots=True)
class SaidTo:
    """An answer that was heard and is asked about: the page that it answers, and which it was."""

    page: Page = field(repr=False)
    """With the choices that were on the screen, in their order: their numbers still hold."""
    choice: str = ""
    typed: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Page:
    """What is asked, what may be answered and what can be done next, in every language.

    `id` names the place (`"question:hukou"`), so that a page can be found again and its
    pictures and recordings be kept. Choices are numbered from 1 in their order.
    """

    id: str
    kind: PageKind
    heading: Text
    body: tuple[Text, ...] = ()
    choices: tuple[Choice, ...] = ()
    entry: Entry | None = None
    error: Text | None = None
    focus: str | None = None
    """The choice that has the focus first; None for the first one (or the field)."""
    opens_at: str | None = None
    """The choice on whose part the page opens where it has several; None for the first part."""
    banner: Text = EMPTY
    """The service or the part of the house this page belongs to."""
    progress: Text = EMPTY
    """"第 3 步，共 7 步", only where it is honest (K38)."""
    help: tuple[Text, ...] = ()
    """At most two sentences for this page (K10)."""
    big: Text = EMPTY
    """The ticket or number to be seen from far; drawn large, spoken with the body."""
    at_once: int = 4
    """Choices shown together at most (K01); more are paged by the screen."""
    guard: float = 0.0
    """Seconds for which input is ignored after the page appears."""
    binding: bool = False
    """What is chosen here counts for good or is hard to undo: an 嗯 is not taken for a yes."""
    said_back: SaidTo | None = None
    """It asks whether this was heard rightly. A number, or 同意, said to that may be meant for what is said
    back: it is then no yes, and another answer puts it right."""
    back: bool = True
    part: int = field(default=1)
    parts: int = field(default=1)
    """Which part of a page too long for the grid this is; the screens split, nobody scrolls."""
    mending: bool = field(default=False)
    """What `error` says is being put right: in its rows stands how to go on, so that nothing moves."""

    @property
    def overheard(self) -> bool:
        """Would whoever says the answer in the hall tell it to everybody? What is written at length is a
        complaint or a quarrel, as private as a number."""
        return self.entry is not None and (self.entry.secret or self.entry.rows > 1)
