"""Drafts, cases with their history, the outbox, calls and accounts."""

from __future__ import annotations

from kiosk.store.sqlite import Database


def first(db: Database) -> None:
    """Drafts, cases with their history, the outbox, calls and accounts."""
    for statement in _STATEMENTS:
        db.execute(statement)


_STATEMENTS = (
    """CREATE TABLE migration (
        number INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE draft (
        id TEXT PRIMARY KEY, service_id TEXT NOT NULL, service_version TEXT NOT NULL, person_key TEXT,
        keep INTEGER NOT NULL, updated_at TEXT NOT NULL, body TEXT NOT NULL
    ) STRICT""",
    # Every index is one more page in each submit: only what grows for years has one.
    """CREATE TABLE cases (
        id TEXT PRIMARY KEY, number TEXT NOT NULL UNIQUE, day_sequence INTEGER NOT NULL, state TEXT NOT NULL,
        holder TEXT, epoch INTEGER NOT NULL, lease_until TEXT, received_at TEXT NOT NULL,
        promised_workdays INTEGER NOT NULL, due TEXT NOT NULL, service_id TEXT NOT NULL, desk TEXT NOT NULL,
        title TEXT NOT NULL, person_key TEXT, missing TEXT, result TEXT
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX cases_open ON cases (received_at) WHERE state IN ('queued', 'claimed', 'needs_info')",
    "CREATE INDEX cases_of_person ON cases (person_key) WHERE person_key IS NOT NULL",
    # n is the order of everything that happened here; a line of history is never deleted, so n never returns.
    # The body comes last, so that histories read only the short columns before it.
    """CREATE TABLE event (
        n INTEGER PRIMARY KEY, case_id TEXT NOT NULL REFERENCES cases (id), seq INTEGER NOT NULL,
        at TEXT NOT NULL, actor TEXT NOT NULL, role TEXT NOT NULL, kind TEXT NOT NULL,
        epoch INTEGER NOT NULL, note TEXT NOT NULL, body TEXT, UNIQUE (case_id, seq)
    ) STRICT""",
    # The consents lie in the body, in the words that were agreed to; this is how to ask for them.
    """CREATE VIEW consent AS
        SELECT case_id, value ->> 'id' AS id, value ->> 'given' AS given, value ->> 'at' AS at,
          value ->> 'text' AS text
        FROM event, json_each(event.body, '$.consents')""",
    """CREATE TABLE tick (
        case_id TEXT NOT NULL REFERENCES cases (id), field TEXT NOT NULL, PRIMARY KEY (case_id, field)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE side_note (
        id INTEGER PRIMARY KEY, case_id TEXT NOT NULL REFERENCES cases (id), at TEXT NOT NULL,
        actor TEXT NOT NULL, act TEXT NOT NULL, text TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX side_note_of_case ON side_note (case_id)",
    # What has not been sent on yet: everything after a mark, in the order it happened.
    """CREATE TABLE sent (
        one INTEGER PRIMARY KEY CHECK (one = 1), up_to INTEGER NOT NULL, at TEXT NOT NULL
    ) STRICT""",
    """CREATE VIEW outbox AS
        SELECT n, case_id, seq FROM event WHERE n > (SELECT coalesce(max(up_to), 0) FROM sent)""",
    """CREATE TABLE call (
        id INTEGER PRIMARY KEY, page_id TEXT NOT NULL, at TEXT NOT NULL, answered_at TEXT, answered_by TEXT
    ) STRICT""",
    """CREATE TABLE account (
        name TEXT PRIMARY KEY, role TEXT NOT NULL, pin_hash TEXT NOT NULL, wrong INTEGER NOT NULL,
        last_try_at TEXT, created_at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE rating (
        id INTEGER PRIMARY KEY, level INTEGER NOT NULL, service_id TEXT, day TEXT NOT NULL
    ) STRICT""",
    # Always empty: only what is taken back again is ever written here (see `kiosk.store.log`).
    "CREATE TABLE room (blank BLOB) STRICT",
    "CREATE TABLE tidied (one INTEGER PRIMARY KEY CHECK (one = 1), at TEXT NOT NULL) STRICT",
)
