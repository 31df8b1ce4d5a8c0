"""Waiting numbers at the kiosk: drawn for whoever stands there, and called out while nobody does."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta

from kiosk.cases.calling import Lane, Numbers
from kiosk.flow.document import Document
from kiosk.flow.moves import NumberCalled, NumberDrawn
from kiosk.flow.waiting import DRAWN, drawing
from kiosk.ports import Clock
from kiosk.store import Store, StoreTrouble

log = logging.getLogger(__name__)

SHOWN_FOR = timedelta(seconds=60)
"""So long the page at rest shows a call that nobody has come for."""


class NumberRoom:
    """Draws and looks; what is called is decided at the desk."""

    def __init__(
        self, store: Store, clock: Clock, numbers: Numbers, slip: Callable[[NumberDrawn], Document]
    ) -> None:
        """`slip`: the paper with a number on it."""
        self._store, self._clock, self._numbers, self._slip = store, clock, numbers, slip
        self._well = True

    def draw(self, place: str) -> NumberDrawn | None:
        """The number that is asked for at this place. Raises StoreTrouble."""
        asked = drawing(place)
        if asked is None:
            return None
        letter, first = asked
        lane = Lane.FIRST if first else Lane.ORDINARY
        drawn, before = self._store.draw_number(letter, lane, self._numbers)
        return NumberDrawn(drawn.label, before)

    def look(self, last: NumberCalled | None) -> NumberCalled | None:
        """The call after the last one that was shown; None where nothing has changed.

        Nor where the store is busy or away: nobody is there to be told, and the next look comes soon.
        """
        try:
            found = self._found(last)
        except StoreTrouble as trouble:
            if self._well:
                log.error("no calls: store %s", trouble.kind)
            self._well = False
            return None
        self._well = True
        return found

    def _found(self, last: NumberCalled | None) -> NumberCalled | None:
        after = last.call if last is not None else 0
        called = self._store.call_after(after, SHOWN_FOR)
        if called is not None:
            return NumberCalled(called.call, called.label, called.window)
        if last is None or not last.label or self._store.call_after(last.call - 1, SHOWN_FOR):
            return None
        return NumberCalled(last.call)

    def paper(self, place: str, drawn: NumberDrawn | None) -> Document | None:
        """The slip, on the page of the number."""
        return self._slip(drawn) if place == DRAWN and drawn is not None else None
