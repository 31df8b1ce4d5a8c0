"""A case that another centre has handed over becomes one of this centre, under the number on its receipt."""

from __future__ import annotations

import dataclasses
from datetime import datetime
from typing import Any

from kiosk.cases.centres import RECEIVED_FROM
from kiosk.cases.identity import SEEN, Shown, Sighting
from kiosk.cases.materials import ATTACHED
from kiosk.cases.materials import Kind as Picture
from kiosk.cases.moves import Act, IllegalMove, Need
from kiosk.cases.retention import Over
from kiosk.cases.states import RESIDENT, Actor, Role, State
from kiosk.hub import handover_statements as sql
from kiosk.hub import hub_statements
from kiosk.hub.aside import FAULTS, Aside, PutAside, why_of
from kiosk.hub.handing_over import TOO_LATE, WITHDRAWN, HandingOver
from kiosk.hub.handover_body import HandedBody, LineRow, read_handed, role_of
from kiosk.hub.taking_in import TakenIn
from kiosk.security.envelope import recipients
from kiosk.services.proof import CardRole
from kiosk.store.attachment_rows import ADD as ADD_COPY
from kiosk.store.attachment_rows import sealed_digest
from kiosk.store.authority_statements import ADD_AUTHORITY
from kiosk.store.case_rows import summary
from kiosk.store.chained import SUBMITTED
from kiosk.store.identity import add_sighting
from kiosk.store.instant import read, written
from kiosk.store.moving import Attempt
from kiosk.store.parcel_body import PaperBody, read_paper
from kiosk.store.sqlite import Connection
from kiosk.store.statements import ADD_CONSENT, ADD_LEVEL, FIND_CASE
from kiosk.store.trouble import StoreTrouble, Trouble

AT_A_TIME = 5
"""Cases at one look, each in an action of its own: it may have many pictures, and the centre waits for it."""


class HandedHere(HandingOver):
    """The side of whoever it goes to, and what comes back."""

    _speaks_for: str | None = None
    """The case whose person has spoken at the centre that it came from."""

    def take_in(self) -> TakenIn:
        """What kiosks have sent; then what other centres have handed over, given back or answered."""
        done = super().take_in()
        with self._reading() as db:
            anything = db.execute(sql.ANYTHING).fetchone() is not None
        if anything:
            self._take_device()
            with self.together(), self._writing() as db:
                self._notice(db)
                self._hear_words(db)
            for _ in range(AT_A_TIME):
                if not self._receive_next():
                    break
        return done

    def give_back(self, case_id: str, actor: Actor, epoch: int, reason: str) -> None:
        """To the centre it came from, which goes on with it; here nothing of it is kept. TOUCHED."""
        self._do(Attempt(Act.GIVE_BACK, case_id, actor, epoch, reason))
        self.tidy()

    def _move(self, db: Connection, row: Any, attempt: Attempt, now: datetime) -> tuple[int, datetime | None]:
        if attempt.act is not Act.GIVE_BACK:
            return super()._move(db, row, attempt, now)
        came = db.execute(sql.CAME_FROM, (row["id"],)).fetchone()
        named = attempt if came is None else dataclasses.replace(attempt, centre=came["centre"])
        done = super()._move(db, row, named, now)
        if not db.execute(sql.GIVE_BACK, (row["id"], attempt.words)).fetchone()[0]:
            # let go of there while this was begun: nothing is kept, and the next try says so
            raise StoreTrouble(Trouble.BUSY, "handover")
        self._erase_one(db, Over(row["id"], row["number"], None), now)
        return done

    def _is_there(self, need: Need, db: Connection, row: Any, attempt: Attempt, now: datetime) -> bool:
        if need is Need.SUBJECT and self._speaks_for == row["id"]:
            return True
        return super()._is_there(need, db, row, attempt, now)

    def _hear_words(self, db: Connection) -> None:
        """What the resident did at the first centre with a case that lies here."""
        for row in db.execute(sql.WORDS).fetchall():
            self._speaks_for = row["case_id"]
            try:
                self._do(Attempt(Act.WITHDRAW, row["case_id"], RESIDENT))
                answer = WITHDRAWN
            except IllegalMove:
                answer = TOO_LATE
            finally:
                self._speaks_for = None
            db.execute(sql.ANSWER_WORD, (row["centre"], row["id"], answer))

    def _receive_next(self) -> bool:
        """Whether there was one."""
        with self.together(), self._writing() as db:
            row = db.execute(sql.COMES_HERE).fetchone()
            if row is not None:
                self._receive(db, row)
        return row is not None

    def _receive(self, db: Connection, row: Any) -> None:
        """One that cannot be made a case goes back unopened, and holds up none of the others."""
        told, parts = self._to_post, _parts(db, row)
        if parts is None:
            return
        db.execute("SAVEPOINT one_handover")
        try:
            if db.execute(sql.TAKE, (row["centre"], row["id"])).fetchone()[0]:
                self._make_case(db, row, parts)
        except FAULTS as fault:
            why = why_of(fault)
            db.execute("ROLLBACK TO SAVEPOINT one_handover")
            self._to_post = told
            db.execute(sql.REFUSE, (row["centre"], row["id"], why))
        db.execute("RELEASE SAVEPOINT one_handover")

    def _make_case(self, db: Connection, row: Any, parts: list[bytes]) -> None:
        body = read_handed(parts[0] if parts else b"")
        case, now = body.case.id, self._clock.now()
        if case != row["case_id"] or len(parts) != body.papers + 1:
            raise PutAside(Aside.UNREADABLE)
        self._must_open(db, body.sealed, *(one.sealed for one in body.lines if one.sealed))
        added = {**dataclasses.asdict(body.case), "state": State.TRANSFERRED}
        if db.execute(hub_statements.ADD_CASE, added).rowcount != 1:
            raise PutAside(Aside.UNREADABLE)
        _add_beside(db, body)
        # what the board could not show would hold up everything on it
        summary(db.execute(FIND_CASE, (case,)).fetchone(), (), now, self._calendar)
        note = f"{row['centre']} -"
        self._add_event(
            db, case, read(body.case.received_at), RESIDENT, SUBMITTED, 0, note, sealed=body.sealed
        )
        self._sign(db, now)
        first = Actor(row["centre"], Role.STAFF)
        self._add_history(db, body, first)
        for paper in parts[1:]:
            self._add_paper(db, read_paper(paper), body, first)
        self._set_due(db, case, now)
        self._add_event(db, case, now, first, RECEIVED_FROM, 0, row["centre"], body.reason)

    def _must_open(self, db: Connection, *bodies: bytes) -> None:
        keys = {bytes(row["id"]) for row in db.execute(hub_statements.KEY_IDS).fetchall()}
        if any(keys.isdisjoint(recipients(one)) for one in bodies):
            raise PutAside(Aside.KEY)

    def _add_history(self, db: Connection, body: HandedBody, first: Actor) -> None:
        seen = iter(body.sightings)
        for line in body.lines:
            if line.kind == SEEN:
                one = next(seen)
                known = Sighting(CardRole(one.role), read(one.at), first.name, Shown(one.shown), one.note)
                add_sighting(db, body.case.id, known)
            self._add_event(
                db,
                body.case.id,
                read(line.at),
                _who(line, first),
                line.kind,
                0,
                line.note,
                line.words,
                line.sealed,
            )

    def _add_paper(self, db: Connection, paper: PaperBody, body: HandedBody, first: Actor) -> None:
        sealed, case = paper.sealed, body.case.id
        who = RESIDENT if paper.n in body.papers_of_resident else first
        if paper.case_id != case:
            raise PutAside(Aside.UNREADABLE)
        self._must_open(db, sealed)
        kept = (case, paper.n, paper.material, Picture(paper.of), paper.size, sealed_digest(sealed))
        db.execute(ADD_COPY, (*kept, who.name, written(read(paper.at)), sealed))
        self._add_event(db, case, read(paper.at), who, ATTACHED, 0, paper.material)


def _parts(db: Connection, row: Any) -> list[bytes] | None:
    """None where the first centre has it back meanwhile.

    One by one: over a slow line all its pictures take longer than the hub lets one question take.
    """
    handover, parts = (row["centre"], row["id"]), list[bytes]()
    for n in [one["n"] for one in db.execute(sql.PARTS, handover).fetchall()]:
        part = db.execute(sql.PART, (*handover, n)).fetchone()
        if part is None:
            return None
        parts.append(bytes(part["body"]))
    return parts


def _add_beside(db: Connection, body: HandedBody) -> None:
    case = body.case.id
    db.executemany(ADD_CONSENT, [(case, it.place, it.id, it.given, it.at, it.text) for it in body.consents])
    db.executemany(ADD_LEVEL, [(case, it.role, it.level, it.basis, it.at, it.expired) for it in body.levels])
    if body.authority is not None:
        letter = body.authority
        db.execute(ADD_AUTHORITY, (case, letter.acting, letter.standing, letter.until))


def _who(line: LineRow, first: Actor) -> Actor:
    return RESIDENT if role_of(line) is Role.RESIDENT else first
