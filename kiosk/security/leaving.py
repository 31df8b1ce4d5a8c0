"""When somebody leaves, or may do less: their cases, their keys and their account, in that order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from kiosk.cases.roles import Right, may
from kiosk.cases.states import Actor, Role
from kiosk.security.accounts import LAST_MANAGER, AccountFault, Accounts
from kiosk.security.custody import Custody


class Given(Protocol):
    """What became of somebody's cases."""

    @property
    def done(self) -> int: ...
    @property
    def left(self) -> int: ...


class CaseBook(Protocol):
    """Where cases and keys are kept; the store is one."""

    def assign_all(self, name: str, actor: Actor, colleague: str | None, reason: str) -> Given: ...


@dataclass(frozen=True, slots=True)
class Left:
    """What was done for somebody who leaves."""

    cases: int
    """Back at the desk."""
    still_theirs: int
    """Where nothing is left to do but to close them."""
    keys: bool
    """They held the centre's keys, and what comes now is sealed to new ones."""


def remove(accounts: Accounts, custody: Custody, cases: CaseBook, name: str, by: Actor, reason: str) -> Left:
    """The account goes; `reason` stands with each case that goes back to the desk.

    Raises AccountFault, and KeysRefused LAST where nobody else could open anything.
    """
    _may_change(accounts, name, loses=True)
    left = _give_back(custody, cases, name, by, reason)
    accounts.remove(name, by)
    return left


def change_role(
    accounts: Accounts, custody: Custody, cases: CaseBook, name: str, role: Role, by: Actor, reason: str
) -> Left:
    """Another role; who may not work on cases any more has none either, nor the centre's keys. The role comes
    last, so that whoever was cut short can do it again. Raises as `remove`.
    """
    _may_change(accounts, name, loses=not may(role, Right.ACCOUNTS))
    works = may(role, Right.WORK)
    left = Left(0, 0, keys=False) if works else _give_back(custody, cases, name, by, reason)
    accounts.set_role(name, role, by)
    return left


def _give_back(custody: Custody, cases: CaseBook, name: str, by: Actor, reason: str) -> Left:
    keys = custody.held_by(name)
    if keys:
        custody.dismiss(name)
    given = cases.assign_all(name, by, None, reason)
    return Left(given.done, given.left, keys)


def _may_change(accounts: Accounts, name: str, *, loses: bool) -> None:
    """Looked at before anything is given back; the store looks again in the very act."""
    if loses and not accounts.may_go(name):
        raise AccountFault(LAST_MANAGER)
