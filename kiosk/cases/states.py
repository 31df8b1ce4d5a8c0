"""Where a case can stand, who acts on it, and why an act may be refused (K39)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where a case stands. Only `kiosk.cases.moves.MOVES` leads from one to another."""

    DRAFT = "draft"
    """Still with the resident; not a case yet."""
    QUEUED = "queued"
    CLAIMED = "claimed"
    CHECKING = "checking"
    NEEDS_INFO = "needs_info"
    ACCEPTED = "accepted"
    """Complete, and taken on: the resident holds an acceptance slip."""
    FILING = "filing"
    """Being keyed into the official portal."""
    FILING_FAILED = "filing_failed"
    FILED = "filed"
    """With the office that decides, under its reference."""
    DECIDED = "decided"
    """Granted or refused (`Outcome`); the resident does not know yet."""
    TOLD = "told"
    CLOSED = "closed"
    RATED = "rated"
    ON_HOLD = "on_hold"
    """Until a day that was named, or until a colleague has answered."""
    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    """Goes on in another case of the same person."""
    TRANSFERRED = "transferred"
    """On its way to another desk, which has not taken it in yet."""
    HANDED_OVER = "handed_over"
    """Another centre answers for it now, or is about to."""
    REDO = "redo"
    """Decided once and opened again: a new clock, the same history."""


class Outcome(StrEnum):
    """What a decided case came to."""

    GRANTED = "granted"
    REFUSED = "refused"


OPEN = frozenset(
    {
        State.QUEUED,
        State.CLAIMED,
        State.CHECKING,
        State.NEEDS_INFO,
        State.ACCEPTED,
        State.FILING,
        State.FILING_FAILED,
        State.FILED,
        State.ON_HOLD,
        State.TRANSFERRED,
        State.REDO,
    }
)
"""Not decided yet: it has a due date and can still be withdrawn."""
DECIDED = frozenset({State.DECIDED, State.TOLD, State.CLOSED, State.RATED})
"""It came out, one way or the other."""
WAITING = frozenset({State.QUEUED, State.REDO, State.TRANSFERRED})
"""In the queue: nobody answers for it yet."""
WORKED = frozenset(
    {
        State.CLAIMED,
        State.CHECKING,
        State.ACCEPTED,
        State.FILING,
        State.FILING_FAILED,
        State.FILED,
    }
)
"""States in which somebody can have the case in hand, under a lease."""
PAUSABLE = frozenset({State.NEEDS_INFO, State.ON_HOLD})
"""While a case is in one of these the promised time may stand still: its service says in which."""


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

BOX = Actor("kiosk", Role.MANAGER)
"""What the program does by itself, or whoever has its command line."""

DESK = frozenset({Role.STAFF, Role.MANAGER})


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
    AUTHORITY = "authority"
    """Whoever acts for the person has not shown that they may, or a signature is still missing."""
    HEARD = "heard"
    """Staff changed an answer, and the resident has not heard the change yet."""
    REFERENCE = "reference"
    """The reference of the portal is missing, or it was typed differently the second time."""
    DAY = "day"
    """A hold needs a workday to come on which it ends."""
    COLLEAGUE = "colleague"
    """No such colleague, or the actor themselves, or somebody who is away."""
    CASE = "case"
    """The case to go on in is not another open case of the same person."""
    ROUNDS = "rounds"
    """More was asked for as often as the service allows."""
    RATED = "rated"
    """It is about their own work: somebody else looks into it."""
    CENTRE = "centre"
    """There is no such centre, or it cannot open what is sealed to it yet, or has given this back before."""
    CAME = "came"
    """It came from another centre: that one can be given it back, nobody else."""
    TOUCHED = "touched"
    """Work on it was begun here, or the other centre keeps it no longer: it stays here."""
    GONE = "gone"
    """The other centre has taken it in."""
    ROOM = "room"
    """The copies of papers would be more than one case may hold."""
