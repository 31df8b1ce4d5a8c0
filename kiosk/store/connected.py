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
from kiosk.security.centre_keys import Keyring
from kiosk.store.chained import Told, add_account, add_line, add_to_house
from kiosk.store.engine import Engine
from kiosk.store.instant import written
from kiosk.store.sqlite import BUSY_MILLISECONDS, Connection
from kiosk.store.statements import TIDIED
from kiosk.store.trouble import StoreTrouble


class Connected:
    """A connection with a lock around it: usable from any thread, one transaction at a time."""

    def __init__(
        self, engine: Engine, clock: Clock, calendar: WorkCalendar, entropy: Entropy, keys: Keyring
    ) -> None:
        self._engine = engine
        self._clock = clock
        self._calendar = calendar
        self._due = lru_cache(64)(calendar.add_workdays)
        self._entropy = entropy
        self._keys = keys
        self._lock = RLock()
        self._patience = BUSY_MILLISECONDS / 1000
        self._within: Connection | None = None

    @contextmanager
    def _transaction(self, *, writing: bool) -> Iterator[Connection]:
        engine = self._engine
        with self._lock, engine.mapped(writing=writing):
            if self._within is not None:
                yield self._within
                return
            db = engine.begin_writing(self._patience) if writing else engine.begin_reading()
            try:
                yield db
                engine.commit()
            except BaseException:
                engine.roll_back()
                raise

    @contextmanager
    def together(self) -> Iterator[None]:
        """Several short actions as one: all of them are kept, with one sync, or none is."""
        with self._writing() as db:
            before, self._within = self._within, db
            try:
                yield
            finally:
                self._within = before

    def _writing(self) -> AbstractContextManager[Connection]:
        """One action: everything inside is kept together with one sync, or nothing is."""
        return self._transaction(writing=True)

    def _reading(self) -> AbstractContextManager[Connection]:
        """One look: all statements inside see the same moment."""
        return self._transaction(writing=False)

    def _add_event(
        self,
        db: Connection,
        case_id: str,
        at: datetime,
        actor: Actor,
        kind: str,
        epoch: int,
        note: str = "",
        words: str = "",
        sealed: bytes | None = None,
    ) -> None:
        """One line of history, chained to the one before; being the newest, it also waits in the outbox.

        `note` is a name of ours or of the service file and stays for ever; `words` are what somebody wrote,
        and can be erased, as can the `sealed` body. Comes last in its action: it holds the digest of the case
        as it then stands.
        """
        told = Told(case_id, at, actor, kind, epoch, note, words, sealed)
        add_line(db, told)

    def _add_house_event(self, db: Connection, actor: Actor, kind: str, note: str = "") -> None:
        """One line about the box itself: an account, an export, a setting. Nothing private in `note`."""
        add_to_house(db, self._clock.now(), actor, kind, note)

    def _add_account_event(self, db: Connection, actor: Actor, name: str) -> None:
        """One line about an account as it is now: made, given another role, or removed."""
        add_account(db, self._clock.now(), actor, name)

    def tidy(self) -> None:
        """What the database wants done in a quiet moment; it may sync several times.

        Where somebody else is busy, or nothing can be written, it simply stays as it is.
        """
        with self._lock, suppress(StoreTrouble):
            with self._engine.mapped():
                write = self._engine.tidy()
            if write:
                with self._writing() as db:
                    db.execute(TIDIED, (written(self._clock.now()),))

    def close(self) -> None:
        """End the connection; nothing is pending, every action was kept when it returned."""
        with self._lock:
            self._engine.close()
