"""The file's form, as numbered migrations: each runs once, together with its record."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.store.sqlite import Database
from kiosk.store.trouble import StoreTrouble, Trouble

Migration = Callable[[Database], None]


def _first(db: Database) -> None:
    """Drafts, cases with their history, the outbox, calls and accounts."""
    for statement in _FIRST:
        db.execute(statement)


_FIRST = (
    """CREATE TABLE migration (
        number INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE draft (
        id TEXT PRIMARY KEY, service_id TEXT NOT NULL, service_version TEXT NOT NULL, person_key TEXT,
        keep INTEGER NOT NULL, updated_at TEXT NOT NULL, body TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX draft_of_person ON draft (person_key) WHERE keep = 1",
    # The body comes last, so that lists read only the short columns before it.
    """CREATE TABLE cases (
        id TEXT PRIMARY KEY, number TEXT NOT NULL UNIQUE, day_sequence INTEGER NOT NULL, state TEXT NOT NULL,
        holder TEXT, epoch INTEGER NOT NULL, lease_until TEXT, received_at TEXT NOT NULL,
        promised_workdays INTEGER NOT NULL, due TEXT NOT NULL, service_id TEXT NOT NULL, desk TEXT NOT NULL,
        title TEXT NOT NULL, person_key TEXT, missing TEXT, result TEXT, body TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX cases_open ON cases (received_at) WHERE state IN ('queued', 'claimed', 'needs_info')",
    "CREATE INDEX cases_of_person ON cases (person_key) WHERE person_key IS NOT NULL",
    # The consents lie in the body, in the words that were agreed to; this is how to ask for them.
    """CREATE VIEW consent AS
        SELECT cases.id AS case_id, value ->> 'id' AS id, value ->> 'given' AS given, value ->> 'at' AS at,
          value ->> 'text' AS text
        FROM cases, json_each(cases.body, '$.consents')""",
    """CREATE TABLE event (
        case_id TEXT NOT NULL REFERENCES cases (id), seq INTEGER NOT NULL, at TEXT NOT NULL,
        actor TEXT NOT NULL, role TEXT NOT NULL, kind TEXT NOT NULL, epoch INTEGER NOT NULL,
        note TEXT NOT NULL, PRIMARY KEY (case_id, seq)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE tick (
        case_id TEXT NOT NULL REFERENCES cases (id), field TEXT NOT NULL, PRIMARY KEY (case_id, field)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE side_note (
        id INTEGER PRIMARY KEY, case_id TEXT NOT NULL REFERENCES cases (id), at TEXT NOT NULL,
        actor TEXT NOT NULL, act TEXT NOT NULL, text TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX side_note_of_case ON side_note (case_id)",
    """CREATE TABLE outbox (
        seq INTEGER PRIMARY KEY, case_id TEXT NOT NULL REFERENCES cases (id), event_seq INTEGER NOT NULL,
        sent_at TEXT
    ) STRICT""",
    """CREATE TRIGGER event_to_outbox AFTER INSERT ON event BEGIN
        INSERT INTO outbox (case_id, event_seq) VALUES (new.case_id, new.seq);
    END""",
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
    "CREATE TABLE tidied (one INTEGER PRIMARY KEY CHECK (one = 1), at TEXT NOT NULL) STRICT",
)

MIGRATIONS: tuple[Migration, ...] = (_first,)
"""In order; a migration that has shipped is never edited."""


def migrate(db: Database, at: str, migrations: tuple[Migration, ...] = MIGRATIONS) -> None:
    """Bring the file to this program's form. Any number of programs may start at once.

    Raises StoreTrouble NEWER when the file is of a later form than this program knows.
    """
    while _version(db) < len(migrations):
        db.execute("BEGIN IMMEDIATE")
        try:
            _next(db, at, migrations)
            db.execute("COMMIT")
        except BaseException:
            if db.conn.in_transaction:
                db.execute("ROLLBACK")
            raise
    if _version(db) > len(migrations):
        raise StoreTrouble(Trouble.NEWER, f"form {_version(db)}, this program knows {len(migrations)}")


def _version(db: Database) -> int:
    found: int = db.execute("PRAGMA user_version").fetchone()[0]
    return found


def _next(db: Database, at: str, migrations: tuple[Migration, ...]) -> None:
    # Looked at again under the lock: another program may have been faster.
    done = _version(db)
    if done >= len(migrations):
        return
    step = migrations[done]
    step(db)
    db.execute("INSERT INTO migration VALUES (?, ?, ?)", (done + 1, step.__name__.strip("_"), at))
    db.execute(f"PRAGMA user_version = {done + 1}")
