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
from kiosk.store.instant import written
from kiosk.store.sqlite import Database
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
    def _transaction(self, *, writing: bool) -> Iterator[Database]:
        with self._lock, mapped(writing=writing):
            # IMMEDIATE: a transaction that reads first and locks later fails at once when another wrote
            self._db.execute("BEGIN IMMEDIATE" if writing else "BEGIN")
            try:
                yield self._db
                self._db.execute("COMMIT")
            except BaseException:
                # SQLite has already rolled back by itself after some faults
                if self._db.conn.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    def _writing(self) -> AbstractContextManager[Database]:
        """One action: everything inside is kept together with one sync, or nothing is."""
        return self._transaction(writing=True)

    def _reading(self) -> AbstractContextManager[Database]:
        """One look: all statements inside see the same moment."""
        return self._transaction(writing=False)

    def _add_event(
        self, db: Database, case_id: str, at: datetime, actor: Actor, kind: str, epoch: int, note: str = ""
    ) -> None:
        """One line of history; the file itself puts it into the outbox."""
        db.execute(ADD_EVENT, (case_id, case_id, written(at), actor.name, actor.role, kind, epoch, note))

    def tidy(self) -> None:
        """Fold the log into the file and wipe it; for a quiet moment, since it costs several syncs.

        One small write follows: the first one after a fold syncs twice, and that must not be a resident's.
        Where somebody else is busy, or nothing can be written, the log simply stays.
        """
        with self._lock, suppress(StoreTrouble), mapped():
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            with self._writing() as db:
                db.execute(TIDIED, (written(self._clock.now()),))

    def close(self) -> None:
        """End the connection; nothing is pending, every action was kept when it returned."""
        with self._lock:
            self._db.close()
