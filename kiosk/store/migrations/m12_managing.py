"""Services that are stopped, and what has been counted of both books, day by day."""

from __future__ import annotations

from kiosk.store.sqlite import Database


def managing(db: Database) -> None:
    """Services that are stopped, and what has been counted of both books, day by day."""
    for statement in _STATEMENTS:
        db.execute(statement)


_STATEMENTS = (
    """CREATE TABLE service_stop (
        service_id TEXT PRIMARY KEY, at TEXT NOT NULL, actor TEXT NOT NULL, why TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
    # How often something happened on a day. No row leads to a case or a person.
    """CREATE TABLE tally (
        day TEXT NOT NULL, service_id TEXT NOT NULL, what TEXT NOT NULL, size INTEGER NOT NULL,
        times INTEGER NOT NULL, PRIMARY KEY (day, service_id, what, size)
    ) STRICT, WITHOUT ROWID""",
    # Up to which line of the events, and which rating, they are in the tally.
    "CREATE TABLE tallied (book TEXT PRIMARY KEY, up_to INTEGER NOT NULL) STRICT, WITHOUT ROWID",
)
