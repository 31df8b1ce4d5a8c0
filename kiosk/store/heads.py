"""How far the books are, signed by the box: at every submission, and once a day where anything happened."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from kiosk.cases.chain import BEGINNING, HOUSE_BEGINNING, Head, head_line
from kiosk.security.device_key import DeviceKey, device_key, secret_of
from kiosk.security.keys import KeyTrouble
from kiosk.store import chain_statements as sql
from kiosk.store.chain_begun import begin
from kiosk.store.chained import last_of
from kiosk.store.connected import Connected
from kiosk.store.instant import read, written
from kiosk.store.sqlite import Connection
from kiosk.store.trouble import mapped

NOTED = "heads.log"
"""Every head once more, outside the store: what was cut off its end is missed here."""


class Heads(Connected):
    """Signed heads. A box whose key file is damaged takes cases without them, and `kiosk verify` says so."""

    _box: Path | None = None
    _device: DeviceKey | None = None

    def begin_chain(self, folder: Path) -> None:
        """From now on every line holds the one before; `folder` is where the box keeps its key."""
        self._box = folder
        with suppress(OSError):
            # made now, so that a submit has one sync; where the disk is full it is tried again then
            secret_of(folder)
        with self._reading() as db:
            begun = db.execute(sql.HAS_BEGUN).fetchone() is not None
        if not begun:
            with self._writing() as db:
                begin(db, self._clock.now())

    def head(self) -> Head | None:
        """The last one signed."""
        with self._reading() as db:
            return _last_head(db)

    def box_id(self) -> str:
        """The number of this box, by its key; empty where the key cannot be used."""
        self._take_device()
        return self._device.id if self._device else ""

    def sign_today(self) -> Head | None:
        """A head of today, where something was written after the last one of an earlier day."""
        now = self._clock.now()
        with self._reading() as db:
            last = _last_head(db)
            same = last is not None and (last.n, last.house_n) == _ends(db)
        today = self._calendar.date_of(now)
        if same or (last is not None and self._calendar.date_of(read(last.at)) == today):
            return None
        return self.sign_now()

    def sign_now(self) -> Head | None:
        """A head of this moment; None where the box's key cannot be used."""
        self._take_device()
        with self._writing() as db:
            head = self._sign(db, self._clock.now())
        self._note(head)
        return head

    def _take_device(self) -> None:
        """Before the action begins: the large library is loaded here for the first time."""
        if self._device is None and self._box is not None:
            with mapped(), suppress(KeyTrouble):
                self._device = device_key(self._box)

    def _sign(self, db: Connection, now: datetime) -> Head | None:
        """Inside the action that it is for, after its lines."""
        heads = self._sign_each(db, now, (last_of(db, sql.LAST_LINE, BEGINNING),))
        return heads[-1] if heads else None

    def _sign_each(self, db: Connection, now: datetime, lines: Iterable[tuple[int, bytes]]) -> list[Head]:
        """A head at each of these lines (number and link), which were written last; none without a key."""
        device = self._device
        if device is None:
            return []
        house = last_of(db, sql.LAST_OF_HOUSE, HOUSE_BEGINNING)
        last = _last_head(db)
        if last is None or last.key_id != device.id:
            db.execute(sql.KNOW_DEVICE, (device.id, device.public, written(now)))
        before = bytes(32) if last is None else last.digest
        heads = list[Head]()
        for n, link in lines:
            bare = Head(n, link, *house, written(now), device.id, before, b"")
            heads.append(bare._replace(signature=device.sign(bare.signed)))
            before = heads[-1].digest
        db.executemany(sql.ADD_HEAD, [tuple(head) for head in heads])
        return heads

    def _note(self, head: Head | None) -> None:
        """Without a sync of its own: a line lost with the power only means one head fewer to compare."""
        if head is None or self._box is None:
            return
        with suppress(OSError):
            flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
            handle = os.open(self._box / NOTED, flags, 0o600)
            try:
                os.write(handle, head_line(head).encode() + b"\n")
            finally:
                os.close(handle)


def head_of_line(db: Connection, n: int) -> Head | None:
    """The first head that was signed at this line.

    Heads go up with the lines, so it is found by halves: an index would be a page more in every submit.
    """
    before, found = 0, db.execute(sql.LAST_HEAD_ID).fetchone()[0]
    while found - before > 1:
        middle = (before + found) // 2
        row = db.execute(sql.LINE_OF_HEAD, (middle,)).fetchone()
        if row is None or row["n"] < n:
            before = middle
        else:
            found = middle
    row = db.execute(sql.HEAD_AT, (found, n)).fetchone()
    return None if row is None else Head(*row)


def _last_head(db: Connection) -> Head | None:
    row = db.execute(sql.LAST_HEAD).fetchone()
    return None if row is None else Head(*row)


def _ends(db: Connection) -> tuple[int, int]:
    cases, _ = last_of(db, sql.LAST_LINE, BEGINNING)
    house, _ = last_of(db, sql.LAST_OF_HOUSE, HOUSE_BEGINNING)
    return cases, house
