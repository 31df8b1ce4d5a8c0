"""Every statement of the waiting numbers."""

from __future__ import annotations

from kiosk.cases.calling import AT_WINDOW, BY_NEXT, Lane, Standing

_KEPT = "id, letter, number, lane, standing, drawn_at, place, last_call, called_at"
# Higher on each day than on all before it: a screen that was on all night waits for what is after its last.
_NEXT_CALL = """(
  SELECT coalesce(max(last_call), CAST(julianday(:day) AS INTEGER) * 100000) + 1
  FROM waiting WHERE day = :day
)"""
_CALLED = f"""
  standing = '{Standing.CALLED}', place = :place, called_at = :at, last_call = {_NEXT_CALL},
  first_call = coalesce(first_call, {_NEXT_CALL})
"""

DRAW = f"""
INSERT INTO waiting (day, letter, number, lane, standing, drawn_at)
SELECT :day, :letter, coalesce(max(number), 0) + 1, :lane, '{Standing.WAITING}', :at
FROM waiting WHERE day = :day AND letter = :letter
RETURNING {_KEPT}
"""

HOW_MANY = f"""
SELECT count(*) FILTER (WHERE lane = '{Lane.FIRST}') AS first,
  count(*) FILTER (WHERE lane = '{Lane.ORDINARY}') AS ordinary
FROM waiting WHERE day = :day AND standing = '{Standing.WAITING}' AND instr(:letters, letter) > 0
"""

RUN = f"""
SELECT count(*) FROM waiting WHERE day = :day AND lane = '{Lane.FIRST}' AND instr(:letters, letter) > 0
  AND first_call > coalesce((SELECT max(first_call) FROM waiting
    WHERE day = :day AND lane = '{Lane.ORDINARY}' AND instr(:letters, letter) > 0), 0)
"""
"""How many of the first lane were called after one another, up to now."""

CALL_NEXT = f"""
UPDATE waiting SET {_CALLED} WHERE id = (
  SELECT id FROM waiting
  WHERE day = :day AND standing = '{Standing.WAITING}' AND lane = :lane AND instr(:letters, letter) > 0
  ORDER BY drawn_at, id LIMIT 1)
RETURNING {_KEPT}
"""

END_AT_WINDOW = (
    "UPDATE waiting SET standing = CASE standing "
    + " ".join(f"WHEN '{start}' THEN '{end}'" for start, end in BY_NEXT.items())
    + " ELSE standing END WHERE day = :day AND place = :place"
)

RING = f"""
UPDATE waiting SET {_CALLED}
WHERE id = :id AND day = :day AND standing = :start AND (standing <> '{Standing.CALLED}' OR place = :place)
RETURNING {_KEPT}
"""
"""A number that another window has just called is theirs."""

SERVE = f"""
UPDATE waiting SET standing = '{Standing.SERVING}', place = :place
WHERE id = :id AND day = :day AND standing = :start
RETURNING {_KEPT}
"""

CHANGE = f"""
UPDATE waiting SET standing = :end WHERE id = :id AND day = :day AND standing = :start
RETURNING {_KEPT}
"""

PREFER = f"""
UPDATE waiting SET lane = '{Lane.FIRST}' WHERE id = :id AND day = :day AND standing = :start
RETURNING {_KEPT}
"""

TODAY = f"""
SELECT {_KEPT} FROM waiting
WHERE day = :day AND standing NOT IN ('{Standing.LEFT}', '{Standing.DONE}') ORDER BY drawn_at, id
"""

_LISTED = ", ".join(f"'{one}'" for one in sorted(AT_WINDOW))
LAST_CALLS = f"""
SELECT {_KEPT} FROM waiting WHERE day = :day AND last_call IS NOT NULL AND standing IN ({_LISTED})
ORDER BY last_call DESC LIMIT :most
"""

CALL_AFTER = f"""
SELECT {_KEPT} FROM waiting
WHERE day = :day AND standing = '{Standing.CALLED}' AND last_call > :call AND called_at > :since
ORDER BY last_call LIMIT 1
"""

STANDING_OF = "SELECT standing FROM waiting WHERE id = :id AND day = :day"

SWEEP = "DELETE FROM waiting WHERE day < :day"
