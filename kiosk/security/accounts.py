"""Staff accounts: six random digits, kept as an Argon2id hash, tried slowly."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import cached_property
from typing import Protocol

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from kiosk.cases.roles import Right, may
from kiosk.cases.staff import Account, AccountNews, Tries
from kiosk.cases.states import BOX, Actor, Role
from kiosk.ports import Clock
from kiosk.security.lockout import DEAD_AT, FREE_TRIES, dead, may_try, wait

PIN_DIGITS = 6
LAST_MANAGER = "nobody else could manage accounts; first give somebody else this role"


class AccountBook(Protocol):
    """Where accounts are kept; the store is one."""

    def together(self) -> AbstractContextManager[None]: ...
    def add_account(self, name: str, role: Role, pin_hash: str, by: Actor = ...) -> bool: ...
    def account(self, name: str) -> Account | None: ...
    def accounts(self) -> list[Account]: ...
    def count_try(self, name: str, may_try: Callable[[Tries], bool]) -> bool: ...
    def note_sign_in(self, name: str, news: AccountNews | None = None) -> None: ...
    def note_account(self, name: str, news: AccountNews) -> None: ...
    def replace_pin(self, name: str, pin_hash: str, by: Actor = ...) -> bool: ...
    def set_role(self, name: str, role: Role, by: Actor) -> bool: ...
    def remove_account(self, name: str, by: Actor) -> bool: ...


class Denied(StrEnum):
    """Why somebody is not signed in."""

    WRONG = "wrong"
    """No such name or not this PIN; which of both is not said."""
    WAIT = "wait"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class SignIn:
    """How a try to sign in went: an actor, or why not and how long to wait."""

    actor: Actor | None
    denied: Denied | None = None
    wait: timedelta = timedelta()


class AccountFault(ValueError):
    """An account that cannot be made or reset: the message says why, in English, for the command line."""


class Accounts:
    """Who may sign in at the desk."""

    def __init__(
        self,
        book: AccountBook,
        clock: Clock,
        hasher: PasswordHasher | None = None,
        draw: Callable[[int], int] = secrets.randbelow,
    ) -> None:
        self._book = book
        self._clock = clock
        self._hasher = hasher or PasswordHasher()
        self._draw = draw

    def add(self, name: str, role: Role, by: Actor = BOX) -> str:
        """A new account; returns its PIN, which is shown once and never again."""
        if not name.strip() or not name.isprintable() or name != name.strip():
            raise AccountFault("the name is empty or has signs that cannot be seen")
        if name == BOX.name:
            raise AccountFault("under this name the books note what the box itself does")
        if not may(by.role, Right.ACCOUNTS):
            raise AccountFault("only a manager makes accounts")
        if not may(role, Right.SIGN_IN):
            raise AccountFault(f"{role} is not a role of staff")
        pin = self._new_pin()
        if not self._book.add_account(name, role, self._hasher.hash(pin), by):
            raise AccountFault("there is already an account of this name")
        return pin

    def reset(self, name: str, by: Actor) -> str:
        """A new PIN and all tries again; only a manager gives it."""
        if not may(by.role, Right.ACCOUNTS):
            raise AccountFault("only a manager resets a PIN")
        pin = self._new_pin()
        if not self._book.replace_pin(name, self._hasher.hash(pin), by):
            raise AccountFault("there is no account of this name")
        return pin

    def new_own_pin(self, actor: Actor, more: Callable[[str], Callable[[], None]]) -> str:
        """A new PIN for whoever has just shown theirs. `more` is given it first, where more hangs on it, and
        gives what keeps that: both are kept, or neither, for a PIN that is not shown must not have the keys.
        """
        pin = self._new_pin()
        pin_hash, keep = self._hasher.hash(pin), more(pin)
        with self._book.together():
            keep()
            if not self._book.replace_pin(actor.name, pin_hash, actor):
                raise AccountFault("there is no account of this name")
        return pin

    def set_role(self, name: str, role: Role, by: Actor) -> None:
        """Another role, from their next sign-in on."""
        self._must_be(name, by)
        if not may(role, Right.SIGN_IN):
            raise AccountFault(f"{role} is not a role of staff")
        if not self._book.set_role(name, role, by):
            raise AccountFault(LAST_MANAGER)

    def remove(self, name: str, by: Actor) -> None:
        """Somebody leaves. What they did stays in the books."""
        self._must_be(name, by)
        if not self._book.remove_account(name, by):
            raise AccountFault(LAST_MANAGER)

    def may_go(self, name: str) -> bool:
        """Would somebody be left who can manage accounts?"""
        managers = [one.name for one in self._book.accounts() if may(one.role, Right.ACCOUNTS)]
        return managers != [name]

    def _must_be(self, name: str, by: Actor) -> None:
        if not may(by.role, Right.ACCOUNTS):
            raise AccountFault("only a manager changes accounts")
        if self._book.account(name) is None:
            raise AccountFault("there is no account of this name")

    def sign_in(self, name: str, pin: str) -> SignIn:
        """Try a PIN. Every try is counted before it is looked at, and survives a restart."""
        now = self._clock.now()
        account = self._book.account(name)
        if account is None:
            # as slow as a real one, so that the time does not tell who works here
            self._matches(self._nobody, pin)
            return SignIn(None, Denied.WRONG)
        if not self._book.count_try(name, lambda tries: may_try(tries, now)):
            return self._refused(name)
        if not self._matches(account.pin_hash, pin):
            self._note_lock(name)
            return self._refused(name, Denied.WRONG)
        back = AccountNews.CAME_BACK if account.tries.wrong >= FREE_TRIES else None
        self._book.note_sign_in(name, back)
        return SignIn(Actor(account.name, account.role))

    def _refused(self, name: str, denied: Denied = Denied.WAIT) -> SignIn:
        account = self._book.account(name)
        tries = account.tries if account else Tries()
        if dead(tries):
            return SignIn(None, Denied.DEAD)
        return SignIn(None, denied, wait(tries, self._clock.now()))

    def _note_lock(self, name: str) -> None:
        """Somebody reads in the book that PINs were tried here."""
        account = self._book.account(name)
        news = {FREE_TRIES: AccountNews.LOCKED, DEAD_AT: AccountNews.CLOSED}
        if account is not None and account.tries.wrong in news:
            self._book.note_account(name, news[account.tries.wrong])

    def _matches(self, pin_hash: str, pin: str) -> bool:
        try:
            return self._hasher.verify(pin_hash, pin)
        except (VerificationError, InvalidHashError):
            return False

    def _new_pin(self) -> str:
        return f"{self._draw(10**PIN_DIGITS):0{PIN_DIGITS}d}"

    @cached_property
    def _nobody(self) -> str:
        return self._hasher.hash(self._new_pin())
