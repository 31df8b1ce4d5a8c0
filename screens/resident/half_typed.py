"""What is half typed: which entry of which page the field serves, and when that is over."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.flow.page import Entry
from screens.resident.field import Field

if TYPE_CHECKING:
    from kiosk.flow.sitting import Sitting
    from screens.resident.visit_thread import Shown


class HalfTyped:
    """Outlives help and a change of language, and nothing else."""

    def __init__(self, field: Field) -> None:
        self._field = field
        self._asked: tuple[str, Entry] | None = None
        """The page and the entry whose answer stands in the field."""
        self._value = ""
        """What that entry began with."""
        self._misses = 0
        """How often in a row an answer to it was refused: whoever mends one by hand is let mend it."""

    def follow(self, shown: Shown) -> None:
        """Another page has come, or the same with something else on it."""
        entry, sitting = shown.page.entry, shown.sitting
        if entry is not None:
            asked = (shown.page.id, replace(entry, value="", anew=False))
            # What was dictated stands in the entry, and not yet in the field.
            dictated = sitting.refused is None and entry.value != self._value
            self._field.take(entry, sitting.language, fresh=dictated or self._asked != asked)
            if entry.anew and sitting.misses != self._misses:
                self._field.give_way()
            self._asked, self._value, self._misses = asked, entry.value, sitting.misses
        elif not _covered(sitting):
            self._field.wipe()
            self._asked = None


def _covered(sitting: Sitting) -> bool:
    """Does another page lie over the one that is filled in?"""
    return bool(sitting.overlay) or sitting.newcomer is not None or sitting.said_back is not None
