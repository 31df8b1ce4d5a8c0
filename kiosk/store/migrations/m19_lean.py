"""Fewer pages to write with each saved answer and each submit: two indexes that could be done without."""

from __future__ import annotations

from kiosk.store.sqlite import Database


def lean(db: Database) -> None:
    """Drafts lie in their own index; heads, which go up with the lines, are found without one."""
    for statement in _STATEMENTS:
        db.execute(statement)


_STATEMENTS = (
    "ALTER TABLE draft RENAME TO draft_before",
    """CREATE TABLE draft (
        id TEXT PRIMARY KEY, service_id TEXT NOT NULL, service_version TEXT NOT NULL, person_key TEXT,
        keep INTEGER NOT NULL, updated_at TEXT NOT NULL, body TEXT NOT NULL, sealed BLOB, wrapped BLOB
    ) STRICT, WITHOUT ROWID""",
    """INSERT INTO draft
          (id, service_id, service_version, person_key, keep, updated_at, body, sealed, wrapped)
        SELECT id, service_id, service_version, person_key, keep, updated_at, body, sealed, wrapped
        FROM draft_before""",
    "DROP TABLE draft_before",
    "DROP INDEX head_at_line",
)
