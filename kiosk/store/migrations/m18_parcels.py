"""What waits for the hub, what came back from it, and whose key is whose."""

from __future__ import annotations

from kiosk.store.sqlite import Database


def parcels(db: Database) -> None:
    """What waits for the hub, what came back from it, and whose key is whose."""
    for statement in _STATEMENTS:
        db.execute(statement)


_STATEMENTS = (
    # Rows are never deleted, so that a number never returns; bodies go, some time after they were sent.
    # `answered_at`: of an act of the resident, when the hub has said what came of it.
    """CREATE TABLE parcel_out (
        kseq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, case_id TEXT NOT NULL REFERENCES cases (id),
        kind TEXT NOT NULL, at TEXT NOT NULL, body BLOB, hash BLOB NOT NULL, sent_at TEXT,
        set_aside INTEGER NOT NULL DEFAULT 0, answered_at TEXT
    ) STRICT""",
    # Both small: what is sent and answered is in neither.
    "CREATE INDEX parcels_waiting ON parcel_out (kseq) WHERE sent_at IS NULL",
    "CREATE INDEX parcels_unanswered ON parcel_out (case_id) WHERE kind = 'act' AND answered_at IS NULL",
    "CREATE INDEX parcels_kept ON parcel_out (sent_at) WHERE body IS NOT NULL AND sent_at IS NOT NULL",
    # Up to which event of the case at the hub its news are here.
    """CREATE TABLE news_in (
        case_id TEXT PRIMARY KEY REFERENCES cases (id), up_to INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID""",
    # When the hub last answered, and what has been wrong since when.
    """CREATE TABLE hub_reached (
        one INTEGER PRIMARY KEY CHECK (one = 1), reached_at TEXT, fault TEXT NOT NULL, since TEXT
    ) STRICT""",
    # The name that everything sealed to a key is bound to, where it is not the one in `centre`.
    "ALTER TABLE centre_key ADD COLUMN bound_to TEXT",
)
