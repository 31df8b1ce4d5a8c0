"""A case that another kiosk took in: the hub is asked beside the visit, which goes on meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from queue import Empty, SimpleQueue
from typing import Protocol

from kiosk.cases.parcels import NoProgress, Progress
from kiosk.flow.moves import CaseLine, ReceiptSought, Sought

WAITS = timedelta(seconds=12)
"""Whatever the way there does: then the person is told that nobody answers."""

_NOT_TOLD = {NoProgress.ENOUGH: Sought.ENOUGH, NoProgress.AWAY: Sought.AWAY}


class Elsewhere(Protocol):
    """Where cases are asked for that other kiosks took in."""

    def progress(self, number: str) -> Progress | NoProgress:
        """How far the case with this number is. Takes seconds, never raises; called from another thread."""
        ...


class ReceiptRoom:
    """Only the newest question counts, and only while its page waits for it."""

    def __init__(self, elsewhere: Elsewhere, waits: timedelta = WAITS) -> None:
        self._elsewhere, self._waits = elsewhere, waits
        self._open: object | None = None
        self._come: list[tuple[object, ReceiptSought]] = []
        self.tell: Callable[[ReceiptSought], None] | None = None
        """Where answers are told, from another thread. While there is nobody, they are waited for."""

    def ask(self, number: str, line: Callable[[Progress], CaseLine | None]) -> ReceiptSought:
        """Begin to ask: what to say meanwhile, or the answer, where it was waited for.

        `line`: what a person may read of it; called on another thread.
        """
        asked = self._open = object()
        tell = self.tell
        if tell is None:
            return _sought(self._elsewhere.progress(number), line)

        def ask() -> None:
            news = _sought(self._answer(number), line)
            self._come.append((asked, news))
            tell(news)

        threading.Thread(target=ask, name="receipt", daemon=True).start()
        return ReceiptSought(None, Sought.ASKING)

    def expects(self, news: ReceiptSought, *, waited_for: bool) -> bool:
        """Is this no answer from here, or the one to what was asked last, while it is waited for?"""
        asked = next((asked for asked, come in self._come if come is news), None)
        if asked is None:
            return True
        return waited_for and asked is self._open

    def _answer(self, number: str) -> Progress | NoProgress:
        """In time: a way that hangs is left to itself."""
        come: SimpleQueue[Progress | NoProgress] = SimpleQueue()
        asking = threading.Thread(
            target=lambda: come.put(self._elsewhere.progress(number)), name="receipt-way", daemon=True
        )
        asking.start()
        try:
            return come.get(timeout=self._waits.total_seconds())
        except Empty:
            return NoProgress.AWAY


def _sought(found: Progress | NoProgress, line: Callable[[Progress], CaseLine | None]) -> ReceiptSought:
    if isinstance(found, NoProgress):
        return ReceiptSought(None, _NOT_TOLD.get(found, Sought.DONE))
    return ReceiptSought(line(found))
