"""What waits for the hub. A parcel is written in the same action as what it tells of, or not at all."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from kiosk.cases.chain import Head
from kiosk.cases.materials import ATTACHED
from kiosk.cases.numbers import uuid7
from kiosk.cases.parcels import ACTS, MOST, Kind, Parcel, Receipt, batch, hash_of
from kiosk.cases.states import RESIDENT, Actor
from kiosk.store import parcel_statements as sql
from kiosk.store.authority_statements import FIND_AUTHORITY
from kiosk.store.heads import Heads
from kiosk.store.instant import read_or_none, written
from kiosk.store.parcel_body import (
    ActBody,
    AuthorityRow,
    CaseBody,
    CaseRow,
    ConsentRow,
    HeadRow,
    LevelRow,
    PaperBody,
    to_body,
)
from kiosk.store.sqlite import Connection
from kiosk.store.statements import CURRENT_KEY

KEPT_AFTER = timedelta(days=60)
"""So long a sent body stays: a hub that was restored from a backup is offered it again."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """How far this kiosk is with the hub."""

    parcels: int
    oldest: datetime | None
    """Since when the first of them has waited."""
    set_aside: int
    """Somebody at the hub looks at these."""
    reached_at: datetime | None
    """When the hub last answered; None: never."""
    fault: str
    """What is wrong with the way now; empty where nothing is."""
    since: datetime | None
    """Since when."""


class Parcels(Heads):
    """Only a store that was opened for a kiosk with a hub writes any."""

    _for_hub = False

    def send_to_hub(self) -> None:
        """From now on everything that a resident does here is also for the hub."""
        self._for_hub = True

    def parcels_waiting(self, most: int = MOST) -> list[Parcel]:
        """The first of those that are not sent, in the order in which things happened: as many as go at a
        time, and `most` at most."""
        with self._reading() as db:
            rows = db.execute(sql.WAITING_PARCELS, (most,)).fetchall()
            return list(batch(_parcel(db, row) for row in rows))

    def anything_for_hub(self) -> bool:
        """Is there something to send?"""
        with self._reading() as db:
            return db.execute(sql.ANY_WAITING).fetchone() is not None

    def send_again(self, since: datetime) -> int:
        """What was sent from then on is offered anew, for a hub that was put back; how many that is.

        The histories there are shorter now: what comes next may bear a number that was heard before.
        """
        with self._writing() as db:
            db.execute(sql.NEWS_BEGIN_ANEW)
            return db.execute(sql.SEND_AGAIN, (written(since),)).rowcount

    def parcels_sent(self, receipts: Iterable[Receipt]) -> None:
        """The hub has these; the caller has held each receipt against its parcel."""
        now = written(self._clock.now())
        with self._writing() as db:
            for one in receipts:
                db.execute(sql.NOTE_SENT, (now, int(one.set_aside), one.id))

    def forget_sent(self) -> int:
        """Bodies that were sent long ago go; of how many."""
        before = written(self._clock.now() - KEPT_AFTER)
        with self._writing() as db:
            return db.execute(sql.FORGET_SENT, (before,)).rowcount

    def hub_answered(self) -> None:
        """The way is open, just now."""
        with self._writing() as db:
            db.execute(sql.NOTE_REACHED, (written(self._clock.now()),))

    def hub_failed(self, fault: str) -> None:
        """The way is not open. `fault`: a word of ours."""
        with self._writing() as db:
            db.execute(sql.NOTE_FAULT, {"fault": fault, "at": written(self._clock.now())})

    def waiting_for_hub(self) -> Waiting:
        """How far this kiosk is."""
        with self._reading() as db:
            count = db.execute(sql.COUNT_WAITING).fetchone()
            aside = db.execute(sql.COUNT_SET_ASIDE).fetchone()[0]
            way = db.execute(sql.REACHED).fetchone() or {"reached_at": None, "fault": "", "since": None}
        reached, since = read_or_none(way["reached_at"]), read_or_none(way["since"])
        oldest = read_or_none(count["oldest"])
        return Waiting(count["waiting"], oldest, aside, reached, way["fault"], since)

    def _add_event(
        self,
        db: Connection,
        case_id: str,
        at: datetime,
        actor: Actor,
        kind: str,
        epoch: int,
        note: str = "",
        words: str = "",
        sealed: bytes | None = None,
    ) -> None:
        super()._add_event(db, case_id, at, actor, kind, epoch, note, words, sealed)
        if not (self._for_hub and actor == RESIDENT and _is_at_hub(db, case_id)):
            return
        if kind in ACTS:
            body = to_body(ActBody(case_id, kind, written(at), note))
            self._add_parcel(db, uuid7(at, self._entropy), case_id, Kind.ACT, at, body)
        elif kind == ATTACHED:
            n = db.execute(sql.LAST_PAPER, (case_id,)).fetchone()[0]
            self._add_paper_parcel(db, f"{case_id}/{n}", case_id, at)

    def _add_case_parcel(self, db: Connection, case_id: str, sealed: bytes, head: Head | None) -> None:
        """The whole of a case that was just handed in."""
        if self._for_hub:
            now = self._clock.now()
            self._add_parcel(db, case_id, case_id, Kind.CASE, now, _case_body(db, case_id, now, sealed, head))

    def _add_paper_parcel(self, db: Connection, parcel_id: str, case_id: str, at: datetime) -> None:
        """Only its hash: a picture is large, and lies with the case anyway."""
        body = _paper_body(db, parcel_id, case_id)
        values = (parcel_id, case_id, Kind.PAPER, written(at), None, hash_of(body))
        db.execute(sql.ADD_PARCEL, values)

    def _add_parcel(
        self, db: Connection, parcel_id: str, case_id: str, kind: Kind, at: datetime, body: bytes
    ) -> None:
        db.execute(sql.ADD_PARCEL, (parcel_id, case_id, kind, written(at), body, hash_of(body)))


def _is_at_hub(db: Connection, case_id: str) -> bool:
    """Not a case from before this kiosk had a hub: its own desk handles that one."""
    return db.execute(sql.IS_AT_HUB, (case_id,)).fetchone() is not None


def _case_body(db: Connection, case_id: str, now: datetime, sealed: bytes, head: Head | None) -> bytes:
    letter = db.execute(FIND_AUTHORITY, (case_id,)).fetchone()
    return to_body(
        CaseBody(
            case=CaseRow(*db.execute(sql.ROW_TO_SEND, (case_id,)).fetchone()),
            at=written(now),
            sealed_base64=base64.b64encode(sealed).decode(),
            centre=db.execute(CURRENT_KEY).fetchone()["centre"],
            consents=tuple(ConsentRow(*row) for row in db.execute(sql.CONSENTS_TO_SEND, (case_id,))),
            levels=tuple(LevelRow(*row) for row in db.execute(sql.LEVELS_TO_SEND, (case_id,))),
            member_cards=tuple(row[0] for row in db.execute(sql.CARDS_TO_SEND, (case_id,))),
            authority=None if letter is None else AuthorityRow(*letter),
            head=_head_row(head),
        )
    )


def _head_row(head: Head | None) -> HeadRow | None:
    if head is None:
        return None
    digests = (head.link.hex(), head.house_link.hex(), head.before.hex(), head.signature.hex())
    link, house_link, before, signature = digests
    return HeadRow(head.n, link, head.house_n, house_link, head.at, head.key_id, before, signature)


def _parcel(db: Connection, row: Any) -> Parcel:
    kind, body = Kind(row["kind"]), row["body"]
    if kind is Kind.PAPER:
        body = _paper_body(db, row["id"], row["case_id"])
    if not body:
        # erased before it could be sent: its number still goes, so that none is missing
        return Parcel(row["kseq"], row["id"], kind, row["case_id"], hash_of(b""), b"")
    return Parcel(row["kseq"], row["id"], kind, row["case_id"], row["hash"], body)


def _paper_body(db: Connection, parcel_id: str, case_id: str) -> bytes:
    """Empty where the picture is gone."""
    row = db.execute(sql.PAPER_TO_SEND, (parcel_id, case_id)).fetchone()
    if row is None:
        return b""
    case, n, material, of, size, at, sealed = row
    return to_body(PaperBody(case, n, material, of, size, at, base64.b64encode(sealed).decode()))
