"""What a person asks about what is held of them (PIPL 44 to 47), and when a case may be erased. Pure."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kiosk.cases.retention import OVER
from kiosk.cases.states import State
from kiosk.cases.submission import AnswerRecord, Words
from kiosk.text import Privacy


class Wish(StrEnum):
    """What is asked for."""

    SHOW = "show"
    """To see on the kiosk what was handed in; answered by a desk whose keys are open."""
    PRINT = "print"
    """To get it on paper, from staff."""
    CORRECT = "correct"
    ERASE = "erase"
    """Before the day until which it is kept."""


BY_STAFF = (Wish.PRINT, Wish.CORRECT, Wish.ERASE)
"""What somebody at the desk answers."""
ASKED = {
    Wish.SHOW: "content_asked",
    Wish.PRINT: "copy_asked",
    Wish.CORRECT: "correction_asked",
    Wish.ERASE: "erasure_asked",
}
"""The event of each."""
OPENED = "content_opened"
"""A desk closed it anew, for one visit only."""
SHOWN = "content_shown"
DONE, REFUSED = "request_done", "request_refused"
"""Events of an answer; the note is the wish, the words are what the person is told."""
HEARD = "request_told"


class Standing(StrEnum):
    """How far a request is."""

    WAITING = "waiting"
    OPENED = "opened"
    """Closed anew for the visit that asked."""
    DONE = "done"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Request:
    """One request about one case."""

    id: int
    case_id: str
    number: str
    ticket: str
    title: Words
    service_id: str
    wish: Wish
    asked_at: datetime
    field: str = ""
    """The answer that is called wrong; empty where the person did not say which."""
    keep_until: date | None = None
    """The last day of what is to be erased; None where it is not known."""
    can_erase: bool = False
    """It is over: nothing that goes on needs it."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of a request that the person has not heard of."""

    wish: Wish
    standing: Standing
    words: str = dataclasses.field(repr=False)


class Erasable(StrEnum):
    """May a case be erased now, where its person asks for it?"""

    NOW = "now"
    OPEN = "open"
    """It is still worked on: it would have to be withdrawn first."""
    LATER = "later"
    """It was decided, and is kept until a day that was agreed to."""
    UNSAID = "unsaid"
    """Nobody said how long."""


def erasable(state: State, until: date | None, today: date) -> Erasable:
    """What was withdrawn serves nothing any more, so it goes when its person wants (PIPL 47)."""
    if state not in OVER:
        return Erasable.OPEN
    if state is State.WITHDRAWN or (until is not None and until < today):
        return Erasable.NOW
    return Erasable.UNSAID if until is None else Erasable.LATER


@dataclass(frozen=True, slots=True)
class ContentLine:
    """One answer as its person may read it."""

    field: str
    label: Words
    value: str = dataclasses.field(repr=False)
    shown: Words = dataclasses.field(repr=False)
    privacy: Privacy


def content_of(answers: Iterable[AnswerRecord]) -> tuple[ContentLine, ...]:
    """The answers in the order of the form, as they are now."""
    return tuple(ContentLine(one.field, one.label, one.value, one.shown, one.privacy) for one in answers)
