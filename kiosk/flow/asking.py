"""Moves at the door 问: questions and their answers."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.flow import application
from kiosk.flow.lists import numbers
from kiosk.flow.moves import Answered, Back, Choose, Move
from kiosk.flow.sitting import Sitting, Turn, World


def answered(sitting: Sitting, move: Answered) -> Turn:
    """What the question came to."""
    return Turn(sitting)


def _ask(sitting: Sitting, move: Move, world: World) -> Turn:
    _, _, rest = sitting.place.partition(":")
    service, _, number = rest.partition(":")
    match move:
        case Choose(id="do") if service:
            return application.begin(sitting, service, world)
        case Choose(id=chosen) if not service and chosen in world.services:
            return Turn(sitting.go(f"ask:{chosen}"))
        case Choose(id=chosen) if service and not number and chosen in numbers(world.services[service].faq):
            return Turn(sitting.go(f"ask:{service}:{chosen}"))
        case Back() | Choose(id="go"):
            up = f"ask:{service}" if number else ("ask" if service else "home")
            return Turn(sitting.go(up))
    return Turn(sitting)


ROOMS: dict[str, Callable[[Sitting, Move, World], Turn]] = {"ask": _ask}
