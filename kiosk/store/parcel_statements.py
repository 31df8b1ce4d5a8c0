"""Every statement on parcels to the hub, on its news, and on the key of its centre."""

from __future__ import annotations

ADD_PARCEL = """
INSERT INTO parcel_out (kseq, id, case_id, kind, at, body, hash)
VALUES ((SELECT coalesce(max(kseq), 0) + 1 FROM parcel_out), ?, ?, ?, ?, ?, ?)
"""
"""Inside the action that it tells of: the number is without gaps, as an action that fails takes none."""

IS_AT_HUB = "SELECT 1 FROM parcel_out WHERE case_id = ? AND kind = 'case'"

WAITING_PARCELS = """
SELECT kseq, id, case_id, kind, body, hash FROM parcel_out WHERE sent_at IS NULL ORDER BY kseq LIMIT ?
"""

ANY_WAITING = "SELECT 1 FROM parcel_out WHERE sent_at IS NULL LIMIT 1"

PAPER_TO_SEND = """
SELECT case_id, n, material, kind, size, at, sealed FROM attachment
WHERE case_id || '/' || n = ?1 AND case_id = ?2 AND length(sealed) > 0
"""

LAST_PAPER = "SELECT max(n) FROM attachment WHERE case_id = ?"

SEND_AGAIN = """
UPDATE parcel_out SET sent_at = NULL WHERE sent_at >= ? AND (body IS NOT NULL OR kind = 'paper' AND EXISTS (
  SELECT 1 FROM attachment
  WHERE case_id = parcel_out.case_id AND case_id || '/' || n = parcel_out.id AND length(sealed) > 0
))
"""

NOTE_SENT = "UPDATE parcel_out SET sent_at = ?, set_aside = ? WHERE id = ? AND sent_at IS NULL"

NOTE_ANSWERED = "UPDATE parcel_out SET answered_at = ? WHERE id = ? AND answered_at IS NULL"

UNANSWERED = """
SELECT 1 FROM parcel_out
WHERE case_id = ? AND kind = 'act' AND answered_at IS NULL AND (sent_at IS NULL OR sent_at > ?)
"""

FORGET_SENT = "UPDATE parcel_out SET body = NULL WHERE body IS NOT NULL AND sent_at <= ?"

COUNT_WAITING = "SELECT count(*) AS waiting, min(at) AS oldest FROM parcel_out WHERE sent_at IS NULL"

COUNT_SET_ASIDE = "SELECT count(*) FROM parcel_out WHERE set_aside"

ROW_TO_SEND = """
SELECT id, number, day_sequence, received_at, promised_workdays, due, service_id, desk, title, person_key,
  legal_workdays, pauses, info_rounds, service_version, proof_needed, fields, keep_days, agent_key, operator
FROM cases WHERE id = ?
"""

CONSENTS_TO_SEND = "SELECT place, id, given, at, text FROM consent WHERE case_id = ? ORDER BY place"

LEVELS_TO_SEND = "SELECT role, level, basis, at, expired FROM person_level WHERE case_id = ? ORDER BY role"

CARDS_TO_SEND = "SELECT member_key FROM member_card WHERE case_id = ? ORDER BY member_key"

# ── news ──────────────────────────────────────────────────────────────────────

NEWS_UP_TO = "SELECT up_to FROM news_in WHERE case_id = ?"

NOTE_NEWS = """
INSERT INTO news_in (case_id, up_to) VALUES (?, ?) ON CONFLICT (case_id) DO UPDATE SET up_to = excluded.up_to
"""

COUNT_TAKING = """
INSERT INTO hub_reached (one, reached_at, fault, since, news_taken) VALUES (1, NULL, '', NULL, 1)
ON CONFLICT (one) DO UPDATE SET news_taken = hub_reached.news_taken + 1
"""

NEWS_TAKEN = "SELECT news_taken FROM hub_reached"

NEWS_BEGIN_ANEW = "UPDATE news_in SET up_to = 0"

SHOWN_ROW = """
SELECT number, state, due, outcome, missing, result, desk, reference, goes_on_in, held_from, wake_on,
  erased_at FROM cases WHERE id = ?
"""

SHOW_NEWS = """
UPDATE cases SET state = :state, due = :due, outcome = :outcome, missing = :missing, result = :result,
  desk = :desk, reference = :reference, goes_on_in = :goes_on_in, held_from = :held_from, wake_on = :wake_on
WHERE id = :id
"""

REPLY_CAME = """
UPDATE request SET standing = :standing, answered_at = :at, answered_by = :by, words = :words
WHERE id = (
  SELECT id FROM request WHERE case_id = :case AND kind = :wish AND standing = 'waiting'
  ORDER BY asked_at, id LIMIT 1
)
"""

ERASURE_ASKED = "SELECT 1 FROM request WHERE case_id = ? AND kind = 'erase'"

# ── the way there ─────────────────────────────────────────────────────────────

NOTE_REACHED = """
INSERT INTO hub_reached (one, reached_at, fault, since) VALUES (1, ?, '', NULL)
ON CONFLICT (one) DO UPDATE SET reached_at = excluded.reached_at, fault = '', since = NULL
"""

NOTE_FAULT = """
INSERT INTO hub_reached (one, reached_at, fault, since) VALUES (1, NULL, :fault, :at)
ON CONFLICT (one) DO UPDATE SET fault = :fault, since = coalesce(hub_reached.since, :at)
"""

REACHED = "SELECT reached_at, fault, since FROM hub_reached"

NEWEST_KEY = "SELECT id, protected, bound_to FROM centre_key ORDER BY n DESC LIMIT 1"

TAKE_KEY = """
INSERT INTO centre_key (n, id, public, made_at, protected, bound_to)
VALUES ((SELECT coalesce(max(n), 0) + 1 FROM centre_key), ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET n = excluded.n, protected = excluded.protected, bound_to = excluded.bound_to
"""
