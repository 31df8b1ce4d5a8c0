"""What every part of the store stands on: one connection, one action at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import datetime
from functools import lru_cache
from threading import RLock

from kiosk.cases.calendar import WorkCalendar
from kiosk.cases.numbers import Entropy
from kiosk.cases.states import Actor
from kiosk.ports import Clock
from kiosk.store import log
from kiosk.store.instant import written
from kiosk.store.sqlite import Connection, Database
from kiosk.store.statements import ADD_EVENT, TIDIED
from kiosk.store.trouble import StoreTrouble, mapped


class Connected:
    """A connection with a lock around it: usable from any thread, one transaction at a time."""

    def __init__(self, db: Database, clock: Clock, calendar: WorkCalendar, entropy: Entropy) -> None:
        self._db = db
        self._clock = clock
        self._calendar = calendar
        self._due = lru_cache(64)(calendar.add_workdays)
        self._entropy = entropy
        self._lock = RLock()

    @contextmanager
    def _transaction(self, *, writing: bool) -> Iterator[Connection]:
        # fixed statements go straight to SQLite: sqlite-utils would look at each of them first
        db = self._db.conn
        with self._lock, mapped(writing=writing):
            # IMMEDIATE: a transaction that reads first and locks later fails at once when another wrote
            db.execute("BEGIN IMMEDIATE" if writing else "BEGIN")
            try:
                yield db
                db.execute("COMMIT")
            except BaseException:
                # SQLite has already rolled back by itself after some faults
                if db.in_transaction:
                    db.execute("ROLLBACK")
                raise

    def _writing(self) -> AbstractContextManager[Connection]:
        """One action: everything inside is kept together with one sync, or nothing is."""
        return self._transaction(writing=True)

    def _reading(self) -> AbstractContextManager[Connection]:
        """One look: all statements inside see the same moment."""
        return self._transaction(writing=False)

    def _add_event(
        self, db: Connection, case_id: str, at: datetime, actor: Actor, kind: str, epoch: int, note: str = ""
    ) -> None:
        """One line of history; being the newest, it also waits in the outbox."""
        db.execute(ADD_EVENT, (case_id, case_id, written(at), actor.name, actor.role, kind, epoch, note))

    def tidy(self) -> None:
        """Fold the log into the file, wipe it, lay it out anew: for a quiet moment, it syncs several times.

        One small write follows: the first one into a new log syncs twice, and that must not be a resident's.
        Where somebody else is busy, or nothing can be written, the log simply stays.
        """
        with self._lock, suppress(StoreTrouble), mapped():
            if log.wipe(self._db.conn):
                log.lay_out(self._db.conn)
            with self._writing() as db:
                db.execute(TIDIED, (written(self._clock.now()),))

    def close(self) -> None:
        """End the connection; nothing is pending, every action was kept when it returned."""
        with self._lock:
            self._db.close()
