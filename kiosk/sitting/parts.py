"""How the parts of this box were when a sitting last noticed: in a small file, for whoever looks after it.

Only one program at a time has a reader or a printer open, so nobody else can ask them. Words and times only.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from kiosk.ports import Clock

FILE = "parts.json"
STANDS = timedelta(minutes=1)
"""So long the same is not written again."""


class Noted(NamedTuple):
    """How a part was, and when."""

    word: str
    at: datetime


class Parts:
    """Notes what changes. Any thread may; a file that cannot be written is no reason for anything to stop."""

    def __init__(self, state: Path, clock: Clock) -> None:
        self._path, self._clock = state / FILE, clock
        self._noted: dict[str, Noted] = {}

    def note(self, part: str, word: str) -> None:
        """`part` is so now."""
        with _ONE_AT_A_TIME:
            before, now = self._noted.get(part), self._clock.now()
            if before is not None and before.word == word and abs(now - before.at) < STANDS:
                return
            self._noted[part] = Noted(word, now)
            with suppress(OSError):
                # others of this program note other parts
                self._write({**read_parts(self._path.parent), part: self._noted[part]})

    def _write(self, noted: Mapping[str, Noted]) -> None:
        """Whole or not at all."""
        plain = {part: [one.word, one.at.isoformat()] for part, one in noted.items()}
        fresh = self._path.with_suffix(".new")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump(plain, file)
        os.replace(fresh, self._path)


_ONE_AT_A_TIME = Lock()


def read_parts(state: Path) -> Mapping[str, Noted]:
    """What was noted last; nothing where there is no sound file."""
    try:
        plain = json.loads((state / FILE).read_text())
        return {str(part): Noted(str(word), _moment(at)) for part, (word, at) in plain.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _moment(at: object) -> datetime:
    moment = datetime.fromisoformat(str(at))
    if moment.tzinfo is None:
        raise ValueError
    return moment
