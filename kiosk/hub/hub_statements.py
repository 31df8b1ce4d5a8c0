"""What a desk asks of the hub's own tables. Its centre follows from its role."""

from __future__ import annotations

WAITING = """
SELECT id, kiosk, kseq, kind, case_id, body, received_at FROM (
  SELECT *, sum(coalesce(length(body), 0)) OVER (ORDER BY n) - coalesce(length(body), 0) AS bytes_before
  FROM (
    SELECT * FROM hub.parcel WHERE taken_at IS NULL AND set_aside IS NULL ORDER BY n LIMIT :most) AS the_first
) AS measured WHERE bytes_before < :bytes ORDER BY n
"""
"""In the order of arrival, which of one kiosk is the order in which things happened there. Pictures are
large: not more of them than come over a slow line while the rest of the centre waits; the first always."""

ANY_WAITING = "SELECT 1 FROM hub.parcel WHERE taken_at IS NULL AND set_aside IS NULL LIMIT 1"

TAKEN = "UPDATE hub.parcel SET taken_at = clock_timestamp(), body = NULL WHERE id = ?"

SET_ASIDE = "UPDATE hub.parcel SET set_aside = ? WHERE id = ?"
"""With its body: somebody looks at it."""

COUNT_SET_ASIDE = "SELECT count(*) FROM hub.parcel WHERE set_aside <> ?"

LIST_SET_ASIDE = """
SELECT n, kiosk, kseq, kind, received_at, set_aside FROM hub.parcel WHERE set_aside <> ? ORDER BY n
"""

PUT_BACK = """
UPDATE hub.parcel SET set_aside = NULL
WHERE set_aside <> ? AND case_id = (SELECT case_id FROM hub.parcel WHERE set_aside <> ? AND n = ?)
RETURNING n
"""
"""With its papers and what was done with it: they were set aside because it was not there."""

KIOSK_OF = "SELECT kiosk FROM hub.parcel WHERE id = ? AND kind = 'case'"
"""A case's parcel has the id of the case."""

POST = "INSERT INTO hub.mailbox (kiosk, case_id, seq, kind, at, body) VALUES (?, ?, ?, ?, ?, ?)"

LAST_SEQ = "SELECT coalesce(max(seq), 0) FROM event WHERE case_id = ?"

ERASE_AT_HUB = (
    "UPDATE hub.parcel SET body = NULL WHERE case_id = ?",
    "UPDATE hub.quarantine SET body = '' WHERE case_id = ?",
    """
    UPDATE hub.mailbox
    SET body = CAST(CAST(body AS jsonb) - 'missing' - 'result' - 'reference' - 'reply' AS text)
    WHERE case_id = ?
    """,
    """
    UPDATE hub.told
    SET body = CAST(CAST(body AS jsonb) - 'missing' - 'result' - 'reference' - 'reply' AS text)
    WHERE case_id = ?
    """,
)
"""Of a case whose time is over. How it stands its kiosk may still hear, if it was away for so long."""

ADD_CASE = """
INSERT INTO cases (id, number, day_sequence, state, epoch, received_at, promised_workdays, due, service_id,
  desk, title, person_key, legal_workdays, pauses, info_rounds, service_version, proof_needed, fields,
  keep_days, agent_key, operator)
VALUES (:id, :number, :day_sequence, :state, 0, :received_at, :promised_workdays, :due, :service_id,
  :desk, :title, :person_key, :legal_workdays, :pauses, :info_rounds, :service_version, :proof_needed,
  :fields, :keep_days, :agent_key, :operator)
ON CONFLICT (id) DO NOTHING
"""

IS_ERASED = "SELECT 1 FROM cases WHERE id = ? AND erased_at IS NOT NULL"

KNOWN_CASES = "SELECT id FROM cases WHERE id IN (SELECT value FROM json_each(?))"

KEY_IDS = "SELECT id FROM centre_key"
"""A centre has a few in its life."""
