"""Statements of the counts by day."""

from __future__ import annotations

from kiosk.store.statements import NOT_OVER

MARKS = "SELECT book, up_to FROM tallied"

MARK = (
    "INSERT INTO tallied (book, up_to) VALUES (?, ?) ON CONFLICT (book) DO UPDATE SET up_to = excluded.up_to"
)

LINES_AFTER = "SELECT n, case_id, at, kind FROM event WHERE n > ? ORDER BY n LIMIT ?"

RATINGS_AFTER = "SELECT id, level, service_id, day FROM rating WHERE id > ? ORDER BY id LIMIT ?"

CASE = """
SELECT service_id, received_at, promised_workdays, legal_workdays, pauses,
  agent_key IS NOT NULL OR operator IS NOT NULL
    OR EXISTS (SELECT 1 FROM authority WHERE authority.case_id = cases.id) AS helped
FROM cases WHERE id = ?
"""
"""Of a case that was erased the authority still says that somebody helped."""

CLOCK_EVENTS_UP_TO = """
SELECT kind, at FROM event
WHERE case_id = ? AND n <= ? AND kind IN (SELECT value FROM json_each(?)) ORDER BY seq
"""

ADD_TALLY = """
INSERT INTO tally (day, service_id, what, size, times) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (day, service_id, what, size) DO UPDATE SET times = tally.times + excluded.times
"""

TALLIES = """
SELECT max(day) AS day, service_id, what, size, sum(times) AS times FROM tally WHERE day BETWEEN ? AND ?
GROUP BY service_id, what, size, substr(day, 1, 7), CASE what WHEN 'handed_in' THEN strftime('%W', day) END
"""
"""By month, and what was handed in by week, too: under the last of those days. Nothing finer is told."""

STANDING = f"""
SELECT service_id, state, count(*) AS times FROM cases INDEXED BY cases_open
WHERE {NOT_OVER} GROUP BY service_id, state
"""
"""Reads what is open alone, however much is finished."""
