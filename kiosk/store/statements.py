"""Every statement on the store, once, under a name."""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.cases.authority import Standing
from kiosk.cases.states import OPEN, WAITING, WORKED, State


def _one_of(states: Iterable[State]) -> str:
    """The states as SQL lists them; ours alone, never a person's words."""
    return ", ".join(f"'{state}'" for state in sorted(states))


NOT_OVER = "cases.state NOT IN ('told', 'closed', 'rated', 'withdrawn', 'merged')"
"""Word for word the condition of the index `cases_open`, which SQLite uses only then."""
_OPEN = f"{NOT_OVER} AND cases.state IN ({_one_of(OPEN)})"

# ── drafts ────────────────────────────────────────────────────────────────────

SAVE_DRAFT = """
INSERT INTO draft (id, service_id, service_version, person_key, keep, updated_at, body, sealed, wrapped)
SELECT :id, :service_id, :service_version, :person_key, :keep, :updated_at, '', :sealed, :wrapped
WHERE NOT EXISTS (SELECT 1 FROM cases WHERE id = :id)
ON CONFLICT (id) DO UPDATE SET service_id = excluded.service_id, service_version = excluded.service_version,
  person_key = excluded.person_key, keep = excluded.keep, updated_at = excluded.updated_at,
  sealed = excluded.sealed, wrapped = excluded.wrapped
"""
"""A late save never brings back the draft of a case that is already submitted."""

FIND_DRAFT = """
SELECT id, service_id, service_version, person_key, keep, updated_at, sealed, wrapped FROM draft
WHERE person_key = ? AND keep = 1 AND updated_at > ? ORDER BY updated_at DESC LIMIT 1
"""

PLAIN_DRAFTS = "SELECT id, body FROM draft WHERE sealed IS NULL"

SEAL_DRAFT = "UPDATE draft SET sealed = ?, wrapped = ?, body = '' WHERE id = ?"

DROP_DRAFT = "DELETE FROM draft WHERE id = ?"

SWEEP_DRAFTS = "DELETE FROM draft WHERE keep = 0 OR updated_at <= ?"

# ── settings kept with the card ───────────────────────────────────────────────

KEEP_PREFERENCES = """
INSERT INTO preference (person_key, body, agreed_at, agreed_to, last_visit_on) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (person_key) DO UPDATE SET body = excluded.body, agreed_at = excluded.agreed_at,
  agreed_to = excluded.agreed_to, last_visit_on = excluded.last_visit_on
"""

FIND_PREFERENCES = """
SELECT body, agreed_at, agreed_to, last_visit_on FROM preference WHERE person_key = ? AND last_visit_on > ?
"""

NOTE_VISIT = "UPDATE preference SET last_visit_on = ? WHERE person_key = ? AND last_visit_on < ?"

FORGET_PREFERENCES = "DELETE FROM preference WHERE person_key = ?"

SWEEP_PREFERENCES = "DELETE FROM preference WHERE last_visit_on <= ?"

# ── submit ────────────────────────────────────────────────────────────────────

FIND_RECEIPT = """
SELECT id, number, day_sequence, due, received_at,
  (SELECT n FROM event WHERE case_id = cases.id AND seq = 1) AS line
FROM cases WHERE id = ?
"""

ADD_CASE = """
INSERT INTO cases (id, number, day_sequence, state, epoch, received_at, promised_workdays, due,
  service_id, desk, title, person_key, legal_workdays, pauses, info_rounds,
  service_version, proof_needed, fields, keep_days)
VALUES (?1, ?2, (SELECT count(*) + 1 + coalesce((SELECT skip FROM restored WHERE day = ?3), 0)
    FROM cases WHERE number > ?3 AND number < ?3 || '~'),
  ?4, 0, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14,
  ?15, ?16, ?17, ?18)
ON CONFLICT (id) DO NOTHING RETURNING id, number, day_sequence, due, received_at
"""
"""?3 is the day as the numbers of that day begin; no row comes back when the case is already there."""

# ── history ───────────────────────────────────────────────────────────────────

ADD_SUBMITTED = """
INSERT INTO event (case_id, seq, at, actor, role, kind, epoch, note, sealed)
VALUES (?, 1, ?, ?, ?, ?, 0, '', ?)
"""
"""The first line of a case's history, with everything the resident sent, sealed."""

ADD_CONSENT = "INSERT INTO consent (case_id, place, id, given, at, text) VALUES (?, ?, ?, ?, ?, ?)"

ADD_LEVEL = """
INSERT INTO person_level (case_id, role, level, basis, at, expired) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT DO NOTHING
"""

EVENTS_OF_CASE = """
SELECT seq, case_id, at, actor, role, kind, epoch, note, words FROM event WHERE case_id = ? ORDER BY seq
"""

CLOCK_EVENTS_OF_CASE = """
SELECT case_id, kind, at FROM event
WHERE case_id = ? AND kind IN (SELECT value FROM json_each(?)) ORDER BY seq
"""

CLOCK_EVENTS_OF_OPEN = f"""
SELECT event.case_id, event.kind, event.at FROM cases JOIN event ON event.case_id = cases.id
WHERE {_OPEN}
  AND event.kind IN (SELECT value FROM json_each(?)) ORDER BY event.case_id, event.seq
"""

# ── the desk ──────────────────────────────────────────────────────────────────

_SHORT = """id, number, day_sequence, state, holder, epoch, lease_until, received_at, promised_workdays,
  service_id, desk, title, person_key, missing, result, owner, outcome, held_from, wake_on, colleague,
  reference, goes_on_in, legal_workdays, pauses, info_rounds, agent_key, operator, due"""

OPEN_CASES = f"SELECT {_SHORT} FROM cases WHERE {_OPEN}"

CASES_TO_TELL = f"SELECT {_SHORT} FROM cases WHERE {NOT_OVER} AND state = '{State.DECIDED}'"

ALL_CASES = f"SELECT {_SHORT} FROM cases ORDER BY received_at"

CASES_NOT_ERASED = "SELECT id FROM cases WHERE erased_at IS NULL ORDER BY received_at"

FIRST_CASES = "SELECT count(*) FROM (SELECT 1 FROM cases WHERE erased_at IS NULL LIMIT ?) AS first"

FIRST_OPEN_CASES = f"SELECT count(*) FROM (SELECT 1 FROM cases WHERE {_OPEN} LIMIT ?) AS first"

FIND_CASE = f"SELECT {_SHORT} FROM cases WHERE id = ?"

CASES_NAMED = f"SELECT {_SHORT} FROM cases WHERE id IN (SELECT value FROM json_each(?))"
"""Their ids as a JSON list."""

CLOCK_EVENTS_NAMED = """
SELECT case_id, kind, at FROM event
WHERE case_id IN (SELECT value FROM json_each(?)) AND kind IN (SELECT value FROM json_each(?))
ORDER BY case_id, seq
"""

CASE_BODY = """
SELECT event.case_id, event.sealed, cases.service_id, cases.service_version
FROM event JOIN cases ON cases.id = event.case_id WHERE event.case_id = ? AND event.seq = 1
"""

FIELDS_OF_CASE = "SELECT fields FROM cases WHERE id = ?"

CASE_ID_OF_NUMBER = "SELECT id FROM cases WHERE number = ?"

CASE_BY_NUMBER = f"SELECT {_SHORT} FROM cases WHERE number = ?"

MOVE_CASE = """
UPDATE cases SET state = :state, holder = :holder, epoch = :epoch, lease_until = :lease_until,
  missing = :missing, result = :result, outcome = :outcome, owner = :owner, held_from = :held_from,
  wake_on = :wake_on, colleague = :colleague, reference = :reference, goes_on_in = :goes_on_in, desk = :desk
WHERE id = :id AND state = :state_before AND epoch = :epoch_before
"""
"""Compare and set: the row count says whether the case was still as it was read."""

SET_DUE = "UPDATE cases SET due = ? WHERE id = ?"
"""Only what the queue is sorted by: what is shown is worked out from the events each time."""

TIMES_ASKED = """
SELECT count(*) FROM event WHERE case_id = :case AND kind = :asked
  AND seq > (SELECT coalesce(max(seq), 0) FROM event WHERE case_id = :case AND kind = :anew)
"""

# ── the next case ─────────────────────────────────────────────────────────────

_BY_DUE = "ORDER BY due, received_at LIMIT 1"
_HELD = f"holder = :actor AND state <> '{State.FILED}'"
_FREE_AGAIN = "(lease_until <= :now OR lease_until > :longest)"
_FIRST_OF_LANES = " UNION ALL ".join(
    f"SELECT (SELECT id FROM cases WHERE {NOT_OVER} AND desk = lane.name AND state = '{state}' {_BY_DUE})"
    " FROM lane"
    for state in sorted(WAITING)
)

NEXT = f"""
WITH RECURSIVE lane(name) AS (
  SELECT coalesce(:desk, (SELECT min(desk) FROM cases WHERE {NOT_OVER}))
  UNION ALL
  SELECT (SELECT min(desk) FROM cases WHERE {NOT_OVER} AND desk > lane.name) FROM lane
    WHERE lane.name IS NOT NULL AND coalesce(:desk, '') = ''
), whose(name) AS (
  SELECT name FROM account WHERE away_until > :today UNION SELECT :actor
), heap(id) AS (
  SELECT (SELECT id FROM cases WHERE {_HELD} {_BY_DUE})
  UNION ALL
  SELECT (SELECT id FROM cases WHERE owner = whose.name AND state IN ({_one_of(WORKED - {State.FILED})})
    AND (holder IS NULL OR {_FREE_AGAIN}) {_BY_DUE}) FROM whose
  UNION ALL
  SELECT (SELECT id FROM cases WHERE holder IS NOT NULL AND state = '{State.CLAIMED}' AND {_FREE_AGAIN}
    AND desk = coalesce(:desk, desk) {_BY_DUE})
  UNION ALL
  {_FIRST_OF_LANES}
)
SELECT {_SHORT} FROM cases WHERE id IN (SELECT id FROM heap)
ORDER BY CASE WHEN {_HELD} THEN 0 ELSE 1 END, due, received_at LIMIT 1
"""
"""In one statement, as a hub may be far away: the first of each heap that a case may come from, each found by
one descent of an index, and of these the oldest due. What `actor` has in hand comes before all others.

Lanes by leaps through the index: as many steps as there are desks, however many cases there are. Not what is
with another office: nothing can be done about it here. What was taken and not even looked into when the lease
ran out is free for everybody; what ends after `longest` was given by a clock that ran ahead."""

ASLEEP = f"""
SELECT id FROM cases WHERE wake_on IS NOT NULL AND wake_on <= ? AND state = '{State.ON_HOLD}' LIMIT 50
"""

OWNED = f"SELECT {_SHORT} FROM cases WHERE owner = ? AND state IN ({_one_of(OPEN | {State.DECIDED})})"

OPEN_OF_PERSON = f"""
SELECT id, received_at FROM cases WHERE person_key = ? AND service_id = ? AND id <> ?
  AND state IN ({_one_of(OPEN)})
"""

# ── while somebody works on it ────────────────────────────────────────────────

RENEW_LEASE = "UPDATE cases SET lease_until = ? WHERE id = ?"

TICK = "INSERT INTO tick (case_id, field) VALUES (?, ?) ON CONFLICT DO NOTHING"

UNTICK = "DELETE FROM tick WHERE case_id = ? AND field = ?"

TICKS_OF_CASE = "SELECT field FROM tick WHERE case_id = ?"

ADD_SIDE_NOTE = "INSERT INTO side_note (case_id, at, actor, act, text) VALUES (?, ?, ?, ?, ?)"

SIDE_NOTES_OF_CASE = """
SELECT at, actor, act, text FROM side_note WHERE case_id = ? AND act NOT LIKE 'draft:%' ORDER BY id
"""
"""Without what somebody is still writing."""

COUNT_BY_STATE = "SELECT state, count(*) FROM cases GROUP BY state"

# ── who the people of a case are ──────────────────────────────────────────────

ADD_SIGHTING = "INSERT INTO sighting (case_id, role, at, actor, shown, note) VALUES (?, ?, ?, ?, ?, ?)"

LEVELS_OF_CASE = """
SELECT role, level, basis, at, expired, cases.proof_needed FROM person_level
JOIN cases ON cases.id = person_level.case_id WHERE case_id = ?
"""

SIGHTINGS_OF_CASE = "SELECT role, at, actor, shown, note FROM sighting WHERE case_id = ? ORDER BY id"

ADD_MEMBER_CARD = "INSERT INTO member_card (member_key, case_id) VALUES (?, ?) ON CONFLICT DO NOTHING"

EARLIER_USES = """
SELECT cases.number, cases.received_at FROM member_card JOIN cases ON cases.id = member_card.case_id
WHERE member_card.member_key = ? AND cases.id <> ? AND cases.received_at < ? ORDER BY cases.received_at
"""

# ── the resident's progress ───────────────────────────────────────────────────

CASES_OF_PERSON = f"""
SELECT {_SHORT} FROM cases WHERE person_key = ?1 OR (agent_key = ?1 AND NOT EXISTS (
  SELECT 1 FROM authority WHERE authority.case_id = cases.id AND standing = '{Standing.WITHDRAWN}'))
ORDER BY received_at DESC
"""
"""Their own, and those in which they act for somebody who has not taken that back."""

SUBMISSIONS_OF_PERSON = """
SELECT event.case_id, event.sealed, cases.service_id, cases.service_version
FROM cases JOIN event ON event.case_id = cases.id AND event.seq = 1
WHERE cases.person_key = :person AND cases.state <> 'withdrawn'
  AND NOT EXISTS (SELECT 1 FROM event AS back WHERE back.case_id = cases.id AND back.kind = :withdrawn)
ORDER BY cases.received_at DESC LIMIT :most
"""
"""Without those that the person took back, or of which they took a consent back."""

# ── calls for a person ────────────────────────────────────────────────────────

OPEN_CALLS = "SELECT id, page_id, at, kiosk FROM call WHERE answered_at IS NULL ORDER BY id"

ADD_CALL = "INSERT INTO call (page_id, at) VALUES (?, ?) RETURNING id"

ANSWER_CALL = "UPDATE call SET answered_at = ?, answered_by = ? WHERE id = ? AND answered_at IS NULL"

SEEN_AT_HUB = """
UPDATE call SET answered_at = ?, answered_by = ?, answered_role = ? WHERE id = ? AND answered_at IS NULL
"""
"""Whoever goes has an account there, and none here."""

# ── accounts ──────────────────────────────────────────────────────────────────

ADD_ACCOUNT = """
INSERT INTO account (name, role, pin_hash, wrong, created_at) VALUES (?, ?, ?, 0, ?) ON CONFLICT DO NOTHING
"""

_ACCOUNT = "name, role, pin_hash, wrong, last_try_at, away_until, signed_in_at"

FIND_ACCOUNT = f"SELECT {_ACCOUNT} FROM account WHERE name = ?"

ALL_ACCOUNTS = f"SELECT {_ACCOUNT} FROM account ORDER BY name"

SET_AWAY = "UPDATE account SET away_until = ? WHERE name = ?"

SET_TRIES = "UPDATE account SET wrong = ?, last_try_at = ? WHERE name = ?"

SET_PIN = "UPDATE account SET pin_hash = ?, wrong = 0, last_try_at = NULL WHERE name = ?"

NOTE_SIGN_IN = "UPDATE account SET wrong = 0, last_try_at = NULL, signed_in_at = ? WHERE name = ?"

SET_ROLE = "UPDATE account SET role = ? WHERE name = ?"

REMOVE_ACCOUNT = "DELETE FROM account WHERE name = ?"

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
RETURNING id
"""

_TASK = """id, level, service_id, title, opened_on, due, not_for, case_id, taken_by, called_back_at, done_at,
  note, reason"""

OPEN_RATING_TASKS = f"SELECT {_TASK} FROM rating_task WHERE done_at IS NULL ORDER BY due, id"

FIND_RATING_TASK = f"SELECT {_TASK} FROM rating_task WHERE id = ?"

TELL_WHY = "UPDATE rating_task SET reason = ? WHERE id = ? AND done_at IS NULL"

ASK_CALL_BACK = "UPDATE rating_task SET case_id = ? WHERE id = ? AND done_at IS NULL"

TAKE_RATING_TASK = "UPDATE rating_task SET taken_by = ? WHERE id = ?"

NOTE_CALL_BACK = "UPDATE rating_task SET called_back_at = ? WHERE id = ?"

FINISH_RATING_TASK = "UPDATE rating_task SET done_at = ?, done_by = ?, note = ? WHERE id = ?"

# ── what is sealed, and the keys ─────────────────────────────────────────────

CURRENT_KEY = """
SELECT centre_key.id, public, protected, coalesce(bound_to, centre.id) AS centre FROM centre_key, centre
ORDER BY n DESC LIMIT 1
"""

KEY_BOUND_TO = (
    "SELECT coalesce(bound_to, centre.id) AS centre FROM centre_key, centre WHERE centre_key.id = ?"
)

CENTRE_KEYS = "SELECT n, id, public, made_at, protected, bound_to FROM centre_key ORDER BY n"

NAME_CENTRE = "INSERT INTO centre (one, id) VALUES (1, ?) ON CONFLICT DO NOTHING"

ADD_CENTRE_KEY = "INSERT INTO centre_key (id, public, made_at, protected) VALUES (?, ?, ?, ?)"

PLAIN_BODIES = """
SELECT event.n, event.case_id, event.seq, event.body, cases.service_id, cases.service_version
FROM event JOIN cases ON cases.id = event.case_id WHERE event.body IS NOT NULL LIMIT ?
"""

SEAL_BODY = "UPDATE event SET sealed = ?, body = NULL WHERE n = ?"

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
FROM consent WHERE case_id = :case AND given <> 0 ORDER BY place
"""
