"""Tables of records that other offices hand over, by the keyed name of the person."""

from __future__ import annotations

from kiosk.store.sqlite import Database


def records(db: Database) -> None:
    """Tables of records that other offices hand over, by the keyed name of the person."""
    for statement in _STATEMENTS:
        db.execute(statement)


_STATEMENTS = (
    """CREATE TABLE record_table (
        source TEXT PRIMARY KEY, as_of TEXT NOT NULL, imported_at TEXT NOT NULL, rows INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE record_row (
        source TEXT NOT NULL, person_key TEXT NOT NULL, row INTEGER NOT NULL, body TEXT NOT NULL,
        PRIMARY KEY (source, person_key, row)
    ) STRICT, WITHOUT ROWID""",
)
