"""What was given in an earlier application may be used again, if the person agrees: one page, default no."""

from __future__ import annotations

from dataclasses import replace

from kiosk.flow import fields
from kiosk.flow.moves import Back, Choose, Move
from kiosk.flow.path import Answer
from kiosk.flow.sitting import Sitting, Turn, World
from kiosk.flow.source import Source
from kiosk.flow.walking import opened, put_away
from kiosk.services.question import Question


def usable(sitting: Sitting, world: World) -> tuple[tuple[Question, str], ...]:
    """The questions of the open service that something given before answers, with that answer."""
    found = []
    for question in world.services[sitting.service].question:
        value = sitting.earlier.get((question.reuse, question.type)) if question.reuse else None
        if value is None:
            continue
        outcome = fields.parse(question, value, {}, world.today)
        if isinstance(outcome, fields.Taken):
            found.append((question, outcome.value))
    return tuple(found)


def earlier(sitting: Sitting, move: Move, world: World) -> Turn:
    """Use it again, or be asked anew?"""
    match move:
        case Choose(id="yes"):
            # What the person said themselves goes before the card: many live elsewhere than it says.
            again = {question.id: Answer(value, Source.EARLIER) for question, value in usable(sitting, world)}
            answers = {**sitting.given.answers, **again}
            given = replace(sitting.given, answers=answers, by_hand=sitting.given.by_hand | set(again))
            return opened(replace(sitting, given=given), world)
        case Choose(id="no"):
            return opened(sitting, world)
        case Back():
            return Turn(put_away(sitting).go("do"))
    return Turn(sitting)
