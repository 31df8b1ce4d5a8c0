"""Somebody who talks to the visit itself: what is heard on each page becomes its move, as on the screens."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.flow.moves import Choose, Enter, Heard, HeardAmong, Miss, Missed, Move
from kiosk.flow.page import Figures, Page
from kiosk.flow.pages.now import page_of
from kiosk.flow.sitting import Sitting
from kiosk.flow.turn import turn
from kiosk.ports import NotUnderstood, Understood, Unsure, Wished
from tests.flow.every_kind import asked
from tests.flow.reached import world_at
from tests.flow.residents import AT_EIGHTY, at_home, begun, led, moved
from voice.understanding import Pack, expectation, understand

WHO = led(begun(None), AT_EIGHTY, "question:who")
CONSENT = led(begun(None), AT_EIGHTY, "consent:use")
FIELDS = {
    Figures.PHONE: asked("phone"),
    Figures.IDENTITY: asked("id_number"),
    Figures.BANK_CARD: asked("bank_card"),
    Figures.RECEIPT: moved(at_home(), Choose("query"), Choose("number")),
}


def page(sitting: Sitting) -> Page:
    """What is on the screen."""
    return page_of(sitting, world_at(sitting))


def after(sitting: Sitting, pack: Pack, *said: str | Sequence[str]) -> Sitting:
    """After all of this was heard, each in one or several alternatives."""
    for words in said:
        heard = [words] if isinstance(words, str) else words
        answer = understand(heard, expectation(page(sitting), pack.language), pack)
        sitting = turn(sitting, _move(answer, page(sitting)), world_at(sitting)).sitting
    return sitting


def _move(answer: Understood | Unsure | Wished | NotUnderstood, on: Page) -> Move:
    match answer:
        case Understood(choice=choice, typed=typed, instead=instead):
            return Heard(choice, _number(choice, on, instead=instead), typed, instead)
        case Unsure(choices=choices):
            return HeardAmong(choices)
        case _:
            return Missed(Miss.UNCLEAR)


def _number(choice: str, on: Page, *, instead: bool) -> int:
    asked_on = on.said_back.page if instead and on.said_back else on
    ids = [one.id for one in asked_on.choices]
    return ids.index(choice) + 1 if choice in ids and asked_on.entry is None else 0


def said_back(sitting: Sitting) -> str:
    """What the person is asked about: the number as the screen shows it, or the id of the choice."""
    if sitting.said_back is None:
        return ""
    move = sitting.said_back.answers[0]
    return move.typed if isinstance(move, Enter) else move.id
