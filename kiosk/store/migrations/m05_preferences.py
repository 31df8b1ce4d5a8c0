"""How a person likes to see and hear the kiosk, where they agreed to have it kept."""

from __future__ import annotations

from kiosk.store.sqlite import Database


def preferences(db: Database) -> None:
    """How a person likes to see and hear the kiosk, where they agreed to have it kept."""
    for statement in _STATEMENTS:
        db.execute(statement)


_STATEMENTS = (
    # The last visit by its day only: no more is needed to forget it in time.
    """CREATE TABLE preference (
        person_key TEXT PRIMARY KEY, body TEXT NOT NULL, agreed_at TEXT NOT NULL, agreed_to TEXT NOT NULL,
        last_visit_on TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
)
