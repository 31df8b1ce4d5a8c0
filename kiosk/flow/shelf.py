"""Moves at the doors 办 and 看: which service, and its guide."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kiosk.flow import application
from kiosk.flow.groups import list_with, on_list
from kiosk.flow.house import leaving
from kiosk.flow.moves import Back, Choose, Move, Overlay, Printed
from kiosk.flow.sitting import Errand, Sitting, Turn, World


def _do(sitting: Sitting, move: Move, world: World) -> Turn:
    if listed := on_list(sitting, move, world):
        return Turn(listed)
    match move:
        case Choose(id=service) if service in world.services:
            return application.begin(sitting, service, world)
        case Back():
            return Turn(sitting.go("home"))
    return Turn(sitting)


def _look(sitting: Sitting, move: Move, world: World) -> Turn:
    """The lists of the door, and the guide of one service."""
    if listed := on_list(sitting, move, world):
        return Turn(listed)
    if open_guide(sitting.place, world)[0]:
        return _guide(sitting, move, world)
    match move:
        case Choose(id=service) if service in world.services:
            return Turn(sitting.go(f"look:{service}"))
        case Back():
            return Turn(sitting.go("home"))
    return Turn(sitting)


def open_guide(place: str, world: World) -> tuple[str, str]:
    """The service whose guide is open, and which page of it (`"look:ID"`, `"look:ID:terms"`); else empty."""
    _, service, part, *_ = f"{place}::".split(":")
    return (service, part) if service in world.services else ("", "")


def _guide(sitting: Sitting, move: Move, world: World) -> Turn:
    service, part = open_guide(sitting.place, world)
    match move:
        case Choose(id="do"):
            return application.begin(sitting, service, world)
        case Choose(id="ask"):
            return Turn(sitting.go(f"ask:{service}"))
        case Choose(id="terms" | "grounds"):
            return Turn(sitting.go(f"look:{service}:{move.id}"))
        case Choose(id="print") if world.printer:
            return Turn(sitting.go(f"printing:{sitting.place}"), (Errand.PRINT,))
        case Back() if part:
            return Turn(sitting.go(f"look:{service}:terms" if part == "grounds" else f"look:{service}"))
        case Back():
            return Turn(sitting.go(list_with("look", service, world)))
    return Turn(sitting)


def printed(sitting: Sitting, move: Printed) -> Turn:
    """A paper came out or did not. Who has gone on meanwhile hears only of trouble."""
    waited = sitting.place == f"printing:{move.paper}"
    if move.trouble:
        there = sitting.go(move.paper) if waited else sitting
        return Turn(replace(there, overlay=Overlay.TROUBLE, trouble=move.trouble))
    return Turn(sitting.go(f"printed:{move.paper}") if waited else sitting)


def _printed(sitting: Sitting, move: Move, world: World) -> Turn:
    """The paper is being printed, or lies in the printer; the page it is of is one step away."""
    match move:
        case Choose(id="leave"):
            return leaving(sitting, world)
        case Choose(id="go") | Back():
            return Turn(sitting.go(sitting.place.partition(":")[2]))
    return Turn(sitting)


ROOMS: dict[str, Callable[[Sitting, Move, World], Turn]] = {
    "do": _do,
    "look": _look,
    "printing": _printed,
    "printed": _printed,
}
