"""The one table of case states and moves (K39): who may, what must be there, what is written and told."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where a case stands. Only `MOVES` leads from one to another."""

    QUEUED = "queued"
    CLAIMED = "claimed"
    NEEDS_INFO = "needs_info"
    COMPLETED = "completed"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


OPEN = frozenset({State.QUEUED, State.CLAIMED, State.NEEDS_INFO})
DECIDED = frozenset({State.COMPLETED, State.REJECTED})
PAUSING = frozenset({State.NEEDS_INFO})
"""While a case is in one of these the promised time stands still."""


class Role(StrEnum):
    """What a person may do (K42)."""

    RESIDENT = "resident"
    VOLUNTEER = "volunteer"
    STAFF = "staff"
    MANAGER = "manager"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something to a case: a staff account's name, or the resident at the kiosk."""

    name: str
    role: Role


RESIDENT = Actor("resident", Role.RESIDENT)
"""The person at the kiosk, deliberately without a name: events hold no personal data."""

DESK = frozenset({Role.STAFF, Role.MANAGER})


class Need(StrEnum):
    """What must be present for a move."""

    TEXT = "text"
    """A reason, a result or a list of what is missing, in words."""
    HOLD = "hold"
    """The actor holds the case, under the epoch of the claim that was given to them."""
    FREE = "free"
    """Nobody else is working on it: unclaimed, or the lease has run out."""
    SUBJECT = "subject"
    """The actor is the person whose matter it is."""
    PROOF = "proof"
    """Of each person of the case it is as sure who they are as the service asks."""


class Act(StrEnum):
    """The moves, by name."""

    SUBMIT = "submit"
    CLAIM = "claim"
    RELEASE = "release"
    ASK_INFO = "ask_info"
    RECEIVE_INFO = "receive_info"
    COMPLETE = "complete"
    REJECT = "reject"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True)
class Move:
    """One way from state to state."""

    sources: frozenset[State | None]
    """None: the case does not exist yet."""
    target: State
    who: frozenset[Role]
    needs: frozenset[Need]
    event: str
    told: str | None = None
    """What the resident is told: a key in the catalogue `case`; None where nothing changes for them."""


MOVES: dict[Act, Move] = {
    Act.SUBMIT: Move(
        frozenset({None}), State.QUEUED, frozenset({Role.RESIDENT}), frozenset(), "submitted", "told.queued"
    ),
    Act.CLAIM: Move(
        frozenset({State.QUEUED, State.CLAIMED}),
        State.CLAIMED,
        DESK,
        frozenset({Need.FREE}),
        "claimed",
        "told.claimed",
    ),
    Act.RELEASE: Move(
        frozenset({State.CLAIMED}), State.QUEUED, DESK, frozenset({Need.HOLD}), "released", "told.queued"
    ),
    Act.ASK_INFO: Move(
        frozenset({State.CLAIMED}),
        State.NEEDS_INFO,
        DESK,
        frozenset({Need.HOLD, Need.TEXT}),
        "info_asked",
        "told.needs_info",
    ),
    Act.RECEIVE_INFO: Move(
        frozenset({State.NEEDS_INFO}),
        State.CLAIMED,
        DESK,
        frozenset({Need.TEXT}),
        "info_received",
        "told.claimed",
    ),
    Act.COMPLETE: Move(
        frozenset({State.CLAIMED}),
        State.COMPLETED,
        DESK,
        frozenset({Need.HOLD, Need.TEXT, Need.PROOF}),
        "completed",
        "told.completed",
    ),
    Act.REJECT: Move(
        frozenset({State.CLAIMED}),
        State.REJECTED,
        DESK,
        frozenset({Need.HOLD, Need.TEXT}),
        "rejected",
        "told.rejected",
    ),
    Act.WITHDRAW: Move(
        frozenset(OPEN),
        State.WITHDRAWN,
        frozenset({Role.RESIDENT}),
        frozenset({Need.SUBJECT}),
        "withdrawn",
        "told.withdrawn",
    ),
}


class Why(StrEnum):
    """Why a move was refused; the desk turns it into words."""

    UNKNOWN = "unknown"
    """There is no such case."""
    STATE = "state"
    """Not from the state the case is in."""
    ROLE = "role"
    """Not by a person of this role."""
    TEXT = "text"
    """The reason, result or list is missing."""
    HELD = "held"
    """Somebody else is working on it."""
    STALE = "stale"
    """The claim was taken over or ended meanwhile; what was written is kept as a side note."""
    SUBJECT = "subject"
    """Not the person whose matter it is."""
    PROOF = "proof"
    """A person of the case must be seen with a document first, as the service asks for it."""
    RATED = "rated"
    """It is about their own work: somebody else looks into it."""


class IllegalMove(Exception):
    """A move the table does not allow. Carries no text that a person wrote."""

    def __init__(self, why: Why, act: Act | None = None, holder: str | None = None) -> None:
        super().__init__(f"{act or 'act'} refused: {why}")
        self.why = why
        self.act = act
        self.holder = holder
        """Who holds the case, where `why` is HELD."""


def move(act: Act, state: State | None, role: Role, present: frozenset[Need] = frozenset()) -> Move:
    """The move, when this role may make it from this state with what is present; else IllegalMove."""
    wanted = MOVES[act]
    if role not in wanted.who:
        raise IllegalMove(Why.ROLE, act)
    if state not in wanted.sources:
        raise IllegalMove(Why.STATE, act)
    refusals = {
        Need.FREE: Why.HELD,
        Need.HOLD: Why.STALE,
        Need.SUBJECT: Why.SUBJECT,
        Need.TEXT: Why.TEXT,
        Need.PROOF: Why.PROOF,
    }
    for need, why in refusals.items():
        if need in wanted.needs and need not in present:
            raise IllegalMove(why, act)
    return wanted


def may_see(role: Role, state: State) -> bool:
    """Whether a case in this state may be opened at the desk: volunteers see no finished ones (K42)."""
    if role in DESK:
        return True
    return role is Role.VOLUNTEER and state in OPEN
