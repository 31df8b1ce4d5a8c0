"""What the store asks of the database under it: to begin an action, keep it, or take it back."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol

from kiosk.store import log
from kiosk.store.sqlite import Connection, Database, begin_writing
from kiosk.store.trouble import mapped


class Engine(Protocol):
    """One connection. What it gives to write and read with takes the statements of `kiosk.store`."""

    def mapped(self, *, writing: bool = True) -> AbstractContextManager[None]:
        """Turns every fault of the database inside into StoreTrouble."""
        ...

    def begin_reading(self) -> Connection:
        """All statements from here see the same moment."""
        ...

    def begin_writing(self, patience: float) -> Connection:
        """Alone until the end: what is read stays as it is. Gives up after so many seconds."""
        ...

    def commit(self) -> None:
        """Returns when it is safe on the disk."""
        ...

    def roll_back(self) -> None:
        """Nothing of it happened; also where the database has taken it back by itself already."""
        ...

    def tidy(self) -> bool:
        """For a quiet moment; whether one small write must follow."""
        ...

    def close(self) -> None:
        """End the connection."""
        ...


class SqliteEngine:
    """A file of this box."""

    def __init__(self, database: Database) -> None:
        self.database = database
        # fixed statements go straight to SQLite: sqlite-utils would look at each of them first
        self._db: Connection = database.conn

    def mapped(self, *, writing: bool = True) -> AbstractContextManager[None]:
        """Also faults of the disk."""
        return mapped(writing=writing)

    def begin_reading(self) -> Connection:
        """Nobody is kept waiting by it."""
        self._db.execute("BEGIN")
        return self._db

    def begin_writing(self, patience: float) -> Connection:
        """One at a time writes into the file."""
        begin_writing(self._db, patience)
        return self._db

    def commit(self) -> None:
        """One sync."""
        self._db.execute("COMMIT")

    def roll_back(self) -> None:
        """SQLite has already rolled back by itself after some faults."""
        if self._db.in_transaction:
            self._db.execute("ROLLBACK")

    def tidy(self) -> bool:
        """Folds the log into the file, wipes it, lays it out anew: it syncs several times.

        The first write into a new log syncs twice, and that must not be a resident's.
        """
        if log.wipe(self._db):
            log.lay_out(self._db)
        return True

    def close(self) -> None:
        """Nothing is pending, every action was kept when it returned."""
        self.database.close()
