"""Parcels become cases, and acts on cases, at the desk: by the same rules as on one box.

What a kiosk sent lies safe before anybody looks at it. A parcel that cannot be taken in is set aside with the
reason, and holds up none of the others.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from kiosk.cases.authority import WITHDRAWN as AUTHORITY_WITHDRAWN
from kiosk.cases.materials import ATTACHED
from kiosk.cases.materials import Kind as Picture
from kiosk.cases.moves import MOVES, Act, IllegalMove
from kiosk.cases.parcels import SET_ASIDE, Kind
from kiosk.cases.requests import ASKED, BY_STAFF, Wish
from kiosk.cases.states import RESIDENT, Why
from kiosk.cases.views import CONSENT_WITHDRAWN
from kiosk.hub import hub_statements as sql
from kiosk.hub.aside import FAULTS, Aside, PutAside, why_of
from kiosk.hub.taking_in_cases import TakingInCases
from kiosk.store.attachment_rows import ADD as ADD_COPY
from kiosk.store.attachment_rows import sealed_digest
from kiosk.store.instant import read, written
from kiosk.store.parcel_body import ActBody, read_act, read_paper
from kiosk.store.sqlite import Connection
from kiosk.store.statements import FIND_CASE

AT_A_TIME = 50
"""Parcels in one action: nobody at a desk waits for more."""
BYTES_AT_A_TIME = 4_000_000

_WISH = {ASKED[wish]: wish for wish in BY_STAFF}
_ONLY_HEARD = frozenset({MOVES[Act.HEAR].event, MOVES[Act.RATE].event})
"""What loses nothing when it comes too late: the person knows already."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """How many parcels."""

    cases: int = 0
    acts: int = 0
    set_aside: int = 0
    papers: int = 0

    def __add__(self, other: TakenIn) -> TakenIn:
        cases, acts = self.cases + other.cases, self.acts + other.acts
        return TakenIn(cases, acts, self.set_aside + other.set_aside, self.papers + other.papers)

    @property
    def all(self) -> int:
        """Dealt with."""
        return self.cases + self.acts + self.set_aside + self.papers


class TakingIn(TakingInCases):
    """For whoever has the rights of the centre."""

    def take_in(self) -> TakenIn:
        """Everything that waits. Raises StoreTrouble; what was done by then stays done."""
        done = TakenIn()
        with self._reading() as db:
            more = _any_waiting(db)
        if more:
            self._take_device()
        while more:
            some, more = self._take_some()
            done += some
        return done

    def _take_some(self) -> tuple[TakenIn, bool]:
        """What came of the next ones, and whether more wait."""
        done = TakenIn()
        with self.together(), self._writing() as db:
            rows = db.execute(sql.WAITING, {"most": AT_A_TIME, "bytes": BYTES_AT_A_TIME}).fetchall()
            for kind, run in groupby(rows, itemgetter("kind")):
                parcels = list(run)
                taken = self._take_run(db, parcels) if kind == Kind.CASE and len(parcels) > 1 else None
                done += (
                    sum((self._take_one(db, one) for one in parcels), TakenIn()) if taken is None else taken
                )
            return done, _any_waiting(db)

    def _take_run(self, db: Connection, parcels: Sequence[Any]) -> TakenIn | None:
        """Cases that came after one another, as one; None where something is wrong with any of them."""
        told = self._to_post
        db.execute("SAVEPOINT one_run")
        try:
            found = TakenIn(cases=self._take_cases(db, parcels))
            db.executemany(sql.TAKEN, [(one["id"],) for one in parcels])
        except FAULTS as fault:
            db.execute("ROLLBACK TO SAVEPOINT one_run")
            self._to_post = told
            why_of(fault)
            return None
        db.execute("RELEASE SAVEPOINT one_run")
        return found

    def _take_one(self, db: Connection, parcel: Any) -> TakenIn:
        """One that fails takes back what it began, alone."""
        told = self._to_post
        db.execute("SAVEPOINT one_parcel")
        try:
            found = self._one(db, parcel)
            db.execute(sql.TAKEN, (parcel["id"],))
        except FAULTS as fault:
            db.execute("ROLLBACK TO SAVEPOINT one_parcel")
            self._to_post = told
            self._put_aside(db, parcel, why_of(fault))
            found = TakenIn(set_aside=1)
        db.execute("RELEASE SAVEPOINT one_parcel")
        return found

    def _put_aside(self, db: Connection, parcel: Any, why: Aside) -> None:
        db.execute(sql.SET_ASIDE, (why, parcel["id"]))
        if parcel["kind"] == Kind.ACT and _brought_by(db, parcel["case_id"]) == parcel["kiosk"]:
            self._note_news(db, parcel["case_id"], SET_ASIDE, self._clock.now(), parcel["id"])
            self._post(db)

    def _one(self, db: Connection, parcel: Any) -> TakenIn:
        if parcel["kind"] == Kind.CASE:
            return TakenIn(cases=self._take_cases(db, (parcel,)))
        return self._paper(db, parcel) if parcel["kind"] == Kind.PAPER else self._act(db, parcel)

    def _paper(self, db: Connection, parcel: Any) -> TakenIn:
        if not parcel["body"]:
            return TakenIn(papers=1)
        paper = read_paper(bytes(parcel["body"]))
        row = _case_of(db, parcel)
        if f"{paper.case_id}/{paper.n}" != parcel["id"] or paper.case_id != row["id"]:
            raise PutAside(Aside.UNREADABLE)
        if db.execute(sql.IS_ERASED, (row["id"],)).fetchone() is not None:
            # it came after its case had gone: nobody would ever erase it
            return TakenIn(papers=1)
        sealed, at = paper.sealed, min(read(paper.at), parcel["received_at"])
        kept = (paper.case_id, paper.n, paper.material, Picture(paper.of), paper.size, sealed_digest(sealed))
        db.execute(ADD_COPY, (*kept, RESIDENT.name, written(at), sealed))
        self._add_event(db, row["id"], at, RESIDENT, ATTACHED, row["epoch"], paper.material)
        return TakenIn(papers=1)

    # ── what the resident did with it ──

    def _act(self, db: Connection, parcel: Any) -> TakenIn:
        act = read_act(bytes(parcel["body"] or b""))
        row = _case_of(db, parcel)
        if act.case_id != row["id"]:
            raise PutAside(Aside.UNREADABLE)
        self._answering = parcel["id"]
        try:
            self._do_deed(db, row, act)
        finally:
            self._answering = ""
        if self._answered != parcel["id"]:
            # nothing had to be done any more
            self._note_news(db, row["id"], act.event, self._clock.now(), parcel["id"])
            self._post(db)
        return TakenIn(acts=1)

    def _do_deed(self, db: Connection, row: Any, act: ActBody) -> None:
        case, person = row["id"], row["person_key"] or ""
        deeds: dict[str, Callable[[], object]] = {
            MOVES[Act.WITHDRAW].event: lambda: self.withdraw(case, person),
            MOVES[Act.HEAR].event: lambda: self.hear(case, person),
            MOVES[Act.RATE].event: lambda: self._note_rated(db, case, self._clock.now()),
            CONSENT_WITHDRAWN: lambda: self.withdraw_consent(case, person, act.note),
            AUTHORITY_WITHDRAWN: lambda: self.withdraw_authority(case, person),
        }
        if act.event in _WISH:
            self._wish(case, person, _WISH[act.event], act.note)
        elif act.event not in deeds:
            raise PutAside(Aside.UNREADABLE)
        elif act.event in _ONLY_HEARD:
            with suppress(IllegalMove):
                deeds[act.event]()
        else:
            deeds[act.event]()

    def _wish(self, case: str, person: str, wish: Wish, field: str) -> None:
        """What may go goes at once, as the kiosk has told its person; the rest is for staff."""
        if wish is Wish.ERASE:
            try:
                return self.erase_own(case, person)
            except IllegalMove as refusal:
                if refusal.why is not Why.STATE:
                    raise
        return self.ask_of_held(case, person, wish, field)


def _case_of(db: Connection, parcel: Any) -> Any:
    """The row of the case that it is about: a kiosk has no say in what another has handed in."""
    row = db.execute(FIND_CASE, (parcel["case_id"],)).fetchone()
    if row is None or _brought_by(db, parcel["case_id"]) != parcel["kiosk"]:
        raise PutAside(Aside.NO_CASE)
    return row


def _brought_by(db: Connection, case_id: str) -> str | None:
    row = db.execute(sql.KIOSK_OF, (case_id,)).fetchone()
    return None if row is None else row["kiosk"]


def _any_waiting(db: Connection) -> bool:
    return db.execute(sql.ANY_WAITING).fetchone() is not None
