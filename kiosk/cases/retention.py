"""How long what somebody handed in is kept: so many days after the decision, as they were told (PIPL 19)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kiosk.cases.moves import MOVES, Act
from kiosk.cases.states import State

OVER = frozenset({State.TOLD, State.CLOSED, State.RATED, State.WITHDRAWN, State.MERGED, State.HANDED_OVER})
"""Nobody has anything to do or to tell any more. What was decided and not told yet is not over."""
DECISIONS = frozenset(
    MOVES[act].event
    for act in (
        Act.COMPLETE,
        Act.REJECT,
        Act.WITHDRAW,
        Act.WITHDRAW_FOR,
        Act.MERGE,
        Act.HAND_OVER,
        Act.GIVE_BACK,
    )
)
"""Events from which the days count; of several the last."""
LEAP = timedelta(days=3)
"""A night after so long without a line in the books may be a clock that was set wrong."""


@dataclass(frozen=True, slots=True)
class Over:
    """A case that is over, and until when it may be kept."""

    case_id: str
    number: str
    until: date | None
    """The last day; None where nobody was told how long."""


def longest(days: Iterable[int | None]) -> int | None:
    """Of several terms that were agreed to; None where none was said."""
    return max((one for one in days if one is not None), default=None)


def last_day(decided_on: date, keep_days: int | None) -> date | None:
    """The last day on which it may still be kept."""
    return None if keep_days is None else decided_on + timedelta(days=keep_days)


def may_be_a_leap(last_line: datetime | None, now: datetime) -> bool:
    """Is it so long after the last line that the clock may be wrong? What is erased is gone for good."""
    return last_line is not None and now - last_line > LEAP
