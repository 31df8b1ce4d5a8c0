"""Bringing the file to this program's form: each migration runs once, together with its record."""

from __future__ import annotations

from kiosk.store.migrations import MIGRATIONS, Migration
from kiosk.store.sqlite import Database
from kiosk.store.trouble import StoreTrouble, Trouble


def migrate(db: Database, at: str, migrations: tuple[Migration, ...] = MIGRATIONS) -> None:
    """Bring the file to this program's form. Any number of programs may start at once.

    Raises StoreTrouble NEWER when the file is of a later form than this program knows.
    """
    while _version(db) < len(migrations):
        db.execute("BEGIN IMMEDIATE")
        try:
            _next(db, at, migrations)
            db.execute("COMMIT")
        except BaseException:
            if db.conn.in_transaction:
                db.execute("ROLLBACK")
            raise
    if _version(db) > len(migrations):
        raise StoreTrouble(Trouble.NEWER, f"form {_version(db)}, this program knows {len(migrations)}")


def _version(db: Database) -> int:
    found: int = db.execute("PRAGMA user_version").fetchone()[0]
    return found


def _next(db: Database, at: str, migrations: tuple[Migration, ...]) -> None:
    # Looked at again under the lock: another program may have been faster.
    done = _version(db)
    if done >= len(migrations):
        return
    step = migrations[done]
    step(db)
    db.execute("INSERT INTO migration VALUES (?, ?, ?)", (done + 1, step.__name__.strip("_"), at))
    db.execute(f"PRAGMA user_version = {done + 1}")
