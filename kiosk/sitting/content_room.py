"""Having what was handed in opened: here, where the keys lie, or by a desk that is waited for."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from threading import Event, Thread
from time import monotonic

from kiosk.cases.moves import IllegalMove
from kiosk.cases.requests import ContentLine
from kiosk.security.centre_keys import new_pair
from kiosk.store import Store, StoreTrouble, Trouble

log = logging.getLogger(__name__)

PATIENCE = 10.0
"""Seconds for which a person waits for a desk; then it is printed for them."""
_LOOK_EVERY = 0.4
_LEAVE_IN = 5.0


@dataclass(frozen=True, slots=True)
class Opened:
    """What came of it; `lines` is None where staff print it."""

    case_id: str
    service_id: str
    lines: tuple[ContentLine, ...] | None = field(default=None, repr=False)


class ContentRoom:
    """One matter at a time. The key that it is sealed to lives in this process while it is waited for."""

    def __init__(self, store: Store, patience: float = PATIENCE) -> None:
        self._store, self._patience = store, patience
        self._stop = Event()
        self._thread: Thread | None = None
        self.tell: Callable[[Opened], None] | None = None
        """Where it is told, from another thread. While there is nobody, it is waited for."""

    def open(self, case_id: str, person: str) -> Opened | None:
        """What came of it, where that is known at once. Raises StoreTrouble; IllegalMove: not their case."""
        self.drop()
        lines = self._store.content_here(case_id, person)
        asked = Opened(case_id, self._store.progress_of(case_id).service_id)
        if lines is not None:
            return replace(asked, lines=lines)
        pair = new_pair()
        request = self._store.ask_content(case_id, person, pair.public)
        if self.tell is None:
            return replace(asked, lines=self._waited(request, pair.private, self._stop))
        stop = self._stop = Event()
        work = (self.tell, asked, request, pair.private, stop)
        self._thread = Thread(target=self._wait_and_tell, args=work, name="content", daemon=True)
        self._thread.start()
        return None

    def drop(self) -> None:
        """Nobody waits any more: what was asked is asked no longer."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(_LEAVE_IN)
        self._thread, self._stop = None, Event()

    def _wait_and_tell(
        self, tell: Callable[[Opened], None], asked: Opened, request: int, private: bytes, stop: Event
    ) -> None:
        lines = self._waited(request, private, stop)
        if not stop.is_set():
            tell(replace(asked, lines=lines))

    def _waited(self, request: int, private: bytes, stop: Event) -> tuple[ContentLine, ...] | None:
        until, lines = monotonic() + self._patience, None
        try:
            while not stop.is_set() and monotonic() < until:
                lines, again = self._look(request, private)
                if lines is not None or not again:
                    break
                stop.wait(_LOOK_EVERY)
            if lines is not None:
                return lines
            if stop.is_set():
                self._store.drop_content(request)
            else:
                self._store.leave_to_staff(request)
        except (StoreTrouble, IllegalMove) as trouble:
            log.error("not opened: %s", type(trouble).__name__)
        return None

    def _look(self, request: int, private: bytes) -> tuple[tuple[ContentLine, ...] | None, bool]:
        """What a desk has closed for us, and whether another look may find more."""
        try:
            return self._store.take_content(request, private), True
        except StoreTrouble as trouble:
            log.error("not opened: store %s", trouble.kind)
            return None, trouble.kind is Trouble.BUSY
