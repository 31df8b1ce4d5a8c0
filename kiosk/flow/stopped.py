"""A service is switched off while somebody fills it in: nothing more is asked, what was kept is said."""

from __future__ import annotations

from collections.abc import Callable, Set
from dataclasses import replace

from kiosk.flow.moves import Back, Choose, Move
from kiosk.flow.sitting import Errand, Sitting, Turn, World
from kiosk.flow.walking import put_away

PLACE = "stopped"


def halfway(sitting: Sitting, stopped: Set[str]) -> bool:
    """Is the person in an application that cannot be handed in any more?"""
    return sitting.service in stopped and sitting.receipt is None


def put_off(sitting: Sitting) -> Turn:
    """What was given is kept for a day where they agreed to that, else it goes. Nothing is handed in."""
    begun = bool(sitting.given.answers)
    what = "new" if not begun else "kept" if sitting.keep else "dropped"
    after = replace(put_away(sitting).go(f"{PLACE}:{what}"), newcomer=None)
    if what == "kept":
        return Turn(after)
    return Turn(replace(after, draft_id=sitting.draft_id), (Errand.DROP_DRAFT,))


def without(world: World, stopped: Set[str]) -> World:
    """The house as the next person finds it."""
    services = {name: one for name, one in world.services.items() if name not in stopped}
    topics = tuple(
        replace(topic, services=left)
        for topic in world.topics
        if (left := tuple(name for name in topic.services if name in services))
    )
    return replace(world, services=services, topics=topics)


def _stopped(sitting: Sitting, move: Move, world: World) -> Turn:
    match move:
        case Choose(id="home") | Back():
            return Turn(sitting.go("home"))
    return Turn(sitting)


ROOMS: dict[str, Callable[[Sitting, Move, World], Turn]] = {PLACE: _stopped}
