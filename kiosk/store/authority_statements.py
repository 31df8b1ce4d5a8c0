"""What is asked of the file about authorities and corrections."""

from __future__ import annotations

ADD_AUTHORITY = "INSERT INTO authority (case_id, acting, standing, until) VALUES (?, ?, ?, ?)"

NOTE_HELPERS = "UPDATE cases SET agent_key = ?, operator = ? WHERE id = ?"

FIND_AUTHORITY = "SELECT acting, standing, until FROM authority WHERE case_id = ?"

SET_AUTHORITY = "UPDATE authority SET standing = ?, until = ? WHERE case_id = ?"

PEOPLE_HELPED = """
SELECT count(DISTINCT person_key) FROM cases WHERE agent_key = ? AND received_at >= ?
"""
"""Different people, not cases: a daughter who brings five matters of her mother helps one person."""

PEOPLE_OPERATED = """
SELECT count(DISTINCT person_key) FROM cases WHERE operator = ? AND received_at >= ?
"""

SEALED_EVENTS = """
SELECT event.case_id, event.seq, event.sealed, cases.service_id, cases.service_version
FROM event JOIN cases ON cases.id = event.case_id
WHERE event.case_id = ? AND event.kind = ? AND event.sealed IS NOT NULL ORDER BY event.seq
"""

NEXT_OF_CASE = """
SELECT cases.id AS case_id, cases.service_id, cases.service_version,
  (SELECT coalesce(max(seq), 0) + 1 FROM event WHERE case_id = cases.id) AS seq
FROM cases WHERE cases.id = ?
"""
"""What the body of the next event is bound to."""

STEPS_OF_CORRECTIONS = """
SELECT kind, note, words FROM event
WHERE case_id = ? AND kind IN (SELECT value FROM json_each(?)) ORDER BY seq
"""
