"""The store and the site's key, opened as a visit would."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from kiosk.cases.calendar import WorkCalendar
from kiosk.ports import Clock
from kiosk.security.keys import KeyTrouble, site_key
from kiosk.selftest.finding import Finding, State, finding
from kiosk.store import StoreTrouble, open_store


def store(
    folder: Path, clock: Clock, calendar: WorkCalendar, *, encrypt: bool
) -> tuple[Finding, datetime | None]:
    """The finding, and when the newest case came that is still open; None where there is none."""
    try:
        site_key(folder)
        opened = open_store(folder, clock=clock, calendar=calendar, encrypt=encrypt)
        try:
            opened.check()
            cases = opened.open_cases(clock.now())
        finally:
            opened.close()
    except StoreTrouble as trouble:
        return finding("store", State.BAD, f"keeping.{trouble.kind}"), None
    except KeyTrouble:
        return finding("store", State.BAD, "keeping.key"), None
    except OSError:
        return finding("store", State.BAD, "keeping.folder"), None
    latest = max((case.received_at for case in cases), default=None)
    return finding("store", State.GOOD, "keeping.good", count=len(cases)), latest
