"""Every statement on the chain. Text is read as the bytes it lies in: a changed bit may leave no text."""

from __future__ import annotations


def _bytes(*columns: str) -> str:
    return ", ".join(f"CAST({column} AS BLOB)" for column in columns)


LAST_LINE = "SELECT n, link FROM event ORDER BY n DESC LIMIT 1"

NEXT_SEQ = "SELECT coalesce(max(seq), 0) + 1 FROM event WHERE case_id = ?"

ADD_LINE = """
INSERT INTO event (n, case_id, seq, at, actor, role, kind, epoch, note, words, sealed, salt, content, state,
  beside, link)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""

LAST_OF_HOUSE = "SELECT n, link FROM house_event ORDER BY n DESC LIMIT 1"

ADD_TO_HOUSE = """
INSERT INTO house_event (n, at, actor, role, kind, note, words, salt, content, beside, link)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""

_CASE_BEGINS = _bytes("id", "number", "state", "outcome", "received_at")
_CASE_MATTER = _bytes(
    *("service_id", "service_version", "desk", "title", "person_key", "agent_key", "operator", "pauses"),
    *("missing", "result", "owner", "colleague", "reference", "goes_on_in", "held_from", "wake_on"),
    *("proof_needed", "fields"),
)
_CASE = f"{_CASE_BEGINS}, {_CASE_MATTER}, day_sequence, promised_workdays, legal_workdays, info_rounds"
"""What a case is and where it stands. Not who has it in hand this minute, nor the day the queue is sorted by:
that is worked out from the lines each time. A column that is added later must not be added here: the digests
of older lines would not hold it."""

CASE_ROW = f"SELECT {_CASE} FROM cases WHERE id = ?"

_NAMED = "IN (SELECT value FROM json_each(?))"
CASE_ROWS_NAMED = f"SELECT {_CASE} FROM cases WHERE id {_NAMED}"
"""Their ids as a JSON list."""

CASE_ROWS = f"SELECT {_CASE} FROM cases ORDER BY id"

_CONSENT = f"{_bytes('case_id')}, place, {_bytes('id')}, given, {_bytes('at', 'text')}"
_LEVEL = f"{_bytes('case_id', 'role', 'level', 'basis', 'at')}, expired"
_SIGHTING = _bytes("case_id", "role", "at", "actor", "shown", "note")
_SIDE_NOTE = _bytes("case_id", "at", "actor", "act", "text")
_ATTACHMENT = f"{_bytes('case_id')}, n, {_bytes('material', 'kind')}, size, digest, {_bytes('actor', 'at')}"
_ACCOUNT = _bytes("name", "role")

CONSENT_ROWS = f"SELECT {_CONSENT} FROM consent ORDER BY case_id, place"
CONSENTS_OF = f"SELECT {_CONSENT} FROM consent WHERE case_id = ? ORDER BY place"
CONSENTS_NAMED = f"SELECT {_CONSENT} FROM consent WHERE case_id {_NAMED} ORDER BY case_id, place"
LEVEL_ROWS = f"SELECT {_LEVEL} FROM person_level ORDER BY case_id, role"
LEVELS_OF = f"SELECT {_LEVEL} FROM person_level WHERE case_id = ? ORDER BY role"
LEVELS_NAMED = f"SELECT {_LEVEL} FROM person_level WHERE case_id {_NAMED} ORDER BY case_id, role"
SIGHTING_ROWS = f"SELECT {_SIGHTING} FROM sighting"
LAST_SIGHTING = f"SELECT {_SIGHTING} FROM sighting ORDER BY id DESC LIMIT 1"
SIDE_NOTE_ROWS = f"SELECT {_SIDE_NOTE} FROM side_note WHERE act NOT LIKE 'draft:%'"
"""Without what somebody is still writing: that may be dropped again."""
LAST_SIDE_NOTE = f"SELECT {_SIDE_NOTE} FROM side_note ORDER BY id DESC LIMIT 1"
_STOP = _bytes("service_id", "at", "actor", "why")
STOP_ROWS = f"SELECT {_STOP} FROM service_stop ORDER BY service_id"
STOP_ROW = f"SELECT {_STOP} FROM service_stop WHERE service_id = ?"
ATTACHMENT_ROWS = f"SELECT {_ATTACHMENT}, sealed FROM attachment"
LAST_ATTACHMENT = f"SELECT {_ATTACHMENT} FROM attachment ORDER BY id DESC LIMIT 1"
ACCOUNT_ROWS = f"SELECT {_ACCOUNT} FROM account ORDER BY name"
ACCOUNT_ROW = f"SELECT {_ACCOUNT} FROM account WHERE name = ?"
TICK_ROWS = f"SELECT {_bytes('case_id', 'field')} FROM tick"

# ── a store from before the chain ─────────────────────────────────────────────

HAS_BEGUN = "SELECT 1 FROM house_event LIMIT 1"

OLD_LINES = """
SELECT n, case_id, seq, at, actor, role, kind, epoch, note, words,
  coalesce(sealed, CAST(body AS BLOB)) AS body
FROM event WHERE n > ? ORDER BY n LIMIT 1000
"""

CHAIN_LINE = "UPDATE event SET salt = ?, content = ?, state = ?, beside = ?, link = ? WHERE n = ?"

SIGHTING_OF = f"SELECT {_SIGHTING} FROM sighting WHERE case_id = ? ORDER BY id LIMIT 1 OFFSET ?"

OLD_SIDE_NOTES = f"SELECT {_SIDE_NOTE} FROM side_note WHERE act NOT LIKE 'draft:%' ORDER BY id"

ALL_ACCOUNT_NAMES = "SELECT name, role FROM account ORDER BY name"

# ── heads ─────────────────────────────────────────────────────────────────────

_HEAD = "n, link, house_n, house_link, at, key_id, before, signature"

ADD_HEAD = f"INSERT INTO head ({_HEAD}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"

LAST_HEAD = f"SELECT {_HEAD} FROM head ORDER BY id DESC LIMIT 1"

LAST_HEAD_ID = "SELECT coalesce(max(id), 0) FROM head"

LINE_OF_HEAD = "SELECT n FROM head WHERE id <= ? ORDER BY id DESC LIMIT 1"

HEAD_AT = f"SELECT {_HEAD} FROM head WHERE id = ? AND n = ?"

KNOW_DEVICE = "INSERT INTO device (id, public, since) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"

# ── reading it all ────────────────────────────────────────────────────────────

LINES = f"""
SELECT n, {_bytes("case_id")}, seq, {_bytes("at", "actor", "role", "kind")}, epoch, {_bytes("note")},
  content, state, beside, {_bytes("words")}, coalesce(sealed, {_bytes("body")}), salt, link
FROM event WHERE n >= ? ORDER BY n
"""

HOUSE_LINES = f"""
SELECT n, x'', 0, {_bytes("at", "actor", "role", "kind")}, 0, {_bytes("note")},
  content, x'', beside, {_bytes("words")}, NULL, salt, link
FROM house_event ORDER BY n
"""

FIRST_SINCE = "SELECT min(n) FROM event WHERE at >= ?"

LINK_OF = "SELECT link FROM event WHERE n = ?"

AFTER_LAST = "SELECT coalesce(max(n), 0) + 1 FROM event"

WITHOUT_HEAD = """
SELECT n, CAST(case_id AS BLOB) FROM event
WHERE n > ? AND seq = 1 AND n NOT IN (SELECT head.n FROM head) ORDER BY n
"""

BEGUN_LINE = f"SELECT {_bytes('note')} FROM house_event WHERE kind = ? ORDER BY n LIMIT 1"

ACCOUNT_LINES = f"SELECT {_bytes('note')}, beside, n FROM house_event WHERE kind = 'account' ORDER BY n"

SERVICE_LINES = f"""
SELECT {_bytes("note")}, beside, n FROM house_event WHERE kind IN ('service_stopped', 'service_started')
ORDER BY n
"""

HEADS_AND_LINKS = f"""
SELECT {_HEAD}, (SELECT link FROM event WHERE event.n = head.n),
  (SELECT link FROM house_event WHERE house_event.n = head.house_n)
FROM head ORDER BY id
"""

DEVICES = "SELECT id, public FROM device"

CASE_ROW_OF_BYTES = f"SELECT {_CASE} FROM cases WHERE id = CAST(? AS TEXT)"

NUMBER_OF = "SELECT number FROM cases WHERE id = CAST(? AS TEXT)"

ERASE_CONTENTS = "UPDATE event SET words = NULL, body = NULL, sealed = NULL, salt = NULL WHERE case_id = ?"
"""The digests stay; an `erased` line follows in the same action."""
