"""What people handed in lies sealed: closed with the centre's public key, opened with the keys of staff."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from kiosk.cases.submission import Submission
from kiosk.security.centre_keys import (
    CENTRE_BYTES,
    forget_unprotected,
    keep_unprotected,
    new_pair,
    unprotected,
)
from kiosk.security.envelope import Binding, Fault, SealTrouble, recipients, seal, unseal, unwrap, wrap
from kiosk.store import statements
from kiosk.store.body import from_json
from kiosk.store.connected import Connected
from kiosk.store.instant import written
from kiosk.store.sqlite import Connection
from kiosk.store.trouble import StoreTrouble, Trouble

HANDED_IN = "submission"
"""The body of a case's first event. Later ones are called after their event."""
_BATCH = 100

_TROUBLE = {Fault.KEY: Trouble.SEALED, Fault.SUITE: Trouble.NEWER}


class Sealing(Connected):
    """Bodies, closed and opened."""

    @property
    def protected(self) -> bool:
        """Is what comes now sealed to a key that only staff can open?"""
        with self._reading() as db:
            row = db.execute(statements.CURRENT_KEY).fetchone()
        return row is not None and bool(row["protected"])

    def can_open(self) -> bool:
        """Are the keys of the newest cases open in this process?"""
        with self._reading() as db:
            row = db.execute(statements.CURRENT_KEY).fetchone()
        return row is not None and row["id"] in self._keys.centre

    def _sealed(self, db: Connection, case: Any, part: str, plain: str) -> bytes:
        """The text, closed for the centre and bound to this part of this case."""
        return self._sealed_bytes(db, case, part, plain.encode())

    def _sealed_bytes(self, db: Connection, case: Any, part: str, plain: bytes) -> bytes:
        row = db.execute(statements.CURRENT_KEY).fetchone()
        return seal(plain, [row["public"]], _binding(case, part, row["centre"]))

    def _opened(self, db: Connection, case: Any, part: str, sealed: bytes) -> str:
        return self._opened_bytes(db, case, part, sealed).decode()

    def _opened_bytes(self, db: Connection, case: Any, part: str, sealed: bytes) -> bytes:
        try:
            centre = _bound_to(db, sealed)
            return unseal(sealed, self._keys.centre, _binding(case, part, centre))
        except SealTrouble as trouble:
            kind = _TROUBLE.get(trouble.fault, Trouble.DAMAGED)
            raise StoreTrouble(kind, f"seal, {trouble.fault}") from None

    def _submission(self, db: Connection, case_id: str) -> Submission:
        """What was handed in. Raises StoreTrouble SEALED where nobody has opened the keys."""
        row = db.execute(statements.CASE_BODY, (case_id,)).fetchone()
        return self._submission_of(db, row)

    def _submission_of(self, db: Connection, row: Any) -> Submission:
        if row["sealed"] is None:
            # a body goes only when its time is over, and a line then says so: `kiosk verify` holds us to it
            raise StoreTrouble(Trouble.ERASED)
        return from_json(self._opened(db, row, HANDED_IN, row["sealed"]))

    def _opens(self, sealed: bytes | None) -> bool:
        """Is one of its keys open here?"""
        return sealed is not None and any(one in self._keys.centre for one in recipients(sealed))

    _folder: Path

    def take_up_keys(self, folder: Path) -> None:
        """The keys as this box has them; a box that has none makes its first pair by itself."""
        self._folder = folder
        with self._reading() as db:
            rows = db.execute(statements.CENTRE_KEYS).fetchall()
        if not _usable(rows, folder):
            rows = self._first_key(folder)
        for row in rows:
            if row["protected"]:
                # left over where the plug was pulled just as staff took it over
                forget_unprotected(folder, row["id"])
        lying = {row["id"]: unprotected(folder, row["id"]) for row in rows if not row["protected"]}
        self._keys.lie_open({one: private for one, private in lying.items() if private})

    def _first_key(self, folder: Path) -> list[Any]:
        with self._writing() as db:
            # looked at again: another program may have been faster
            rows = db.execute(statements.CENTRE_KEYS).fetchall()
            if _usable(rows, folder):
                return rows
            pair = new_pair()
            # on the disk first: what is sealed to a key that nobody has is lost
            keep_unprotected(folder, pair)
            db.execute(statements.NAME_CENTRE, (os.urandom(CENTRE_BYTES).hex(),))
            db.execute(statements.ADD_CENTRE_KEY, (pair.id, pair.public, written(self._clock.now()), 0))
            return db.execute(statements.CENTRE_KEYS).fetchall()

    def seal_what_is_plain(self) -> int:
        """Close what an earlier program left readable; how many bodies and drafts that were."""
        done = 0
        while some := self._seal_some():
            done += some
        return done + self._seal_drafts()

    def _seal_some(self) -> int:
        with self._reading() as db:
            if db.execute(statements.PLAIN_BODIES, (1,)).fetchone() is None:
                return 0
        with self._writing() as db:
            rows = db.execute(statements.PLAIN_BODIES, (_BATCH,)).fetchall()
            for row in rows:
                part = HANDED_IN if row["seq"] == 1 else part_of(row["seq"])
                db.execute(statements.SEAL_BODY, (self._sealed(db, row, part, row["body"]), row["n"]))
        return len(rows)

    def _seal_drafts(self) -> int:
        with self._reading() as db:
            if db.execute(statements.PLAIN_DRAFTS).fetchone() is None:
                return 0
        with self._writing() as db:
            rows = db.execute(statements.PLAIN_DRAFTS).fetchall()
            for row in rows:
                db.execute(statements.SEAL_DRAFT, (*closed_draft(self._keys.drafts, *row), row["id"]))
        return len(rows)


def part_of(seq: int) -> str:
    """The name of the body of a later event."""
    return f"event {seq}"


def closed_draft(kiosk_key: bytes, draft_id: str, body: str) -> tuple[bytes, bytes]:
    """A draft under a fresh key, and that key under the kiosk's: without it the draft is noise."""
    key = os.urandom(32)
    return wrap(key, body.encode(), draft_id), wrap(kiosk_key, key, draft_id)


def opened_draft(kiosk_key: bytes, row: Any) -> str:
    """The draft of this row. Raises StoreTrouble DAMAGED."""
    try:
        key = unwrap(kiosk_key, row["wrapped"], row["id"])
        return unwrap(key, row["sealed"], row["id"]).decode()
    except SealTrouble as trouble:
        raise StoreTrouble(Trouble.DAMAGED, f"draft, {trouble.fault}") from None


def _binding(case: Any, part: str, centre: str) -> Binding:
    return Binding(case["case_id"], part, case["service_id"], case["service_version"], centre)


def _bound_to(db: Connection, sealed: bytes) -> str:
    """The centre that bodies for this recipient are bound to; of a kiosk that has joined a hub it is another
    than before. Raises SealTrouble."""
    for one in recipients(sealed):
        row = db.execute(statements.KEY_BOUND_TO, (one,)).fetchone()
        if row is not None:
            return str(row["centre"])
    return str(db.execute(statements.CURRENT_KEY).fetchone()["centre"])


def _usable(rows: list[Any], folder: Path) -> bool:
    """Is there somebody who can open what is sealed to the newest key?"""
    if not rows:
        return False
    newest = rows[-1]
    elsewhere = newest["bound_to"] is not None
    return bool(newest["protected"]) or elsewhere or unprotected(folder, newest["id"]) is not None
