"""By whose will somebody acts for another, and the cases that one helper brought."""

from __future__ import annotations

from kiosk.store.sqlite import Database


def authority(db: Database) -> None:
    """By whose will somebody acts for another, and the cases that one helper brought."""
    for statement in _STATEMENTS:
        db.execute(statement)


_STATEMENTS = (
    # Only where it stands: the letter itself lies in the sealed body.
    """CREATE TABLE authority (
        case_id TEXT PRIMARY KEY REFERENCES cases (id), acting TEXT NOT NULL, standing TEXT NOT NULL,
        until TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX cases_of_agent ON cases (agent_key, received_at) WHERE agent_key IS NOT NULL",
)
