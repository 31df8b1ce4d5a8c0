"""More than one card in an application: whose was read, and the other person's."""

from __future__ import annotations

from dataclasses import replace

from kiosk.flow.holders import same_card
from kiosk.flow.moves import Choose, Move
from kiosk.flow.path import StepKind
from kiosk.flow.sitting import Errand, Sitting, Turn, World
from kiosk.flow.source import CardFields
from kiosk.flow.walking import noted, onward
from kiosk.services.proof import CardRole

AT_CARDS = (str(StepKind.CARD_OTHER), str(StepKind.CARD_WHOSE))
"""Where the cards of an application are told apart: whose another one is needs no question there."""


def another_card(sitting: Sitting, card: CardFields, world: World) -> Turn:
    """Another card where one is asked about or waited for: the other person's."""
    waiting = sitting.place.startswith(StepKind.CARD_OTHER)
    if same_card(sitting.given.first_card, card):
        return Turn(replace(sitting, card_trouble="card.same_card") if waiting else sitting)
    known = replace(sitting, given=replace(sitting.given, other_card=card))
    return onward(known, world) if waiting else Turn(known, (Errand.SAVE_DRAFT,))


def lying_already(sitting: Sitting) -> CardFields | None:
    """The card of somebody else that lies there from before the other one was asked for.

    The reader tells of a card once, when it is laid. Whose it is here, only the person knows.
    """
    card = sitting.lying
    return None if card is None or same_card(sitting.given.first_card, card) else card


def whose(sitting: Sitting, _: str, move: Move, world: World) -> Turn:
    """Whose card was read?"""
    match move:
        case Choose(id=role) if role in list(CardRole):
            return onward(noted(sitting, sitting.place, role), world)
    return Turn(sitting)


def other(sitting: Sitting, _: str, move: Move, world: World) -> Turn:
    """Waits for the other person's card; or there is none."""
    match move:
        case Choose(id="without"):
            without = replace(sitting, given=replace(sitting.given, other_card=None))
            return onward(noted(without, sitting.place, "none"), world)
        case Choose(id="taken") if sitting.given.other_card is not None:
            return onward(sitting, world)
        case Choose(id="lying") if card := lying_already(sitting):
            return another_card(sitting, card, world)
    return Turn(sitting)
