"""Moves at the door 问: questions and their answers."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.flow import application
from kiosk.flow.groups import list_with, on_list, opened_group
from kiosk.flow.lists import numbers
from kiosk.flow.moves import Answered, Back, Choose, Move
from kiosk.flow.sitting import Sitting, Turn, World


def answered(sitting: Sitting, move: Answered) -> Turn:
    """What the question came to."""
    return Turn(sitting)


def _ask(sitting: Sitting, move: Move, world: World) -> Turn:
    if listed := on_list(sitting, move, world):
        return Turn(listed)
    rest = "" if opened_group(sitting.place) else sitting.place.partition(":")[2]
    service, _, number = rest.partition(":")
    match move:
        case Choose(id="do") if service:
            return application.begin(sitting, service, world)
        case Choose(id=chosen) if not service and chosen in world.services:
            return Turn(sitting.go(f"ask:{chosen}"))
        case Choose(id=chosen) if service and not number and chosen in numbers(world.services[service].faq):
            return Turn(sitting.go(f"ask:{service}:{chosen}"))
        case Back() | Choose(id="go"):
            listing = list_with("ask", service, world) if service else "home"
            up = f"ask:{service}" if number else listing
            return Turn(sitting.go(up))
    return Turn(sitting)


ROOMS: dict[str, Callable[[Sitting, Move, World], Turn]] = {"ask": _ask}
