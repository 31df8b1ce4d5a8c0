"""One card's stay on the reader, from the first find to its removal."""

from __future__ import annotations

from kiosk.devices.events import CardFault
from kiosk.devices.line import NEVER
from kiosk.identity.card import Card

ATTEMPTS = 3
"""Failed reads before the person hears of it; a flicker stays unheard."""
PATIENCE = 2.5
"""Seconds after which the next failure is told at once (K34: read within 3 s or say why)."""
SAY_WHY = 2.9
"""Seconds after which an unread card is told, even while its reply may still come."""
QUIET = 10.0
"""Seconds before the same trouble is told again."""
GONE = 1.0
"""Seconds of misses before a card may count as removed."""


class Visit:
    """What is known about the card that lies there. Holds its contents only while it does."""

    def __init__(self, since: float) -> None:
        self.card: Card | None = None
        """As it was told."""
        self.fresh: Card | None = None
        """Read, and not told yet: its appended address is being asked for."""
        self.doubtful = False
        """A look saw nothing since the card was read: the next card found may be another one."""
        self.confirming = False
        """The field was switched off and on: the next look decides."""
        self._since = since
        self._absent_since: float | None = None
        self._failures = 0
        self._told: dict[CardFault, float] = {}

    @property
    def noticed(self) -> bool:
        """True once the application has heard of this card."""
        return self.card is not None or bool(self._told)

    @property
    def pause(self) -> float:
        """Seconds before the next attempt: short while nobody has been told."""
        return 0.5 if self._told else 0.05

    @property
    def locked(self) -> bool:
        """Every few failures: a chip may have locked up, and only a new field wakes it."""
        return self._failures > 0 and self._failures % ATTEMPTS == 0

    @property
    def say_why_at(self) -> float:
        """When the person must hear that it cannot be read; NEVER once there was news of it."""
        return NEVER if self._told else self._since + SAY_WHY

    def found(self, now: float) -> None:
        """A look found a card where one was read before: it may be another one, with a time of its own."""
        if self._failures == 0:
            self._since = now

    def seen(self) -> None:
        """It still lies there."""
        self.confirming = False
        self._absent_since = None

    def missed_long(self, now: float) -> bool:
        """It was not there; True when it has been missed for long enough to make sure."""
        if self._absent_since is None:
            self._absent_since = now
        return now - self._absent_since >= GONE

    def read(self, card: Card) -> None:
        """It was read."""
        self.seen()
        self.doubtful = False
        self.card, self.fresh = card, None
        self._failures = 0
        self._told.clear()

    def failed(self) -> None:
        """An attempt to read it failed, but it was there."""
        self._failures += 1
        self.fresh = None
        self.confirming = False
        self._absent_since = None

    def worth_telling(self, fault: CardFault, now: float) -> bool:
        """True when the person should hear of this failure now."""
        sure = self._failures >= (2 if fault is CardFault.NOT_AN_ID_CARD else ATTEMPTS)
        told = self._told.get(fault)
        return (sure or now - self._since >= PATIENCE) and (told is None or now - told >= QUIET)

    def tell(self, fault: CardFault, now: float) -> None:
        """The person hears of this failure; whatever was read before no longer counts."""
        self._told[fault] = now
        self.card = None
