"""Moves inside an application: answering, going back, changing, confirming, submitting."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kiosk.flow import fields
from kiosk.flow.moves import Back, Choose, Draw, Enter, Move
from kiosk.flow.path import SKIPPED, Answer, Given, Path, StepKind
from kiosk.flow.sitting import Errand, Sitting, Turn, World
from kiosk.flow.source import CardFields, Source, same_card
from kiosk.services.question import CHOSEN_KINDS, CardRole, Question


def begin(sitting: Sitting, service: str, world: World) -> Turn:
    """Open an application. Whether it may be kept is asked once, of people with a card to open it again."""
    given = Given(first_card=sitting.card)
    opened = replace(put_away(sitting), service=service, given=given)
    if sitting.card is not None and sitting.keep is None:
        return Turn(opened.go("keep"))
    return _open(opened, world)


def put_away(sitting: Sitting) -> Sitting:
    """Nothing of an application left in the visit."""
    return replace(
        sitting,
        service="",
        given=Given(),
        changing=False,
        receipt=None,
        strokes="",
        draft_id="",
        begun_at=None,
    )


def _give_up(sitting: Sitting) -> Turn:
    """Home again, with nothing of the application kept."""
    return Turn(replace(put_away(sitting), draft_id=sitting.draft_id).go("home"), (Errand.DROP_DRAFT,))


def _open(sitting: Sitting, world: World) -> Turn:
    first = sitting.path(world).steps[0].place
    return Turn(sitting.go(first), (Errand.BEGIN_DRAFT, Errand.SAVE_DRAFT))


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
    opened = replace(sitting, service=draft.service, given=given, draft_id=draft.id, draft=None, keep=True)
    return Turn(opened.go(opened.path(world).last.place), (Errand.SAVE_DRAFT,))


def other_card(sitting: Sitting, card: CardFields, world: World) -> Turn:
    """A card laid during an application: the other person's, where one is asked about or waited for."""
    if not sitting.place.startswith((StepKind.CARD_OTHER, StepKind.CARD_WHOSE)):
        return Turn(sitting)
    waiting = sitting.place.startswith(StepKind.CARD_OTHER)
    if same_card(sitting.given.first_card, card):
        return Turn(replace(sitting, card_trouble="card.same_card") if waiting else sitting)
    known = replace(sitting, given=replace(sitting.given, other_card=card))
    return _onward(known, world) if waiting else Turn(known, (Errand.SAVE_DRAFT,))


def on_path(sitting: Sitting, move: Move, world: World) -> Turn:
    """A move on one of the service's own pages."""
    if not sitting.service:
        return Turn(sitting.go("home"))
    path = sitting.path(world)
    if sitting.place not in _places(path):
        return Turn(sitting.go(path.last.place))
    if isinstance(move, Back):
        return _back(sitting, world)
    kind, _, subject = sitting.place.partition(":")
    return _PAGES[StepKind(kind)](sitting, subject, move, world)


def onto_path(sitting: Sitting, world: World) -> Sitting:
    """At the open page of the path, where the page the person was on is no longer asked."""
    kind = sitting.place.partition(":")[0]
    if not sitting.service or kind not in list(StepKind):
        return sitting
    path = sitting.path(world)
    return sitting if sitting.place in _places(path) else sitting.go(path.last.place)


def pause(sitting: Sitting, move: Move, world: World) -> Turn:
    """Stop in the middle? What was given is kept or dropped as the person chose."""
    match move:
        case Choose(id="leave") if sitting.keep:
            return Turn(put_away(sitting).go("home"), (Errand.LOOK_UP_CARD,))
        case Choose(id="leave"):
            return _give_up(sitting)
        case Choose(id="stay") | Back():
            return Turn(sitting.go(sitting.path(world).steps[0].place))
    return Turn(sitting)


def _places(path: Path) -> list[str]:
    return [step.place for step in path.steps]


def _back(sitting: Sitting, world: World) -> Turn:
    places = _places(sitting.path(world))
    if sitting.changing and "check" in places:
        return Turn(replace(sitting, changing=False).go("check"))
    at = places.index(sitting.place)
    if at == 0:
        return Turn(sitting.go("pause"))
    return Turn(sitting.go(places[at - 1]))


def _onward(sitting: Sitting, world: World) -> Turn:
    """After an answer: the next page, or back to the check page after a Change."""
    path = sitting.path(world)
    places = _places(path)
    if sitting.changing:
        target = "check" if "check" in places else places[-1]
        changing = target != "check"
    else:
        at = places.index(sitting.place) if sitting.place in places else len(places) - 2
        following = places[at + 1 :] or places[-1:]
        if sitting.given.other_card is not None:
            # It was laid before it was asked for: the page for it is there only for Back.
            following = [place for place in following if not place.startswith(StepKind.CARD_OTHER)]
        target, changing = following[0], False
    return Turn(replace(sitting, changing=changing).go(target), (Errand.SAVE_DRAFT,))


def _answer(sitting: Sitting, key: str, value: str, world: World) -> Turn:
    answers = {**sitting.given.answers, key: Answer(value, Source.RESIDENT)}
    return _onward(replace(sitting, given=replace(sitting.given, answers=answers)), world)


def _question(sitting: Sitting, field: str, move: Move, world: World) -> Turn:
    question = world.services[sitting.service].find_question(field)
    before = sitting.given.answers.get(field)
    match move:
        case Choose(id="skip") if question.optional:
            return _answer(sitting, field, SKIPPED, world)
        case Choose(id=value) if question.type in CHOSEN_KINDS:
            typed = value
        case Enter(typed="") if before is not None and before.value != SKIPPED:
            return _keep_answer(sitting, question, before, world)
        case Enter(typed="") if question.optional:
            return _answer(sitting, field, SKIPPED, world)
        case Enter(typed=typed) if question.type not in CHOSEN_KINDS:
            pass
        case _:
            return Turn(sitting)
    outcome = fields.parse(question, typed, sitting.path(world).values, world.today)
    if isinstance(outcome, fields.Refused):
        return _refuse(sitting, typed, outcome)
    return _answer(sitting, field, outcome.value, world)


def _keep_answer(sitting: Sitting, question: Question, before: Answer, world: World) -> Turn:
    """An empty field keeps what was given, unless that no longer fits. A private value is not shown again."""
    outcome = fields.parse(question, before.value, sitting.path(world).values, world.today)
    return _refuse(sitting, "", outcome) if isinstance(outcome, fields.Refused) else _onward(sitting, world)


def _refuse(sitting: Sitting, typed: str, refused: fields.Refused) -> Turn:
    return Turn(replace(sitting, typed=typed, refused=refused, misses=sitting.misses + 1))


def _consent(sitting: Sitting, consent: str, move: Move, world: World) -> Turn:
    match move:
        case Choose(id="yes" | "no"):
            return _answer(sitting, sitting.place, move.id, world)
    return Turn(sitting)


def _refused(sitting: Sitting, consent: str, move: Move, world: World) -> Turn:
    match move:
        case Choose(id="again"):
            return Turn(sitting.go(f"{StepKind.CONSENT}:{consent}"))
        case Choose(id="leave"):
            return _give_up(sitting)
    return Turn(sitting)


def _stop(sitting: Sitting, stop: str, move: Move, world: World) -> Turn:
    match move:
        case Choose(id="fix"):
            return _back(sitting, world)
        case Choose(id="leave"):
            return _give_up(sitting)
    return Turn(sitting)


def _card_whose(sitting: Sitting, _: str, move: Move, world: World) -> Turn:
    match move:
        case Choose(id=role) if role in list(CardRole):
            return _answer(sitting, sitting.place, role, world)
    return Turn(sitting)


def _card_other(sitting: Sitting, role: str, move: Move, world: World) -> Turn:
    match move:
        case Choose(id="without"):
            without = replace(sitting, given=replace(sitting.given, other_card=None))
            return _answer(without, sitting.place, "none", world)
        case Choose(id="taken") if sitting.given.other_card is not None:
            return _onward(sitting, world)
    return Turn(sitting)


def _confirm(sitting: Sitting, place: str, world: World) -> Turn:
    marks = {**sitting.given.marks, place: sitting.path(world).digest}
    return _onward(replace(sitting, given=replace(sitting.given, marks=marks)), world)


def _check(sitting: Sitting, _: str, move: Move, world: World) -> Turn:
    match move:
        case Choose(id="go"):
            return _confirm(replace(sitting, changing=False), "check", world)
        case Choose(id=chosen) if chosen.startswith("change:"):
            place = f"{StepKind.QUESTION}:{chosen.removeprefix('change:')}"
            if place in _places(sitting.path(world)):
                return Turn(replace(sitting, changing=True).go(place))
    return Turn(sitting)


def _sign(sitting: Sitting, _: str, move: Move, world: World) -> Turn:
    match move:
        case Choose(id="key"):
            return _confirm(replace(sitting, strokes=""), "sign", world)
        case Draw(strokes=strokes):
            return _confirm(replace(sitting, strokes=strokes), "sign", world)
    return Turn(sitting)


def _submit(sitting: Sitting, _: str, move: Move, world: World) -> Turn:
    match move:
        case Choose(id="look"):
            return Turn(sitting.go("check"))
        case Choose(id="submit") if sitting.path(world).end == "submit":
            return Turn(sitting, (Errand.SUBMIT,))
    return Turn(sitting)


_PAGES: dict[StepKind, Callable[[Sitting, str, Move, World], Turn]] = {
    StepKind.QUESTION: _question,
    StepKind.CONSENT: _consent,
    StepKind.REFUSED: _refused,
    StepKind.STOP: _stop,
    StepKind.CARD_WHOSE: _card_whose,
    StepKind.CARD_OTHER: _card_other,
    StepKind.CHECK: _check,
    StepKind.SIGN: _sign,
    StepKind.SUBMIT: _submit,
}
