"""Settings kept with the card: what is in the store, and what of it is understood."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from kiosk.flow.pages.remembering import agreed_to
from kiosk.flow.preferences import Preferences
from kiosk.flow.remembering import wishes
from kiosk.flow.sitting import Sitting, World
from kiosk.ports import Clock
from kiosk.store import Store
from kiosk.store.preferences import KeptPreferences

_FORM = 1
"""The form of the JSON; settings in another one do not come back, and are asked for again."""
KEPT_FOR = timedelta(days=365)


class Likings:
    """Of everybody who agreed; whose they are is a keyed name."""

    def __init__(self, store: Store, clock: Clock, kept_for: timedelta = KEPT_FOR) -> None:
        """`kept_for`: after so long without a visit they are forgotten."""
        self._store, self._clock, self._kept_for = store, clock, kept_for

    def of(self, person: str) -> Preferences | None:
        """What was kept of this person, who is here."""
        found = self._store.find_preferences(person, self._clock.now(), self._kept_for)
        return from_json(found.body) if found is not None else None

    def keep(self, person: str, sitting: Sitting, world: World) -> Preferences:
        """As they have set it now, with the words they said yes to."""
        liked = wishes(sitting)
        agreed = agreed_to(world.texts)
        self._store.keep_preferences(KeptPreferences(person, to_json(liked), self._clock.now(), agreed))
        return liked

    def forget(self, person: str) -> None:
        """For good."""
        self._store.forget_preferences(person)


def to_json(liked: Preferences) -> str:
    """Only what was set."""
    found = {name: value for name, value in asdict(liked).items() if value is not None}
    return json.dumps({"form": _FORM, **found}, separators=(",", ":"))


def from_json(body: str) -> Preferences | None:
    """What was set; None where it is of another form."""
    found: dict[str, Any] = json.loads(body)
    if found.pop("form", None) != _FORM or not set(found) <= set(asdict(Preferences())):
        return None
    return Preferences(**found)
