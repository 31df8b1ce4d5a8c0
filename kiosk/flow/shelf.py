"""Moves at the doors 办 and 看: which service, and its guide."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.flow import application
from kiosk.flow.moves import Back, Choose, Move
from kiosk.flow.sitting import Sitting, Turn, World


def _do(sitting: Sitting, move: Move, world: World) -> Turn:
    match move:
        case Choose(id=service) if service in world.services:
            return application.begin(sitting, service, world)
        case Back():
            return Turn(sitting.go("home"))
    return Turn(sitting)


def _look(sitting: Sitting, move: Move, world: World) -> Turn:
    _, _, service = sitting.place.partition(":")
    match move:
        case Choose(id="do") if service:
            return application.begin(sitting, service, world)
        case Choose(id="ask") if service:
            return Turn(sitting.go(f"ask:{service}"))
        case Choose(id=chosen) if chosen in world.services:
            return Turn(sitting.go(f"look:{chosen}"))
        case Back() | Choose(id="go"):
            return Turn(sitting.go("look" if service else "home"))
    return Turn(sitting)


ROOMS: dict[str, Callable[[Sitting, Move, World], Turn]] = {"do": _do, "look": _look}
