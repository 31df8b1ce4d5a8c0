"""Answering one question: chosen, ticked, typed or signed; also one about a thing of a list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from kiosk.flow import fields
from kiosk.flow.fields.base import HIDDEN
from kiosk.flow.moves import Back, Choose, Draw, Enter, Move
from kiosk.flow.path import SKIPPED, Answer, StepKind
from kiosk.flow.sitting import Sitting, Turn, World
from kiosk.flow.source import Source
from kiosk.flow.walking import forgotten, noted
from kiosk.services.question import CHOSEN_KINDS, Asked, FieldKind, Question

OLD_CALENDAR = "old-calendar"
"""The choice that says: this date is one of the old calendar."""
_OF_THE_OLD_CALENDAR = "农历 "
"""Before what was typed: so the field understands it."""


@dataclass(frozen=True, slots=True)
class Asking:
    """A question that is open: one of the service, or one about a thing of a list."""

    question: Asked
    key: str
    """Where its answer is kept: `"phone"`, `"goods/2/price"`."""
    before: Answer | None
    """The answer it has."""

    @property
    def working(self) -> str:
        """Where what is not finished is kept: the place of its page."""
        return f"{StepKind.QUESTION}:{self.key}"


def asking(sitting: Sitting, question: Question, world: World) -> Asking:
    """A question of the service, with the answer given before, be it read from a card.

    One from an earlier application that is not used here is about somebody else: it does not stand there.
    """
    known, said = sitting.path(world).answers.get(question.id), sitting.given.answers.get(question.id)
    if known is None and said is not None and said.source is not Source.EARLIER:
        known = said
    return Asking(question, question.id, known)


Done = Callable[[Sitting, str], Turn]
"""What follows on an answer in its canonical form."""


def answer(sitting: Sitting, asked: Asking, move: Move, world: World, done: Done) -> Turn:
    """A move on the page of a question; one that means nothing there changes nothing."""
    if sitting.offer is not None:
        return _read_back(sitting, sitting.offer, move, done)
    if move == Choose("skip") and asked.question.optional:
        return done(forgotten(sitting, asked.working), SKIPPED)
    if asked.question.type in CHOSEN_KINDS:
        return _chosen(sitting, asked, move, world, done)
    match asked.question.type:
        case FieldKind.MANY:
            return _many(sitting, asked, move, world, done)
        case FieldKind.SIGNATURE:
            return _signed(sitting, asked, move, world, done)
    return _typed(sitting, asked, move, world, done)


def steps_back_inside(sitting: Sitting, move: Move) -> bool:
    """Back on a page that reads back leads to the field, not to the page before."""
    return sitting.offer is not None and isinstance(move, Back)


def worth_keeping(sitting: Sitting, asked: Asking, move: Back, world: World) -> str | None:
    """What was typed and not entered, where it answers the question as it stands (K09).

    Not in a Change: there Back leaves the answer as it was.
    """
    if sitting.changing or not move.typed.strip():
        return None
    outcome = _outcome(sitting, asked, _as_meant(sitting, move.typed), world)
    return outcome.value if isinstance(outcome, fields.Taken) and outcome.read_back is None else None


def ticked(sitting: Sitting, asked: Asking) -> tuple[str, ...]:
    """What is ticked on the page of a `many`, in the order of its options."""
    known = sitting.given.answers.get(asked.working) or asked.before
    codes = known.value.split(",") if known else []
    return tuple(option.value for option in asked.question.options if option.value in codes)


def refuse(sitting: Sitting, typed: str, refused: fields.Refused) -> Turn:
    """The same page, saying what to do; what was typed stays."""
    return Turn(replace(sitting, typed=typed, refused=refused, scanned=False, misses=sitting.misses + 1))


def _outcome(sitting: Sitting, asked: Asking, typed: str, world: World) -> fields.Taken | fields.Refused:
    return fields.parse(asked.question, typed, sitting.path(world).values, world.today)


def _take(sitting: Sitting, asked: Asking, typed: str, world: World, done: Done) -> Turn:
    outcome = _outcome(sitting, asked, typed, world)
    return (
        refuse(sitting, "", outcome) if isinstance(outcome, fields.Refused) else done(sitting, outcome.value)
    )


def _chosen(sitting: Sitting, asked: Asking, move: Move, world: World, done: Done) -> Turn:
    match move:
        case Choose(id=code):
            return _take(sitting, asked, code, world, done)
    return Turn(sitting)


def _many(sitting: Sitting, asked: Asking, move: Move, world: World, done: Done) -> Turn:
    codes = ticked(sitting, asked)
    match move:
        case Choose(id="done"):
            outcome = _outcome(sitting, asked, ",".join(codes), world)
            if isinstance(outcome, fields.Refused):
                return refuse(sitting, "", outcome)
            return done(forgotten(sitting, asked.working), outcome.value)
        case Choose(id=code) if any(option.value == code for option in asked.question.options):
            return _toggled(sitting, asked, codes, code)
    return Turn(sitting)


def _toggled(sitting: Sitting, asked: Asking, codes: tuple[str, ...], code: str) -> Turn:
    """One more or one less; one too many is not ticked, and the page says so."""
    most = asked.question.at_most
    if code in codes:
        left = [other for other in codes if other != code]
    elif most is not None and len(codes) >= most:
        return refuse(sitting, "", fields.Refused("many.full", {"most": most}))
    else:
        left = [*codes, code]
    plain = replace(sitting, refused=None, misses=0)
    return Turn(noted(plain, asked.working, ",".join(left)))


def _signed(sitting: Sitting, asked: Asking, move: Move, world: World, done: Done) -> Turn:
    match move:
        case Choose(id="key"):
            return _take(sitting, asked, "key", world, done)
        case Draw(strokes=strokes):
            return _take(sitting, asked, strokes, world, done)
    return Turn(sitting)


def _typed(sitting: Sitting, asked: Asking, move: Move, world: World, done: Done) -> Turn:
    before = asked.before if asked.before and asked.before.value != SKIPPED else None
    match move:
        case Choose(id=chosen) if chosen == OLD_CALENDAR and asked.question.calendar == "lunar_ok":
            return Turn(replace(sitting, old_calendar=not sitting.old_calendar, refused=None))
        case Enter(typed=typed) if typed.strip():
            return _understand(sitting, asked, typed, world, done)
        case Enter() if before is not None:
            return _keep(sitting, asked, before, world, done)
        case Enter() if asked.question.optional:
            return done(sitting, SKIPPED)
        case Enter(typed=typed):
            return _understand(sitting, asked, typed, world, done)
    return Turn(sitting)


def _understand(sitting: Sitting, asked: Asking, typed: str, world: World, done: Done) -> Turn:
    outcome = _outcome(sitting, asked, _as_meant(sitting, typed), world)
    if isinstance(outcome, fields.Refused):
        return refuse(sitting, typed, outcome)
    said = outcome.read_back or (_as_scanned(asked, outcome.value) if sitting.scanned else None)
    if said is not None:
        offer = fields.Taken(outcome.value, said)
        return Turn(replace(sitting, typed=typed, refused=None, offer=offer))
    return done(sitting, outcome.value)


def _as_scanned(asked: Asking, value: str) -> fields.ReadBack | None:
    """Nobody has looked at what a code says: it is read back, unless nothing of it may be shown."""
    shown = fields.display(asked.question, value)
    return None if HIDDEN in shown.shown.values() else fields.ReadBack("readback.scanned", {"value": shown})


def _as_meant(sitting: Sitting, typed: str) -> str:
    return _OF_THE_OLD_CALENDAR + typed if sitting.old_calendar and typed.strip() else typed


def _keep(sitting: Sitting, asked: Asking, before: Answer, world: World, done: Done) -> Turn:
    """An empty field keeps what was given, unless that no longer fits. A private value is not shown again."""
    outcome = _outcome(sitting, asked, before.value, world)
    if isinstance(outcome, fields.Refused):
        return refuse(sitting, "", outcome)
    return done(sitting, before.value)


def _read_back(sitting: Sitting, offer: fields.Taken, move: Move, done: Done) -> Turn:
    """Is that what was meant? No leads to the field, with what was typed."""
    match move:
        case Choose(id="yes"):
            return done(sitting, offer.value)
        case Choose(id="no") | Back():
            return Turn(replace(sitting, offer=None, scanned=False))
    return Turn(sitting)
