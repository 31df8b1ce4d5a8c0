"""The switch that managers turn at the desk, as a visit heeds it."""

from __future__ import annotations

import logging

from kiosk.flow.answers import Answers
from kiosk.flow.house import RESTING
from kiosk.flow.sitting import Sitting, Turn, World
from kiosk.flow.stopped import halfway, put_off, without
from kiosk.store import Store, StoreTrouble

log = logging.getLogger(__name__)


class SwitchedOff:
    """What is listed changes only between two people: nothing goes from under somebody's hands unsaid."""

    def __init__(self, world: World, store: Store) -> None:
        self._whole, self._store = world, store
        self._stopped: frozenset[str] = frozenset()
        self._well = True

    def look(self) -> None:
        """Read the switch anew. A store that cannot be read says so where something is to be kept in it."""
        try:
            self._stopped = self._store.stopped_services()
        except StoreTrouble as trouble:
            # once: it is looked at with every key, and while nobody is there
            if self._well:
                log.error("the switch cannot be read: store %s", trouble.kind)
            self._well = False
        else:
            self._well = True

    def world(self, sitting: Sitting, now: World) -> World:
        """The world of this visit; at rest it is the next person's."""
        return without(self._whole, self._stopped) if sitting.place in RESTING else now

    def heed(self, sitting: Sitting) -> Turn | None:
        """For somebody in the middle of it: a page that says what was kept. None: nothing changes."""
        return put_off(sitting) if halfway(sitting, self._stopped) else None


def only_offered(found: Answers, world: World) -> Answers:
    """Without what nobody can open here now."""
    hits = tuple(hit for hit in found.hits if hit.service in world.services)
    return Answers(hits, found.sure and hits[:1] == found.hits[:1])
