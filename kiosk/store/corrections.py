"""Putting an answer right after it was confirmed: a version with a reason, and the person hears it (K40)."""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from kiosk.cases.corrections import CORRECTED, DISPUTED, Change, Correction, HeardBy, Said
from kiosk.cases.moves import IllegalMove
from kiosk.cases.roles import Right
from kiosk.cases.states import OPEN, RESIDENT, Actor, State, Why
from kiosk.cases.submission import AnswerRecord
from kiosk.flow.source import Source
from kiosk.store import authority_statements as statements
from kiosk.store.correction_rows import changes_of
from kiosk.store.moving import Moving, found
from kiosk.store.sealing import Sealing, part_of
from kiosk.store.sqlite import Connection
from kiosk.store.statements import UNTICK
from kiosk.store.trouble import StoreTrouble, Trouble


@cache
def _form() -> TypeAdapter[Correction]:
    return TypeAdapter(Correction)


def correction_to_json(made: Correction) -> str:
    """The text that is sealed."""
    return _form().dump_json(made).decode()


class Corrections(Moving, Sealing):
    """What staff changed. The first version is what the person confirmed, and is never touched."""

    def correct(self, case_id: str, actor: Actor, epoch: int, after: AnswerRecord, reason: str) -> Correction:
        """Another answer to the field of `after`; it is copied and ticked anew.

        Raises IllegalMove: TEXT without a reason, UNKNOWN where the field was not asked or says so already.
        """
        with self._writing() as db:
            self._held(db, case_id, actor, epoch, Right.CORRECT)
            if not reason.strip():
                raise IllegalMove(Why.TEXT)
            before, version = self._newest(db, case_id, after.field)
            if before.value == after.value:
                raise IllegalMove(Why.UNKNOWN)
            now = self._clock.now()
            made = Correction(version + 1, before, _by_staff(before, after), reason.strip(), actor.name, now)
            row = db.execute(statements.NEXT_OF_CASE, (case_id,)).fetchone()
            body = self._sealed(db, row, part_of(row["seq"]), correction_to_json(made))
            db.execute(UNTICK, (case_id, after.field))
            self._renewed(db, case_id, epoch)
            self._add_event(
                db, case_id, now, actor, CORRECTED, epoch, after.field, reason.strip(), sealed=body
            )
        return made

    def note_heard(self, case_id: str, actor: Actor, epoch: int, by: HeardBy) -> None:
        """The actor has read every change to the person, who calls them right. UNKNOWN where none is left."""
        with self._writing() as db:
            self._held(db, case_id, actor, epoch, Right.CORRECT)
            if by is HeardBy.CARD:
                raise IllegalMove(Why.SUBJECT)
            waiting = [one for one in changes_of(db, case_id) if one.said is not Said.RIGHT]
            if not waiting:
                raise IllegalMove(Why.UNKNOWN)
            self._renewed(db, case_id, epoch)
            for change in waiting:
                self._add_event(db, case_id, self._clock.now(), actor, by, epoch, change.field)

    def answer_correction(self, case_id: str, person_key: str, field: str, *, right: bool) -> None:
        """The person says at the kiosk whether a change is right; where it is not, staff see to it again.

        Raises IllegalMove: SUBJECT where it is not their case, STATE where nothing can be changed any more,
        UNKNOWN where this change was answered.
        """
        with self._writing() as db:
            row = found(db, case_id)
            if row["person_key"] is None or row["person_key"] != person_key:
                raise IllegalMove(Why.SUBJECT)
            if State(row["state"]) not in OPEN:
                raise IllegalMove(Why.STATE)
            if field not in {one.field for one in changes_of(db, case_id) if one.said is Said.NOTHING}:
                raise IllegalMove(Why.UNKNOWN)
            kind = HeardBy.CARD if right else DISPUTED
            self._add_event(db, case_id, self._clock.now(), RESIDENT, kind, row["epoch"], field)

    def changes_to_hear(self, case_id: str) -> tuple[Change, ...]:
        """What the person has not heard yet; readable without the centre's keys."""
        with self._reading() as db:
            return tuple(one for one in changes_of(db, case_id) if one.said is Said.NOTHING)

    def new_answer(self, case_id: str, field: str) -> AnswerRecord | None:
        """What a field says since its last change; None where this process cannot open it."""
        with self._reading() as db:
            rows = db.execute(statements.SEALED_EVENTS, (case_id, CORRECTED)).fetchall()
            if not all(self._opens(row["sealed"]) for row in rows):
                return None
            found_ones = [one.after for one in self._read(db, rows) if one.after.field == field]
        return found_ones[-1] if found_ones else None

    def corrections(self, case_id: str) -> tuple[Correction, ...]:
        """Every version that staff made, in order."""
        with self._reading() as db:
            return self._corrections(db, case_id)

    def _corrections(self, db: Connection, case_id: str) -> tuple[Correction, ...]:
        return self._read(db, db.execute(statements.SEALED_EVENTS, (case_id, CORRECTED)).fetchall())

    def _read(self, db: Connection, rows: list[Any]) -> tuple[Correction, ...]:
        bodies = [self._opened(db, row, part_of(row["seq"]), row["sealed"]) for row in rows]
        try:
            return tuple(_form().validate_json(body) for body in bodies)
        except ValidationError as error:
            raise StoreTrouble(Trouble.DAMAGED, f"correction, {error.error_count()} faults") from None

    def _newest(self, db: Connection, case_id: str, field: str) -> tuple[AnswerRecord, int]:
        """What stands there now, and the number of its version."""
        made = [one for one in self._corrections(db, case_id) if one.after.field == field]
        if made:
            return made[-1].after, made[-1].version
        for answer in self._submission(db, case_id).answers:
            if answer.field == field:
                return answer, 1
        raise IllegalMove(Why.UNKNOWN)


def _by_staff(before: AnswerRecord, after: AnswerRecord) -> AnswerRecord:
    """Labelled and guarded as the one before; supplied by staff, whatever it says of itself."""
    privacy = max(before.privacy, after.privacy, key=list(type(before.privacy)).index)
    return AnswerRecord(before.field, before.label, after.value, after.shown, Source.STAFF, privacy)
