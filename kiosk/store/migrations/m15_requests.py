"""What people ask about what is held of them: to see it, to get it on paper, to put it right, to erase it."""

from __future__ import annotations

from kiosk.store.sqlite import Database


def requests(db: Database) -> None:
    """What people ask about what is held of them, and what came of it."""
    for statement in _STATEMENTS:
        db.execute(statement)


_STATEMENTS = (
    # `public`: the key of one visit, to which a desk seals what it opens; it goes with `sealed`.
    # `field`: the answer that is called wrong. `words`: what staff say to the person.
    """CREATE TABLE request (
        id INTEGER PRIMARY KEY, case_id TEXT NOT NULL REFERENCES cases (id), kind TEXT NOT NULL,
        standing TEXT NOT NULL, asked_at TEXT NOT NULL, field TEXT NOT NULL DEFAULT '',
        public BLOB, sealed BLOB, answered_at TEXT, answered_by TEXT, words TEXT, told_at TEXT
    ) STRICT""",
    "CREATE INDEX requests_of_case ON request (case_id)",
    "CREATE INDEX requests_waiting ON request (kind, asked_at) WHERE standing = 'waiting'",
)
