"""The one table of moves (K39): who may, what must be there, what is written and told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from kiosk.cases.states import DECIDED, DESK, OPEN, WAITING, WORKED, Outcome, Role, State, Why


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
    AUTHORITY = "authority"
    """Whoever acts for the person may, and everybody who must sign has signed."""
    HEARD = "heard"
    """The resident has heard every answer that staff changed."""
    REFERENCE = "reference"
    """The portal's reference, typed twice alike."""
    DAY = "day"
    """A workday to come on which the case wakes."""
    COLLEAGUE = "colleague"
    """Another member of staff, who is not away."""
    CASE = "case"
    """Another open case of the same person and service."""
    ROUNDS = "rounds"
    """More may still be asked for."""
    CENTRE = "centre"
    """Another centre, which can open what is sealed to it and has not given this back before."""
    OWN = "own"
    """It did not come from another centre."""
    UNTOUCHED = "untouched"
    """It came from another centre, which still keeps it, and nobody here has begun to deal with it."""
    BACK = "back"
    """No other centre has it: it was given back, or was not taken in yet."""


REFUSALS: Mapping[Need, Why] = {
    Need.FREE: Why.HELD,
    Need.HOLD: Why.STALE,
    Need.SUBJECT: Why.SUBJECT,
    Need.TEXT: Why.TEXT,
    Need.COLLEAGUE: Why.COLLEAGUE,
    Need.CASE: Why.CASE,
    Need.DAY: Why.DAY,
    Need.REFERENCE: Why.REFERENCE,
    Need.ROUNDS: Why.ROUNDS,
    Need.OWN: Why.CAME,
    Need.CENTRE: Why.CENTRE,
    Need.UNTOUCHED: Why.TOUCHED,
    Need.BACK: Why.GONE,
    Need.AUTHORITY: Why.AUTHORITY,
    Need.HEARD: Why.HEARD,
    Need.PROOF: Why.PROOF,
}
"""What a missing need is called, in the order in which it is told."""


class Act(StrEnum):
    """The moves, by name."""

    SUBMIT = "submit"
    CLAIM = "claim"
    PUT_DOWN = "put_down"
    RELEASE = "release"
    CHECK = "check"
    ASK_INFO = "ask_info"
    RECEIVE_INFO = "receive_info"
    ACCEPT = "accept"
    FILE = "file"
    FAIL_FILING = "fail_filing"
    CONFIRM_FILING = "confirm_filing"
    COMPLETE = "complete"
    REJECT = "reject"
    TELL = "tell"
    HEAR = "hear"
    CLOSE = "close"
    RATE = "rate"
    HOLD = "hold"
    WAKE = "wake"
    ASK_COLLEAGUE = "ask_colleague"
    ANSWER_COLLEAGUE = "answer_colleague"
    OFFER = "offer"
    DECLINE = "decline"
    TAKE_OVER = "take_over"
    ASSIGN = "assign"
    TRANSFER = "transfer"
    MERGE = "merge"
    HAND_OVER = "hand_over"
    GIVE_BACK = "give_back"
    TAKE_BACK = "take_back"
    WITHDRAW = "withdraw"
    WITHDRAW_FOR = "withdraw_for"
    REOPEN = "reopen"


Ways = Mapping[State, State | None]
"""From where to where; None: back to where the case was before it was put on hold."""


@dataclass(frozen=True, slots=True)
class Move:
    """What an act does to a case."""

    ways: Ways
    who: frozenset[Role]
    needs: frozenset[Need]
    event: str
    told: str | None = None
    """What the resident is told: a key in the catalogue `case`; None where nothing changes for them."""
    outcome: Outcome | None = None

    @property
    def sources(self) -> frozenset[State]:
        """Where it may be made."""
        return frozenset(self.ways)


def _to(target: State, sources: Iterable[State]) -> Ways:
    return dict.fromkeys(sources, target)


def _stay(*sources: State) -> Ways:
    return {source: source for source in sources}


_CHECKABLE = (State.CLAIMED, State.CHECKING)
_RESIDENT = frozenset({Role.RESIDENT})
_MANAGER = frozenset({Role.MANAGER})
_HOLD = frozenset({Need.HOLD})
_WORDS = frozenset({Need.HOLD, Need.TEXT})

MOVES: Mapping[Act, Move] = {
    Act.SUBMIT: Move(
        _to(State.QUEUED, (State.DRAFT,)),
        frozenset({Role.RESIDENT, Role.VOLUNTEER, *DESK}),
        frozenset({Need.AUTHORITY}),
        "submitted",
        "told.queued",
    ),
    Act.CLAIM: Move(
        {**_to(State.CLAIMED, WAITING), **_stay(*WORKED)},
        DESK,
        frozenset({Need.FREE}),
        "claimed",
        "told.claimed",
    ),
    Act.PUT_DOWN: Move(_stay(*WORKED), DESK, _HOLD, "put_down"),
    Act.RELEASE: Move(
        {**_to(State.QUEUED, _CHECKABLE), **_stay(*WORKED - set(_CHECKABLE))}, DESK, _HOLD, "released"
    ),
    Act.CHECK: Move(_to(State.CHECKING, (State.CLAIMED,)), DESK, _HOLD, "checking"),
    Act.ASK_INFO: Move(
        _to(State.NEEDS_INFO, (*_CHECKABLE, State.ACCEPTED, State.FILING_FAILED, State.FILED)),
        DESK,
        _WORDS | {Need.ROUNDS},
        "info_asked",
        "told.needs_info",
    ),
    Act.RECEIVE_INFO: Move(
        _to(State.CHECKING, (State.NEEDS_INFO,)),
        DESK,
        frozenset({Need.TEXT}),
        "info_received",
        "told.claimed",
    ),
    Act.ACCEPT: Move(
        _to(State.ACCEPTED, _CHECKABLE), DESK, _HOLD | {Need.AUTHORITY}, "accepted", "told.accepted"
    ),
    Act.FILE: Move(
        _to(State.FILING, (State.ACCEPTED, State.FILING_FAILED)), DESK, _HOLD | {Need.HEARD}, "filing"
    ),
    Act.FAIL_FILING: Move(_to(State.FILING_FAILED, (State.FILING,)), DESK, _WORDS, "filing_failed"),
    Act.CONFIRM_FILING: Move(
        _to(State.FILED, (State.FILING,)), DESK, _HOLD | {Need.REFERENCE}, "filed", "told.filed"
    ),
    Act.COMPLETE: Move(
        _to(State.DECIDED, (*_CHECKABLE, State.ACCEPTED, State.FILED)),
        DESK,
        _WORDS | {Need.AUTHORITY, Need.HEARD, Need.PROOF},
        "completed",
        "told.granted",
        Outcome.GRANTED,
    ),
    Act.REJECT: Move(
        _to(State.DECIDED, (*_CHECKABLE, State.ACCEPTED, State.FILED)),
        DESK,
        _WORDS,
        "rejected",
        "told.refused",
        Outcome.REFUSED,
    ),
    Act.TELL: Move(_to(State.TOLD, (State.DECIDED,)), DESK, frozenset({Need.TEXT}), "told"),
    Act.HEAR: Move(_to(State.TOLD, (State.DECIDED,)), _RESIDENT, frozenset({Need.SUBJECT}), "heard"),
    Act.CLOSE: Move(_to(State.CLOSED, (State.TOLD,)), DESK, frozenset(), "closed"),
    Act.RATE: Move(_to(State.RATED, (State.TOLD, State.CLOSED)), _RESIDENT, frozenset(), "rated"),
    Act.HOLD: Move(
        _to(State.ON_HOLD, (*_CHECKABLE, State.ACCEPTED, State.FILED)),
        DESK,
        _WORDS | {Need.DAY},
        "held",
        "told.on_hold",
    ),
    Act.WAKE: Move({State.ON_HOLD: None}, DESK, frozenset({Need.TEXT}), "woken", "told.claimed"),
    Act.ASK_COLLEAGUE: Move(
        _to(State.ON_HOLD, (*_CHECKABLE, State.ACCEPTED, State.FILED)),
        DESK,
        _WORDS | {Need.DAY, Need.COLLEAGUE},
        "colleague_asked",
    ),
    Act.ANSWER_COLLEAGUE: Move(
        {State.ON_HOLD: None}, DESK, frozenset({Need.TEXT, Need.COLLEAGUE}), "colleague_answered"
    ),
    Act.OFFER: Move(_stay(*WORKED), DESK, _WORDS | {Need.COLLEAGUE}, "offered"),
    Act.DECLINE: Move(_stay(*WORKED), DESK, frozenset({Need.TEXT, Need.COLLEAGUE}), "declined"),
    Act.TAKE_OVER: Move(_stay(*WORKED), DESK, frozenset({Need.FREE, Need.COLLEAGUE}), "taken_over"),
    Act.ASSIGN: Move(
        _stay(*WORKED, *WAITING, State.NEEDS_INFO, State.ON_HOLD, State.DECIDED),
        _MANAGER,
        frozenset({Need.TEXT, Need.COLLEAGUE}),
        "assigned",
    ),
    Act.TRANSFER: Move(
        _to(State.TRANSFERRED, (*_CHECKABLE, State.ACCEPTED)), DESK, _WORDS, "transferred", "told.transferred"
    ),
    Act.MERGE: Move(_to(State.MERGED, _CHECKABLE), DESK, _WORDS | {Need.CASE}, "merged", "told.merged"),
    Act.HAND_OVER: Move(
        _to(State.HANDED_OVER, (*_CHECKABLE, State.ACCEPTED)),
        DESK,
        _WORDS | {Need.OWN, Need.CENTRE},
        "handed_over",
        "told.handed_over",
    ),
    Act.GIVE_BACK: Move(_to(State.HANDED_OVER, _CHECKABLE), DESK, _WORDS | {Need.UNTOUCHED}, "given_back"),
    Act.TAKE_BACK: Move(
        _to(State.QUEUED, (State.HANDED_OVER,)),
        DESK,
        frozenset({Need.TEXT, Need.BACK}),
        "taken_back",
        "told.queued",
    ),
    Act.WITHDRAW: Move(
        _to(State.WITHDRAWN, (*OPEN, State.HANDED_OVER)),
        _RESIDENT,
        frozenset({Need.SUBJECT}),
        "withdrawn",
        "told.withdrawn",
    ),
    Act.WITHDRAW_FOR: Move(_to(State.WITHDRAWN, WORKED), DESK, _WORDS, "withdrawn_for", "told.withdrawn"),
    Act.REOPEN: Move(_to(State.REDO, DECIDED), DESK, frozenset({Need.TEXT}), "reopened", "told.reopened"),
}

RETURNS = frozenset(act for act, move in MOVES.items() if None in move.ways.values())
"""Acts that lead back to where a case was before its hold."""


class IllegalMove(Exception):
    """A move the table does not allow. Carries no text that a person wrote."""

    def __init__(self, why: Why, act: Act | None = None, holder: str | None = None) -> None:
        super().__init__(f"{act or 'act'} refused: {why}")
        self.why = why
        self.act = act
        self.holder = holder
        """Who holds the case, where `why` is HELD."""


def move(act: Act, state: State, role: Role, present: frozenset[Need] = frozenset()) -> Move:
    """The move, when this role may make it from this state with what is present; else IllegalMove."""
    wanted = MOVES[act]
    if role not in wanted.who:
        raise IllegalMove(Why.ROLE, act)
    if state not in wanted.ways:
        raise IllegalMove(Why.STATE, act)
    for need, why in REFUSALS.items():
        if need in wanted.needs and need not in present:
            raise IllegalMove(why, act)
    return wanted


def target(act: Act, state: State, before_hold: State | None = None) -> State:
    """Where an act leads from there. `before_hold`: where a case on hold was before."""
    led = MOVES[act].ways[state] or before_hold
    if led is None:
        raise AssertionError("a case on hold without where it was before")
    return led
