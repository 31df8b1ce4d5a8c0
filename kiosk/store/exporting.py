"""Whole cases for an export: recorded first, under the names of both who wanted it, and read only then."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from kiosk.cases.states import Actor
from kiosk.cases.two_persons import (
    EXPORTED,
    REFUSED,
    Asked,
    Confirmed,
    Given,
    Lack,
    NotConfirmed,
    confirmed,
    given_in,
)
from kiosk.cases.views import CaseView
from kiosk.store import statements
from kiosk.store.account_rows import AccountRows
from kiosk.store.house_book import HouseBook
from kiosk.store.queue import Queue
from kiosk.store.sealing import Sealing
from kiosk.store.trouble import StoreTrouble, Trouble

MOST = 10_000
"""Cases in one export: the file is closed as a whole, so all of it is in memory for a moment."""


class TooMany(Exception):
    """More cases than one file holds: nothing was read, nothing recorded."""

    def __init__(self) -> None:
        super().__init__(f"more than {MOST} cases")


class Exporting(Queue, AccountRows, HouseBook, Sealing):
    """Out of the house, with everything that people handed in."""

    def confirm(self, asked: Asked, second: Actor) -> Confirmed:
        """What two persons are, by the book of the house. Raises NotConfirmed.

        Where one person could be both, a line of the house says that it was tried.
        """
        try:
            return confirmed(asked, second, self._clock.now(), given_in(self.account_lines()))
        except NotConfirmed as refused:
            if refused.lack in {Lack.ONE_HAND, Lack.NEW}:
                with self._writing() as db:
                    self._add_house_event(db, asked.by, REFUSED, second.name)
            raise

    def who_confirms(self, asked: Asked) -> list[str]:
        """The names of those who can confirm this just now."""
        now, given = self._clock.now(), given_in(self.account_lines())
        return [one.name for one in self.accounts() if _can(asked, Actor(one.name, one.role), now, given)]

    def export(self, both: Confirmed, *, every: bool) -> list[CaseView]:
        """The open cases, or every one that is not erased; one line of the house and one of each case.

        Raises NotConfirmed where it has become too late, TooMany, StoreTrouble SEALED where the keys are not
        open.
        """
        now = self._clock.now()
        asker, second = both.asked.by, self.confirm(both.asked, both.second).second
        if self.to_export(every=every) > MOST:
            raise TooMany
        views = [view for case in self._listed(every) if (view := self._whole(case)) is not None]
        with self._writing() as db:
            for view in views:
                case = view.summary
                self._add_event(db, case.case_id, now, asker, EXPORTED, case.epoch, second.name)
            self._add_house_event(db, asker, EXPORTED, f"{len(views)} {second.name}")
        return views

    def to_export(self, *, every: bool) -> int:
        """How many cases that would be, counted no further than to one too many."""
        statement = statements.FIRST_CASES if every else statements.FIRST_OPEN_CASES
        with self._reading() as db:
            count: int = db.execute(statement, (MOST + 1,)).fetchone()[0]
        return count

    @property
    def exports(self) -> Path:
        """Where a desk puts them: closed files, to be carried away."""
        return self._folder / "exports"

    def _listed(self, every: bool) -> list[str]:
        if not every:
            return [case.case_id for case in self.open_cases(self._clock.now())]
        with self._reading() as db:
            return [row["id"] for row in db.execute(statements.CASES_NOT_ERASED).fetchall()]

    def _whole(self, case_id: str) -> CaseView | None:
        try:
            return self.case(case_id)
        except StoreTrouble as trouble:
            if trouble.kind is Trouble.ERASED:
                return None
            raise


def _can(asked: Asked, second: Actor, now: datetime, given: Sequence[Given]) -> bool:
    try:
        confirmed(Asked(asked.by, now), second, now, given)
    except NotConfirmed:
        return False
    return True
