"""A copy of the whole store in a folder of its own, made while kiosk and desk go on working.

Keys are never in it: whoever finds a backup reads nothing of what people handed in.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypedDict

from kiosk import __version__
from kiosk.cases.chain import BEGINNING
from kiosk.cases.numbers import day_prefix
from kiosk.cases.states import BOX
from kiosk.durable import sync
from kiosk.security import staff_cards
from kiosk.security.key_files import key_files
from kiosk.store import chain_statements, upkeep_statements
from kiosk.store.chained import last_of
from kiosk.store.engine import SqliteEngine
from kiosk.store.heads import NOTED, Heads
from kiosk.store.instant import written
from kiosk.store.manifest import BadBackup, Manifest, digest_of, read_manifest
from kiosk.store.space import on_disk
from kiosk.store.sqlite import Database
from kiosk.store.statements import CURRENT_KEY
from kiosk.store.trouble import StoreTrouble, Trouble, mapped

STORE_FILE = "store.sqlite3"
BACKED_UP = "backed_up"
"""The line of the house after a backup; its note is the backup's name."""
RESTORED = "restored"
"""The first line of the house on the new box; its note is the last line of cases that came with it."""
TICKETS_A_MINUTE = 16
"""More than any centre gives. A restored box goes on from where its day would be at this pace, so that it
never gives a ticket that the box before gave after its last backup; nor do two restores of one backup."""
_LEAP = 999
"""And a letter on from the last ticket it knows of, should the clock be wrong."""
_NAME = "bangban-{at:%Y%m%d-%H%M%S}"
_BEGUN = ".making-"
_ALWAYS_KEPT = 3
"""So many of the newest are never removed, whatever the clock says."""
_ROOM_LEFT = 64 << 20
_COUNTS_OF = {"tidied": "one", "hub_reached": "news_taken"}
"""Where not the whole row counts."""
_BESIDE = (NOTED, staff_cards.FILE_NAME)
"""What goes along where it is there: how far the books were, and whose cards close the kiosk."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A finished one."""

    folder: Path
    manifest: Manifest


@dataclass(frozen=True, slots=True)
class TakenUp:
    """What a restored store came with."""

    cases: int
    boxes: tuple[str, ...]
    """The boxes that signed its books before."""


class Backups(Heads):
    """Copies of this store."""

    @property
    def _db(self) -> Database:
        """The file; there is none where the store lies in a hub, which is backed up where it is."""
        if not isinstance(self._engine, SqliteEngine):
            raise StoreTrouble(Trouble.READ_ONLY, "no file of this box")
        return self._engine.database

    def back_up(self, state: Path, into: Path) -> Backup:
        """A new folder inside `into`, safely on its disk. `state`: the folder this store lies in.

        Nobody waits for it: readers and writers go on. Raises StoreTrouble; then nothing is left behind.
        """
        now = self._clock.now()
        with self._lock, mapped():
            into.mkdir(parents=True, exist_ok=True, mode=0o700)
            _clear_begun(into)
            if shutil.disk_usage(into).free < 2 * on_disk(state) + _ROOM_LEFT:
                raise StoreTrouble(Trouble.FULL, "no room for a backup")
            begun = into / f"{_BEGUN}{os.getpid()}"
            begun.mkdir(mode=0o700)
            try:
                manifest = self._copy(state, begun, now)
                made = _in_place(begun, into, now)
            except BaseException:
                shutil.rmtree(begun, ignore_errors=True)
                raise
        with self._writing() as db:
            self._add_house_event(db, BOX, BACKED_UP, made.name)
        return Backup(made, manifest)

    def digest(self) -> str:
        """Of every row there is, whatever the form: the same as long as nobody has done anything. What the
        box does for itself while nobody is there (it tidies up, it reaches its hub) does not count.
        """
        told = hashlib.sha256()
        with self._reading() as db:
            for (table,) in db.execute(upkeep_statements.TABLES).fetchall():
                columns = _COUNTS_OF.get(table, "*")
                rows = upkeep_statements.ALL_OF_IT.format(columns=columns, table=table)
                told.update(f"{table} {_sum_of(db.execute(rows)):x}\n".encode())
        return told.hexdigest()

    def take_up(self, manifest: Manifest) -> TakenUp:
        """The first act of a restored store: it says so, and leaves tickets out.

        Raises BadBackup where its books are not those of the manifest.
        """
        now = self._clock.now()
        day = day_prefix(self._calendar.date_of(now))
        with self._writing() as db:
            row = db.execute(chain_statements.LINK_OF, (manifest.line,)).fetchone()
            if manifest.line and (row is None or row["link"].hex() != manifest.link):
                raise BadBackup("file_changed", STORE_FILE)
            given, skipped = db.execute(upkeep_statements.TICKETS_OF_DAY, {"day": day}).fetchone()
            skip = max(self._pace(now) - given, skipped + _LEAP)
            db.execute(upkeep_statements.SKIP_TICKETS, (day, skip, written(now)))
            line, _ = last_of(db, chain_statements.LAST_LINE, BEGINNING)
            self._add_house_event(db, BOX, RESTORED, str(line))
            cases: int = db.execute(upkeep_statements.COUNT_CASES).fetchone()[0]
            boxes = tuple(row[0] for row in db.execute(upkeep_statements.BOXES).fetchall())
        self.sign_now()
        return TakenUp(cases, boxes)

    def _pace(self, now: datetime) -> int:
        at = now.astimezone(self._calendar.zone)
        return TICKETS_A_MINUTE * (at.hour * 60 + at.minute + 1)

    def _copy(self, state: Path, begun: Path, now: datetime) -> Manifest:
        far = self._how_far()
        copy = begun / STORE_FILE
        os.close(os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        # one look at the store, however long it takes, and no free pages: what was erased is not in it
        self._db.conn.execute(upkeep_statements.COPY_INTO, (str(copy),))
        for name in _BESIDE:
            if (state / name).is_file():
                shutil.copyfile(state / name, begun / name)
        manifest = Manifest(
            made_at=now,
            program=__version__,
            store_form=far["form"],
            cases=far["cases"],
            line=far["line"],
            link=far["link"],
            centre=far["centre"],
            keys=tuple(one.name for one in key_files(state)),
            files={one.name: digest_of(one) for one in sorted(begun.iterdir())},
        )
        manifest.write(begun)
        for one in (*begun.iterdir(), begun):
            sync(one)
        return manifest

    def _how_far(self) -> _Far:
        """Before the copy: so many cases are in it at least, and this line."""
        with self._reading() as db:
            line, link = last_of(db, chain_statements.LAST_LINE, BEGINNING)
            return {
                "form": db.execute(upkeep_statements.FORM).fetchone()[0],
                "cases": db.execute(upkeep_statements.COUNT_CASES).fetchone()[0],
                "line": line,
                "link": link.hex(),
                "centre": str(db.execute(CURRENT_KEY).fetchone()["centre"]),
            }


class _Far(TypedDict):
    form: int
    cases: int
    line: int
    link: str
    centre: str


def _sum_of(rows: Iterable[Sequence[object]]) -> int:
    """The same in whatever order they come; nothing is kept of them."""
    total = 0
    for row in rows:
        total += int.from_bytes(hashlib.sha256(repr(tuple(row)).encode()).digest())
    return total


def finished(into: Path) -> Iterator[Backup]:
    """The backups in a folder, newest first; what is none is passed over."""
    found = []
    for one in into.glob("bangban-*"):
        with suppress(BadBackup):
            found.append(Backup(one, read_manifest(one)))
    yield from sorted(found, key=lambda one: one.manifest.made_at, reverse=True)


def remove_old(into: Path, now: datetime, keep: timedelta) -> list[str]:
    """Remove what is older than that; the names that went. The newest ones stay in any case."""
    gone = []
    for one in list(finished(into))[_ALWAYS_KEPT:]:
        if one.manifest.made_at < now - keep:
            shutil.rmtree(one.folder)
            gone.append(one.folder.name)
    return gone


def _in_place(begun: Path, into: Path, now: datetime) -> Path:
    """Under its name, which it gets as a whole; a second one of the same second gets a number."""
    name, number = _NAME.format(at=now), 1
    while (into / name).exists():
        number += 1
        name = f"{_NAME.format(at=now)}-{number}"
    made = begun.rename(into / name)
    sync(into)
    return made


def _clear_begun(into: Path) -> None:
    """What a program left that was killed in the middle of a backup."""
    for one in into.glob(f"{_BEGUN}*"):
        pid = one.name.removeprefix(_BEGUN)
        if not (pid.isdecimal() and Path("/proc", pid).exists() and int(pid) != os.getpid()):
            shutil.rmtree(one, ignore_errors=True)
