"""Finding a case again: by its number, its ticket, its day, its state, its service, or its person."""

from __future__ import annotations

from kiosk.cases.numbers import day_prefix
from kiosk.cases.search import LETTER_ROUND, Search
from kiosk.cases.states import OPEN, State
from kiosk.cases.views import CaseSummary
from kiosk.store.board import BoardRows
from kiosk.store.board_statements import FOUND, FOUND_OPEN

MOST = 60
"""More than anybody reads: whoever finds so many asks again, more narrowly."""

ROUNDS = 4
"""So often tickets begin anew in one day, at the most: a hundred thousand cases in one centre."""

_INDEXED = OPEN | {State.DECIDED}


class Finding(BoardRows):
    """Reads; keeps nothing of what was looked for."""

    def search(self, asked: Search, person_key: str | None = None) -> list[CaseSummary]:
        """Newest first. `person_key`: the keyed name of the identity number, where one was given."""
        if person_key is None and (asked.empty or asked.id_number):
            return []
        conditions, values = _conditions(asked, person_key)
        anywhere = bool(asked.number or asked.day or person_key or asked.states - _INDEXED)
        frame = FOUND if anywhere else FOUND_OPEN
        with self._reading() as db:
            rows = db.execute(frame.format(conditions=conditions), {**values, "most": MOST}).fetchall()
            return [self._line(db, row["id"], self._clock.now()) for row in rows]


def _conditions(asked: Search, person_key: str | None) -> tuple[str, dict[str, object]]:
    """Fixed words of SQL, and beside them what was typed."""
    conditions, values = ["1 = 1"], dict[str, object]()
    if person_key:
        conditions.append("person_key = :person")
        values["person"] = person_key
    if asked.number:
        conditions.append("number = :number")
        values["number"] = asked.number
    if asked.day:
        conditions.append("number > :day AND number < :day || '~'")
        values["day"] = day_prefix(asked.day)
    if asked.ticket:
        # the numbers themselves: behind row-level security PostgreSQL looks no sum up in an index
        rounds = [asked.ticket + n * LETTER_ROUND for n in range(ROUNDS)]
        conditions.append(f"day_sequence IN ({', '.join(f':ticket{n}' for n in range(ROUNDS))})")
        values |= {f"ticket{n}": place for n, place in enumerate(rounds)}
    if asked.states:
        names = [f":state{n}" for n in range(len(asked.states))]
        conditions.append(f"state IN ({', '.join(names)})")
        values |= {f"state{n}": state for n, state in enumerate(sorted(asked.states))}
    for n, word in enumerate(asked.words):
        conditions.append(f"instr(lower(title), :word{n}) > 0")
        values[f"word{n}"] = word
    return " AND ".join(conditions), values
