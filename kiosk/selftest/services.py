"""What a visit would be offered today."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from kiosk.cases.calendar import WorkCalendar
from kiosk.selftest.finding import Finding, State, finding
from kiosk.services.load import load_shelf, offered


def services(folders: Sequence[Path], today: date) -> list[Finding]:
    """The shelf, and the files that are left out of it."""
    shelf = load_shelf(*folders)
    found = len(offered(shelf, today, unsigned=False))
    findings = [
        finding("services", State.GOOD, "services.good", count=found)
        if found
        else finding("services", State.BAD, "services.none")
    ]
    faulty = sorted({problem.file for problem in shelf.problems})
    if faulty:
        names = ", ".join(faulty)
        findings.append(finding("services", State.LOOK, "services.left_out", count=len(faulty), names=names))
    return findings


def calendar(known: WorkCalendar, today: date) -> Finding:
    """The holidays that promised days are counted by."""
    if not known.knows(today):
        return finding("calendar", State.BAD, "calendar.missing")
    if known.next_year_missing(today):
        return finding("calendar", State.LOOK, "calendar.next")
    return finding("calendar", State.GOOD, "calendar.good")
