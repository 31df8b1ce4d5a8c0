"""Settings kept with a person's card: only where they agreed, under their keyed name, not for ever (K33)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from kiosk.store.body import words_from_json, words_to_json
from kiosk.store.connected import Connected
from kiosk.store.instant import read, written
from kiosk.store.statements import (
    FIND_PREFERENCES,
    FORGET_PREFERENCES,
    KEEP_PREFERENCES,
    NOTE_VISIT,
    SWEEP_PREFERENCES,
)


@dataclass(frozen=True, slots=True)
class KeptPreferences:
    """What a person asked us to remember of them, and the words they said yes to."""

    person_key: str = field(repr=False)
    body: str = field(repr=False)
    agreed_at: datetime
    agreed_to: Mapping[str, str]


class Preferences(Connected):
    """How people like to see and hear the kiosk."""

    def keep_preferences(self, kept: KeptPreferences) -> None:
        """In place of what was kept of them before."""
        agreed = (written(kept.agreed_at), words_to_json(kept.agreed_to))
        with self._writing() as db:
            db.execute(KEEP_PREFERENCES, (kept.person_key, kept.body, *agreed, _day(kept.agreed_at)))

    def find_preferences(self, person_key: str, now: datetime, kept_for: timedelta) -> KeptPreferences | None:
        """What was kept of this person, unless they have not been here for so long. This is a visit, too."""
        with self._reading() as db:
            row = db.execute(FIND_PREFERENCES, (person_key, _day(now - kept_for))).fetchone()
        if row is None:
            return None
        if row["last_visit_on"] < _day(now):  # one disk sync a day, and none for whoever keeps nothing
            with self._writing() as db:
                db.execute(NOTE_VISIT, (_day(now), person_key, _day(now)))
        return KeptPreferences(
            person_key, row["body"], read(row["agreed_at"]), words_from_json(row["agreed_to"])
        )

    def forget_preferences(self, person_key: str) -> None:
        """The person wants it gone; nothing kept is nothing to forget."""
        with self._writing() as db:
            db.execute(FORGET_PREFERENCES, (person_key,))

    def sweep_preferences(self, now: datetime, kept_for: timedelta) -> int:
        """Forget everybody who has not been here for so long; how many that were."""
        with self._writing() as db:
            return db.execute(SWEEP_PREFERENCES, (_day(now - kept_for),)).rowcount


def _day(at: datetime) -> str:
    return written(at)[:10]
