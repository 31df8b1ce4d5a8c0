"""What the morning check says of an update of the program that was cut off."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.selftest.finding import Finding


def update_findings() -> list[Finding]:
    """Nothing where the program does not lie in a folder of versions, and nothing where all is well."""
    from kiosk.selftest.finding import State, finding
    from kiosk.update.program import home
    from kiosk.update.versions import Versions

    folder = home()
    record = Versions(folder).record() if folder else None
    if record is None or record.good:
        return []
    return [finding("update", State.LOOK, "updating.cut_off", version=record.after)]
