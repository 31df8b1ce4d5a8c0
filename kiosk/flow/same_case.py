"""The same person handed in the same before: said as soon as it is known whom an application is for.

With the person's identity card the day is told and the way to that case. For a number that was typed it is
said that there may be one, and nothing of it; for a few numbers in a visit only: nobody shall try them out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from kiosk.flow.fields import SKIPPED
from kiosk.flow.given import Answer
from kiosk.flow.holders import is_document
from kiosk.flow.moves import Back, Choose, Move
from kiosk.flow.path import Path
from kiosk.flow.same_values import SameCase, SameFound
from kiosk.flow.sitting import Errand, Sitting, Turn, World
from kiosk.flow.step import ENDS, StepKind
from kiosk.flow.walking import back, forgotten, noted, put_away
from kiosk.services.model import Service
from kiosk.services.proof import CardRole
from kiosk.services.question import FieldKind

PLACE, WHY = "same-case", "same-case:why"
REASONS = ("changed", "wrong", "other")
"""Why somebody hands the same in again; each is a choice of the page, and a note for staff."""
MOST_TYPED = 3
"""Typed numbers in one visit that are looked up."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose matter the open application is, as far as it is known."""

    number: str = field(repr=False)
    by_card: bool
    """Their identity card was read."""


def subject_of(service: Service, path: Path) -> Subject | None:
    """By their card, or by the number among the answers; None before that, and for who stays unnamed."""
    if path.unnamed or path.last.kind in ENDS:
        return None
    card = path.cards.get(CardRole.SUBJECT)
    if card and is_document(card) and card.get("id_number"):
        return Subject(card["id_number"], by_card=True)
    for question in service.question:
        answer = path.answers.get(question.id)
        asked = question.type is FieldKind.ID_NUMBER and question.from_card is CardRole.SUBJECT
        if asked and answer and answer.value != SKIPPED:
            return Subject(answer.value, by_card=False)
    return None


def reason_of(answers: Mapping[str, Answer]) -> tuple[str, str] | None:
    """Why it is handed in again, and the number of the case before; None where nobody was asked."""
    said = answers.get(PLACE)
    reason, _, number = said.value.partition(" ") if said else ("", "", "")
    return (reason, number) if reason in REASONS else None


def looking_for(before: Sitting, made: Turn, world: World) -> Turn:
    """The turn, with the errand to look for such a case where the person has just become known."""
    sitting = made.sitting
    moved_on = (sitting.place, sitting.given) != (before.place, before.given)
    if not moved_on or sitting.guarded or not _on_path(sitting, world):
        return made
    subject = subject_of(world.services[sitting.service], sitting.path(world))
    known = sitting.same
    if subject is None or subject.number == known.asked_for:
        return made
    if not subject.by_card and known.typed >= MOST_TYPED:
        return made
    typed = known.typed + (not subject.by_card)
    sought = replace(known, asked_for=subject.number, by_card=subject.by_card, typed=typed)
    return replace(made, sitting=replace(sitting, same=sought), errands=(*made.errands, Errand.FIND_SAME))


def _on_path(sitting: Sitting, world: World) -> bool:
    return sitting.service in world.services and sitting.place.partition(":")[0] in {*StepKind}


def found(sitting: Sitting, move: SameFound) -> Turn:
    """There is one, or there is none: then nothing that was said of another person's stays."""
    said = reason_of(sitting.given.answers)
    if move.case is None or sitting.place.partition(":")[0] not in {*StepKind}:
        return Turn(forgotten(sitting, PLACE) if said else sitting)
    if said and said[1] == move.case.number:
        return Turn(sitting)
    sought = replace(sitting.same, case=move.case, back=sitting.place)
    return Turn(replace(forgotten(sitting, PLACE), same=sought).go(PLACE))


def room(sitting: Sitting, move: Move, world: World) -> Turn:
    """See how far it is, or hand in another one; then why."""
    case = sitting.same.case
    if case is None or not sitting.service:
        return Turn(sitting.go("home"))
    if sitting.place == WHY:
        return _why(sitting, case, move)
    match move:
        case Choose(id="see"):
            return _see(sitting, case)
        case Choose(id="again"):
            return Turn(sitting.go(WHY))
        case Back():
            # asked again when they come this way again
            again = replace(sitting.same, asked_for="")
            return back(replace(sitting, same=again).go(sitting.same.back), world)
    return Turn(sitting)


def _why(sitting: Sitting, case: SameCase, move: Move) -> Turn:
    match move:
        case Choose(id=reason) if reason in REASONS:
            told = noted(sitting, PLACE, f"{reason} {case.number}")
            return Turn(told.go(sitting.same.back), (Errand.SAVE_DRAFT,))
        case Back():
            return Turn(sitting.go(PLACE))
    return Turn(sitting)


def _see(sitting: Sitting, case: SameCase) -> Turn:
    """To the case itself where it may be shown; else its number is asked for.

    What was begun is dropped, unless it may be kept.
    """
    own = [number for number, line in enumerate(sitting.cases) if line.number == case.number]
    place = f"query:{own[0]}" if own and sitting.opens_own else "query-number"
    left = put_away(sitting)
    if sitting.keep:
        return Turn(left.go(place))
    return Turn(replace(left, draft_id=sitting.draft_id).go(place), (Errand.DROP_DRAFT,))


ROOMS: dict[str, Callable[[Sitting, Move, World], Turn]] = {PLACE: room}
