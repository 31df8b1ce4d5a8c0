"""Who can open what people handed in, and what the store's file is written with."""

from __future__ import annotations

from pathlib import Path

from kiosk.cases.calendar import WorkCalendar
from kiosk.ports import Clock
from kiosk.selftest.finding import Finding, State, finding
from kiosk.store import Store, StoreTrouble, open_store
from kiosk.store.sqlite import versions


def keys(folder: Path, clock: Clock, calendar: WorkCalendar, *, encrypt: bool, alone: bool) -> list[Finding]:
    """Nothing where the store does not open: its own line says why.

    `alone`: this box shares no hub. With one the keys are held at the desks, and its own line tells of them.
    """
    try:
        store = open_store(folder, clock=clock, calendar=calendar, encrypt=encrypt)
    except (StoreTrouble, OSError):
        return []
    try:
        return [*(who_holds(store) if alone else ()), _library()]
    except StoreTrouble:
        return []
    finally:
        store.close()


def who_holds(store: Store) -> list[Finding]:
    """The keys of this store, in staff's hands or not. Raises StoreTrouble."""
    if not store.protected:
        return [finding("keys", State.LOOK, "keys.open")]
    staff = store.staff_keys()
    found = [finding("keys", State.GOOD, "keys.good", count=len(staff))]
    if store.recovery_key() is None:
        found = [finding("keys", State.LOOK, "keys.no_sheet")]
    alone = [key.account for key in staff if not key.token]
    if alone:
        found.append(finding("keys", State.LOOK, "keys.pin_alone", names=", ".join(alone)))
    return found


def _library() -> Finding:
    sqlite, cipher = versions()
    return finding("sqlite", State.GOOD, "keys.version", sqlite=sqlite, cipher=f"SQLCipher {cipher}")
