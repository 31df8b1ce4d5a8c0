"""A desk looks at its board every few seconds. Where nothing has happened, that is one question there."""

from __future__ import annotations

import time
from typing import NamedTuple

from kiosk.cases.board import PAGE, BoardPage, Heap
from kiosk.cases.states import Actor
from kiosk.cases.views import Claim
from kiosk.event_log import happened
from kiosk.hub.handed_here import HandedHere
from kiosk.hub.handover_statements import ANYTHING
from kiosk.hub.hub_statements import ANY_WAITING
from kiosk.store.trouble import StoreTrouble, Trouble

_GLANCE_S = 0.2
"""So long a look at the board waits for another desk that is writing."""
GOOD_FOR_S = 30.0
"""What only time changes (a case that has waited for a day, a lease that ends) is seen after so long."""

MARK = f"""
SELECT (SELECT max(n) FROM event) AS line,
  (SELECT max(lease_until) FROM cases WHERE holder IS NOT NULL) AS lease,
  (EXISTS ({ANY_WAITING}) OR EXISTS ({ANYTHING})) AS waits
"""
"""Whatever changes a case writes a line, but a lease that is renewed."""


class Mark(NamedTuple):
    """How far the centre's books were."""

    line: int | None
    lease: str | None
    day: str


class _Look(NamedTuple):
    asked: tuple[Heap, int, int]
    mark: Mark
    until: float
    page: BoardPage


class Glancing(HandedHere):
    """Keeps the page that was looked at last."""

    _last_look: _Look | None = None

    def board(self, heap: Heap = Heap.ALL, start: int = 0, most: int = PAGE) -> BoardPage:
        """With what kiosks have sent until now; raises StoreTrouble."""
        asked, now = (heap, start, most), self._clock.monotonic()
        with self._reading() as db:
            row = db.execute(MARK).fetchone()
        mark, last = Mark(row["line"], row["lease"], self._today()), self._last_look
        if not row["waits"] and last and (last.asked, last.mark) == (asked, mark) and now < last.until:
            return last.page
        if row["waits"]:
            self._look_in()
        page = super().board(heap, start, most)
        # the mark is older than the page: what came in between is seen at the next look
        self._last_look = _Look(asked, mark, now + GOOD_FOR_S, page)
        return page

    def next_case(self, actor: Actor, desk: str | None = None) -> Claim | None:
        """The next, of what kiosks have sent until now, too."""
        self._look_in()
        return super().next_case(actor, desk)

    def _look_in(self) -> None:
        """Whoever else of the centre is writing takes in what is there: nobody waits to see the board."""
        with self._lock:
            patience, self._patience = self._patience, _GLANCE_S
            try:
                begun, taken = time.monotonic(), self.take_in()
                if any((taken.cases, taken.acts, taken.set_aside)):
                    counts = {"cases": taken.cases, "acts": taken.acts, "set_aside": taken.set_aside}
                    happened("taken_in", **counts, ms=(time.monotonic() - begun) * 1000)
            except StoreTrouble as trouble:
                if trouble.kind is not Trouble.BUSY:
                    raise
            finally:
                self._patience = patience
