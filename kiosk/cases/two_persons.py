"""Two persons for what one alone must not do: who asked, who confirmed, and how long ago (K42). Pure.

Two accounts are not yet two persons. Whoever makes an account, gives it a new PIN or a higher role may know
how to sign in with it, or has a hold on whose it is; for a month both count as one hand. So do two that a
third gave.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from kiosk.cases.roles import Right, may
from kiosk.cases.staff import ACCOUNT, REMOVED, AccountNews
from kiosk.cases.states import BOX, Actor, Role

WITHIN = timedelta(minutes=5)
"""So long after somebody asked may another confirm."""
ONE_HAND = timedelta(days=30)
"""So long does an account count as in the hand of whoever gave it its PIN or a higher role."""
NEW = timedelta(days=7)
"""So long after it was made does an account confirm nothing."""
EXPORTED = "exported"
"""The event of the house, and of each case: its note names the second person."""
REFUSED = "export_refused"
"""The event of the house where the second account was in the same hand, or new: its note names it."""


class Lack(StrEnum):
    """Why it is not done."""

    ROLE = "role"
    SAME = "same"
    """The second person must be another."""
    LATE = "late"
    ONE_HAND = "one_hand"
    """One person may be able to sign in as both."""
    NEW = "new"
    """The second account was made only just now."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody wants it, and has just shown who they are."""

    by: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class Confirmed:
    """Both are known by their PIN. Only `confirmed` makes one."""

    asked: Asked
    second: Actor


@dataclass(frozen=True, slots=True)
class AccountLine:
    """A line of the book of the house about an account, as it stands there."""

    at: datetime
    actor: str
    kind: str
    note: str


@dataclass(frozen=True, slots=True)
class Given:
    """Somebody gave an account its first PIN, another one, or a higher role."""

    name: str
    by: str
    at: datetime
    made: bool
    """The account is new, or here again."""


class NotConfirmed(Exception):
    """An export that does not come about."""

    def __init__(self, lack: Lack) -> None:
        super().__init__(f"not confirmed: {lack}")
        self.lack = lack


def given_in(lines: Iterable[AccountLine]) -> tuple[Given, ...]:
    """What those lines, the oldest first, say of who gave what to whom. An own PIN is nothing given."""
    roles: dict[str, str] = {}
    found: list[Given] = []
    for line in lines:
        if line.kind == AccountNews.PIN_RESET:
            found.append(Given(line.note, line.actor, line.at, made=False))
        elif line.kind == ACCOUNT:
            role, _, name = line.note.partition(" ")
            before = roles.get(name, REMOVED)
            roles[name] = role
            if _rank(role) > _rank(before):
                found.append(Given(name, line.actor, line.at, made=before == REMOVED))
    return tuple(found)


def confirmed(asked: Asked, second: Actor, now: datetime, given: Sequence[Given] = ()) -> Confirmed:
    """Whoever confirms has just shown who they are, too. Raises NotConfirmed.

    `given`: what the book says; the store looks there once more before anything leaves it.
    """
    if second.name == asked.by.name:
        raise NotConfirmed(Lack.SAME)
    if not (may(asked.by.role, Right.EXPORT) and may(second.role, Right.CONFIRM_EXPORT)):
        raise NotConfirmed(Lack.ROLE)
    if not timedelta() <= now - asked.at <= WITHIN:
        raise NotConfirmed(Lack.LATE)
    if _hands(asked.by.name, now, given) & _hands(second.name, now, given):
        raise NotConfirmed(Lack.ONE_HAND)
    if any(one.made and one.name == second.name and now - one.at < NEW for one in given):
        raise NotConfirmed(Lack.NEW)
    return Confirmed(asked, second)


def _rank(role: str) -> int:
    return (REMOVED, Role.VOLUNTEER, Role.STAFF, Role.MANAGER).index(role)


def _hands(name: str, now: datetime, given: Sequence[Given]) -> frozenset[str]:
    """Whoever may be able to sign in with this account: its person, who gave it, who gave theirs, and so on.

    The box itself is nobody's hand: who has its command line stands outside of this.
    """
    found, new = {name}, {name}
    while new:
        new = {one.by for one in given if one.name in new and now - one.at < ONE_HAND} - found - {BOX.name}
        found |= new
    return frozenset(found)
