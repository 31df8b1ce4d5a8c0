"""Refusals, troubles, states and dates in words."""

from __future__ import annotations

from datetime import timedelta
from math import ceil

from kiosk.cases.moves import IllegalMove
from kiosk.cases.states import State, Why
from kiosk.cases.submission import Words
from kiosk.cases.views import CaseSummary
from kiosk.security.accounts import Denied, SignIn
from kiosk.store import StoreTrouble
from kiosk.store.same_cases import Same
from kiosk.store.side_notes import Wish
from kiosk.text import Text
from screens.desk.counter import Counter
from screens.desk.table import Row

MINUTE = 60


def refusal(counter: Counter, refused: IllegalMove) -> Text:
    """Why a move was not made."""
    if refused.why is Why.HELD and refused.holder:
        return counter.text("refused.held", who=refused.holder)
    return counter.text(f"refused.{refused.why}")


def trouble(counter: Counter, broken: StoreTrouble) -> Text:
    """What is wrong with the store."""
    return counter.text(f"trouble.{broken.kind}")


def state(counter: Counter, which: State) -> str:
    """Where a case stands, as staff say it."""
    return counter.words(f"state.{which}")


def ticket(counter: Counter, case: CaseSummary) -> str:
    """The ticket, with its day where that is not today: every day begins again at A001."""
    day = case.received_at.astimezone(counter.zone).date()
    return case.ticket if day == counter.today() else f"{case.ticket} {day:%m-%d}"


def urgency(counter: Counter, case: CaseSummary) -> str:
    """How near the due date is. Overdue has a mark and a word, not only a colour (K18)."""
    if case.deadline.paused:
        return counter.words("due.paused")
    days = (case.deadline.due - counter.today()).days
    if case.deadline.late:
        return counter.words("due.late", n=-days)
    return counter.words("due.today") if days == 0 else counter.words("due.in", n=days)


def due(counter: Counter, case: CaseSummary) -> str:
    """The due date; said to be unsure where a year has no holiday notice yet."""
    day = case.deadline.due.isoformat()
    return day if case.deadline.sure else counter.words("due.about", day=day)


def holder(counter: Counter, case: CaseSummary) -> str:
    """Who has the case, and for how much longer without any activity."""
    if case.holder is None or case.lease_until is None:
        return ""
    left = case.lease_until - counter.clock.now()
    if left <= timedelta():
        return counter.words("board.lease_over", who=case.holder)
    return counter.words("board.lease", who=case.holder, n=ceil(left.total_seconds() / MINUTE))


def case_row(counter: Counter, case: CaseSummary, whence: Words | None = None) -> Row:
    """A case as every list of the desk shows it; `whence`: the centre that has handed it over."""
    cells = (
        ticket(counter, case),
        counter.read(case.title),
        urgency(counter, case),
        _state_or_whence(counter, case, whence),
        due(counter, case),
        holder(counter, case),
        counter.time(case.received_at)[5:],
    )
    return Row(case.case_id, cells)


def _state_or_whence(counter: Counter, case: CaseSummary, whence: Words | None) -> str:
    """What nobody here has taken up yet says where it came from."""
    if whence is None or case.state is not State.TRANSFERRED:
        return state(counter, case.state)
    return counter.words("board.from", centre=counter.read(whence))


def wish(counter: Counter, asked: Wish) -> str:
    """That a colleague would like a case to be let go, and why."""
    return counter.words("let_go.wish", who=asked.by, ticket=asked.ticket, why=asked.words)


def same(counter: Counter, other: Same) -> str:
    """That the same person handed the same in with another case."""
    day = f"{other.received_at.astimezone(counter.zone):%m-%d}"
    stands = state(counter, other.state)
    return counter.words("case.same", ticket=other.ticket, day=day, number=other.number, state=stands)


def denied(counter: Counter, tried: SignIn) -> Text:
    """Why somebody is not signed in, and when to try again."""
    if tried.denied is Denied.DEAD:
        return counter.text("sign_in.dead")
    if not tried.wait:
        return counter.text("sign_in.wrong")
    return counter.text(f"sign_in.{tried.denied}_wait", wait=duration(counter, tried.wait))


def duration(counter: Counter, span: timedelta) -> Text:
    """A wait in seconds or, from two minutes on, in minutes."""
    seconds = ceil(span.total_seconds())
    if seconds < 2 * MINUTE:
        return counter.text("sign_in.seconds", n=seconds)
    return counter.text("sign_in.minutes", n=ceil(seconds / MINUTE))
