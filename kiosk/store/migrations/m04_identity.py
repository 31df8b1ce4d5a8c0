"""Whom staff have seen with a document; in which cases a member card was laid."""

from __future__ import annotations

from kiosk.store.sqlite import Database


def identity(db: Database) -> None:
    """Whom staff have seen with a document; in which cases a member card was laid."""
    for statement in _STATEMENTS:
        db.execute(statement)


_STATEMENTS = (
    """CREATE TABLE sighting (
        id INTEGER PRIMARY KEY, case_id TEXT NOT NULL REFERENCES cases (id), role TEXT NOT NULL,
        at TEXT NOT NULL, actor TEXT NOT NULL, shown TEXT NOT NULL, note TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX sighting_of_case ON sighting (case_id)",
    # By the keyed hash of the card: its number is kept nowhere.
    """CREATE TABLE member_card (
        member_key TEXT NOT NULL, case_id TEXT NOT NULL REFERENCES cases (id),
        PRIMARY KEY (member_key, case_id)
    ) STRICT, WITHOUT ROWID""",
)
