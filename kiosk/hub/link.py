"""The way from a kiosk to the hub. The kiosk's side knows nothing else of it."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol

from kiosk.cases.parcels import MOST, CentreKey, News, NoProgress, Parcel, Progress, Receipt, Unread
from kiosk.editions.edition import Holding, Signed
from kiosk.hub.report import Report, Seen


class Fault(StrEnum):
    """What may be wrong with the way. In each of them it is tried again; nothing is lost."""

    AWAY = "away"
    """Nobody answers, or not to the end."""
    REFUSED = "refused"
    """The hub does not let this kiosk in: revoked, or not known."""
    STRANGE = "strange"
    """Whoever answers is not the hub, or says what cannot be: a portal's page, a wrong signature."""


class LinkTrouble(Exception):
    """It did not come through. Carries nothing of what was sent or heard."""

    def __init__(self, fault: Fault, what: str = "") -> None:
        super().__init__(f"hub {fault}" + (f" ({what})" if what else ""))
        self.fault = fault


class NotKnown(LinkTrouble):
    """The hub is older than this question. It goes without."""

    def __init__(self) -> None:
        super().__init__(Fault.STRANGE, "not known")


class Link(Protocol):
    """Which kiosk it is, and of which centre, the hub knows from the connection. All raise LinkTrouble."""

    def offer(self, parcels: Sequence[Parcel]) -> list[Receipt]:
        """Hand them over, in order. Returns after they are safe at the hub; any of them twice is harmless."""
        ...

    def mail(self, most: int = MOST, after: int = 0, have: int | None = None) -> list[News | Unread]:
        """What happened to this kiosk's cases, the oldest first, after this id. It stays there until it is
        acknowledged.

        `have`: how often news has been taken here. What was acknowledged when that was more comes again.
        """
        ...

    def acknowledge(self, ids: Sequence[int], have: int | None = None) -> None:
        """These are kept here now, since news has been taken that often."""
        ...

    def progress(self, number: str) -> Progress | NoProgress:
        """How far a case of this centre is, by the number on its receipt."""
        ...

    def key(self) -> CentreKey | None:
        """What to seal to; None while no desk of the centre has made its keys."""
        ...

    def tell(self, report: Report) -> None:
        """How this kiosk is; the last one counts. Raises NotKnown at an old hub, as `call` does."""
        ...

    def call(self, name: str, waits: float) -> Seen | None:
        """Somebody here needs a person, and has waited for so many seconds; an empty name: nobody does.

        Who goes there, once somebody does. The same call twice is one.
        """
        ...

    def edition(self, holding: Holding) -> Signed | None:
        """The newest that was published of this kind, if it is neither held nor left out here; not looked at.

        Raises NotKnown at an old hub.
        """
        ...

    def close(self) -> None:
        """End the connection, if there is one."""
        ...
