"""Which list a service stands in: a few at once, by group. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.flow.moves import Back, Choose, Move
from kiosk.flow.page import GROUP
from kiosk.flow.sitting import Sitting, World
from kiosk.services.model import Service

MARK = GROUP
"""Before a group's id, where a service's id could stand: `"do:@elderly"`."""

FEW = 4
"""So many services need no groups (K01)."""

OTHER = "other"
"""Where services stand whose group nobody has named."""


def shelves(world: World) -> Mapping[str, tuple[Service, ...]]:
    """The services by group, in the order of the groups; empty groups are left out."""
    found: dict[str, list[Service]] = {group: [] for group in (*world.groups, OTHER)}
    for service in world.services.values():
        found[service.group if service.group in world.groups else OTHER].append(service)
    return {group: tuple(services) for group, services in found.items() if services}


def grouped(world: World) -> bool:
    """Are there so many services that they are listed by group?"""
    return len(world.services) > FEW and len(shelves(world)) > 1


def opened_group(place: str) -> str:
    """The group whose list is open, `""` for the first list of a door."""
    _, _, rest = place.partition(":")
    return rest.removeprefix(MARK) if rest.startswith(MARK) else ""


def list_with(door: str, service: str, world: World) -> str:
    """The place of the list that a service was chosen from."""
    for group, services in shelves(world).items():
        if grouped(world) and len(services) > 1 and service in {one.id for one in services}:
            return f"{door}:{MARK}{group}"
    return door


def on_list(sitting: Sitting, move: Move, world: World) -> Sitting | None:
    """A move between the lists of a door; None where it is no such move."""
    door = sitting.place.partition(":")[0]
    match move:
        case Choose(id=chosen) if chosen.startswith(MARK) and chosen.removeprefix(MARK) in shelves(world):
            return sitting.go(f"{door}:{chosen}")
        case Back() if opened_group(sitting.place):
            return sitting.go(door)
    return None
