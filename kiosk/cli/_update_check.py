"""What the morning check says of an update of the program: cut off, or not steady since."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.selftest.finding import Finding


def update_findings() -> list[Finding]:
    """Nothing where the program does not lie in a folder of versions, and nothing where all is well."""
    from kiosk.selftest.finding import State, finding
    from kiosk.update.first_day import first_day
    from kiosk.update.program import home
    from kiosk.update.versions import Versions

    folder = home()
    if folder is None:
        return []
    record, day, current = Versions(folder).record(), first_day(folder), Versions(folder).current
    found = []
    if record is not None and not record.good:
        found.append(finding("update", State.LOOK, "updating.cut_off", version=record.after))
    if day is not None and day.fell(current):
        told = {"version": day.version, "at": day.shown_at, "older": current}
        found.append(finding("update", State.LOOK, "updating.went_back", **told))
    if day is not None and day.stays(current):
        found.append(finding("update", State.BAD, "updating.stays", version=day.version, at=day.shown_at))
    return found
