"""Moves inside an application: beginning, consents, stops, checking, signing, submitting."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kiosk.flow import answering, cards, earlier, things, whereabouts
from kiosk.flow.acting import AGREE, LATER, waits_for_it
from kiosk.flow.consents import way_without
from kiosk.flow.holders import opens_again
from kiosk.flow.looking_up import record
from kiosk.flow.moves import Back, Choose, Draw, Move
from kiosk.flow.path import Given, StepKind
from kiosk.flow.precheck import FOUND
from kiosk.flow.sitting import Errand, Sitting, Turn, World
from kiosk.flow.source import CardFields
from kiosk.flow.walking import (
    answered,
    at_first,
    back,
    back_with,
    enter,
    forgotten,
    inside,
    noted,
    onward,
    opened,
    put_away,
    stands_on,
)
from kiosk.services.proof import CardRole
from kiosk.services.question import FieldKind, Question


def begin(sitting: Sitting, service: str, world: World) -> Turn:
    """Open an application. Whether it may be kept is asked once, of people with a card to open it again.

    Whose card was laid beside is known to it; where it is for one person, it is asked whose matter it is.
    What the first card says is not shown to whoever else laid theirs.
    """
    known = sitting.card if sitting.helped is not None or not sitting.guarded else None
    keep = sitting.keep if opens_again(known) else None
    fresh = replace(put_away(sitting), service=service, given=Given(first_card=known), keep=keep)
    if sitting.helped is not None:
        fresh = _with_helped(fresh, sitting.helped, world)
    if opens_again(known) and keep is None:
        return Turn(fresh.go("keep"))
    return _open(fresh, world)


def _with_helped(sitting: Sitting, card: CardFields, world: World) -> Sitting:
    if world.services[sitting.service].applicant is None:
        return replace(sitting, newcomer=card)
    told_apart = noted(sitting, StepKind.CARD_WHOSE, CardRole.ACTOR)
    return replace(told_apart, given=replace(told_apart.given, other_card=card))


def _give_up(sitting: Sitting) -> Turn:
    """Home again, with nothing of the application kept."""
    return Turn(replace(put_away(sitting), draft_id=sitting.draft_id).go("home"), (Errand.DROP_DRAFT,))


def _open(sitting: Sitting, world: World) -> Turn:
    """The first page, or first whether what was given before may be used again."""
    if sitting.opens_own and earlier.usable(sitting, world):
        return Turn(sitting.go("earlier"))
    return opened(sitting, world)


def keep(sitting: Sitting, move: Move, world: World) -> Turn:
    """May an unfinished application be kept for this card?"""
    match move:
        case Choose(id="yes" | "no"):
            return _open(replace(sitting, keep=move.id == "yes"), world)
        case Back():
            return Turn(put_away(sitting).go("do"))
    return Turn(sitting)


def resume(sitting: Sitting, world: World) -> Turn:
    """Go on with the kept application, at the first page that is open."""
    draft = sitting.draft
    if draft is None or draft.service not in world.services:
        return Turn(sitting.go("home"))
    given = replace(draft.given, first_card=sitting.card)
    again = replace(sitting, service=draft.service, given=given, draft_id=draft.id, draft=None, keep=True)
    return Turn(again.go(again.path(world).last.place), (Errand.SAVE_DRAFT,))


def on_path(sitting: Sitting, move: Move, world: World) -> Turn:
    """A move on one of the service's own pages."""
    if not sitting.service:
        return Turn(sitting.go("home"))
    path = sitting.path(world)
    step = stands_on(path, sitting.place)
    if step is None:
        return Turn(sitting.go(path.last.place))
    if step.kind is StepKind.QUESTION:
        return _question(sitting, world.services[sitting.service].find_question(step.id), move, world)
    if isinstance(move, Back):
        return Turn(enter(sitting)) if inside(sitting) else back(sitting, world)
    return _PAGES[step.kind](sitting, step.id, move, world)


def pause(sitting: Sitting, move: Move, world: World) -> Turn:
    """Stop in the middle? What was given is kept or dropped as the person chose."""
    match move:
        case Choose(id="leave") if sitting.keep:
            return Turn(put_away(sitting).go("home"), (Errand.LOOK_UP_CARD,))
        case Choose(id="leave"):
            return _give_up(sitting)
        case Choose(id="stay") | Back():
            return Turn(at_first(sitting, world))
    return Turn(sitting)


def _question(sitting: Sitting, question: Question, move: Move, world: World) -> Turn:
    """Some kinds of answer have several pages; the others are one page, answered at once."""
    match question.type:
        case FieldKind.REPEAT:
            return things.listing(sitting, question, move, world)
        case FieldKind.ADDRESS:
            return whereabouts.finding(sitting, question, move, world)
    asked = answering.asking(sitting, question, world)
    if isinstance(move, Back) and not answering.steps_back_inside(sitting, move):
        typed = answering.worth_keeping(sitting, asked, move, world)
        return back(sitting, world) if typed is None else back_with(sitting, question.id, typed, world)
    if question.type is FieldKind.RECORD:
        return record(sitting, question, move, world)

    def done(made: Sitting, value: str) -> Turn:
        return answered(made, question.id, value, world)

    return answering.answer(sitting, asked, move, world, done)


def _consent(sitting: Sitting, consent: str, move: Move, world: World) -> Turn:
    match move:
        case Choose(id="yes" | "no"):
            return onward(noted(sitting, sitting.place, move.id), world)
    return Turn(sitting)


def _proof(sitting: Sitting, _: str, move: Move, world: World) -> Turn:
    """A card that is laid here takes this page off the path; who has none goes on without."""
    match move:
        case Choose(id="later"):
            return onward(noted(sitting, sitting.place, "later"), world)
    return Turn(sitting)


def _refused(sitting: Sitting, consent: str, move: Move, world: World) -> Turn:
    path = sitting.path(world)
    match move:
        case Choose(id="again"):
            return Turn(sitting.go(f"{StepKind.CONSENT}:{consent}"))
        case Choose(id="other") if other := way_without(world.services[sitting.service], path, consent):
            asked_again = forgotten(sitting, f"{StepKind.CONSENT}:{consent}")
            return Turn(asked_again.go(f"{StepKind.QUESTION}:{other}"))
        case Choose(id="leave"):
            return _give_up(sitting)
    return Turn(sitting)


def _stop(sitting: Sitting, stop: str, move: Move, world: World) -> Turn:
    match move:
        case Choose(id="fix"):
            return back(sitting, world)
        case Choose(id="leave"):
            return _give_up(sitting)
    return Turn(sitting)


def _confirm(sitting: Sitting, place: str, world: World) -> Turn:
    marks = {**sitting.given.marks, place: sitting.path(world).digest}
    return onward(replace(sitting, given=replace(sitting.given, marks=marks)), world)


def _check(sitting: Sitting, _: str, move: Move, world: World) -> Turn:
    match move:
        case Choose(id="go"):
            return _confirm(replace(sitting, changing=False, changed=""), "check", world)
        case Choose(id=chosen) if chosen.startswith("change:"):
            question = chosen.removeprefix("change:")
            place = f"{StepKind.QUESTION}:{question}"
            if stands_on(sitting.path(world), place):
                return Turn(replace(sitting, changing=True, changed=question).go(place))
    return Turn(sitting)


def _authority(sitting: Sitting, _: str, move: Move, world: World) -> Turn:
    """The letter was heard. Where it must be there first, the application waits for the person."""
    match move:
        case Choose(id=said) if said in (AGREE, LATER):
            answered = noted(sitting, StepKind.AUTHORITY, said)
            confirmed = _confirm(answered, StepKind.AUTHORITY, world)
            if said == LATER and waits_for_it(world.services[sitting.service]):
                return Turn(confirmed.sitting.go("pause"), confirmed.errands)
            return confirmed
    return Turn(sitting)


def _sign(sitting: Sitting, _: str, move: Move, world: World) -> Turn:
    match move:
        case Choose(id="key"):
            return _confirm(replace(sitting, strokes=""), "sign", world)
        case Draw(strokes=strokes) if not sitting.path(world).unnamed:
            return _confirm(replace(sitting, strokes=strokes), "sign", world)
    return Turn(sitting)


def _submit(sitting: Sitting, _: str, move: Move, world: World) -> Turn:
    if inside(sitting):
        return Turn(enter(sitting)) if move == Choose("go") else Turn(sitting)
    match move:
        case Choose(id="look"):
            return Turn(sitting.go("check"))
        case Choose(id=found) if found == FOUND:
            return Turn(enter(sitting, FOUND))
        case Choose(id="submit") if sitting.path(world).end == "submit":
            return Turn(sitting, (Errand.SUBMIT,))
    return Turn(sitting)


_PAGES: dict[StepKind, Callable[[Sitting, str, Move, World], Turn]] = {
    StepKind.CONSENT: _consent,
    StepKind.REFUSED: _refused,
    StepKind.STOP: _stop,
    StepKind.PROOF: _proof,
    StepKind.CARD_WHOSE: cards.whose,
    StepKind.CARD_OTHER: cards.other,
    StepKind.CHECK: _check,
    StepKind.AUTHORITY: _authority,
    StepKind.SIGN: _sign,
    StepKind.SUBMIT: _submit,
}
