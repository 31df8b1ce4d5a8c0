"""A list of things (`repeat`): add one, change one, remove one, until there is no more to add.

Pages inside the question, by position from 1: `/2` is the second thing, `/2/price` a question about it,
`/2/-remove` whether to remove it. What is given of a thing that is not finished yet is kept like every
answer, so neither Back nor a draft loses it.
"""

from __future__ import annotations

import json
from dataclasses import replace

from kiosk.flow import answering, fields
from kiosk.flow.answering import Asking
from kiosk.flow.fields.lists import bounds
from kiosk.flow.lists import numbers_from_one
from kiosk.flow.moves import Back, Choose, Move
from kiosk.flow.path import Answer, StepKind
from kiosk.flow.sitting import Errand, Sitting, Turn, World
from kiosk.flow.walking import answered, back, enter, forgotten, inside, noted
from kiosk.services.question import Item, Question

REMOVE = "-remove"
"""The page that asks whether to remove a thing; no item can have this name."""

Thing = dict[str, str]


def things_of(sitting: Sitting, question: Question) -> list[Thing]:
    """What is on the list, each thing's canonical values by the id of the item."""
    given = sitting.given.answers.get(question.id)
    listed: list[Thing] = json.loads(given.value) if given and given.value else []
    return listed


def has_room(sitting: Sitting, question: Question) -> bool:
    """May one more be added?"""
    return len(things_of(sitting, question)) < bounds(question)[1]


def item_at(sitting: Sitting, question: Question) -> tuple[int, Item] | None:
    """The position of the thing and the question about it that is open; None on the other pages."""
    match inside(sitting):
        case (position, name) if position.isdecimal():
            item = next((item for item in question.item if item.id == name), None)
            return (int(position), item) if item else None
    return None


def about(sitting: Sitting, question: Question, position: int, item: Item) -> Asking:
    """The question about a thing, with what was given before."""
    key = _key(question, position, item)
    known = sitting.given.answers.get(key)
    things = things_of(sitting, question)
    if known is None and position <= len(things):
        known = Answer(things[position - 1][item.id])
    return Asking(item, key, known)


def listing(sitting: Sitting, question: Question, move: Move, world: World) -> Turn:
    """A move on any page of the list."""
    opened = item_at(sitting, question)
    if opened is not None:
        return _item(sitting, question, opened, move, world)
    match inside(sitting):
        case (position,) if _there(sitting, question, position):
            return _thing(sitting, question, int(position), move)
        case (position, name) if name == REMOVE and _there(sitting, question, position):
            return _remove(sitting, question, int(position), move)
    return _list(sitting, question, move, world)


def _there(sitting: Sitting, question: Question, position: str) -> bool:
    return position in numbers_from_one(things_of(sitting, question))


def _key(question: Question, position: int, item: Item) -> str:
    return f"{question.id}/{position}/{item.id}"


def _list(sitting: Sitting, question: Question, move: Move, world: World) -> Turn:
    things = things_of(sitting, question)
    match move:
        case Back():
            return back(sitting, world)
        case Choose(id="add") if has_room(sitting, question):
            return Turn(enter(sitting, len(things) + 1, question.item[0].id))
        case Choose(id="done"):
            outcome = fields.parse(question, _written(things), sitting.path(world).values, world.today)
            if isinstance(outcome, fields.Refused):
                return answering.refuse(sitting, "", outcome)
            return answered(sitting, question.id, outcome.value, world)
        case Choose(id=position) if _there(sitting, question, position):
            return Turn(enter(sitting, position))
    return Turn(sitting)


def _thing(sitting: Sitting, question: Question, position: int, move: Move) -> Turn:
    match move:
        case Back():
            return Turn(enter(sitting))
        case Choose(id="change"):
            return Turn(enter(sitting, position, question.item[0].id))
        case Choose(id="remove"):
            return Turn(enter(sitting, position, REMOVE))
    return Turn(sitting)


def _remove(sitting: Sitting, question: Question, position: int, move: Move) -> Turn:
    match move:
        case Choose(id="yes"):
            return Turn(enter(_without(sitting, question, position)), (Errand.SAVE_DRAFT,))
        case Choose(id="no") | Back():
            return Turn(enter(sitting, position))
    return Turn(sitting)


def _item(sitting: Sitting, question: Question, opened: tuple[int, Item], move: Move, world: World) -> Turn:
    position, item = opened
    asked = about(sitting, question, position, item)
    if isinstance(move, Back) and sitting.offer is None:
        return _back_inside(sitting, question, position, item)

    def done(made: Sitting, value: str) -> Turn:
        return _next(noted(made, asked.key, value), question, position, item)

    return answering.answer(sitting, asked, move, world, done)


def _back_inside(sitting: Sitting, question: Question, position: int, item: Item) -> Turn:
    """One question back; from the first one to the list, or to the thing that is being changed."""
    at = question.item.index(item)
    if at:
        return Turn(enter(sitting, position, question.item[at - 1].id))
    return Turn(enter(sitting, position) if _there(sitting, question, str(position)) else enter(sitting))


def _next(sitting: Sitting, question: Question, position: int, item: Item) -> Turn:
    """The next question about the thing; after the last one it stands on the list."""
    at = question.item.index(item) + 1
    if at < len(question.item):
        return Turn(enter(sitting, position, question.item[at].id), (Errand.SAVE_DRAFT,))
    made: Thing = {}
    for asked in (about(sitting, question, position, each) for each in question.item):
        if asked.before is None:
            # Nobody comes here past an open question, but a page can be asked for by its name.
            return Turn(enter(sitting, position, asked.question.id))
        made[asked.question.id] = asked.before.value
    things = things_of(sitting, question)
    things[position - 1 : position] = [made]
    kept = forgotten(sitting, *(_key(question, position, each) for each in question.item))
    return Turn(enter(noted(kept, question.id, _written(things))), (Errand.SAVE_DRAFT,))


def _without(sitting: Sitting, question: Question, position: int) -> Sitting:
    """Without that thing; what is half given of the ones after it moves up with them."""
    things = things_of(sitting, question)
    del things[position - 1]
    moved: dict[str, Answer] = {}
    for key, answer in sitting.given.answers.items():
        stem = key.removeprefix(f"{StepKind.QUESTION}:")
        owner, _, rest = stem.partition("/")
        number, _, name = rest.partition("/")
        if owner != question.id or not number.isdecimal() or int(number) < position:
            moved[key] = answer
        elif int(number) > position:
            prefix = key[: len(key) - len(stem)]
            moved[f"{prefix}{owner}/{int(number) - 1}/{name}"] = answer
    cleared = replace(sitting, given=replace(sitting.given, answers=moved))
    return noted(cleared, question.id, _written(things))


def _written(things: list[Thing]) -> str:
    return json.dumps(things, ensure_ascii=False)
