"""A desk of a hub on a thread: takes the next case and decides it, again and again, whatever is killed."""

from __future__ import annotations

import threading
from contextlib import suppress
from pathlib import Path

from kiosk.cases.moves import IllegalMove
from kiosk.cases.states import Actor, Role
from kiosk.hub.store import HubStore, open_hub_store
from kiosk.store import StoreTrouble, Trouble
from tests.store.people import WallClock, shipped_calendar

RESULT = "批了"
_LOOK_S = 0.2
_PASSES = {Trouble.AWAY, Trouble.BUSY}


class DeskAtWork:
    """Somebody at a window, until there is nothing more to do after `finish`."""

    def __init__(self, name: str, address: str, folder: Path) -> None:
        self.actor = Actor(name, Role.STAFF)
        self._address, self._folder = address, folder
        self._last = threading.Event()
        self._thread = threading.Thread(target=self._work, name=name)
        self._store: HubStore | None = None
        self.strange: list[str] = []
        """What went wrong and was no trouble of line or database."""

    def start(self) -> None:
        """The first desk of a centre makes its keys, before a kiosk asks for them."""
        clock, calendar = WallClock(), shipped_calendar()
        self._store = open_hub_store(self._address, self._folder, clock=clock, calendar=calendar)
        self._thread.start()

    def finish(self) -> None:
        """Returns when nothing waits any more."""
        self._last.set()
        self._thread.join()

    def _work(self) -> None:
        assert self._store is not None
        try:
            while self._went_on(self._store):
                pass
        except Exception as error:
            self.strange.append(repr(error))
        finally:
            self._store.close()

    def _went_on(self, store: HubStore) -> bool:
        last = self._last.is_set()
        try:
            if self._one_case(store):
                return True
        except StoreTrouble as trouble:
            if trouble.kind not in _PASSES:
                raise
            last = False
        self._last.wait(_LOOK_S)
        return not last

    def _one_case(self, store: HubStore) -> bool:
        claim = store.next_case(self.actor)
        if claim is None:
            return False
        # completed before, and the answer was lost
        with suppress(IllegalMove):
            store.complete(claim.case_id, self.actor, claim.epoch, RESULT)
        return True
