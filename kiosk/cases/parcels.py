"""What travels between a kiosk and the hub: parcels one way, receipts and news the other.

A parcel is a case that was handed in, or an act of the resident on one. A kiosk numbers them without gaps.
The hub answers each with a receipt and tells later, by news, what became of the case. Whatever is private in
a parcel is sealed in its body already; neither body nor words stand in a repr.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from kiosk.cases.authority import WITHDRAWN as AUTHORITY_WITHDRAWN
from kiosk.cases.moves import MOVES, Act
from kiosk.cases.requests import ASKED, BY_STAFF, Reply
from kiosk.cases.states import Actor, Outcome, Role, State
from kiosk.cases.views import CONSENT_WITHDRAWN

MOST = 100
"""So many parcels, or so much news, go at a time."""
MOST_BYTES = 1_000_000
"""Or so many bytes of bodies; one that is larger goes alone."""
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 300.0
"""Seconds before another try: of the first one, and at most."""

SET_ASIDE = "set_aside"
"""News, and the line of history that follows: an act of the resident came too late, and changed nothing."""
HUB = Actor("hub", Role.MANAGER)
"""Whoever did it did it elsewhere: the kiosk only hears what."""

ACTS = frozenset(
    {
        *(MOVES[act].event for act in (Act.WITHDRAW, Act.HEAR, Act.RATE)),
        *(ASKED[wish] for wish in BY_STAFF),
        CONSENT_WITHDRAWN,
        AUTHORITY_WITHDRAWN,
    }
)
"""What a resident does at the kiosk with a case that lies at the hub, by event: it is sent after the case."""


class Kind(StrEnum):
    """What a parcel is."""

    CASE = "case"
    PAPER = "paper"
    """A picture of a paper that was handed in with a case."""
    ACT = "act"


@dataclass(frozen=True, slots=True)
class Parcel:
    """One thing that a kiosk sends."""

    kseq: int
    """The kiosk's own number of it: 1, 2, 3 and on, without a gap."""
    id: str
    """Of a case its own id; of a paper that and its number; of an act one of its own. It makes a second
    sending harmless."""
    kind: Kind
    case_id: str
    hash: bytes
    """SHA-256 of the body."""
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Receipt:
    """The hub has it, safely on its disk."""

    id: str
    hash: bytes
    kseq: int
    received_at: datetime
    """By the hub's clock."""
    set_aside: bool = False
    """The hub has another parcel under this id already: both are kept, and somebody looks at them."""
    signature: bytes = b""
    """Over `signed`, by the hub's key; empty where the connection itself vouches for it."""

    @property
    def signed(self) -> bytes:
        """What the signature is over."""
        said = (self.id, self.hash.hex(), self.kseq, self.received_at.isoformat(), int(self.set_aside))
        return "\n".join(("bangban receipt 1", *map(str, said))).encode()


@dataclass(frozen=True, slots=True)
class News:
    """What a kiosk shows of a case after something happened to it at the hub."""

    id: int
    """Its place in the mailbox: what is acknowledged."""
    case_id: str
    order: int
    """The number of the event in the case's history at the hub: nothing older counts any more."""
    kind: str
    """The event, as the table of moves calls it, or SET_ASIDE."""
    at: datetime
    epoch: int
    state: State
    due: date
    outcome: Outcome | None = None
    missing: str | None = field(default=None, repr=False)
    result: str | None = field(default=None, repr=False)
    desk: str = ""
    reference: str | None = None
    goes_on_in: str | None = None
    held_from: str | None = None
    wake_on: str | None = None
    answers: str = ""
    """The id of the parcel that this answers: the resident's act was taken in, or set aside."""
    reply: Reply | None = field(default=None, repr=False)
    """What staff answered to what the person asked of what is held of them."""


@dataclass(frozen=True, slots=True)
class Unread:
    """News that this program does not understand: a later one wrote it. It waits until we are renewed."""

    id: int


@dataclass(frozen=True, slots=True)
class CentreKey:
    """What the centre's cases are sealed to, wherever they are handed in."""

    centre: str
    """Every sealed body is bound to it."""
    id: bytes
    public: bytes
    protected: bool
    """Only staff can open what is sealed to it."""
    signature: bytes = b""
    """Over `signed`, by the hub's key; empty where the connection itself vouches for it."""

    def signed(self, asked: bytes) -> bytes:
        """What the signature is over; `asked`: drawn by whoever asks, so that no old answer serves again."""
        said = (asked.hex(), self.centre, self.id.hex(), self.public.hex(), int(self.protected))
        return "\n".join(("bangban centre key 1", *map(str, said))).encode()


@dataclass(frozen=True, slots=True)
class Progress:
    """What any kiosk of the centre may tell of a case by its number: no words, no name."""

    number: str
    state: State
    due: date
    outcome: Outcome | None
    service: str = ""
    """The id of the service."""
    paused: bool = False
    """The case waits for its person: no day can be named."""


class NoProgress(StrEnum):
    """Why nothing is told of a number."""

    UNKNOWN = "unknown"
    """The centre has no such case, or more than one; that of another centre is none, too."""
    ENOUGH = "enough"
    """This kiosk has asked for too many numbers that led to nothing; it may ask again within the hour."""
    AWAY = "away"
    """The hub does not answer. Never said by the hub."""


def hash_of(body: bytes) -> bytes:
    """What a parcel and its receipt hold of the body."""
    return hashlib.sha256(body).digest()


def fits(parcel: Parcel, receipt: Receipt) -> bool:
    """Is it the receipt of this very parcel?"""
    return (receipt.id, receipt.hash, receipt.kseq) == (parcel.id, parcel.hash, parcel.kseq)


def batch(waiting: Iterable[Parcel]) -> Iterator[Parcel]:
    """The first of them, as many as go at a time."""
    size = 0
    for number, parcel in enumerate(waiting):
        size += len(parcel.body)
        if number and (number >= MOST or size > MOST_BYTES):
            return
        yield parcel


def pause_before(tries: int, draw: float) -> float:
    """Seconds until the next try after so many in vain; `draw`: by chance, from 0 to 1.

    Anywhere up to a time that doubles: thousands of kiosks that lost the hub together come back as a slope.
    """
    longest = min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** min(tries, 16))
    return FIRST_PAUSE + (longest - FIRST_PAUSE) * draw
