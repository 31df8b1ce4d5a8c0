"""Statements of telling people at home, by call, letter or message."""

from __future__ import annotations

import json

from kiosk.cases.telling import KINDS, NEWS, TO_TELL
from kiosk.store.statements import NOT_OVER

TELLING_KINDS = json.dumps(sorted(KINDS))

_STATES = ", ".join(f"'{state}'" for state in sorted(TO_TELL))
_NEWS = ", ".join(f"'{kind}'" for kind in sorted(NEWS))

UNTOLD = f"""
SELECT id, fields FROM cases INDEXED BY cases_open
WHERE {NOT_OVER} AND state IN ({_STATES})
"""
"""SQLite refuses the statement where that index does not serve it: what is finished is not read."""

TRIES_OF_CASE = """
SELECT seq, kind, at, actor, note FROM event
WHERE case_id = ? AND kind IN (SELECT value FROM json_each(?)) ORDER BY seq
"""

# ── messages on their way ─────────────────────────────────────────────────────

ADD_MESSAGE = "INSERT INTO message (case_id, seq, key, next_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"

NEXT_MESSAGE = """
SELECT case_id, seq, key, tries FROM message
WHERE ended IS NULL AND next_at <= :now AND (taken_until IS NULL OR taken_until <= :now)
ORDER BY next_at LIMIT 1
"""

TAKE_MESSAGE = "UPDATE message SET taken_until = ?, tries = tries + 1 WHERE key = ?"

END_MESSAGE = "UPDATE message SET ended = ?, taken_until = NULL WHERE key = ? AND ended IS NULL"

PUT_OFF_MESSAGE = "UPDATE message SET next_at = ?, taken_until = NULL WHERE key = ? AND ended IS NULL"

FIND_MESSAGE = "SELECT case_id, tries FROM message WHERE key = ? AND ended IS NULL"

UNQUEUED = f"""
SELECT cases.id FROM cases INDEXED BY cases_open JOIN event ON event.case_id = cases.id
WHERE {NOT_OVER} AND cases.state IN ({_STATES})
  AND event.at >= ? AND event.seq = (
    SELECT max(seq) FROM event AS news WHERE news.case_id = cases.id AND news.kind IN ({_NEWS}))
  AND NOT EXISTS (SELECT 1 FROM message WHERE message.case_id = cases.id AND message.seq = event.seq)
"""
"""Cases with news since then, of which no message was ever made."""
