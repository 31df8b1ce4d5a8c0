"""The store as callers meet it."""

from __future__ import annotations

import os
from pathlib import Path

from kiosk.cases.calendar import WorkCalendar
from kiosk.cases.numbers import Entropy
from kiosk.ports import Clock
from kiosk.security.centre_keys import Keyring
from kiosk.security.keys import FILE_NAME as KEY_NAME
from kiosk.security.keys import site_key
from kiosk.store.account_rows import AccountRows
from kiosk.store.attachments import Attachments
from kiosk.store.authorities import Authorities
from kiosk.store.backup import STORE_FILE, Backups
from kiosk.store.calls import Calls
from kiosk.store.centres import Centres
from kiosk.store.colleagues import Colleagues
from kiosk.store.consents import Consents
from kiosk.store.contents import Contents
from kiosk.store.corrections import Corrections
from kiosk.store.desk import Desk
from kiosk.store.drafts import Drafts
from kiosk.store.engine import SqliteEngine
from kiosk.store.erasing import Erasing
from kiosk.store.exporting import Exporting
from kiosk.store.filing import Filing
from kiosk.store.house_book import HouseBook
from kiosk.store.hub_news import HubNews
from kiosk.store.instant import written
from kiosk.store.intake import Intake
from kiosk.store.key_rows import KeyRows
from kiosk.store.next_case import NextCase
from kiosk.store.outbox import Outbox
from kiosk.store.preferences import Preferences
from kiosk.store.queue import Queue
from kiosk.store.ratings import Ratings
from kiosk.store.records import RecordTables
from kiosk.store.rights import Rights
from kiosk.store.same_cases import SameCases
from kiosk.store.schema import migrate
from kiosk.store.search import Finding
from kiosk.store.service_stops import ServiceStops
from kiosk.store.shift import Shift
from kiosk.store.side_notes import SideNotes
from kiosk.store.sqlite import Database, connect
from kiosk.store.tallying import Tallying
from kiosk.store.trouble import StoreTrouble, Trouble, mapped
from kiosk.store.verifying import Verifying
from kiosk.store.waiting import WaitingNumbers
from kiosk.store.whole_file import OpenFile, file_key, is_plain, key_for

FILE_NAME = STORE_FILE


class Store(
    Drafts,
    Preferences,
    Intake,
    Exporting,
    Queue,
    Finding,
    SideNotes,
    Shift,
    Desk,
    Filing,
    Centres,
    Attachments,
    SameCases,
    Authorities,
    Contents,
    Corrections,
    Colleagues,
    NextCase,
    Calls,
    WaitingNumbers,
    Outbox,
    Ratings,
    Consents,
    RecordTables,
    AccountRows,
    HouseBook,
    KeyRows,
    Verifying,
    Backups,
    HubNews,
    Erasing,
    Rights,
    ServiceStops,
    Tallying,
):
    """Everything that is kept. A call is one action: kept whole when it returns, or StoreTrouble and nothing.

    Any number of programs may have the same file open, each with one Store.
    """

    _file: OpenFile

    def close(self) -> None:
        """End the connection; nothing is pending, every action was kept when it returned."""
        super().close()
        self._file.close()

    def check(self) -> None:
        """Read the whole file through; raises StoreTrouble DAMAGED when something is wrong with it."""
        with self._lock, self._engine.mapped(writing=False):
            if self._db.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                raise StoreTrouble(Trouble.DAMAGED, "quick_check")


def open_store(
    state_dir: Path,
    *,
    clock: Clock,
    calendar: WorkCalendar,
    entropy: Entropy = os.urandom,
    encrypt: bool = True,
) -> Store:
    """The store in this folder, made or brought to the present form where needed. Raises StoreTrouble.

    `encrypt`: the whole file, with a key of this box; one that is encrypted stays so without it, too.
    """
    path = state_dir / FILE_NAME
    with mapped():
        state_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        site = _site_key(state_dir, path)
        file = OpenFile(state_dir)
        try:
            db = _opened(path, key_for(path, file_key(site), file, encrypt=encrypt), clock)
        except BaseException:
            file.close()
            raise
    store = Store(SqliteEngine(db), clock, calendar, entropy, Keyring(site))
    store._file = file
    try:
        with mapped():
            store.take_up_keys(state_dir)
            store.seal_what_is_plain()
            store.begin_chain(state_dir)
    except BaseException:
        store.close()
        raise
    # also folds the log into the file, so that nothing that was readable stays in either
    store.tidy()
    return store


def _opened(path: Path, key: bytes | None, clock: Clock) -> Database:
    db = connect(path, key)
    try:
        migrate(db, written(clock.now()))
    except BaseException:
        db.close()
        raise
    return db


def _site_key(folder: Path, path: Path) -> bytes:
    """A fresh one is made only where nothing hangs on the one that is gone."""
    closed = path.exists() and path.stat().st_size > 0 and not is_plain(path)
    if closed and not (folder / KEY_NAME).exists():
        raise StoreTrouble(Trouble.DAMAGED, f"{KEY_NAME} is missing")
    return site_key(folder)
