"""Along the path of an application: the place after an answer, the place before it, what is noted."""

from __future__ import annotations

import json
from dataclasses import replace

from kiosk.flow.path import Answer, Given, Path, Step, StepKind
from kiosk.flow.pictures import PapersShown
from kiosk.flow.same_values import SameSought
from kiosk.flow.sitting import Errand, Sitting, Turn, World
from kiosk.flow.source import FROM_A_CARD, Source
from kiosk.services.question import FieldKind

INSIDE = "/"
"""What parts the page of a step from the pages inside it: `"question:goods/2/price"`, `"submit:/found"`."""
REST, WHOLE = "rest", "whole"
"""The last page inside an address: where what comes after the regions is typed, or all of it."""


def page_of_path(place: str) -> str:
    """The place on the path that a place belongs to."""
    return place.partition(INSIDE)[0].removesuffix(":")


def inside(sitting: Sitting) -> tuple[str, ...]:
    """Where inside its step the person is: `("2", "price")`; nothing on the step's own page."""
    return tuple(sitting.place.split(INSIDE)[1:])


def enter(sitting: Sitting, *parts: str | int) -> Sitting:
    """To a page inside the same step; without parts to its own."""
    own = page_of_path(sitting.place)
    if not parts:
        return sitting.go(own)
    return sitting.go(INSIDE.join([own if ":" in own else f"{own}:", *map(str, parts)]))


def places(path: Path) -> list[str]:
    """The pages of a path in order."""
    return [step.place for step in path.steps]


def stands_on(path: Path, place: str) -> Step | None:
    """The step that a place belongs to: one of the path, or a question whose answer came from a card.

    None where it is not, or no longer, asked.
    """
    wanted = page_of_path(place)
    for step in path.steps:
        if step.place == wanted:
            return step
    kind, _, subject = wanted.partition(":")
    known = path.answers.get(subject) if kind == StepKind.QUESTION else None
    return Step(StepKind.QUESTION, subject) if known and known.source in FROM_A_CARD else None


def onto_path(sitting: Sitting, world: World) -> Sitting:
    """At the open page of the path, where the page the person was on is no longer asked."""
    kind = sitting.place.partition(":")[0]
    if not sitting.service or kind not in list(StepKind):
        return sitting
    path = sitting.path(world)
    asked = any(step.place == page_of_path(sitting.place) for step in path.steps)
    return sitting if asked else sitting.go(path.last.place)


def noted(sitting: Sitting, key: str, value: str, source: Source = Source.RESIDENT) -> Sitting:
    """With this answer among what was given."""
    answers = {**sitting.given.answers, key: Answer(value, source)}
    return replace(sitting, given=replace(sitting.given, answers=answers))


def forgotten(sitting: Sitting, *keys: str) -> Sitting:
    """Without what was kept under these keys."""
    answers = {key: answer for key, answer in sitting.given.answers.items() if key not in keys}
    return replace(sitting, given=replace(sitting.given, answers=answers))


def answered(sitting: Sitting, question_id: str, value: str, world: World) -> Turn:
    """A question of the service has its answer; one that a card had answered is now answered by hand.

    Where it is the answer it had, nothing was said anew: who supplied it stays as it was (K40).
    """
    known = sitting.path(world).answers.get(question_id)
    if known is not None and known.value == value:
        return onward(sitting, world)
    return onward(_said(sitting, question_id, value, known, world), world)


def back_with(sitting: Sitting, question_id: str, value: str, world: World) -> Turn:
    """To the page before, with an answer that was typed and not entered."""
    known = sitting.path(world).answers.get(question_id)
    same = known is not None and known.value == value
    return back(sitting if same else _said(sitting, question_id, value, known, world), world)


def _said(sitting: Sitting, question_id: str, value: str, known: Answer | None, world: World) -> Sitting:
    before = sitting
    if known is not None and known.source in FROM_A_CARD:
        by_hand = sitting.given.by_hand | {question_id}
        sitting = replace(sitting, given=replace(sitting.given, by_hand=by_hand))
    said = noted(sitting, question_id, value, Source.SCAN if sitting.scanned else Source.RESIDENT)
    return _agreed_anew(before, said, world)


def _agreed_anew(before: Sitting, after: Sitting, world: World) -> Sitting:
    """Where it turns out to be another's matter, or their own after all, they agreed in other words: they are
    asked again, in those that hold now."""
    if before.path(world).for_self == after.path(world).for_self:
        return after
    worded = [one.id for one in world.services[after.service].consent if one.other is not None]
    return forgotten(after, *(f"{StepKind.CONSENT}:{name}" for name in worded))


def back(sitting: Sitting, world: World) -> Turn:
    """The page before, or the check page after a Change; before the first one, whether to stop."""
    path = sitting.path(world)
    if sitting.changing and "check" in places(path):
        return Turn(replace(sitting, changing=False).go("check"))
    asked, here = _asked(path, sitting.place), page_of_path(sitting.place)
    if here not in asked:
        return Turn(sitting.go(path.last.place))
    at = asked.index(here)
    return Turn(sitting.go(_last_page(asked[at - 1], path, sitting, world) if at else "pause"))


def _last_page(place: str, path: Path, sitting: Sitting, world: World) -> str:
    """Of an address it is the one where it was finished: who goes back is led over its pages, too."""
    kind, _, subject = place.partition(":")
    known = path.answers.get(subject) if kind == StepKind.QUESTION else None
    if known is None or not known.value:
        return place
    if world.services[sitting.service].find_question(subject).type is not FieldKind.ADDRESS:
        return place
    return place + INSIDE + (REST if json.loads(known.value)[0] else WHOLE)


def onward(sitting: Sitting, world: World) -> Turn:
    """After an answer: the next page, or back to the check page after a Change."""
    path = sitting.path(world)
    if sitting.changing:
        target = "check" if "check" in places(path) else path.last.place
        changing = target != "check"
    else:
        target, changing = _following(sitting, path), False
    return Turn(replace(sitting, changing=changing).go(target), (Errand.SAVE_DRAFT,))


def opened(sitting: Sitting, world: World) -> Turn:
    """On the first page of the application, with a draft begun."""
    return Turn(at_first(sitting, world), (Errand.BEGIN_DRAFT, Errand.SAVE_DRAFT))


def at_first(sitting: Sitting, world: World) -> Sitting:
    """On the first page that is asked."""
    return sitting.go(_asked(sitting.path(world), "")[0])


def put_away(sitting: Sitting) -> Sitting:
    """Nothing of an application left in the visit."""
    return replace(
        sitting,
        service="",
        given=Given(),
        changing=False,
        changed="",
        receipt=None,
        strokes="",
        draft_id="",
        begun_at=None,
        same=SameSought(typed=sitting.same.typed),
        papers=PapersShown(),
    )


def _following(sitting: Sitting, path: Path) -> str:
    asked, here = _asked(path, sitting.place), page_of_path(sitting.place)
    at = asked.index(here) if here in asked else len(asked) - 2
    following = asked[at + 1 :]
    if sitting.given.other_card is not None:
        # They were laid, and told apart, before that was asked for: these pages are there only for Back.
        following = [place for place in following if not _told_before(sitting, place)]
    return (following or asked[-1:])[0]


def _told_before(sitting: Sitting, place: str) -> bool:
    whose = place == StepKind.CARD_WHOSE and place in sitting.given.answers
    return whose or place.startswith(StepKind.CARD_OTHER)


def _asked(path: Path, here: str) -> list[str]:
    """The pages a person is led over: without what they agreed to use again, unless they stand on it."""
    return [
        step.place
        for step in path.steps
        if not _used_again(path, step) or step.place == page_of_path(here) or step is path.last
    ]


def _used_again(path: Path, step: Step) -> bool:
    known = path.answers.get(step.id) if step.kind is StepKind.QUESTION else None
    return known is not None and known.source is Source.EARLIER
