"""Papers of a case: ticked by staff, and kept as sealed copies."""

from __future__ import annotations

from typing import Any

from kiosk.cases.materials import (
    LEFT_OUT,
    LOOKED_AT,
    Attachment,
    Brought,
    Copy,
    Kind,
    Standing,
    left_out_note,
)
from kiosk.cases.moves import IllegalMove
from kiosk.cases.roles import Right, may, may_see
from kiosk.cases.states import OPEN, Actor, State, Why
from kiosk.store import attachment_rows as rows
from kiosk.store.attachment_rows import attachments_of
from kiosk.store.copies_kept import CopiesKept, part_of
from kiosk.store.moving import Moving, found, free
from kiosk.store.sqlite import Connection

MEBIBYTE = 1 << 20


class Attachments(Moving, CopiesKept):
    """A paper comes while somebody has the case in hand, or while it waits for that very paper: whoever is of
    the desk may add it, as long as nobody else is working on the case."""

    def attach(self, case_id: str, actor: Actor, material: str, copy: Copy, most_mib: int) -> int:
        """Keep a copy of a paper, sealed; its number in the case.

        Raises IllegalMove: ROOM where the case would then hold more than `most_mib` MiB; HELD, STATE, ROLE.
        """
        with self._writing() as db:
            row = self._at_the_desk(db, case_id, actor)
            place = db.execute(rows.NEXT_OF_CASE, (case_id,)).fetchone()
            size = len(copy.content)
            if place["size"] + size > most_mib * MEBIBYTE:
                raise IllegalMove(Why.ROOM)
            self._keep_copy(db, place, Brought(material, copy), actor, row["epoch"], self._clock.now())
        return int(place["n"])

    def leave_out(self, case_id: str, actor: Actor, n: int) -> None:
        """A wrong one: what it showed is gone for good; that it was here, and who left it out, stays.

        Raises IllegalMove: UNKNOWN where there is no such copy (any more); HELD, STATE, ROLE.
        """
        with self._writing() as db:
            case = self._at_the_desk(db, case_id, actor)
            row = db.execute(rows.SEALED, (case_id, n)).fetchone()
            if row is None:
                raise IllegalMove(Why.UNKNOWN)
            db.execute(rows.LEAVE_OUT, (b"", case_id, n))
            note = left_out_note(n, row["material"])
            self._add_event(db, case_id, self._clock.now(), actor, LEFT_OUT, case["epoch"], note)

    def note_material(self, case_id: str, actor: Actor, material: str, standing: Standing) -> None:
        """The original was seen, a copy is kept, or it is missing."""
        with self._writing() as db:
            row = self._at_the_desk(db, case_id, actor)
            self._add_event(db, case_id, self._clock.now(), actor, standing, row["epoch"], material)

    def attachments(self, case_id: str) -> tuple[Attachment, ...]:
        """What is kept, without opening it."""
        with self._reading() as db:
            return attachments_of(db, case_id)

    def look_at(self, case_id: str, actor: Actor, n: int) -> Copy:
        """A copy, opened. The look is recorded with it, or there is none.

        Raises IllegalMove ROLE or UNKNOWN, StoreTrouble SEALED where the centre's keys are not open here.
        """
        with self._writing() as db:
            case = found(db, case_id)
            if not (may(actor.role, Right.SEE_IN_FULL) and may_see(actor.role, State(case["state"]))):
                raise IllegalMove(Why.ROLE)
            row = db.execute(rows.SEALED, (case_id, n)).fetchone()
            if row is None:
                raise IllegalMove(Why.UNKNOWN)
            content = self._opened_bytes(db, row, part_of(n), row["sealed"])
            about = LOOKED_AT + row["material"]
            self._add_event(db, case_id, self._clock.now(), actor, "viewed", case["epoch"], about)
        return Copy(Kind(row["kind"]), content)

    def _at_the_desk(self, db: Connection, case_id: str, actor: Actor) -> Any:
        """The case, where papers may be noted of it by this person now."""
        row = found(db, case_id)
        if not may(actor.role, Right.PAPERS):
            raise IllegalMove(Why.ROLE)
        if State(row["state"]) not in OPEN:
            raise IllegalMove(Why.STATE)
        if not free(row, actor, self._clock.now()):
            raise IllegalMove(Why.HELD, holder=row["holder"])
        return row
