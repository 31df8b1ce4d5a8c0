"""What a desk asks of the cases that go between centres. Which centre it is follows from its role."""

from __future__ import annotations

from kiosk.cases.centres import RECEIVED_FROM
from kiosk.cases.corrections import CORRECTED
from kiosk.cases.materials import ATTACHED, LEFT_OUT
from kiosk.cases.moves import MOVES, Act

_ON_THE_WAY = "taken_at IS NULL AND called_back_at IS NULL AND back_at IS NULL"
_HERE = "to_centre = hub.my_centre() AND taken_at IS NOT NULL AND back_at IS NULL"
_NEWS = """centre = hub.my_centre()
  AND ((back_at IS NOT NULL AND noticed_at IS NULL) OR (answer IS NOT NULL AND heard_at IS NULL))"""

_CHANGES = ", ".join(
    f"'{kind}'"
    for kind in sorted(
        {
            *(CORRECTED, ATTACHED, LEFT_OUT),
            *(MOVES[act].event for act in (Act.ASK_INFO, Act.COMPLETE, Act.REJECT)),
        }
    )
)
"""After these the first centre could not go on where it stopped."""

NEIGHBOURS = "SELECT centre, title, name, address, phone, bound_to, id, public FROM hub.neighbours()"

MY_CENTRE = "SELECT hub.my_centre()"

PLACE = "SELECT name, address, phone FROM hub.place WHERE centre = hub.my_centre()"

KEEP_PLACE = """
INSERT INTO hub.place (one, name, address, phone) VALUES (1, ?, ?, ?)
ON CONFLICT (one) DO UPDATE SET name = excluded.name, address = excluded.address, phone = excluded.phone
"""

BEGIN = "SELECT hub.hand_over(?, ?, ?)"

ADD_PART = "INSERT INTO hub.handover_part (id, n, to_centre, body) VALUES (?, ?, ?, ?)"

PAPERS = """
SELECT attachment.case_id, n, material, kind, size, actor, at, sealed, service_id, service_version
FROM attachment JOIN cases ON cases.id = attachment.case_id
WHERE attachment.case_id = ? AND length(sealed) > 0 ORDER BY n
"""

GONE_BY = """
SELECT to_centre FROM hub.handover
WHERE centre = hub.my_centre() AND case_id = ? AND taken_at IS NOT NULL
"""
"""Where this case was already; what came back unopened was not there."""

LIES_AT = """
SELECT to_centre FROM hub.handover
WHERE centre = hub.my_centre() AND case_id = ? AND taken_at IS NOT NULL AND back_at IS NULL
"""

ON_THE_WAY = f"""
SELECT 1 FROM hub.handover
WHERE centre = hub.my_centre() AND case_id = ? AND let_go_at IS NULL AND {_ON_THE_WAY}
"""

_COMES_BACK = "back_at IS NOT NULL AND noticed_at IS NULL"

COMES_BACK = f"SELECT 1 FROM hub.handover WHERE centre = hub.my_centre() AND case_id = ? AND {_COMES_BACK}"
"""It was given back, and nobody here has noticed."""

ALL_ON_THE_WAY = f"""
SELECT case_id FROM hub.handover WHERE centre = hub.my_centre() AND (({_ON_THE_WAY}) OR ({_COMES_BACK}))
"""

UNTAKEN = f"""
SELECT day_sequence, to_centre, CAST(extract(day FROM clock_timestamp() - handed_at) AS int) AS days
FROM hub.handover JOIN cases ON cases.id = case_id
WHERE handover.centre = hub.my_centre() AND let_go_at IS NULL AND {_ON_THE_WAY}
  AND handed_at < clock_timestamp() - interval '1 day' ORDER BY handover.n
"""

CAME_FROM = f"SELECT centre, let_go_at FROM hub.handover WHERE {_HERE} AND case_id = ?"

CAME_FROM_EACH = f"""
SELECT case_id, centre FROM hub.handover
WHERE {_HERE} AND case_id IN (SELECT value FROM json_each(?))
"""

TOUCHED = f"""
SELECT 1 FROM event WHERE case_id = :case AND kind IN ({_CHANGES})
  AND seq > (SELECT max(seq) FROM event WHERE case_id = :case AND kind = '{RECEIVED_FROM}')
"""

ANYTHING = f"""
SELECT 1 WHERE EXISTS (SELECT 1 FROM hub.handover WHERE to_centre = hub.my_centre() AND {_ON_THE_WAY})
  OR EXISTS (SELECT 1 FROM hub.handover WHERE {_HERE} AND word IS NOT NULL AND answer IS NULL)
  OR EXISTS (SELECT 1 FROM hub.handover WHERE {_NEWS})
"""

COMES_HERE = f"""
SELECT centre, id, case_id FROM hub.handover
WHERE to_centre = hub.my_centre() AND {_ON_THE_WAY} ORDER BY n LIMIT 1
"""

PARTS = "SELECT n FROM hub.handover_part WHERE centre = ? AND id = ? ORDER BY n"

PART = "SELECT body FROM hub.handover_part WHERE centre = ? AND id = ? AND n = ?"

TAKE = "SELECT hub.take_handover(?, ?)"

REFUSE = "SELECT hub.refuse_handover(?, ?, ?)"

WORDS = f"""
SELECT centre, id, case_id, word FROM hub.handover
WHERE {_HERE} AND word IS NOT NULL AND answer IS NULL ORDER BY n
"""

ANSWER_WORD = "SELECT hub.answer_word(?, ?, ?)"

TO_NOTICE = f"""
SELECT id, to_centre, case_id, back_at, back_why, word, answer FROM hub.handover
WHERE {_NEWS} ORDER BY n
"""

NOTICE = "SELECT hub.notice_handover(?)"

CALL_BACK = "SELECT hub.call_back(?)"

GIVE_BACK = "SELECT hub.give_back(?, ?)"

PASS_ON = "SELECT hub.pass_on(?, ?)"

LET_GO = "SELECT hub.let_go(?)"
