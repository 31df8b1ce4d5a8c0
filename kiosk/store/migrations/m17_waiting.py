"""Waiting numbers of the day."""

from __future__ import annotations

from kiosk.store.sqlite import Database


def waiting(db: Database) -> None:
    """Waiting numbers of the day."""
    for statement in _STATEMENTS:
        db.execute(statement)


_STATEMENTS = (
    # Nothing leads to a person: no name, no card, no case. Earlier days are erased at night.
    """CREATE TABLE waiting (
        id INTEGER PRIMARY KEY, day TEXT NOT NULL, letter TEXT NOT NULL, number INTEGER NOT NULL,
        lane TEXT NOT NULL, standing TEXT NOT NULL, drawn_at TEXT NOT NULL, place TEXT,
        first_call INTEGER, last_call INTEGER, called_at TEXT,
        UNIQUE (day, letter, number)
    ) STRICT""",
    "CREATE INDEX waiting_by_call ON waiting (day, last_call)",
)
