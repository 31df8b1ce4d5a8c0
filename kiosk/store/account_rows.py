"""Staff accounts in the file. What a try means is decided in `kiosk.security`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kiosk.cases.staff import Account, Tries
from kiosk.cases.states import Role
from kiosk.store import statements
from kiosk.store.connected import Connected
from kiosk.store.instant import read_or_none, written


class AccountRows(Connected):
    """Accounts by name."""

    def add_account(self, name: str, role: Role, pin_hash: str) -> bool:
        """A new account; False when the name is taken."""
        with self._writing() as db:
            added = (name, role, pin_hash, written(self._clock.now()))
            return db.execute(statements.ADD_ACCOUNT, added).rowcount == 1

    def account(self, name: str) -> Account | None:
        """The account of that name."""
        with self._reading() as db:
            row = db.execute(statements.FIND_ACCOUNT, (name,)).fetchone()
        return None if row is None else _account(row)

    def accounts(self) -> list[Account]:
        """All accounts, by name."""
        with self._reading() as db:
            return [_account(row) for row in db.execute(statements.ALL_ACCOUNTS).fetchall()]

    def count_try(self, name: str, may: Callable[[Tries], bool]) -> bool:
        """Count one wrong try if `may` allows one, before it is known whether it is right.

        Counted first, so that pulling the plug in the middle never gives a free try.
        """
        now = self._clock.now()
        with self._writing() as db:
            row = db.execute(statements.FIND_ACCOUNT, (name,)).fetchone()
            if row is None or not may(_account(row).tries):
                return False
            db.execute(statements.SET_TRIES, (row["wrong"] + 1, written(now), name))
            return True

    def clear_tries(self, name: str) -> None:
        """The PIN was right."""
        with self._writing() as db:
            db.execute(statements.SET_TRIES, (0, None, name))

    def replace_pin(self, name: str, pin_hash: str) -> bool:
        """A new PIN, with all tries again; False when there is no such account."""
        with self._writing() as db:
            return db.execute(statements.SET_PIN, (pin_hash, name)).rowcount == 1


def _account(row: Any) -> Account:
    return Account(
        name=row["name"],
        role=Role(row["role"]),
        pin_hash=row["pin_hash"],
        tries=Tries(row["wrong"], read_or_none(row["last_try_at"])),
    )
