"""Papers of a case as pictures, each sealed to the centre's keys."""

from __future__ import annotations

from kiosk.store.sqlite import Database


def attachments(db: Database) -> None:
    """Papers of a case as pictures, each sealed to the centre's keys."""
    for statement in _STATEMENTS:
        db.execute(statement)


_STATEMENTS = (
    # `digest` is that of the sealed bytes: it can be checked without a key and says nothing of the picture.
    """CREATE TABLE attachment (
        id INTEGER PRIMARY KEY, case_id TEXT NOT NULL REFERENCES cases (id), n INTEGER NOT NULL,
        material TEXT NOT NULL, kind TEXT NOT NULL, size INTEGER NOT NULL, digest BLOB NOT NULL,
        actor TEXT NOT NULL, at TEXT NOT NULL, sealed BLOB NOT NULL, UNIQUE (case_id, n)
    ) STRICT""",
)
