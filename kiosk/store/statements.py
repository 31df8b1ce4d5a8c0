"""Every statement on the store, once, under a name."""

from __future__ import annotations

# ── drafts ────────────────────────────────────────────────────────────────────

SAVE_DRAFT = """
INSERT INTO draft (id, service_id, service_version, person_key, keep, updated_at, body)
SELECT :id, :service_id, :service_version, :person_key, :keep, :updated_at, :body
WHERE NOT EXISTS (SELECT 1 FROM cases WHERE id = :id)
ON CONFLICT (id) DO UPDATE SET service_id = excluded.service_id, service_version = excluded.service_version,
  person_key = excluded.person_key, keep = excluded.keep, updated_at = excluded.updated_at,
  body = excluded.body
"""
"""A late save never brings back the draft of a case that is already submitted."""

FIND_DRAFT = """
SELECT id, service_id, service_version, person_key, keep, updated_at, body FROM draft
WHERE person_key = ? AND keep = 1 AND updated_at > ? ORDER BY updated_at DESC LIMIT 1
"""

DROP_DRAFT = "DELETE FROM draft WHERE id = ?"

SWEEP_DRAFTS = "DELETE FROM draft WHERE keep = 0 OR updated_at <= ?"

# ── submit ────────────────────────────────────────────────────────────────────

FIND_RECEIPT = "SELECT id, number, day_sequence, due, received_at FROM cases WHERE id = ?"

ADD_CASE = """
INSERT INTO cases (id, number, day_sequence, state, epoch, received_at, promised_workdays, due,
  service_id, desk, title, person_key)
VALUES (?1, ?2, (SELECT count(*) + 1 FROM cases WHERE number > ?3 AND number < ?3 || '~'),
  ?4, 0, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
ON CONFLICT (id) DO NOTHING RETURNING id, number, day_sequence, due, received_at
"""
"""?3 is the day as the numbers of that day begin; no row comes back when the case is already there."""

# ── history ───────────────────────────────────────────────────────────────────

ADD_EVENT = """
INSERT INTO event (case_id, seq, at, actor, role, kind, epoch, note)
VALUES (?, (SELECT coalesce(max(seq), 0) + 1 FROM event WHERE case_id = ?), ?, ?, ?, ?, ?, ?)
"""

ADD_SUBMITTED = """
INSERT INTO event (case_id, seq, at, actor, role, kind, epoch, note, body) VALUES (?, 1, ?, ?, ?, ?, 0, '', ?)
"""
"""The first line of a case's history, with everything the resident sent."""

EVENTS_OF_CASE = """
SELECT seq, case_id, at, actor, role, kind, epoch, note FROM event WHERE case_id = ? ORDER BY seq
"""

CLOCK_EVENTS_OF_CASE = """
SELECT case_id, kind, at FROM event
WHERE case_id = ? AND kind IN (SELECT value FROM json_each(?)) ORDER BY seq
"""

CLOCK_EVENTS_OF_OPEN = """
SELECT event.case_id, event.kind, event.at FROM cases JOIN event ON event.case_id = cases.id
WHERE cases.state IN ('queued', 'claimed', 'needs_info')
  AND event.kind IN (SELECT value FROM json_each(?)) ORDER BY event.case_id, event.seq
"""

# ── the desk ──────────────────────────────────────────────────────────────────

_SHORT = """id, number, day_sequence, state, holder, epoch, lease_until, received_at, promised_workdays,
  service_id, desk, title, person_key, missing, result"""

OPEN_CASES = f"SELECT {_SHORT} FROM cases WHERE state IN ('queued', 'claimed', 'needs_info')"

ALL_CASES = f"SELECT {_SHORT} FROM cases ORDER BY received_at"

FIND_CASE = f"SELECT {_SHORT} FROM cases WHERE id = ?"

CASE_BODY = "SELECT body FROM event WHERE case_id = ? AND seq = 1"

CASE_ID_OF_NUMBER = "SELECT id FROM cases WHERE number = ?"

CASE_BY_NUMBER = f"SELECT {_SHORT} FROM cases WHERE number = ?"

MOVE_CASE = """
UPDATE cases SET state = ?, holder = ?, epoch = ?, lease_until = ?, missing = ?, result = ?
WHERE id = ? AND state = ? AND epoch = ?
"""
"""Compare and set: the row count says whether the case was still as it was read."""

RENEW_LEASE = "UPDATE cases SET lease_until = ? WHERE id = ?"

TICK = "INSERT INTO tick (case_id, field) VALUES (?, ?) ON CONFLICT DO NOTHING"

UNTICK = "DELETE FROM tick WHERE case_id = ? AND field = ?"

TICKS_OF_CASE = "SELECT field FROM tick WHERE case_id = ?"

ADD_SIDE_NOTE = "INSERT INTO side_note (case_id, at, actor, act, text) VALUES (?, ?, ?, ?, ?)"

SIDE_NOTES_OF_CASE = "SELECT at, actor, act, text FROM side_note WHERE case_id = ? ORDER BY id"

COUNT_BY_STATE = "SELECT state, count(*) FROM cases GROUP BY state"

# ── who the people of a case are ──────────────────────────────────────────────

ADD_SIGHTING = "INSERT INTO sighting (case_id, role, at, actor, shown, note) VALUES (?, ?, ?, ?, ?, ?)"

SIGHTINGS_OF_CASE = "SELECT role, at, actor, shown, note FROM sighting WHERE case_id = ? ORDER BY id"

ADD_MEMBER_CARD = "INSERT INTO member_card (member_key, case_id) VALUES (?, ?) ON CONFLICT DO NOTHING"

EARLIER_USES = """
SELECT cases.number, cases.received_at FROM member_card JOIN cases ON cases.id = member_card.case_id
WHERE member_card.member_key = ? AND cases.id <> ? AND cases.received_at < ? ORDER BY cases.received_at
"""

# ── the resident's progress ───────────────────────────────────────────────────

CASES_OF_PERSON = f"SELECT {_SHORT} FROM cases WHERE person_key = ? ORDER BY received_at DESC"

SUBMISSIONS_OF_PERSON = """
SELECT event.body FROM cases JOIN event ON event.case_id = cases.id AND event.seq = 1
WHERE cases.person_key = :person AND cases.state <> 'withdrawn'
  AND NOT EXISTS (SELECT 1 FROM event AS back WHERE back.case_id = cases.id AND back.kind = :withdrawn)
ORDER BY cases.received_at DESC LIMIT :most
"""
"""Without those that the person took back, or of which they took a consent back."""

# ── calls for a person ────────────────────────────────────────────────────────

OPEN_CALLS = "SELECT id, page_id, at FROM call WHERE answered_at IS NULL ORDER BY id"

ADD_CALL = "INSERT INTO call (page_id, at) VALUES (?, ?)"

ANSWER_CALL = "UPDATE call SET answered_at = ?, answered_by = ? WHERE id = ? AND answered_at IS NULL"

# ── accounts ──────────────────────────────────────────────────────────────────

ADD_ACCOUNT = """
INSERT INTO account (name, role, pin_hash, wrong, created_at) VALUES (?, ?, ?, 0, ?) ON CONFLICT DO NOTHING
"""

FIND_ACCOUNT = "SELECT name, role, pin_hash, wrong, last_try_at FROM account WHERE name = ?"

ALL_ACCOUNTS = "SELECT name, role, pin_hash, wrong, last_try_at FROM account ORDER BY name"

SET_TRIES = "UPDATE account SET wrong = ?, last_try_at = ? WHERE name = ?"

SET_PIN = "UPDATE account SET pin_hash = ?, wrong = 0, last_try_at = NULL WHERE name = ?"

# ── the file itself ───────────────────────────────────────────────────────────

FILL_ROOM = "INSERT INTO room (blank) VALUES (zeroblob(?))"

TIDIED = "INSERT INTO tidied (one, at) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET at = excluded.at"

# ── ratings ───────────────────────────────────────────────────────────────────

ADD_RATING = "INSERT INTO rating (level, service_id, day) VALUES (?, ?, ?)"

COUNT_RATINGS = "SELECT level, count(*) AS times FROM rating GROUP BY level"

ADD_RATED = "INSERT INTO rated (case_id, stage) VALUES (?, ?) ON CONFLICT DO NOTHING"

IS_RATED = "SELECT 1 FROM rated WHERE case_id = ? AND stage = ?"

LAST_AT_WORK = """
SELECT actor FROM event WHERE case_id = ? AND kind IN ('claimed', 'completed', 'rejected')
ORDER BY seq DESC LIMIT 1
"""
"""Whoever worked on a case last is whom its rating is about."""

ADD_RATING_TASK = """
INSERT INTO rating_task (level, service_id, title, opened_on, due, not_for) VALUES (?, ?, ?, ?, ?, ?)
"""

_TASK = """id, level, service_id, title, opened_on, due, not_for, case_id, taken_by, called_back_at, done_at,
  note"""

OPEN_RATING_TASKS = f"SELECT {_TASK} FROM rating_task WHERE done_at IS NULL ORDER BY due, id"

FIND_RATING_TASK = f"SELECT {_TASK} FROM rating_task WHERE id = ?"

ASK_CALL_BACK = "UPDATE rating_task SET case_id = ? WHERE id = ? AND done_at IS NULL"

TAKE_RATING_TASK = "UPDATE rating_task SET taken_by = ? WHERE id = ?"

NOTE_CALL_BACK = "UPDATE rating_task SET called_back_at = ? WHERE id = ?"

FINISH_RATING_TASK = "UPDATE rating_task SET done_at = ?, done_by = ?, note = ? WHERE id = ?"

# ── records of other offices ──────────────────────────────────────────────────

DROP_RECORD_ROWS = "DELETE FROM record_row WHERE source = ?"

ADD_RECORD_ROW = """
INSERT INTO record_row (source, person_key, row, body)
VALUES (?1, ?2, (SELECT count(*) FROM record_row WHERE source = ?1 AND person_key = ?2), ?3)
"""

NOTE_RECORD_TABLE = """
INSERT INTO record_table (source, as_of, imported_at, rows) VALUES (?, ?, ?, ?)
ON CONFLICT (source) DO UPDATE SET as_of = excluded.as_of, imported_at = excluded.imported_at,
  rows = excluded.rows
"""

RECORD_TABLES = "SELECT source, as_of, imported_at, rows FROM record_table ORDER BY source"

RECORD_ROWS = "SELECT body FROM record_row WHERE source = ? AND person_key = ? ORDER BY row"

# ── consents after they were given ────────────────────────────────────────────

GIVEN_CONSENTS = """
SELECT id, text, id IN (SELECT note FROM event WHERE case_id = :case AND kind = :withdrawn) AS taken_back
FROM consent WHERE case_id = :case AND given
"""
