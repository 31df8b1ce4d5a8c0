"""A kiosk's exchange with its hub: parcels there, news back. Killed at any moment, it loses nothing.

A parcel counts as sent only once its receipt is here, and news is acknowledged only once it is kept here:
what is in between comes again, and the other side knows it by its id.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from kiosk.cases.parcels import MOST, News, Parcel, Receipt, fits
from kiosk.hub.link import Fault, Link, LinkTrouble, NotKnown
from kiosk.hub.report import TELL_EVERY, Report
from kiosk.hub.ringing import NEWER_HUB, Ringing
from kiosk.ports import Clock
from kiosk.security.envelope import KEY, key_id
from kiosk.store import Store

log = logging.getLogger(__name__)

ASK_FOR_KEY = timedelta(minutes=10)
"""So often a kiosk asks whether its centre seals to another key now."""
NOTE_AGAIN = timedelta(minutes=5)
"""So often it writes down that the hub is there."""


@dataclass(frozen=True, slots=True)
class Exchanged:
    """What came of one round."""

    sent: int = 0
    set_aside: int = 0
    news: int = 0
    unread: int = 0
    """News that waits at the hub until this program is renewed."""


class Courier:
    """Goes to the hub and back. Belongs to one thread."""

    def __init__(
        self, store: Store, link: Link, clock: Clock, report: Callable[[], Report] | None = None
    ) -> None:
        """`report`: how this kiosk is now; without it the hub is told nothing of that."""
        self._store, self._link, self._clock, self._report = store, link, clock, report
        self._ringing = Ringing(store, link, clock)
        self._tell_at = float("-inf")
        self._asked_at: float | None = None

    def round(self) -> Exchanged:
        """Everything that waits, both ways. Raises LinkTrouble, which is also noted, and StoreTrouble."""
        try:
            self._carry_call()
            self._take_key()
            sent = self._send()
            news, unread = self._fetch()
            self._tell()
        except LinkTrouble as trouble:
            self._store.hub_failed(trouble.fault)
            raise
        self._note_answer()
        return Exchanged(len(sent), sum(one.set_aside for one in sent), news, unread)

    def waits(self) -> bool:
        """Is there something to send, or somebody who called?"""
        return self._store.anything_for_hub() or self._ringing.due()

    def rings(self) -> bool:
        """Has somebody called whom the hub was not told of yet, even in vain?"""
        return self._ringing.fresh()

    def _take_key(self) -> None:
        now = self._clock.monotonic()
        if self._asked_at is not None and now - self._asked_at < ASK_FOR_KEY.total_seconds():
            return
        key = self._link.key()
        if key is not None and (len(key.public) != KEY or key_id(key.public) != key.id):
            # nothing could be handed in any more
            raise LinkTrouble(Fault.STRANGE, "key")
        if key is not None:
            self._store.take_key(key)
            self._asked_at = now

    def _send(self) -> list[Receipt]:
        """In order, batch after batch: what was handed in meanwhile goes, too."""
        done: list[Receipt] = []
        while parcels := self._store.parcels_waiting():
            receipts = received(parcels, self._link.offer(parcels))
            self._store.parcels_sent(receipts)
            done += receipts
            # somebody may have called meanwhile
            self._carry_call()
            if len(receipts) < len(parcels):
                raise LinkTrouble(Fault.STRANGE, "receipts")
        return done

    def _fetch(self) -> tuple[int, int]:
        """Page after page; how much was taken, and how much is not understood and stays there."""
        taken = unread = after = 0
        while mail := self._link.mail(after=after, have=self._store.news_taken()):
            if min(one.id for one in mail) <= after:
                raise LinkTrouble(Fault.STRANGE, "mail")
            news = [one for one in mail if isinstance(one, News)]
            if news:
                kept = self._store.take_news(news)
                self._link.acknowledge(kept, self._store.news_taken())
            taken += len(news)
            unread += len(mail) - len(news)
            if len(mail) < MOST:
                break
            after = max(one.id for one in mail)
        return taken, unread

    def _carry_call(self) -> None:
        """And tell soon how many wait here now."""
        if self._ringing.turn():
            self._tell_at = float("-inf")

    def _tell(self) -> None:
        """How this kiosk is. Nothing that goes wrong here holds up what people handed in."""
        if self._report is None or self._clock.monotonic() < self._tell_at:
            return
        pause = TELL_EVERY.total_seconds()
        try:
            self._link.tell(self._report())
        except NotKnown:
            pause = NEWER_HUB
        except LinkTrouble as trouble:
            log.warning("the hub was not told how this kiosk is: %s", trouble.fault)
        self._tell_at = self._clock.monotonic() + pause

    def _note_answer(self) -> None:
        before = self._store.waiting_for_hub()
        at = before.reached_at
        if before.fault or at is None or abs(self._clock.now() - at) >= NOTE_AGAIN:
            self._store.hub_answered()


def received(parcels: Sequence[Parcel], receipts: Sequence[Receipt]) -> list[Receipt]:
    """Those that are of these very parcels, each once; others count for nothing."""
    by_id = {one.id: one for one in receipts}
    return [by_id[one.id] for one in parcels if one.id in by_id and fits(one, by_id[one.id])]
