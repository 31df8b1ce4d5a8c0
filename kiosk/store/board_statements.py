"""Statements of the board and the search, none of which reads what is finished."""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.cases.board import Heap
from kiosk.cases.states import OPEN, WAITING, State
from kiosk.store.statements import NOT_OVER

_INDEXED = f"cases INDEXED BY cases_open WHERE {NOT_OVER}"
"""SQLite refuses the statement where that index does not serve it."""


def _one_of(states: Iterable[State]) -> str:
    return ", ".join(f"'{state}'" for state in sorted(states))


_RESTS = f"'{State.NEEDS_INFO}', '{State.ON_HOLD}'"
_LATER = f"state IN ({_RESTS})"
"""Whatever waits for somebody else comes after what can be worked on."""

COUNT_OPEN = f"""
SELECT state, due < :today AS late, due = :today AS today, received_at < :day_ago AS old, count(*) AS n
FROM {_INDEXED} GROUP BY 1, 2, 3, 4
"""
"""Reads the index alone."""

COUNT_RUNNING_REST = f"""
SELECT due < :today AS late, due = :today AS today, count(*) AS n
FROM {_INDEXED} AND {_LATER} AND due <= :today AND instr(pauses, state) = 0 GROUP BY 1, 2
"""
"""Cases on hold, or waiting for the person, whose clock goes on all the same."""

COUNT_WAKING = f"""
SELECT count(*) FROM cases WHERE wake_on IS NOT NULL AND wake_on <= :today AND {_LATER}
"""

_RUNNING = f"state IN ({_one_of(OPEN)}) AND (NOT {_LATER} OR instr(pauses, state) = 0)"

CONDITIONS = {
    Heap.ALL: f"state IN ({_one_of(OPEN)})",
    Heap.LATE: f"due < :today AND {_RUNNING}",
    Heap.TODAY: f"due = :today AND {_RUNNING}",
    Heap.UNCLAIMED: f"state IN ({_one_of(WAITING)}) AND received_at < :day_ago",
    Heap.FAILED: f"state = '{State.FILING_FAILED}'",
    Heap.TO_TELL: f"state = '{State.DECIDED}'",
    Heap.WAITING: f"state = '{State.NEEDS_INFO}'",
}

ORDER = f"ORDER BY {_LATER}, due, received_at LIMIT :most OFFSET :start"

LISTED = {
    heap: f"SELECT id FROM {_INDEXED} AND {condition} {ORDER}" for heap, condition in CONDITIONS.items()
} | {
    Heap.WAKING: f"SELECT id FROM cases WHERE wake_on IS NOT NULL AND wake_on <= :today AND {_LATER} {ORDER}"
}

# ── asked to let go ───────────────────────────────────────────────────────────

LET_GO = """
SELECT cases.id, cases.day_sequence, event.actor, event.at, event.words FROM cases
JOIN event ON event.case_id = cases.id AND event.epoch = cases.epoch AND event.kind = ?2
WHERE cases.holder = ?1 ORDER BY event.n
"""
"""Only of the claim that still holds: who puts a case down has answered."""

# ── what somebody was writing ─────────────────────────────────────────────────

DROP_NOTE = "DELETE FROM side_note WHERE case_id = ? AND actor = ? AND act = ?"

KEEP_NOTE = "INSERT INTO side_note (case_id, at, actor, act, text) VALUES (?, ?, ?, ?, ?)"

NOTES_BEGUN = """
SELECT act, text FROM side_note WHERE case_id = ? AND actor = ? AND act LIKE 'draft:%' ORDER BY id
"""

# ── the same matter, other desks ──────────────────────────────────────────────

SAME_MATTER = f"""
SELECT other.id FROM cases JOIN cases AS other ON other.person_key = cases.person_key
WHERE cases.id = ? AND cases.person_key IS NOT NULL AND other.id <> cases.id
  AND other.service_id = cases.service_id AND other.state IN ({_one_of(OPEN)}) ORDER BY other.received_at
"""

# ── search ────────────────────────────────────────────────────────────────────

FOUND = "SELECT id FROM cases WHERE {conditions} ORDER BY number DESC LIMIT :most"

FOUND_OPEN = f"SELECT id FROM {_INDEXED} AND {{conditions}} ORDER BY received_at DESC LIMIT :most"
"""Where nothing leads straight to a case, only what is not over is looked through."""

# ── calls that somebody goes to ───────────────────────────────────────────────

WHO_CAME = """
SELECT answered_by AS name, coalesce(answered_role, role) AS role
FROM call LEFT JOIN account ON account.name = call.answered_by
WHERE call.id = ? AND coalesce(answered_role, role) <> ''
"""

ANSWERED_CALLS = """
SELECT id, page_id, at, answered_at, answered_by, kiosk FROM call
WHERE id IN (SELECT id FROM call ORDER BY id DESC LIMIT 20) AND answered_at > ? ORDER BY id
"""
