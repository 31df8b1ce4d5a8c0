"""Between colleagues in words: what somebody was writing, and the wish that somebody let a case go."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from kiosk.cases.moves import Act, IllegalMove
from kiosk.cases.numbers import ticket
from kiosk.cases.possible import held_by_other
from kiosk.cases.roles import Right, may
from kiosk.cases.states import Actor, Why
from kiosk.store import board_statements, case_rows
from kiosk.store.connected import Connected
from kiosk.store.instant import read, written
from kiosk.store.moving import found

LET_GO = "let_go_asked"
"""The event of somebody asking for a case that another has in hand; its note is who has it."""
_BEGUN = "draft:"
"""Marks a side note as still being written: only its writer sees it."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A colleague asks that a case be let go."""

    case_id: str
    ticket: str
    by: str
    at: datetime
    words: str = field(repr=False)


class SideNotes(Connected):
    """Nothing here moves a case."""

    def ask_to_let_go(self, case_id: str, actor: Actor, words: str) -> None:
        """Whoever has it in hand sees this until they no longer do. Refused where nobody else has it."""
        now = self._clock.now()
        with self._writing() as db:
            row = found(db, case_id)
            if not may(actor.role, Right.WORK):
                raise IllegalMove(Why.ROLE)
            if not held_by_other(case_rows.summary(row, (), now, self._calendar), actor, now):
                raise IllegalMove(Why.STATE)
            if not words.strip():
                raise IllegalMove(Why.TEXT)
            self._add_event(db, case_id, now, actor, LET_GO, row["epoch"], row["holder"], words.strip())

    def wishes(self, actor: Actor) -> list[Wish]:
        """Who wants which of the cases that the actor has in hand, oldest first."""
        with self._reading() as db:
            rows = db.execute(board_statements.LET_GO, (actor.name, LET_GO)).fetchall()
        return [
            Wish(row["id"], ticket(row["day_sequence"]), row["actor"], read(row["at"]), row["words"] or "")
            for row in rows
        ]

    def keep_note(self, case_id: str, actor: Actor, act: Act, texts: Sequence[str]) -> None:
        """What the actor has written so far and not sent; all empty: nothing is kept any more."""
        mark = _BEGUN + act
        with self._writing() as db:
            db.execute(board_statements.DROP_NOTE, (case_id, actor.name, mark))
            if any(text.strip() for text in texts):
                kept = json.dumps(list(texts), ensure_ascii=False)
                at = written(self._clock.now())
                db.execute(board_statements.KEEP_NOTE, (case_id, at, actor.name, mark, kept))

    def notes_begun(self, case_id: str, actor: Actor) -> Mapping[Act, tuple[str, ...]]:
        """What the actor was writing to this case when they went away."""
        with self._reading() as db:
            rows = db.execute(board_statements.NOTES_BEGUN, (case_id, actor.name)).fetchall()
        return {Act(row["act"].removeprefix(_BEGUN)): tuple(json.loads(row["text"])) for row in rows}
