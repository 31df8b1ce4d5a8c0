"""Every statement of backup, restoring and erasing."""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.cases.retention import DECISIONS
from kiosk.cases.retention import OVER as OVER_STATES


def _listed(words: Iterable[str]) -> str:
    """As SQL lists them; ours alone, never a person's words."""
    return ", ".join(f"'{word}'" for word in sorted(words))


COPY_INTO = "VACUUM INTO ?"

FORM = "PRAGMA user_version"

TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"

ALL_OF_IT = 'SELECT {columns} FROM "{table}"'
"""Names of ours alone: those that TABLES gives."""

COUNT_CASES = "SELECT count(*) FROM cases"

BOXES = "SELECT id FROM device ORDER BY since"

# ── after a backup was restored ───────────────────────────────────────────────

TICKETS_OF_DAY = """
SELECT count(*) AS given, coalesce((SELECT skip FROM restored WHERE day = :day), 0) AS skipped
FROM cases WHERE number > :day AND number < :day || '~'
"""

SKIP_TICKETS = """
INSERT INTO restored (day, skip, at) VALUES (?, ?, ?)
ON CONFLICT (day) DO UPDATE SET skip = excluded.skip, at = excluded.at
"""

# ── erasing what has had its time ─────────────────────────────────────────────

OVER = f"""
SELECT cases.id, cases.number, cases.service_id, cases.keep_days, max(event.at) AS decided_at
FROM cases JOIN event ON event.case_id = cases.id AND event.kind IN ({_listed(DECISIONS)})
WHERE cases.erased_at IS NULL AND cases.state IN ({_listed(OVER_STATES)})
GROUP BY cases.id, cases.number, cases.service_id, cases.keep_days ORDER BY decided_at
"""

LAST_LINE_AT = """
SELECT max(at) FROM (
  SELECT * FROM (SELECT at FROM event ORDER BY n DESC LIMIT 1) AS of_cases
  UNION ALL SELECT * FROM (SELECT at FROM house_event ORDER BY n DESC LIMIT 1) AS of_house
) AS last_ones
"""

ERASE_CASE = """
UPDATE cases SET title = json_object('zh', service_id, 'en', service_id), person_key = NULL, agent_key = NULL,
  missing = NULL, result = NULL, reference = NULL, fields = '', erased_at = :at WHERE id = :case
"""
"""What stays says how many there were, of which service, and how they ended: it names nobody."""

ERASE_PARCEL = "UPDATE parcel_out SET body = NULL WHERE case_id = ? AND kind = 'case'"
"""What waits for the hub, or was sent."""

ERASE_BESIDE = (
    "DELETE FROM attachment WHERE case_id = ?",
    "DELETE FROM side_note WHERE case_id = ?",
    "DELETE FROM sighting WHERE case_id = ?",
    "DELETE FROM tick WHERE case_id = ?",
    "DELETE FROM member_card WHERE case_id = ?",
    "DELETE FROM draft WHERE id = ?",
    "DELETE FROM request WHERE case_id = ?",
    ERASE_PARCEL,
    "UPDATE rating_task SET case_id = NULL, note = NULL WHERE case_id = ?",
)
"""Every table that leads to a case; what it has of the person goes. Consents, levels and authorities stay:
they hold words of ours, and that somebody agreed."""

ERASED_TABLES = frozenset(
    {
        *("event", "attachment", "side_note", "sighting", "tick", "member_card", "rating_task", "request"),
        "parcel_out",
    }
)
NAMELESS_TABLES = frozenset({"message", "consent", "person_level", "authority", "rated", "news_in"})
"""Tables with cases in them: the ones above, and those that hold nothing of a person."""

SWEEP_OLD_DRAFTS = "DELETE FROM draft WHERE updated_at <= ?"
"""Only what is too old: somebody may be at the kiosk."""

# ── what is held of one person ────────────────────────────────────────────────

HELD_CASES = f"""
SELECT id, number, title, received_at, state, keep_days, service_id, day_sequence,
  CASE WHEN state IN ({_listed(OVER_STATES)}) THEN
    (SELECT max(at) FROM event WHERE case_id = cases.id AND kind IN ({_listed(DECISIONS)})) END AS decided_at,
  (SELECT group_concat(id, ' ') FROM (
    SELECT id FROM consent WHERE case_id = cases.id AND given <> 0 ORDER BY place) AS one) AS consents,
  (SELECT count(*) FROM attachment WHERE case_id = cases.id AND length(sealed) > 0) AS copies
FROM cases WHERE person_key = ? ORDER BY received_at DESC
"""

HELD_DRAFTS = "SELECT count(*) FROM draft WHERE person_key = ?"

HELD_SETTINGS = "SELECT count(*) FROM preference WHERE person_key = ?"

PERSON_OF_CASE = "SELECT person_key FROM cases WHERE id = ?"

LOOKS = """
SELECT role, at, actor, CASE kind WHEN 'exported' THEN 'export' ELSE note END AS note
FROM event WHERE case_id = ? AND kind IN ('viewed', 'exported') ORDER BY seq
"""
"""An export is a look at all of it."""
