"""Moves at the door 查: how far a matter is."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.flow.lists import numbers
from kiosk.flow.moves import Back, Choose, Move
from kiosk.flow.sitting import Sitting, Turn, World


def _query(sitting: Sitting, move: Move, world: World) -> Turn:
    _, _, number = sitting.place.partition(":")
    match move:
        case Choose(id=chosen) if not number and chosen in numbers(sitting.cases):
            return Turn(sitting.go(f"query:{chosen}"))
        case Back() | Choose(id="go"):
            return Turn(sitting.go("query" if number else "home"))
    return Turn(sitting)


def _query_card(sitting: Sitting, move: Move, world: World) -> Turn:
    if isinstance(move, Back | Choose):
        return Turn(sitting.go("home"))
    return Turn(sitting)


ROOMS: dict[str, Callable[[Sitting, Move, World], Turn]] = {"query": _query, "query-card": _query_card}
