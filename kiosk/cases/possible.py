"""What somebody can begin with a case now: the table of moves, asked from the side of the person."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from kiosk.cases.lease import is_running
from kiosk.cases.moves import MOVES, Act, Need
from kiosk.cases.states import WORKED, Actor, State
from kiosk.cases.views import CaseSummary

NAMED = frozenset({Act.ANSWER_COLLEAGUE, Act.TAKE_OVER, Act.DECLINE})
"""Acts of the colleague whom the case names: who was asked, or to whom it was offered."""

BETWEEN_CENTRES = frozenset({Act.HAND_OVER, Act.GIVE_BACK, Act.TAKE_BACK})
"""Acts that need another centre: whoever asks says whether there is one for this case."""

NEXT_STEP = {
    State.CLAIMED: Act.ACCEPT,
    State.CHECKING: Act.ACCEPT,
    State.ACCEPTED: Act.FILE,
    State.FILING_FAILED: Act.FILE,
    State.FILING: Act.CONFIRM_FILING,
    State.DECIDED: Act.TELL,
    State.TOLD: Act.CLOSE,
}
"""The act that leads on where all is well."""

FINAL = frozenset(
    {
        *(Act.COMPLETE, Act.REJECT, Act.WITHDRAW_FOR, Act.MERGE, Act.TRANSFER, Act.ASSIGN, Act.REOPEN),
        *(Act.HAND_OVER, Act.GIVE_BACK),
    }
)
"""Acts that cannot be taken back, or that take a case from somebody: asked once more."""


def holds(case: CaseSummary, actor: Actor) -> bool:
    """Whether the actor has the case in hand."""
    return case.state in WORKED and case.holder == actor.name


def held_by_other(case: CaseSummary, actor: Actor, now: datetime) -> bool:
    """Somebody else is working on it, and their lease runs."""
    running = is_running(case.lease_until, now)
    return case.state in WORKED and case.holder not in {None, actor.name} and running


def possible(
    case: CaseSummary, actor: Actor, now: datetime, between: Collection[Act] = ()
) -> tuple[Act, ...]:
    """The acts that this person can begin now, in the order of the table. `between`: which of
    `BETWEEN_CENTRES` there is another centre for.

    Words, days and names that an act asks for are brought later; what others must do first (a signature, a
    document to be seen) is told when it is tried, so that staff learn what is missing.
    """
    left = BETWEEN_CENTRES.difference(between)
    return tuple(act for act in MOVES if act not in left and _can(act, case, actor, now))


def next_step(case: CaseSummary, actor: Actor, now: datetime) -> Act | None:
    """The usual way on from here, where this person can go it."""
    step = NEXT_STEP.get(case.state)
    return step if step and _can(step, case, actor, now) else None


def _can(act: Act, case: CaseSummary, actor: Actor, now: datetime) -> bool:
    move = MOVES[act]
    if actor.role not in move.who or case.state not in move.sources:
        return False
    if Need.SUBJECT in move.needs or (act is Act.CLAIM and holds(case, actor)):
        return False
    if act in NAMED and case.colleague != actor.name:
        return False
    if Need.HOLD in move.needs and not holds(case, actor):
        return False
    return Need.FREE not in move.needs or not held_by_other(case, actor, now)
