"""What lies on the reader: find, select, read, and where the person lives now.

Three kinds of reader are served alike; they differ in what "find" answers while a card that was
read still lies there: see `_missed`.
"""

from __future__ import annotations

from dataclasses import replace

from kiosk.devices.events import CardFault, CardRead, CardRemoved, CardTrouble, NothingLies
from kiosk.devices.line import NEVER, Action, Emit
from kiosk.devices.sdt import command as sdt
from kiosk.devices.sdt.command import Command
from kiosk.devices.sdt.exchange import Exchange
from kiosk.devices.sdt.framing import Frame
from kiosk.devices.sdt.replies import slice_read_reply
from kiosk.devices.sdt.visit import Visit
from kiosk.identity.card import CardKind
from kiosk.identity.content import addresses, parse_text

POLL = 0.15
"""Seconds between two looks for a card while none is there."""
WATCH = 0.3
"""Seconds between two looks while a card that was read lies there."""
LOOKS_FOR_EMPTY = 4
"""Looks in a row that see nothing before the table counts as empty at the start."""
LEAST_FOR_ADDRESS = 0.3
"""With less than these seconds left (K34), a card is told as it is printed."""
UNHEARD_ADDRESSES = 2
"""Questions for an address in a row without any reply, after which this module is not asked before a card."""
_WITH_ADDRESS = {CardKind.RESIDENT, CardKind.HMT}


class Tray:
    """At most one visit at a time, from the first sight of a card until it is surely gone."""

    def __init__(self, line: Exchange) -> None:
        self._line = line
        self._visit: Visit | None = None
        self._finds = 0
        """Finds in a row that saw no card: one alone proves nothing."""
        self._empty_looks = 0
        self._unheard_addresses = 0

    @property
    def present(self) -> bool:
        """True from the first sight of a card until it is surely gone."""
        return self._visit is not None

    @property
    def due(self) -> float:
        """When a person whose card is still being read must hear of it (K34)."""
        waits = self._visit is not None and self._visit.fresh is None and self._line.pending is Command.READ
        return self._visit.say_why_at if self._visit is not None and waits else NEVER

    def say_why(self, now: float) -> list[Action]:
        """The card is not read in time: the person hears it, the reply may still come."""
        return self._tell(CardFault.HOLD_STILL, now) if now >= self.due else []

    def begin(self) -> None:
        """The module is ready, perhaps again: whatever lies there is looked for and read anew."""
        self._empty_looks = 0
        self.doubt()

    def doubt(self) -> None:
        """A look saw nothing: the next card found may be another one."""
        if self._visit is not None:
            self._visit.doubtful = True

    def rest(self, seconds: float, then: Command, now: float) -> list[Action]:
        """Send nothing for a while; finds are counted anew."""
        self._finds = 0
        return self._line.rest(seconds, then, now)

    def look(self, now: float) -> list[Action]:
        """Is there a card?"""
        return self._line.send(Command.FIND, now)

    def leave(self) -> list[Action]:
        """The visit is over; a card that was read and not told yet is told before."""
        told = self.tell_fresh()
        visit, self._visit = self._visit, None
        return [*told, Emit(CardRemoved())] if visit is not None and visit.noticed else []

    def unanswered(self, over: Command, now: float, rest: float) -> list[Action]:
        """No reply to select, read or address, or one that cannot belong to it."""
        if over is Command.ADDRESS:
            return self._without_address(now, rest)
        if over is Command.READ:
            return self._read_badly(CardFault.HOLD_STILL, now, rest)
        return self._failed(CardFault.HOLD_STILL, now, rest)

    def on_find(self, frame: Frame, now: float) -> list[Action]:
        """A card was found, or none."""
        if frame.status == sdt.NO_CARD:
            return self._nothing_found(now)
        self._finds = 0
        # From now on the card's own visit tells when it is gone.
        self._empty_looks = LOOKS_FOR_EMPTY
        visit = self._visit
        if visit is None:
            visit = self._visit = Visit(now)
        if visit.card is not None:
            if not visit.doubtful:
                visit.seen()
                return self.rest(WATCH, Command.FIND, now)
            visit.found(now)
        return self._line.send(Command.SELECT, now)

    def _nothing_found(self, now: float) -> list[Action]:
        # The first find after a card is laid down often misses it.
        self.doubt()
        self._finds += 1
        if self._finds < 2:
            return self.look(now)
        if self._visit is None:
            return [*self._empty_look(), *self.rest(POLL, Command.FIND, now)]
        if self._visit.confirming:
            return [*self.leave(), *self.rest(POLL, Command.FIND, now)]
        if self._visit.card is None:
            return self._missed(now)
        return self._line.send(Command.ADDRESS, now)

    def _empty_look(self) -> list[Action]:
        """The first looks may miss a card that lies there since before."""
        self._empty_looks += 1
        return [Emit(NothingLies())] if self._empty_looks == LOOKS_FOR_EMPTY else []

    def _missed(self, now: float, rest: float = WATCH) -> list[Action]:
        """Find saw nothing, and so did the address where a card had been read.

        Readers of the first kind are silent about a card they have read but still give its
        address; the second find it again and again; the third need a reset to see it. So a
        card is gone only when even a reset, after a second of misses, does not bring it back.
        """
        if self._visit is None:
            return self.rest(POLL, Command.FIND, now)
        if self._visit.missed_long(now):
            self._visit.confirming = True
            self._finds = 0
            return self._line.send(Command.RESET, now)
        return self.rest(rest, Command.FIND, now)

    def on_select(self, frame: Frame, now: float) -> list[Action]:
        """The card was selected, or it was lifted, or is of another kind."""
        if frame.status == sdt.DONE:
            return self._line.send(Command.READ, now)
        return self._card_failed(frame.status, now)

    def on_read(self, frame: Frame, now: float) -> list[Action]:
        """The card was read. It is told once its appended address is known, or cannot be had in time."""
        visit = self._visit
        if visit is None or frame.status != sdt.DONE:
            return self._card_failed(frame.status, now)
        parts = slice_read_reply(frame.payload)
        card = parse_text(parts.text) if parts else None
        if card is None or not card.sound:
            return self._read_badly(CardFault.BAD_READ, now)
        if visit.card is not None and visit.card.number == card.number:
            visit.read(visit.card)
            return self.rest(WATCH, Command.FIND, now)
        visit.fresh = card
        left = visit.say_why_at - now
        heard = self._unheard_addresses < UNHEARD_ADDRESSES
        if card.kind in _WITH_ADDRESS and heard and left >= LEAST_FOR_ADDRESS:
            return self._line.send(Command.ADDRESS, now, at_most=left)
        return [*self.rest(WATCH, Command.FIND, now), *self.tell_fresh()]

    def on_address(self, frame: Frame, now: float) -> list[Action]:
        """The addresses appended to a card that was just read, or a sign that it still lies there."""
        self._unheard_addresses = 0
        visit = self._visit
        if visit is not None and visit.fresh is not None:
            appended = addresses(frame.payload) if frame.status == sdt.DONE else []
            return [*self.rest(WATCH, Command.FIND, now), *self.tell_fresh(appended)]
        if visit is not None and frame.status in {sdt.DONE, sdt.NO_SUCH_ITEM}:
            visit.seen()
            return self.rest(WATCH, Command.FIND, now)
        return self._missed(now)

    def _without_address(self, now: float, rest: float) -> list[Action]:
        if self._visit is None or self._visit.fresh is None:
            return self._missed(now, max(rest, WATCH))
        self._unheard_addresses += 1
        return [*self.rest(max(rest, WATCH), Command.FIND, now), *self.tell_fresh()]

    def tell_fresh(self, appended: list[str] | None = None) -> list[Action]:
        """The card that was read, if it was not told yet; the last of the appended addresses holds now."""
        visit = self._visit
        if visit is None or visit.fresh is None:
            return []
        card = replace(visit.fresh, address_now=appended[-1]) if appended else visit.fresh
        before = visit.card
        visit.read(card)
        return [*([Emit(CardRemoved())] if before is not None else []), Emit(CardRead(card))]

    def _card_failed(self, status: str, now: float) -> list[Action]:
        fault = CardFault.NOT_AN_ID_CARD if status == sdt.UNKNOWN_CARD else CardFault.HOLD_STILL
        return self._failed(fault, now)

    def _read_badly(self, fault: CardFault, now: float, rest: float = 0.0) -> list[Action]:
        """The module may think that this card is done, and need a reset to see it again."""
        actions = self._failed(fault, now, rest)
        self._line.next = Command.RESET
        return actions

    def _failed(self, fault: CardFault, now: float, rest: float = 0.0) -> list[Action]:
        """Try again from find; tell the person only when trying again did not help."""
        visit = self._visit
        if visit is None:
            return self.rest(max(POLL, rest), Command.FIND, now)
        visit.failed()
        self.rest(max(rest, visit.pause), Command.RESET if visit.locked else Command.FIND, now)
        return self._tell(fault, now) if visit.worth_telling(fault, now) else []

    def _tell(self, fault: CardFault, now: float) -> list[Action]:
        """The person hears what is wrong; what was read before no longer counts."""
        if self._visit is None:
            return []
        lost = [Emit(CardRemoved())] if self._visit.card is not None else []
        self._visit.tell(fault, now)
        return [*lost, Emit(CardTrouble(fault))]
