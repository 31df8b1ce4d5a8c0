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


def _records(db: Database) -> None:
    """Tables of records that other offices hand over, by the keyed name of the person."""
    for statement in _RECORDS:
        db.execute(statement)


_RECORDS = (
    """CREATE TABLE record_table (
        source TEXT PRIMARY KEY, as_of TEXT NOT NULL, imported_at TEXT NOT NULL, rows INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE record_row (
        source TEXT NOT NULL, person_key TEXT NOT NULL, row INTEGER NOT NULL, body TEXT NOT NULL,
        PRIMARY KEY (source, person_key, row)
    ) STRICT, WITHOUT ROWID""",
)


def _rating_tasks(db: Database) -> None:
    """Bad ratings that somebody looks into; which cases were rated, but not how."""
    for statement in _RATING_TASKS:
        db.execute(statement)


_RATING_TASKS = (
    # Without rowid and without a time, so that nothing tells which rating was whose.
    """CREATE TABLE rated (
        case_id TEXT NOT NULL, stage TEXT NOT NULL, PRIMARY KEY (case_id, stage)
    ) STRICT, WITHOUT ROWID""",
    # A case stands here only where the person asked to be called back.
    """CREATE TABLE rating_task (
        id INTEGER PRIMARY KEY, level INTEGER NOT NULL, service_id TEXT, title TEXT NOT NULL,
        opened_on TEXT NOT NULL, due TEXT NOT NULL, not_for TEXT, case_id TEXT REFERENCES cases (id),
        taken_by TEXT, called_back_at TEXT, done_at TEXT, done_by TEXT, note TEXT
    ) STRICT""",
    "CREATE INDEX rating_task_open ON rating_task (due) WHERE done_at IS NULL",
)


def _identity(db: Database) -> None:
    """Whom staff have seen with a document; in which cases a member card was laid."""
    for statement in _IDENTITY:
        db.execute(statement)


_IDENTITY = (
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

MIGRATIONS: tuple[Migration, ...] = (_first, _records, _rating_tasks, _identity)
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
