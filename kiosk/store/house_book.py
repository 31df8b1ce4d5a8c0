"""What happened to the box itself, for a manager to read: accounts, services, exports, backups."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kiosk.cases.two_persons import AccountLine
from kiosk.store.connected import Connected
from kiosk.store.instant import read

_LINES = "SELECT n, at, actor, kind, note, words FROM house_event ORDER BY n DESC LIMIT ?"
_ACCOUNT_LINES = (
    "SELECT at, actor, kind, note FROM house_event WHERE kind IN ('account', 'pin_reset') ORDER BY n"
)


@dataclass(frozen=True, slots=True)
class HouseLine:
    """One line of the book."""

    n: int
    at: datetime
    actor: str
    kind: str
    note: str
    words: str


class HouseBook(Connected):
    """Reads; the newest first."""

    def house_lines(self, most: int = 200) -> list[HouseLine]:
        """The last lines of the book."""
        with self._reading() as db:
            rows = db.execute(_LINES, (most,)).fetchall()
        return [
            HouseLine(row["n"], read(row["at"]), row["actor"], row["kind"], row["note"], row["words"] or "")
            for row in rows
        ]

    def account_lines(self) -> list[AccountLine]:
        """Who made, changed and removed which account, and gave new PINs; the oldest first."""
        with self._reading() as db:
            rows = db.execute(_ACCOUNT_LINES).fetchall()
        return [AccountLine(read(row["at"]), row["actor"], row["kind"], row["note"]) for row in rows]
