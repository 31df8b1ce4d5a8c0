"""Bad ratings that somebody looks into; which cases were rated, but not how."""

from __future__ import annotations

from kiosk.store.sqlite import Database


def rating_tasks(db: Database) -> None:
    """Bad ratings that somebody looks into; which cases were rated, but not how."""
    for statement in _STATEMENTS:
        db.execute(statement)


_STATEMENTS = (
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
