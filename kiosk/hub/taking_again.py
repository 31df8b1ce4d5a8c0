"""Parcels that were set aside: what they are, and another try when the reason is gone."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kiosk.cases.parcels import Kind
from kiosk.cases.states import BOX
from kiosk.hub import hub_statements as sql
from kiosk.hub.aside import Aside
from kiosk.hub.taking_in import TakingIn

AGAIN = "parcels_again"
"""A line of the house: these were put back to be taken in; the note has their numbers."""


@dataclass(frozen=True, slots=True)
class SetAside:
    """One parcel that could not be taken in."""

    number: int
    """In the order of arrival at the hub; by this it is named."""
    kiosk: str
    kseq: int
    """The kiosk's own number of it."""
    kind: Kind | None
    """None: of a later version, or made up."""
    received_at: datetime
    why: Aside


class TakingAgain(TakingIn):
    """What came too late is not among them: it is settled, and its person was told."""

    def parcels_aside(self) -> tuple[SetAside, ...]:
        """Those that wait for somebody to look at them, the oldest first."""
        with self._reading() as db:
            rows = db.execute(sql.LIST_SET_ASIDE, (Aside.TOO_LATE,)).fetchall()
        return tuple(_set_aside(row) for row in rows)

    def take_again(self, numbers: Collection[int]) -> frozenset[int]:
        """Try those with these numbers once more, and whatever of the same case was set aside with them.

        The numbers that were put back; what still cannot be taken in is set aside again. Raises StoreTrouble.
        """
        with self._writing() as db:
            back = {
                int(row["n"])
                for number in sorted(numbers)
                for row in db.execute(sql.PUT_BACK, (Aside.TOO_LATE, Aside.TOO_LATE, number)).fetchall()
            }
            if back:
                self._add_house_event(db, BOX, AGAIN, " ".join(map(str, sorted(back))))
        self.take_in()
        return frozenset(back)


def _set_aside(row: Any) -> SetAside:
    kind, why = row["kind"], row["set_aside"]
    return SetAside(
        number=row["n"],
        kiosk=row["kiosk"],
        kseq=row["kseq"],
        kind=Kind(kind) if kind in set(Kind) else None,
        received_at=row["received_at"],
        # a desk of a later version may have put it there
        why=Aside(why) if why in set(Aside) else Aside.UNREADABLE,
    )
