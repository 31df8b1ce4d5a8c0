"""News for the kiosk that a case came from, in the same action as what it tells of."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kiosk.cases.chain import ERASED
from kiosk.cases.moves import MOVES
from kiosk.cases.parcels import ACTS
from kiosk.cases.requests import DONE, REFUSED, Reply, Standing, Wish
from kiosk.cases.states import Actor
from kiosk.hub import hub_statements as sql
from kiosk.hub.mail_body import to_mail
from kiosk.store import Store
from kiosk.store.instant import written
from kiosk.store.sqlite import Connection
from kiosk.store.statements import FIND_CASE

_REPLIES = {DONE: Standing.DONE, REFUSED: Standing.REFUSED}
_TOLD = frozenset(move.event for move in MOVES.values()) | ACTS | _REPLIES.keys() | {ERASED}
"""Whatever changes what a kiosk shows. Ticks, looks and notes are the desk's own."""


@dataclass(frozen=True, slots=True)
class _Note:
    case_id: str
    kind: str
    seq: int
    at: datetime
    answers: str
    reply: Reply | None


class Posting(Store):
    """A store whose kiosks lie elsewhere."""

    _to_post: tuple[_Note, ...] = ()
    _answering: str = ""
    """The parcel that is being taken in, while it is an act of the resident."""
    _answered: str = ""
    """The last one that was answered."""

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        before = self._to_post
        try:
            with super()._writing() as db:
                yield db
                self._post(db)
        except BaseException:
            self._to_post = before
            raise

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
        if kind in _TOLD:
            reply = Reply(Wish(note), _REPLIES[kind], words) if kind in _REPLIES else None
            self._note_news(db, case_id, kind, at, self._answering, reply)

    def _note_news(
        self,
        db: Connection,
        case_id: str,
        kind: str,
        at: datetime,
        answers: str,
        reply: Reply | None = None,
    ) -> None:
        """Posted at the end of the action, with the case as it then stands."""
        seq = db.execute(sql.LAST_SEQ, (case_id,)).fetchone()[0]
        self._to_post = (*self._to_post, _Note(case_id, kind, seq, at, answers, reply))

    def _post(self, db: Connection) -> None:
        for one in self._to_post:
            kiosk = db.execute(sql.KIOSK_OF, (one.case_id,)).fetchone()
            row: Any = db.execute(FIND_CASE, (one.case_id,)).fetchone()
            if kiosk is None or row is None:
                continue
            mail = (
                kiosk["kiosk"],
                one.case_id,
                one.seq,
                one.kind,
                written(one.at),
                to_mail(row, one.answers, one.reply),
            )
            db.execute(sql.POST, mail)
            self._answered = one.answers or self._answered
        self._to_post = ()
