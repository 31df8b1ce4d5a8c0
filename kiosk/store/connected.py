"""What every part of the store stands on: one connection, one action at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import datetime
from threading import RLock

from kiosk.cases.calendar import WorkCalendar
from kiosk.cases.numbers import Entropy
from kiosk.cases.states import Actor
from kiosk.ports import Clock
from kiosk.store.instant import written
from kiosk.store.sqlite import Database
from kiosk.store.statements import ADD_EVENT, ADD_TO_OUTBOX, TIDIED
from kiosk.store.trouble import StoreTrouble, mapped


class Connected:
    """A connection with a lock around it: usable from any thread, one transaction at a time."""

    def __init__(self, db: Database, clock: Clock, calendar: WorkCalendar, entropy: Entropy) -> None:
        self._db = db
        self._clock = clock
        self._calendar = calendar
        self._entropy = entropy
        self._lock = RLock()

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[Database]:
        with self._lock, mapped():
            self._db.execute(begin)
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
        return self._transaction("BEGIN IMMEDIATE")

    def _reading(self) -> AbstractContextManager[Database]:
        """One look: all statements inside see the same moment."""
        return self._transaction("BEGIN")

    def _add_event(
        self, db: Database, case_id: str, at: datetime, actor: Actor, kind: str, epoch: int, note: str = ""
    ) -> None:
        """One line of history, and its place in the outbox."""
        db.execute(ADD_EVENT, (case_id, case_id, written(at), actor.name, actor.role, kind, epoch, note))
        db.execute(ADD_TO_OUTBOX, (case_id, case_id))

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
