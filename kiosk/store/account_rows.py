"""Staff accounts in the file. What a try means is decided in `kiosk.security`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from kiosk.cases.roles import Right, may
from kiosk.cases.staff import Account, AccountNews, Tries
from kiosk.cases.states import BOX, Actor, Role
from kiosk.store import statements
from kiosk.store.connected import Connected
from kiosk.store.instant import read_or_none, written
from kiosk.store.sqlite import Connection


class AccountRows(Connected):
    """Accounts by name. Each change is a line in the book of the house, in the same transaction."""

    def add_account(self, name: str, role: Role, pin_hash: str, by: Actor = BOX) -> bool:
        """A new account; False when the name is taken."""
        with self._writing() as db:
            added = (name, role, pin_hash, written(self._clock.now()))
            made = db.execute(statements.ADD_ACCOUNT, added).rowcount == 1
            if made:
                self._add_account_event(db, by, name)
            return made

    def account(self, name: str) -> Account | None:
        """The account of that name."""
        with self._reading() as db:
            row = db.execute(statements.FIND_ACCOUNT, (name,)).fetchone()
        return None if row is None else _account(row)

    def accounts(self) -> list[Account]:
        """All accounts, by name."""
        with self._reading() as db:
            return [_account(row) for row in db.execute(statements.ALL_ACCOUNTS).fetchall()]

    def count_try(self, name: str, may_try: Callable[[Tries], bool]) -> bool:
        """Count one wrong try if `may_try` allows one, before it is known whether it is right.

        Counted first, so that pulling the plug in the middle never gives a free try.
        """
        now = self._clock.now()
        with self._writing() as db:
            row = db.execute(statements.FIND_ACCOUNT, (name,)).fetchone()
            if row is None or not may_try(_account(row).tries):
                return False
            db.execute(statements.SET_TRIES, (row["wrong"] + 1, written(now), name))
            return True

    def note_sign_in(self, name: str, news: AccountNews | None = None) -> None:
        """The PIN was right: all tries again. `news`: they were locked out before."""
        with self._writing() as db:
            db.execute(statements.NOTE_SIGN_IN, (written(self._clock.now()), name))
            if news is not None:
                self._add_house_event(db, BOX, news, name)

    def note_account(self, name: str, news: AccountNews, by: Actor = BOX) -> None:
        """A line of the house about something that happened to an account."""
        with self._writing() as db:
            self._add_house_event(db, by, news, name)

    def replace_pin(self, name: str, pin_hash: str, by: Actor = BOX) -> bool:
        """A new PIN, with all tries again; False when there is no such account."""
        with self._writing() as db:
            changed = db.execute(statements.SET_PIN, (pin_hash, name)).rowcount == 1
            if changed:
                own = by.name == name
                self._add_house_event(db, by, AccountNews.OWN_PIN if own else AccountNews.PIN_RESET, name)
            return changed

    def set_role(self, name: str, role: Role, by: Actor) -> bool:
        """Another role; False where that would leave nobody who can manage accounts."""
        with self._writing() as db:
            if not may(role, Right.ACCOUNTS) and _is_last(db, name):
                return False
            db.execute(statements.SET_ROLE, (role, name))
            self._add_account_event(db, by, name)
            return True

    def remove_account(self, name: str, by: Actor) -> bool:
        """Gone; its events stay. False where that would leave nobody who can manage accounts."""
        with self._writing() as db:
            if _is_last(db, name):
                return False
            db.execute(statements.REMOVE_ACCOUNT, (name,))
            self._add_account_event(db, by, name)
            return True


def _is_last(db: Connection, name: str) -> bool:
    """Is this the only account that can manage accounts?"""
    rows = db.execute(statements.ALL_ACCOUNTS).fetchall()
    managers = [row["name"] for row in rows if may(Role(row["role"]), Right.ACCOUNTS)]
    return bool(managers == [name])


def _account(row: Any) -> Account:
    return Account(
        name=row["name"],
        role=Role(row["role"]),
        pin_hash=row["pin_hash"],
        tries=Tries(row["wrong"], read_or_none(row["last_try_at"])),
        away_until=date.fromisoformat(row["away_until"]) if row["away_until"] else None,
        signed_in_at=read_or_none(row["signed_in_at"]),
    )
