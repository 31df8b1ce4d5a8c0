"""How long each case may be kept, when it was erased, and days on which a backup was restored."""

from __future__ import annotations

from kiosk.store.sqlite import Database


def kept(db: Database) -> None:
    """How long each case may be kept, when it was erased, and days on which a backup was restored."""
    for statement in _STATEMENTS:
        db.execute(statement)


_STATEMENTS = (
    # As the person agreed to it; of older cases nobody knows, and the service file is asked.
    "ALTER TABLE cases ADD COLUMN keep_days INTEGER",
    "ALTER TABLE cases ADD COLUMN erased_at TEXT",
    # Tickets that the box before may have given after its last backup are left out.
    """CREATE TABLE restored (
        day TEXT PRIMARY KEY, skip INTEGER NOT NULL, at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
)
