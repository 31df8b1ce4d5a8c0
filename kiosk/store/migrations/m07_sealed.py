"""Bodies that are sealed, the keys for them, and the little that the kiosk needs beside them."""

from __future__ import annotations

from kiosk.store.sqlite import Database


def sealed(db: Database) -> None:
    """Bodies that are sealed, the keys for them, and the little that the kiosk needs beside them."""
    for statement in _STATEMENTS:
        db.execute(statement)


_STATEMENTS = (
    # ── keys: public halves open to read, private halves only closed ──
    "CREATE TABLE centre (one INTEGER PRIMARY KEY CHECK (one = 1), id TEXT NOT NULL) STRICT",
    # The last one is what new cases are sealed to; the others still open what was sealed to them.
    """CREATE TABLE centre_key (
        n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, public BLOB NOT NULL, made_at TEXT NOT NULL,
        protected INTEGER NOT NULL
    ) STRICT""",
    # The private half of a centre's key, sealed to one holder: an account, or '' for the recovery sheet.
    """CREATE TABLE key_share (
        key_id BLOB NOT NULL REFERENCES centre_key (id), holder TEXT NOT NULL, sealed BLOB NOT NULL,
        PRIMARY KEY (key_id, holder)
    ) STRICT, WITHOUT ROWID""",
    # An account's own pair; the private half under its PIN, and under the secret of a card or stick.
    """CREATE TABLE staff_key (
        account TEXT PRIMARY KEY, public BLOB NOT NULL, salt BLOB NOT NULL, stretch TEXT NOT NULL,
        token INTEGER NOT NULL, wrapped BLOB NOT NULL, made_at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE recovery (
        one INTEGER PRIMARY KEY CHECK (one = 1), public BLOB NOT NULL, made_at TEXT NOT NULL
    ) STRICT""",
    # ── what a kiosk asks of a case without opening it ──
    "ALTER TABLE cases ADD COLUMN service_version TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE cases ADD COLUMN proof_needed TEXT NOT NULL DEFAULT 'claimed'",
    # Ids of the questions that were answered, never an answer.
    "ALTER TABLE cases ADD COLUMN fields TEXT NOT NULL DEFAULT ''",
    """UPDATE cases SET (service_version, proof_needed, fields) = (
        SELECT coalesce(body ->> 'service_version', ''), coalesce(body ->> 'proof_needed', 'claimed'),
          coalesce((SELECT group_concat(value ->> 'field', ' ') FROM json_each(event.body, '$.answers')), '')
        FROM event WHERE event.case_id = cases.id AND event.seq = 1)
      WHERE EXISTS (SELECT 1 FROM event WHERE case_id = cases.id AND seq = 1 AND json_valid(body))""",
    "DROP VIEW consent",
    """CREATE TABLE consent (
        case_id TEXT NOT NULL REFERENCES cases (id), place INTEGER NOT NULL, id TEXT NOT NULL,
        given INTEGER NOT NULL, at TEXT NOT NULL, text TEXT NOT NULL, PRIMARY KEY (case_id, place)
    ) STRICT, WITHOUT ROWID""",
    """INSERT INTO consent
        SELECT case_id, key, value ->> 'id', value ->> 'given', value ->> 'at', value -> 'text'
        FROM event, json_each(event.body, '$.consents') WHERE event.seq = 1 AND json_valid(event.body)""",
    """CREATE TABLE person_level (
        case_id TEXT NOT NULL REFERENCES cases (id), role TEXT NOT NULL, level TEXT NOT NULL,
        basis TEXT NOT NULL, at TEXT NOT NULL, expired INTEGER NOT NULL, PRIMARY KEY (case_id, role)
    ) STRICT, WITHOUT ROWID""",
    """INSERT OR IGNORE INTO person_level
        SELECT case_id, value ->> 'role', value ->> 'level', value ->> 'by', value ->> 'at',
          coalesce(value ->> 'expired', 0)
        FROM event, json_each(event.body, '$.identity') WHERE event.seq = 1 AND json_valid(event.body)""",
    # Empty once they are sealed: finds what is left without reading a history.
    "CREATE INDEX event_plain ON event (n) WHERE body IS NOT NULL",
    # ── drafts: each version under a key of its own, which goes with it ──
    "ALTER TABLE draft ADD COLUMN sealed BLOB",
    "ALTER TABLE draft ADD COLUMN wrapped BLOB",
)
