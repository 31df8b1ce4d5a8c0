"""Why a parcel stays where it is."""

from __future__ import annotations

from enum import StrEnum

import psycopg

from kiosk.cases.moves import IllegalMove
from kiosk.cases.states import Why
from kiosk.security.envelope import SealTrouble
from kiosk.store.parcel_body import UnreadableParcel
from kiosk.store.trouble import StoreTrouble, Trouble


class Aside(StrEnum):
    """Why a parcel could not be taken in. Somebody has to look at it, but for `TOO_LATE`."""

    UNREADABLE = "unreadable"
    """Not of a form that this program knows, or not about the case that it names."""
    KEY = "key"
    """Nobody of this centre can open it."""
    NO_CASE = "no_case"
    """Its case is not here."""
    TOO_LATE = "too_late"
    """The case had gone on: the resident sees at the kiosk how it stands."""
    STORE = "store"
    """The database refused it."""


class PutAside(Exception):
    """This parcel, for this reason."""

    def __init__(self, why: Aside) -> None:
        super().__init__(why)
        self.why = why


FAULTS = (
    *(PutAside, IllegalMove, UnreadableParcel, SealTrouble, StoreTrouble),
    *(psycopg.DataError, psycopg.IntegrityError, psycopg.errors.ProgramLimitExceeded),
    *(ValueError, TypeError, AttributeError),
    *(LookupError, ArithmeticError, RecursionError),
)
"""Whatever one strange parcel may bring about. What it holds is nobody's words but a kiosk's."""
_OF_THE_HUB = frozenset({Trouble.BUSY, Trouble.AWAY, Trouble.FULL, Trouble.READ_ONLY})


def why_of(fault: Exception) -> Aside:
    """Raises what is no fault of the parcel: it is tried again."""
    if isinstance(fault, PutAside):
        return fault.why
    if isinstance(fault, IllegalMove):
        return Aside.NO_CASE if fault.why is Why.UNKNOWN else Aside.TOO_LATE
    if isinstance(fault, StoreTrouble):
        if fault.kind in _OF_THE_HUB:
            raise fault
        return Aside.STORE
    return Aside.STORE if isinstance(fault, psycopg.Error) else Aside.UNREADABLE
