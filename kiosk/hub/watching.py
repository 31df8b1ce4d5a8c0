"""The exchange for as long as the kiosk is there: soon after something is handed in, else now and then."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable

from kiosk.cases.parcels import pause_before
from kiosk.event_log import happened
from kiosk.hub.link import Fault, LinkTrouble
from kiosk.hub.sending import Courier, Exchanged
from kiosk.store import StoreTrouble

LOOK = 1.0
"""Seconds between two looks whether something waits to be sent."""
ASK = 15.0
"""Seconds, about, between two looks into the mailbox."""

log = logging.getLogger(__name__)


class Watch:
    """One courier, kept going. `wait` is told for how many seconds."""

    def __init__(
        self,
        courier: Courier,
        wait: Callable[[float], None] = time.sleep,
        draw: Callable[[], float] = random.random,
    ) -> None:
        self._courier, self._wait, self._draw = courier, wait, draw
        self._in_vain = 0
        self._said: str = ""

    def turn(self) -> None:
        """One round, and the pause until the next is due."""
        begun = time.monotonic()
        try:
            self._tell_of(self._courier.round(), time.monotonic() - begun)
        except (LinkTrouble, StoreTrouble) as trouble:
            self._tell(trouble.fault if isinstance(trouble, LinkTrouble) else trouble.kind)
            pause = pause_before(self._in_vain, self._draw())
            happened("in_vain", logging.DEBUG, tries=self._in_vain + 1, pause=pause)
            self._in_vain += 1
            self._until_tried_again(pause)
        else:
            self._tell("")
            self._in_vain = 0
            self._until_something_waits()

    def _until_something_waits(self) -> None:
        left = ASK * (0.5 + self._draw())
        while left > 0 and not self._has_some():
            self._wait(min(LOOK, left))
            left -= LOOK

    def _until_tried_again(self, left: float) -> None:
        """Somebody who calls for a person is not kept waiting for a pause that was meant for parcels."""
        while left > 0:
            self._wait(min(LOOK, left))
            left -= LOOK
            if self._rings():
                return

    def _rings(self) -> bool:
        try:
            return self._courier.rings()
        except StoreTrouble:
            return False

    def _has_some(self) -> bool:
        try:
            return self._courier.waits()
        except StoreTrouble:
            # somebody is at it; the next look finds out
            return False

    def _tell_of(self, done: Exchanged, seconds: float) -> None:
        """A round in which nothing went or came is told only to whoever asks for everything."""
        counts = {"sent": done.sent, "set_aside": done.set_aside, "news": done.news, "unread": done.unread}
        level = logging.INFO if any(counts.values()) else logging.DEBUG
        happened("exchanged", level, **counts, ms=seconds * 1000)

    def _tell(self, fault: str) -> None:
        """Once for each change: a hub that is away for a month is two lines."""
        if fault == self._said:
            return
        self._said = fault
        if fault:
            log.log(logging.ERROR if fault == Fault.REFUSED else logging.WARNING, "hub: %s", fault)
            happened("hub_away", fault=fault)
        else:
            log.warning("hub: there again")
            happened("hub_there")
