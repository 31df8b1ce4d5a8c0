"""The end of a shift: everything that somebody has, in one act a case."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from kiosk.cases.moves import IllegalMove
from kiosk.cases.possible import holds
from kiosk.cases.states import WORKED, Actor
from kiosk.cases.views import CaseSummary
from kiosk.store.colleagues import Colleagues
from kiosk.store.desk import Desk


@dataclass(frozen=True, slots=True)
class Swept:
    """How many cases it was done with, and how many stay as they were."""

    done: int
    left: int


class Shift(Desk, Colleagues):
    """Each case is a transaction of its own: one that cannot go holds up none of the others."""

    def put_down_all(self, actor: Actor) -> Swept:
        """Nothing is in hand any more; all of it stays the actor's."""
        mine = [case for case in self.cases_with(actor.name) if holds(case, actor)]
        return _each(mine, lambda case: self.put_down(case.case_id, actor, case.epoch))

    def release_all(self, actor: Actor, reason: str) -> Swept:
        """Everything that is being worked on goes back to the queue, or to the desk."""
        return _each(
            self.cases_with(actor.name),
            lambda case: self.release(case.case_id, actor, self._in_hand(case, actor), reason),
        )

    def offer_all(self, actor: Actor, colleague: str, note: str) -> Swept:
        """Everything that is being worked on is offered to that colleague."""
        return _each(
            self.cases_with(actor.name),
            lambda case: self.offer(case.case_id, actor, self._in_hand(case, actor), colleague, note),
        )

    def assign_all(self, name: str, actor: Actor, colleague: str | None, reason: str) -> Swept:
        """A manager gives all cases of that person to another; None: back to the desk."""
        return _each(self.cases_with(name), lambda case: self.assign(case.case_id, actor, colleague, reason))

    def _in_hand(self, case: CaseSummary, actor: Actor) -> int:
        """The epoch under which the actor has it, taken up where it only lay there."""
        if case.state not in WORKED or holds(case, actor):
            return case.epoch
        return self.claim(case.case_id, actor).epoch


def _each(cases: list[CaseSummary], act: Callable[[CaseSummary], object]) -> Swept:
    done = 0
    for case in cases:
        with suppress(IllegalMove):
            act(case)
            done += 1
    return Swept(done, len(cases) - done)
