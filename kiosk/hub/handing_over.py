"""A case leaves for another centre, and comes back where that one cannot go on with it.

Whose a case is follows from one row (`hub.handover`); each step is one action at one centre, so that whatever
is interrupted, it is at exactly one of them.
"""

from __future__ import annotations

import base64
import dataclasses
import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from kiosk.cases.carried import LINES, WITH_NOTE, WITH_WORDS
from kiosk.cases.centres import PASSED_ON, Between, Neighbour, Untaken
from kiosk.cases.corrections import CORRECTED
from kiosk.cases.moves import Act, IllegalMove, Need
from kiosk.cases.numbers import ticket, uuid7
from kiosk.cases.retention import Over
from kiosk.cases.states import RESIDENT, Actor, Role, State, Why
from kiosk.cases.submission import Submission
from kiosk.hub import handover_statements as sql
from kiosk.hub.handover_body import HandedBody, LineRow, SightingRow
from kiosk.hub.hub_statements import IS_ERASED
from kiosk.hub.taking_in import TakenIn, TakingIn
from kiosk.security.envelope import Binding, key_id, seal
from kiosk.store.authority_statements import FIND_AUTHORITY
from kiosk.store.body import to_json, words_to_json
from kiosk.store.copies_kept import part_of as part_of_paper
from kiosk.store.corrections import correction_to_json
from kiosk.store.erasing import Times
from kiosk.store.identity import sightings_of
from kiosk.store.instant import written
from kiosk.store.moving import Attempt, found
from kiosk.store.parcel_body import AuthorityRow, CaseRow, ConsentRow, LevelRow, PaperBody, to_body
from kiosk.store.parcel_statements import CONSENTS_TO_SEND, LEVELS_TO_SEND, ROW_TO_SEND
from kiosk.store.sealing import HANDED_IN, part_of
from kiosk.store.sqlite import Connection
from kiosk.store.statements import EVENTS_OF_CASE
from kiosk.store.trouble import StoreTrouble, Trouble

SEALED_FOR = "sealed_for"
"""A line of the house: which key of which other centre something was sealed to."""
WITHDRAWN, TOO_LATE = "withdrawn", "too_late"
"""What came of it there."""


class HandingOver(TakingIn):
    """The side of whoever hands over."""

    _ours_again: str | None = None
    """The case that no other centre has any more, while that is being written."""

    def introduce(self, name: Mapping[str, str], address: Mapping[str, str], phone: str) -> None:
        """What residents whose cases come here are told of this centre."""
        place = (words_to_json(dict(name)), words_to_json(dict(address)), phone)
        with self._reading() as db:
            row = db.execute(sql.PLACE).fetchone()
        if row is None or tuple(row) != place:
            with self._writing() as db:
                db.execute(sql.KEEP_PLACE, place)

    def neighbours(self, case_id: str) -> tuple[Neighbour, ...]:
        """The centres that this case can be handed over to: not where it was before."""
        with self._reading() as db:
            return _neighbours(db, case_id)

    def between(self, case_id: str) -> Between:
        """What other centres have to do with this case."""
        with self._reading() as db:
            came = db.execute(sql.CAME_FROM, (case_id,)).fetchone()
            if came is not None:
                back = came["let_go_at"] is None and not _touched(db, case_id)
                acts = frozenset({Act.GIVE_BACK}) if back else frozenset[Act]()
                return Between(acts, _called(_names(db), came["centre"]))
            if _on_the_way(db, case_id):
                return Between(frozenset({Act.TAKE_BACK}))
            return Between(frozenset({Act.HAND_OVER}) if _neighbours(db, case_id) else frozenset())

    def whence(self, case_ids: Iterable[str]) -> Mapping[str, Mapping[str, str]]:
        """Of these, those that came from another centre, with what people call it."""
        with self._reading() as db:
            rows = db.execute(sql.CAME_FROM_EACH, (json.dumps(sorted(case_ids)),)).fetchall()
            names = _names(db) if rows else {}
        return {row["case_id"]: _called(names, row["centre"]) for row in rows}

    def centre_names(self) -> Mapping[str, Mapping[str, str]]:
        """What people call the other centres, by their names in the hub and by language."""
        with self._reading() as db:
            return _names(db)

    def untaken(self) -> tuple[Untaken, ...]:
        """What went to another centre a day ago and more, and is still on its way; the oldest first."""
        with self._reading() as db:
            rows = db.execute(sql.UNTAKEN).fetchall()
            names = _names(db) if rows else {}
        return tuple(
            Untaken(
                ticket(row["day_sequence"]),
                _called(names, row["to_centre"]),
                row["days"],
            )
            for row in rows
        )

    def hand_over(self, case_id: str, actor: Actor, epoch: int, centre: str, reason: str) -> None:
        """Another centre goes on with it. CAME, CENTRE; StoreTrouble SEALED where the keys are not open."""
        with self._reading() as db:
            there = {one.centre: one for one in _neighbours(db, case_id)}.get(centre)
            words = self._submission(db, case_id).language if there else ""
        whither = there.whither(words) if there else None
        attempt = Attempt(Act.HAND_OVER, case_id, actor, epoch, reason, centre=centre, whither=whither)
        self._do(attempt)

    def withdraw(self, case_id: str, person_key: str) -> None:
        """Also of a case that was handed over: what is still on the way is ours again, and withdrawn here;
        where another centre has it, that one is told."""
        with self.together(), self._writing() as db:
            row = found(db, case_id)
            if row["state"] != State.HANDED_OVER:
                super().withdraw(case_id, person_key)
            elif row["person_key"] is None or row["person_key"] != person_key:
                raise IllegalMove(Why.SUBJECT)
            elif db.execute(sql.CALL_BACK, (case_id,)).fetchone()[0]:
                super().withdraw(case_id, person_key)
            elif not self._pass_on(db, row):
                # it was given back at this very moment
                self._notice(db)
                super().withdraw(case_id, person_key)

    def _act(self, db: Connection, parcel: Any) -> TakenIn:
        """What came back is ours again before its person's word on it counts."""
        if db.execute(sql.COMES_BACK, (parcel["case_id"],)).fetchone() is not None:
            self._notice(db)
        return super()._act(db, parcel)

    def _pass_on(self, db: Connection, row: Any) -> bool:
        """To whoever has it; False where nobody has."""
        where = db.execute(sql.LIES_AT, (row["id"],)).fetchone()
        if where is None or not db.execute(sql.PASS_ON, (row["id"], WITHDRAWN)).fetchone()[0]:
            return False
        now, whither = self._clock.now(), where["to_centre"]
        self._add_event(db, row["id"], now, RESIDENT, PASSED_ON, row["epoch"], whither)
        return True

    def times(self, services: Mapping[str, int]) -> Times:
        """What is still on its way, there or back, is nowhere else: it stays for as long."""
        told = super().times(services)
        with self._reading() as db:
            going = {row["case_id"] for row in db.execute(sql.ALL_ON_THE_WAY).fetchall()}
        due = tuple(one for one in told.due if one.case_id not in going)
        return dataclasses.replace(told, due=due, later=told.later + len(told.due) - len(due))

    def _erase_one(self, db: Connection, one: Over, now: datetime) -> None:
        super()._erase_one(db, one, now)
        # of what was given back meanwhile the other centre keeps nothing
        _or_not_at_all(db.execute(sql.COMES_BACK, (one.case_id,)).fetchone() is None)

    def _between_centres(self, need: Need, db: Connection, row: Any, attempt: Attempt) -> bool:
        if need is Need.OWN:
            return db.execute(sql.CAME_FROM, (row["id"],)).fetchone() is None
        if need is Need.CENTRE:
            return any(one.centre == attempt.centre for one in _neighbours(db, row["id"]))
        if need is Need.UNTOUCHED:
            came = db.execute(sql.CAME_FROM, (row["id"],)).fetchone()
            return came is not None and came["let_go_at"] is None and not _touched(db, row["id"])
        return self._ours_again == row["id"] or _on_the_way(db, row["id"])

    def _move(self, db: Connection, row: Any, attempt: Attempt, now: datetime) -> tuple[int, datetime | None]:
        done = super()._move(db, row, attempt, now)
        if attempt.act is Act.HAND_OVER:
            there = next(one for one in _neighbours(db, row["id"]) if one.centre == attempt.centre)
            self._lay_down(db, row["id"], there, attempt.words, now)
            self._add_house_event(db, attempt.actor, SEALED_FOR, f"{there.centre} {there.key_id.hex()}")
        elif attempt.act is Act.TAKE_BACK and self._ours_again != row["id"]:
            _or_not_at_all(db.execute(sql.CALL_BACK, (row["id"],)).fetchone()[0])
        return done

    def _lay_down(self, db: Connection, case_id: str, there: Neighbour, reason: str, now: datetime) -> None:
        """Everything that goes along, in the same action as the line that says so."""
        handover = uuid7(now, self._entropy)
        _or_not_at_all(db.execute(sql.BEGIN, (handover, there.centre, case_id)).fetchone()[0])
        papers = db.execute(sql.PAPERS, (case_id,)).fetchall()
        body = self._handed_body(db, case_id, there, reason, papers)
        db.execute(sql.ADD_PART, (handover, 0, there.centre, to_body(body)))
        for n, row in enumerate(papers, 1):
            content = self._opened_bytes(db, row, part_of_paper(row["n"]), row["sealed"])
            sealed = _sealed_for(there, body.case, part_of_paper(n), content)
            of = (row["material"], row["kind"], row["size"], row["at"])
            paper = to_body(PaperBody(case_id, n, *of, base64.b64encode(sealed).decode()))
            db.execute(sql.ADD_PART, (handover, n, there.centre, paper))

    def _handed_body(
        self, db: Connection, case_id: str, there: Neighbour, reason: str, papers: list[Any]
    ) -> HandedBody:
        case = CaseRow(*db.execute(ROW_TO_SEND, (case_id,)).fetchone())
        case = dataclasses.replace(case, person_key=None, agent_key=None, operator=None)
        plain = to_json(_nameless(self._submission(db, case_id))).encode()
        letter = db.execute(FIND_AUTHORITY, (case_id,)).fetchone()
        return HandedBody(
            case=case,
            sealed_base64=base64.b64encode(_sealed_for(there, case, HANDED_IN, plain)).decode(),
            consents=tuple(ConsentRow(*row) for row in db.execute(CONSENTS_TO_SEND, (case_id,)).fetchall()),
            levels=tuple(LevelRow(*row) for row in db.execute(LEVELS_TO_SEND, (case_id,)).fetchall()),
            authority=None if letter is None else AuthorityRow(*letter),
            lines=self._carried_lines(db, case, there),
            sightings=tuple(
                SightingRow(one.role, written(one.at), one.shown, one.note)
                for one in sightings_of(db, case_id)
            ),
            reason=reason,
            papers=len(papers),
            papers_of_resident=tuple(n for n, row in enumerate(papers, 1) if row["actor"] == RESIDENT.name),
        )

    def _carried_lines(self, db: Connection, case: CaseRow, there: Neighbour) -> tuple[LineRow, ...]:
        corrections, ours = iter(self._corrections(db, case.id)), _my_centre(db)
        lines = list[LineRow]()
        for row in db.execute(EVENTS_OF_CASE, (case.id,)).fetchall():
            kind = row["kind"]
            if kind not in LINES:
                continue
            sealed = ""
            if kind == CORRECTED:
                plain = correction_to_json(dataclasses.replace(next(corrections), by=ours)).encode()
                # the first line there is what was handed in
                closed = _sealed_for(there, case, part_of(len(lines) + 2), plain)
                sealed = base64.b64encode(closed).decode()
            note = row["note"] if kind in WITH_NOTE else ""
            words = (row["words"] or "") if kind in WITH_WORDS else ""
            lines.append(LineRow(kind, row["at"], row["role"] == Role.RESIDENT, note, words, sealed))
        return tuple(lines)

    def _notice(self, db: Connection) -> None:
        """What came back from other centres, and what they answered."""
        for row in db.execute(sql.TO_NOTICE).fetchall():
            self._ours_again = row["case_id"]
            try:
                self._notice_one(db, row)
            finally:
                self._ours_again = None
            db.execute(sql.NOTICE, (row["id"],))

    def _notice_one(self, db: Connection, row: Any) -> None:
        case = found(db, row["case_id"])
        erased = db.execute(IS_ERASED, (row["case_id"],)).fetchone() is not None
        if case["state"] != State.HANDED_OVER or erased:
            return
        unanswered = row["word"] == WITHDRAWN and row["answer"] is None
        if row["answer"] == WITHDRAWN or (row["back_at"] is not None and unanswered):
            key = case["person_key"]
            if key is not None:
                self._do(Attempt(Act.WITHDRAW, case["id"], RESIDENT, person_key=key))
        elif row["back_at"] is not None:
            words = (row["back_why"] or "").strip() or row["to_centre"]
            there = Actor(row["to_centre"], Role.STAFF)
            self._do(Attempt(Act.TAKE_BACK, case["id"], there, words=words, centre=there.name))


def _or_not_at_all(done: bool) -> None:
    """The other centre was faster: nothing of this is kept, and the next try says why."""
    if not done:
        raise StoreTrouble(Trouble.BUSY, "handover")


def _neighbours(db: Connection, case_id: str) -> tuple[Neighbour, ...]:
    was = {row["to_centre"] for row in db.execute(sql.GONE_BY, (case_id,)).fetchall()}
    rows = [row for row in db.execute(sql.NEIGHBOURS).fetchall() if row["centre"] not in was]
    return tuple(_neighbour(row) for row in rows)


def _neighbour(row: Any) -> Neighbour:
    return Neighbour(
        centre=row["centre"],
        name=_name(row),
        address=_said(row["address"]),
        phone=row["phone"] or "",
        bound_to=row["bound_to"],
        key=bytes(row["public"]),
        key_id=key_id(bytes(row["public"])),
    )


def _name(row: Any) -> Mapping[str, str]:
    title = row["title"] or row["centre"]
    return _said(row["name"]) or {"zh": title, "en": title}


def _said(text: str | None) -> Mapping[str, str]:
    """By language, what another centre says of itself. Where that is no such text it has said nothing: no
    case of ours hangs on it."""
    try:
        said = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return {}
    found = said.items() if isinstance(said, dict) else ()
    return {language: words for language, words in found if words and isinstance(words, str)}


def _names(db: Connection) -> Mapping[str, Mapping[str, str]]:
    return {row["centre"]: _name(row) for row in db.execute(sql.NEIGHBOURS).fetchall()}


def _called(names: Mapping[str, Mapping[str, str]], centre: str) -> Mapping[str, str]:
    """One whose staff hold no key any more has no name here but that in the hub."""
    return names.get(centre, {"zh": centre, "en": centre})


def _my_centre(db: Connection) -> str:
    return str(db.execute(sql.MY_CENTRE).fetchone()[0])


def _on_the_way(db: Connection, case_id: str) -> bool:
    return db.execute(sql.ON_THE_WAY, (case_id,)).fetchone() is not None


def _touched(db: Connection, case_id: str) -> bool:
    return db.execute(sql.TOUCHED, {"case": case_id}).fetchone() is not None


def _nameless(submission: Submission) -> Submission:
    """Without what only this centre can read: keyed names of people, and accounts."""
    identity = tuple(dataclasses.replace(one, member_key=None) for one in submission.identity)
    return dataclasses.replace(submission, person_key=None, agent_key=None, operator=None, identity=identity)


def _sealed_for(there: Neighbour, case: CaseRow, part: str, plain: bytes) -> bytes:
    place = Binding(case.id, part, case.service_id, case.service_version, there.bound_to)
    return seal(plain, [there.key], place)
