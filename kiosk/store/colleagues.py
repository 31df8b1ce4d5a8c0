"""Between colleagues: handing over, asking, being away, and what somebody still has at the end of a shift."""

from __future__ import annotations

from datetime import date

from kiosk.cases.moves import Act, IllegalMove
from kiosk.cases.roles import Right, may
from kiosk.cases.states import Actor, Why
from kiosk.cases.views import CaseSummary, Claim
from kiosk.store import case_rows, statements
from kiosk.store.moving import Attempt, Moving


class Colleagues(Moving):
    """Who answers for a case, for days; who has it in hand is `Desk`."""

    def offer(self, case_id: str, actor: Actor, epoch: int, colleague: str, note: str) -> None:
        """Hand over: the case stays the actor's until the colleague takes it."""
        self._do(Attempt(Act.OFFER, case_id, actor, epoch, note, colleague=colleague))

    def take_over(self, case_id: str, actor: Actor) -> Claim:
        """Accept what was offered: from now on the actor answers for it, and has it in hand."""
        return self._taken(Attempt(Act.TAKE_OVER, case_id, actor))

    def decline(self, case_id: str, actor: Actor, reason: str) -> None:
        """Leave it with whoever offered it."""
        self._do(Attempt(Act.DECLINE, case_id, actor, words=reason))

    def ask_colleague(
        self, case_id: str, actor: Actor, epoch: int, colleague: str, question: str, until: date
    ) -> None:
        """The case waits for an answer, at most until that workday; it stays the actor's."""
        asked = Attempt(Act.ASK_COLLEAGUE, case_id, actor, epoch, question, day=until, colleague=colleague)
        self._do(asked)

    def answer_colleague(self, case_id: str, actor: Actor, answer: str) -> None:
        """The answer; the case goes back to where it was."""
        self._do(Attempt(Act.ANSWER_COLLEAGUE, case_id, actor, words=answer))

    def assign(self, case_id: str, actor: Actor, colleague: str | None, reason: str) -> None:
        """A manager gives the case to somebody; None: back to the desk."""
        self._do(Attempt(Act.ASSIGN, case_id, actor, words=reason, colleague=colleague))

    def set_away(self, name: str, actor: Actor, until: date | None) -> None:
        """Somebody is away until that day (not on it any more); None: they are here.

        Oneself, or anybody by a manager. Meanwhile `next_case` gives their cases to others.
        """
        if actor.name != name and not may(actor.role, Right.OTHERS_CASES):
            raise IllegalMove(Why.ROLE)
        with self._writing() as db:
            day = until.isoformat() if until else None
            if db.execute(statements.SET_AWAY, (day, name)).rowcount != 1:
                raise IllegalMove(Why.COLLEAGUE)

    def cases_with(self, name: str) -> list[CaseSummary]:
        """What somebody answers for, oldest due first: the list at the end of a shift."""
        now = self._clock.now()
        with self._reading() as db:
            rows = db.execute(statements.OWNED, (name,)).fetchall()
            shown = []
            for row in rows:
                clocks = db.execute(statements.CLOCK_EVENTS_OF_CASE, (row["id"], case_rows.CLOCK_KINDS))
                stops = case_rows.clock_events(clocks).get(row["id"], ())
                shown.append(case_rows.summary(row, stops, now, self._calendar))
        return sorted(shown, key=lambda case: (case.deadline.due, case.received_at))
