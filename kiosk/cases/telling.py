"""Telling people at home: whom, in which order, how next, and when to try again. Pure.

Told is whoever has to bring something, and whoever's case is decided. Where the official portal would not
take a case and the person can help, staff ask them (`ASK_INFO`), and so it is here, too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from kiosk.cases.calendar import WorkCalendar
from kiosk.cases.corrections import CORRECTED
from kiosk.cases.moves import MOVES, Act
from kiosk.cases.states import State
from kiosk.cases.views import CaseSummary

TO_TELL = frozenset({State.NEEDS_INFO, State.DECIDED})
"""In these states there is something that the person should know."""

NEWS = frozenset(MOVES[act].event for act in (Act.ASK_INFO, Act.COMPLETE, Act.REJECT))
"""The events that people are told of: trying begins anew with each."""

NOON = 12


class Came(StrEnum):
    """What came of an attempt: the kind of its event."""

    TOLD = "call_told"
    NOT_THERE = "call_not_there"
    WRONG_NUMBER = "call_wrong_number"
    CALL_BACK = "call_back_asked"
    """Somebody was there and asks for another time."""
    LETTER = "letter_posted"
    MESSAGE = "message_sent"
    """A telephone was asked to ring up the centre: nothing of the matter, so nobody is told yet."""
    NO_MESSAGE = "message_failed"


BY_STAFF = frozenset({Came.TOLD, Came.NOT_THERE, Came.WRONG_NUMBER, Came.CALL_BACK, Came.LETTER})
"""What somebody at the desk notes; messages note themselves."""

KINDS = frozenset({*Came, CORRECTED, *NEWS})
"""The events that say how far telling is."""


class Step(StrEnum):
    """What to do next."""

    CALL = "call"
    LATER = "later"
    """Call, but not in this half of the day."""
    LETTER = "letter"
    WAIT = "wait"
    """A letter is on its way."""
    VISIT = "visit"
    """Neither telephone nor letter: somebody who comes by tells them."""


@dataclass(frozen=True, slots=True)
class Rules:
    """`[telling]` of the settings."""

    tries: int = 3
    """Calls that nobody took, each in another half of a day, before a letter is written."""
    letter_workdays: int = 7
    """So long a letter is waited for."""


@dataclass(frozen=True, slots=True, order=True)
class HalfDay:
    """Who is out in the morning may be in after lunch."""

    day: date
    afternoon: bool


@dataclass(frozen=True, slots=True)
class Try:
    """One event of telling."""

    kind: str
    at: datetime
    actor: str
    about: str = ""
    """Of a change: the field."""


@dataclass(frozen=True, slots=True)
class ToTell:
    """Somebody who does not know yet."""

    case: CaseSummary
    since: datetime
    """When there was something to tell."""
    news: int
    """Which event of the case that was."""
    tries: tuple[Try, ...] = ()
    """What came after it."""
    fields: frozenset[str] = field(default=frozenset(), repr=False)
    """The ids of the questions that were answered."""
    before: tuple[Try, ...] = ()
    """What still counts of before the news: a number that was not theirs, and what was put right since."""

    @property
    def calls(self) -> int:
        """How often somebody rang up."""
        return sum(one.kind in BY_STAFF - {Came.LETTER} for one in self.tries)

    @property
    def message(self) -> Try | None:
        """What became of the newest message."""
        return next((one for one in reversed(self.tries) if one.kind in _MESSAGES), None)


_MESSAGES = frozenset({Came.MESSAGE, Came.NO_MESSAGE})


@dataclass(frozen=True, slots=True)
class Next:
    """What is to be done, and from which half of a day on (None: now)."""

    step: Step
    on: HalfDay | None = None

    @property
    def due(self) -> bool:
        """Something can be done now."""
        return self.on is None


def half_of(at: datetime, calendar: WorkCalendar) -> HalfDay:
    """The half of a day, by the clock of the site."""
    here = at.astimezone(calendar.zone)
    return HalfDay(here.date(), here.hour >= NOON)


def next_half(half: HalfDay, calendar: WorkCalendar) -> HalfDay:
    """The next one in which the centre works."""
    if not half.afternoon and calendar.is_workday(half.day):
        return HalfDay(half.day, True)
    return HalfDay(calendar.add_workdays(half.day, 1), False)


def is_told(tries: Iterable[Try]) -> bool:
    """Does the person know of the news that these came after?"""
    return any(one.kind == Came.TOLD for one in tries)


def still_counts(earlier: Sequence[Try]) -> tuple[Try, ...]:
    """Of what was before the news: a wrong number does not become right by having something new to tell."""
    about = [one for one in earlier if one.kind in {Came.WRONG_NUMBER, CORRECTED}]
    wrong = next((place for place, one in enumerate(about) if one.kind == Came.WRONG_NUMBER), len(about))
    return tuple(about[wrong:])


def is_wrong_number(tries: Iterable[Try], phones: Collection[str] | None = None) -> bool:
    """Was the number not theirs, and not put right since? `phones` None: whatever was put right may be it."""
    wrong = False
    for one in tries:
        if one.kind == Came.WRONG_NUMBER:
            wrong = True
        elif one.kind == CORRECTED and (phones is None or one.about in phones):
            wrong = False
    return wrong


def next_step(
    tries: Sequence[Try],
    phones: Collection[str],
    now: datetime,
    rules: Rules,
    calendar: WorkCalendar,
    before: Sequence[Try] = (),
) -> Next:
    """`phones`: the fields in which a number to call was given; empty where nobody can be called.

    `before`: what still counts of the time before the news.
    """
    round_ = _Round()
    for one in tries:
        round_.take(one, phones)
    today = half_of(now, calendar)
    if round_.posted is not None and round_.last is None:
        over = calendar.add_workdays(calendar.date_of(round_.posted), rules.letter_workdays)
        if today.day < over:
            return Next(Step.WAIT, HalfDay(over, False))
    if is_wrong_number([*before, *tries], phones) or not phones or round_.missed >= rules.tries:
        return Next(Step.VISIT if round_.posted is not None else Step.LETTER)
    if round_.last is None:
        return Next(Step.CALL)
    again = next_half(half_of(round_.last, calendar), calendar)
    return Next(Step.CALL) if again <= today else Next(Step.LATER, again)


@dataclass
class _Round:
    """What has been tried since the news, or since the letter."""

    missed: int = 0
    last: datetime | None = None
    """When somebody last rang up in vain."""
    posted: datetime | None = None

    def take(self, one: Try, phones: Collection[str]) -> None:
        match one.kind:
            case Came.NOT_THERE:
                self.missed += 1
                self.last = one.at
            case Came.CALL_BACK:
                # somebody is there: what went before does not count any more
                self.missed, self.last = 0, one.at
            case Came.LETTER:
                self.missed, self.last, self.posted = 0, None, one.at
            case _ if one.kind == CORRECTED and one.about in phones:
                self.missed, self.last = 0, None


def in_order(found: Iterable[tuple[ToTell, Next]]) -> list[tuple[ToTell, Next]]:
    """What can be done now first; of that whoever has to bring something, by the day it is needed."""

    def rank(one: tuple[ToTell, Next]) -> tuple[object, ...]:
        told, step = one
        case = told.case
        needs = case.state is State.NEEDS_INFO
        by = (case.wake_on or case.deadline.due) if needs else date.max
        return (not step.due, not needs, by, told.since, case.number)

    return sorted(found, key=rank)
