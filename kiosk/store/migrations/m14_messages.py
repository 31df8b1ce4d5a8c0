"""Messages on their way to people's telephones: which case, how often tried, how it ended."""

from __future__ import annotations

from kiosk.store.sqlite import Database


def messages(db: Database) -> None:
    """Messages on their way to people's telephones: which case, how often tried, how it ended."""
    for statement in _STATEMENTS:
        db.execute(statement)


_STATEMENTS = (
    # Neither the number nor the words: the number stays sealed in the case until the moment it is sent to.
    # `seq` is the event of the case that is told of, so that nothing is told of twice.
    """CREATE TABLE message (
        case_id TEXT NOT NULL REFERENCES cases (id), seq INTEGER NOT NULL, key TEXT NOT NULL UNIQUE,
        tries INTEGER NOT NULL DEFAULT 0, next_at TEXT NOT NULL, taken_until TEXT, ended TEXT,
        PRIMARY KEY (case_id, seq)
    ) STRICT, WITHOUT ROWID""",
    # Small: what has ended is not in it.
    "CREATE INDEX messages_waiting ON message (next_at) WHERE ended IS NULL",
)
