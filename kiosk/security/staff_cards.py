"""Whose card opens the page for staff at a kiosk: names of accounts by keyed names of persons."""

from __future__ import annotations

import json
import os
from pathlib import Path

from kiosk.durable import sync

FILE_NAME = "staff-cards.json"


class StaffCards:
    """In a file of the data folder. A card says who somebody claims to be; their PIN proves it."""

    def __init__(self, state_dir: Path) -> None:
        self._path = state_dir / FILE_NAME

    def name_of(self, person_key: str) -> str:
        """The account whose card this is; empty where it is nobody's. `person_key` as `kiosk.security.keys`
        makes it.
        """
        return self._read().get(person_key, "")

    def give(self, name: str, person_key: str) -> None:
        """From now on this is the card of `name`, and no other one is."""
        others = {key: one for key, one in self._read().items() if one != name}
        self._write({**others, person_key: name})

    def forget(self, name: str) -> None:
        """`name` has no card any more."""
        kept = self._read()
        if name in kept.values():
            self._write({key: one for key, one in kept.items() if one != name})

    def _read(self) -> dict[str, str]:
        """What cannot be read is as if nobody had a card."""
        try:
            read = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return {str(key): str(name) for key, name in read.items()} if isinstance(read, dict) else {}

    def _write(self, cards: dict[str, str]) -> None:
        written = self._path.with_suffix(".new")
        handle = os.open(written, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(cards, file, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        written.replace(self._path)
        sync(self._path.parent)
