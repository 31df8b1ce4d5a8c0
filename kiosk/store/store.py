"""The store as callers meet it."""

from __future__ import annotations

import os
from pathlib import Path

from kiosk.cases.calendar import WorkCalendar
from kiosk.cases.numbers import Entropy
from kiosk.ports import Clock
from kiosk.store.account_rows import AccountRows
from kiosk.store.calls import Calls
from kiosk.store.consents import Consents
from kiosk.store.desk import Desk
from kiosk.store.drafts import Drafts
from kiosk.store.instant import written
from kiosk.store.intake import Intake
from kiosk.store.queue import Queue
from kiosk.store.ratings import Ratings
from kiosk.store.records import RecordTables
from kiosk.store.schema import migrate
from kiosk.store.sqlite import connect
from kiosk.store.trouble import StoreTrouble, Trouble, mapped

FILE_NAME = "store.sqlite3"


class Store(Drafts, Intake, Queue, Desk, Calls, Ratings, Consents, RecordTables, AccountRows):
    """Everything that is kept. A call is one action: kept whole when it returns, or StoreTrouble and nothing.

    Any number of programs may have the same file open, each with one Store.
    """

    def check(self) -> None:
        """Read the whole file through; raises StoreTrouble DAMAGED when something is wrong with it."""
        with self._reading() as db:
            if db.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                raise StoreTrouble(Trouble.DAMAGED, "quick_check")


def open_store(
    state_dir: Path,
    *,
    clock: Clock,
    calendar: WorkCalendar,
    entropy: Entropy = os.urandom,
    key: bytes | None = None,
) -> Store:
    """The store in this folder, made or brought to the present form where needed. Raises StoreTrouble."""
    with mapped():
        state_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        db = connect(state_dir / FILE_NAME, key)
        try:
            migrate(db, written(clock.now()))
        except BaseException:
            db.close()
            raise
    store = Store(db, clock, calendar, entropy)
    store.tidy()
    return store
