"""Cases that kiosks have sent become cases of the centre: any number of them in the same few statements.

What is far away is the database: a case for itself costs twenty questions and answers, however short each is.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kiosk.cases.states import RESIDENT, State
from kiosk.hub import hub_statements as sql
from kiosk.hub.aside import Aside, PutAside
from kiosk.hub.mail_body import to_mail
from kiosk.hub.posting import Posting
from kiosk.security.envelope import recipients
from kiosk.store.authority_statements import ADD_AUTHORITY
from kiosk.store.case_rows import summary
from kiosk.store.chained import SUBMITTED, Told, add_first_lines
from kiosk.store.instant import read, written
from kiosk.store.parcel_body import CaseBody, read_case
from kiosk.store.sqlite import Connection
from kiosk.store.statements import ADD_CONSENT, ADD_LEVEL, ADD_MEMBER_CARD, CASES_NAMED


@dataclass(frozen=True, slots=True)
class _Sent:
    """A case, as a kiosk has sent it."""

    kiosk: str
    body: CaseBody
    at: datetime
    """When it counts as handed in: of a kiosk whose clock ran ahead, when it came."""

    @property
    def id(self) -> str:
        return self.body.case.id


class TakingInCases(Posting):
    """All of them, or, where one is strange, none: the caller then finds out which."""

    def _take_cases(self, db: Connection, parcels: Sequence[Any]) -> int:
        """How many are new. Raises what is in `aside.FAULTS`; the caller takes back what was begun."""
        # its person had it erased before it could be sent
        cases = [_sent(parcel) for parcel in parcels if parcel["body"]]
        _can_be_opened(db, cases)
        named = json.dumps([one.id for one in cases])
        known = {row["id"] for row in db.execute(sql.KNOWN_CASES, (named,)).fetchall()}
        # taken in before, from a hub that was since put back
        new = [one for one in cases if one.id not in known]
        if new:
            db.executemany(sql.ADD_CASE, [self._row(one) for one in new])
            _add_beside(db, new)
            self._add_histories(db, new)
        return len(new)

    def _row(self, one: _Sent) -> dict[str, Any]:
        """As it stands on the receipt; of a kiosk whose clock ran ahead the time counts from when it came."""
        case = one.body.case
        row = {**dataclasses.asdict(case), "state": State.QUEUED}
        if one.at < read(case.received_at):
            due = self._due(self._calendar.date_of(one.at), case.promised_workdays)
            row |= {"received_at": written(one.at), "due": due.isoformat()}
        return row

    def _add_histories(self, db: Connection, new: Sequence[_Sent]) -> None:
        """The first line of each, signed, and the news of it to its kiosk."""
        named = json.dumps([one.id for one in new])
        rows = {row["id"]: row for row in db.execute(CASES_NAMED, (named,)).fetchall()}
        for one in new:
            # what the board could not show would hold up everything on it
            summary(rows[one.id], (), one.at, self._calendar)
        lines = add_first_lines(db, [_told(one) for one in new])
        self._sign_each(db, self._clock.now(), lines)
        self._post(db)
        mail = [(one.kiosk, one.id, 1, SUBMITTED, written(one.at), to_mail(rows[one.id])) for one in new]
        db.executemany(sql.POST, mail)


def _sent(parcel: Any) -> _Sent:
    body = read_case(bytes(parcel["body"]))
    if not body.case.id == parcel["case_id"] == parcel["id"]:
        raise PutAside(Aside.UNREADABLE)
    return _Sent(parcel["kiosk"], body, min(read(body.at), parcel["received_at"]))


def _can_be_opened(db: Connection, cases: Iterable[_Sent]) -> None:
    keys = {bytes(row["id"]) for row in db.execute(sql.KEY_IDS).fetchall()}
    if any(keys.isdisjoint(recipients(one.body.sealed)) for one in cases):
        raise PutAside(Aside.KEY)


def _add_beside(db: Connection, new: Sequence[_Sent]) -> None:
    """What stands in other tables about them."""
    consents, levels, cards, letters = list[Any](), list[Any](), list[Any](), list[Any]()
    for one in new:
        body = one.body
        consents += [(one.id, it.place, it.id, it.given, it.at, it.text) for it in body.consents]
        levels += [(one.id, it.role, it.level, it.basis, it.at, it.expired) for it in body.levels]
        cards += [(card, one.id) for card in body.member_cards]
        letters += [(one.id, it.acting, it.standing, it.until) for it in (body.authority,) if it is not None]
    added = {ADD_CONSENT: consents, ADD_LEVEL: levels, ADD_MEMBER_CARD: cards, ADD_AUTHORITY: letters}
    for statement, rows in added.items():
        if rows:
            db.executemany(statement, rows)


def _told(one: _Sent) -> Told:
    note = f"{one.kiosk} {one.body.head.n if one.body.head else '-'}"
    return Told(one.id, one.at, RESIDENT, SUBMITTED, 0, note, sealed=one.body.sealed)
