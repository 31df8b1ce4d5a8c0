"""Staff accounts: six random digits, kept as an Argon2id hash, tried slowly."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import cached_property
from typing import Protocol

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from kiosk.cases.staff import Account, Tries
from kiosk.cases.states import Actor, Role
from kiosk.ports import Clock
from kiosk.security.lockout import dead, may_try, wait

PIN_DIGITS = 6
STAFF_ROLES = frozenset({Role.VOLUNTEER, Role.STAFF, Role.MANAGER})


class AccountBook(Protocol):
    """Where accounts are kept; the store is one."""

    def add_account(self, name: str, role: Role, pin_hash: str) -> bool: ...
    def account(self, name: str) -> Account | None: ...
    def accounts(self) -> list[Account]: ...
    def count_try(self, name: str, may: Callable[[Tries], bool]) -> bool: ...
    def clear_tries(self, name: str) -> None: ...
    def replace_pin(self, name: str, pin_hash: str) -> bool: ...


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

    def add(self, name: str, role: Role) -> str:
        """A new account; returns its PIN, which is shown once and never again."""
        if not name.strip() or not name.isprintable() or name != name.strip():
            raise AccountFault("the name is empty or has signs that cannot be seen")
        if role not in STAFF_ROLES:
            raise AccountFault(f"{role} is not a role of staff")
        pin = self._new_pin()
        if not self._book.add_account(name, role, self._hasher.hash(pin)):
            raise AccountFault("there is already an account of this name")
        return pin

    def reset(self, name: str, by: Actor) -> str:
        """A new PIN and all tries again; only a manager gives it."""
        if by.role is not Role.MANAGER:
            raise AccountFault("only a manager resets a PIN")
        pin = self._new_pin()
        if not self._book.replace_pin(name, self._hasher.hash(pin)):
            raise AccountFault("there is no account of this name")
        return pin

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
            return self._refused(name, Denied.WRONG)
        self._book.clear_tries(name)
        return SignIn(Actor(account.name, account.role))

    def _refused(self, name: str, denied: Denied = Denied.WAIT) -> SignIn:
        account = self._book.account(name)
        tries = account.tries if account else Tries()
        if dead(tries):
            return SignIn(None, Denied.DEAD)
        return SignIn(None, denied, wait(tries, self._clock.now()))

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
