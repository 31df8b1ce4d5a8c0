"""Moves at the door 评: five levels, one key each (K43)."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.flow import application
from kiosk.flow.house import leave
from kiosk.flow.moves import Back, Choose, Move
from kiosk.flow.sitting import Errand, Sitting, Turn, World

LEVELS = ("very-good", "good", "fair", "poor", "very-poor")
"""The five levels of the rating, best first; level 5 is the best."""


def _rate(sitting: Sitting, move: Move, world: World) -> Turn:
    back = "receipt" if sitting.receipt else "home"
    match move:
        case Choose(id=level) if level in LEVELS:
            rating = len(LEVELS) - LEVELS.index(level)
            return Turn(sitting.go("rated"), (Errand.RATE,), rating)
        case Choose(id="skip") | Back():
            return Turn(sitting.go(back))
    return Turn(sitting)


def _rated(sitting: Sitting, move: Move, world: World) -> Turn:
    match move:
        case Choose(id="leave"):
            return leave(sitting)
        case Choose(id="home") | Back():
            errands = (Errand.LOOK_UP_CARD,) if sitting.card else ()
            return Turn(application.put_away(sitting).go("home"), errands)
    return Turn(sitting)


ROOMS: dict[str, Callable[[Sitting, Move, World], Turn]] = {"rate": _rate, "rated": _rated}
