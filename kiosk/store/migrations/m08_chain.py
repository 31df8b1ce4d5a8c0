"""A book of the house beside that of the cases, and signed heads of both."""

from __future__ import annotations

from kiosk.store.sqlite import Database


def chain(db: Database) -> None:
    """A book of the house beside that of the cases, and signed heads of both."""
    for statement in _STATEMENTS:
        db.execute(statement)


_STATEMENTS = (
    # Digest of the case's row as it stood after this line.
    "ALTER TABLE event ADD COLUMN state BLOB",
    # Digest of rows in other tables that the line speaks of.
    "ALTER TABLE event ADD COLUMN beside BLOB",
    # What belongs to no case: accounts, exports, settings of the box. Never deleted.
    """CREATE TABLE house_event (
        n INTEGER PRIMARY KEY, at TEXT NOT NULL, actor TEXT NOT NULL, role TEXT NOT NULL, kind TEXT NOT NULL,
        note TEXT NOT NULL, words TEXT, salt BLOB, content BLOB NOT NULL, beside BLOB NOT NULL,
        link BLOB NOT NULL
    ) STRICT""",
    "CREATE TABLE device (id TEXT PRIMARY KEY, public BLOB NOT NULL, since TEXT NOT NULL) STRICT",
    """CREATE TABLE head (
        id INTEGER PRIMARY KEY, n INTEGER NOT NULL, link BLOB NOT NULL, house_n INTEGER NOT NULL,
        house_link BLOB NOT NULL, at TEXT NOT NULL, key_id TEXT NOT NULL, before BLOB NOT NULL,
        signature BLOB NOT NULL
    ) STRICT""",
    "CREATE INDEX head_at_line ON head (n)",
)
