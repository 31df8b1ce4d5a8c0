"""Every statement about what people ask of what is held of them."""

from __future__ import annotations

from kiosk.cases.requests import BY_STAFF

_BY_STAFF = ", ".join(f"'{wish}'" for wish in BY_STAFF)

ADD_REQUEST = """
INSERT INTO request (id, case_id, kind, standing, asked_at, field, public)
SELECT coalesce(max(id), 0) + ?, ?, ?, 'waiting', ?, ?, ? FROM request
RETURNING id
"""
"""After all others by a drawn step: SQLite gives the number of a row that is gone once more, and a page may
still have it."""

SAME_WAITING = """
SELECT id FROM request WHERE case_id = ? AND kind = ? AND field = ? AND standing = 'waiting'
"""

_REQUEST = """
SELECT request.id, request.case_id, kind, standing, asked_at, field, public, request.sealed,
  cases.number, cases.day_sequence, cases.title, cases.service_id, cases.service_version, cases.state,
  cases.keep_days, cases.epoch, cases.person_key
FROM request JOIN cases ON cases.id = request.case_id
"""

FIND_REQUEST = _REQUEST + "WHERE request.id = ?"

WAITING_FOR_STAFF = (
    _REQUEST + f"WHERE standing = 'waiting' AND kind IN ({_BY_STAFF}) ORDER BY asked_at, request.id"
)

COUNT_FOR_STAFF = f"SELECT count(*) FROM request WHERE standing = 'waiting' AND kind IN ({_BY_STAFF})"

WAITING_TO_BE_OPENED = (
    _REQUEST + "WHERE standing = 'waiting' AND kind = 'show' AND asked_at > ? ORDER BY asked_at LIMIT ?"
)

ANSWER_REQUEST = """
UPDATE request SET standing = ?, answered_at = ?, answered_by = ?, words = ?
WHERE id = ? AND standing = 'waiting'
"""

GIVE_CONTENT = """
UPDATE request SET standing = 'opened', answered_at = ?, answered_by = ?, sealed = ?
WHERE id = ? AND standing = 'waiting'
"""

TO_STAFF = """
UPDATE request SET kind = 'print', standing = 'waiting', public = NULL, sealed = NULL, answered_at = NULL,
  answered_by = NULL WHERE id = ? AND kind = 'show'
"""
"""Also what a desk has just opened: too late for the visit, or it could not be read."""

DROP_REQUEST = "DELETE FROM request WHERE id = ?"

DROP_SHOWN = "DELETE FROM request WHERE case_id = ? AND kind = 'show'"

SWEEP_SHOWN = "DELETE FROM request WHERE kind = 'show' AND asked_at <= ?"

OLD_SHOWN = "SELECT 1 FROM request WHERE kind = 'show' AND asked_at <= ? LIMIT 1"

REPLIES = """
SELECT id, kind, standing, words FROM request
WHERE case_id = ? AND standing IN ('done', 'refused') AND told_at IS NULL ORDER BY answered_at
"""

NEW_REPLIES = """
SELECT 1 FROM request JOIN cases ON cases.id = request.case_id
WHERE cases.person_key = ? AND standing IN ('done', 'refused') AND told_at IS NULL LIMIT 1
"""

WISHES_WAITING = "SELECT DISTINCT kind FROM request WHERE case_id = ? AND standing = 'waiting'"

TOLD_REPLY = "UPDATE request SET told_at = ? WHERE id = ?"

TERM = """
SELECT keep_days, (
  SELECT max(at) FROM event WHERE case_id = cases.id AND kind IN (SELECT value FROM json_each(?))
) AS decided_at FROM cases WHERE id = ?
"""
"""How long a case is kept, and from when; the kinds of decisions as a JSON list."""
