"""The first day of a version: whoever keeps falling in it is gone back from.

FOLDER/first-day.json   which version was switched to last, since when, and what became of it
DATA/fallen             the page for staff was reached: the account that shows it can write nowhere else

The account can thereby ask for no more than the version before, which was signed and ran here, and for that
within a day of an update only.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from kiosk.update.versions import write_safely

LASTS = timedelta(hours=24)
_FILE = "first-day.json"
_MARK = "fallen"


class Became(StrEnum):
    """What has become of a version in its first day."""

    RUNS = "runs"
    FELL = "fell"
    """It is gone back from; done where another version runs."""
    STAYS = "stays"
    """It keeps falling, and going back is for people to decide."""


@dataclass(frozen=True, slots=True)
class FirstDay:
    """Of the version that was switched to last."""

    version: str
    since: str
    """ISO 8601, with its zone."""
    became: Became = Became.RUNS
    at: str = ""
    """Since when, where it does not simply run; like `since`."""
    why: str = ""
    """Why it stays: a code of Refused."""
    store: str = ""
    """A digest of all that lay in the store then; empty where there is none."""

    @property
    def shown_at(self) -> str:
        """`at`, as people write it."""
        return self.at[:16].replace("T", " ")

    def lasts(self, current: str, now: datetime) -> bool:
        """Is the version that runs to be gone back from, if it keeps falling? A clock that was set back since
        is no reason against it.
        """
        return (
            self.version == current
            and self.became is not Became.STAYS
            and now - datetime.fromisoformat(self.since) < LASTS
        )

    def fell(self, current: str) -> bool:
        """Was this version gone back from?"""
        return self.became is Became.FELL and self.version != current

    def stays(self, current: str) -> bool:
        """Does it run on although it keeps falling?"""
        return self.became is Became.STAYS and self.version == current


def first_day(folder: Path) -> FirstDay | None:
    """Of the versions in this folder; None where there was no update yet, or nobody can tell."""
    try:
        told = json.loads((folder / _FILE).read_bytes())
        day = FirstDay(**{**told, "became": Became(told["became"])})
        aware = datetime.fromisoformat(day.since).tzinfo is not None
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return day if aware else None


def note_first_day(folder: Path, day: FirstDay) -> None:
    """Safely on the disk when this returns. Raises OSError."""
    write_safely(folder / _FILE, json.dumps(asdict(day)).encode())


def mark(state: Path) -> None:
    """The kiosk has fallen so often that the page for staff stands. Raises OSError."""
    (state / _MARK).touch(mode=0o600)


def is_marked(state: Path) -> bool:
    """Has it, since somebody last looked?"""
    return (state / _MARK).exists()


def unmark(state: Path) -> None:
    """Somebody has looked. Raises OSError."""
    (state / _MARK).unlink(missing_ok=True)
