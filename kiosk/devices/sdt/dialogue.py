"""The dialogue with an SDT module: find, select, read. No port and no clock: both are arguments.

Call `start`, then `on_event` for what the framing yields and `on_tick` when `deadline` has
passed; do the returned actions in order. Three kinds of reader are served alike (they differ in
what "find" answers while a card that was read still lies there): see `_missed`.
"""

from __future__ import annotations

from collections.abc import Callable

from kiosk.devices.events import (
    CardFault,
    CardRead,
    CardRemoved,
    CardTrouble,
    DeviceEvent,
    DeviceFault,
    DeviceReady,
    DeviceTrouble,
    NothingLies,
)
from kiosk.devices.line import Action, Emit, Order, ProblemKind
from kiosk.devices.sdt import command as sdt
from kiosk.devices.sdt.command import Command
from kiosk.devices.sdt.exchange import Exchange
from kiosk.devices.sdt.framing import Event, Frame
from kiosk.devices.sdt.replies import module_number, slice_read_reply
from kiosk.devices.sdt.visit import Visit
from kiosk.identity.content import parse_text

DRAIN = 0.1
"""Seconds for which stale bytes are thrown away before a dialogue (re)starts."""
POLL = 0.15
"""Seconds between two looks for a card while none is there."""
WATCH = 0.3
"""Seconds between two looks while a card that was read lies there."""
LOOKS_FOR_EMPTY = 4
"""Looks in a row that see nothing before the table counts as empty at the start."""
GRACE = 0.1
"""Seconds a reply may still take after damaged bytes."""
SILENT_RETRY = 2.0
BROKEN_RETRY = 5.0


Answer = Callable[[Frame, float], list[Action]]


class SdtDialogue:
    """One connection's state: how the module is, and whether a card lies there."""

    def __init__(self) -> None:
        self._line = Exchange()
        self._lost = 0
        """Commands in a row without a usable reply."""
        self._finds = 0
        """Finds in a row that saw no card: one alone proves nothing."""
        self._empty_looks = 0
        self._said: DeviceEvent | None = None
        self._visit: Visit | None = None
        self._answers: dict[Command, Answer] = {
            Command.STATUS: self._on_status,
            Command.NUMBER: self._on_number,
            Command.FIND: self._on_find,
            Command.SELECT: self._on_select,
            Command.READ: self._on_read,
            Command.ADDRESS: self._on_address,
            Command.RESET: self._on_reset,
        }

    @property
    def deadline(self) -> float:
        """When `on_tick` is due."""
        return self._line.deadline

    @property
    def card_present(self) -> bool:
        """True from the first sight of a card until it is surely gone."""
        return self._visit is not None

    def start(self, now: float) -> list[Action]:
        """A port was opened: let stale bytes pass, then ask whether the module is well."""
        return self._rest(DRAIN, Command.STATUS, now)

    def end(self) -> list[Action]:
        """The port is gone: no visitor's card is left open."""
        return self._leave()

    def on_event(self, event: Event, now: float) -> list[Action]:
        """A frame or a problem from the line."""
        pending = self._line.pending
        if pending is None:
            return []
        if not isinstance(event, Frame):
            if event.kind in {ProblemKind.CHECKSUM, ProblemKind.TIMEOUT}:
                self._line.hurry(GRACE, now)
            return []
        if not sdt.legal(pending, event.status):
            return self._unanswered(now, DRAIN)
        if event.status in sdt.REFUSED:
            return self._refused(pending, now)
        self._line.settle()
        if event.status in sdt.BROKEN:
            return self._broken(now)
        self._lost = 0
        return self._answers[pending](event, now)

    def on_tick(self, now: float) -> list[Action]:
        """Time passed: send what was waiting to be sent, or give up a reply that did not come."""
        if now < self._line.deadline:
            return []
        if self._line.pending is None:
            return self._line.send(self._line.next, now)
        return self._unanswered(now, 0.0)

    def on_order(self, order: Order, now: float) -> list[Action]:
        """A card reader looks for cards all the time: it takes no orders."""
        return []

    def _rest(self, seconds: float, then: Command, now: float) -> list[Action]:
        self._finds = 0
        return self._line.rest(seconds, then, now)

    # The module

    def _on_status(self, frame: Frame, now: float) -> list[Action]:
        return self._line.send(Command.NUMBER, now)

    def _on_number(self, frame: Frame, now: float) -> list[Action]:
        return self._ready(module_number(frame.payload), now)

    def _ready(self, name: str, now: float) -> list[Action]:
        # A card left from before may be one that the reader keeps silent about: a reset shows it.
        self._lost = self._empty_looks = 0
        return [*self._tell(DeviceReady(name)), *self._line.send(Command.RESET, now)]

    def _refused(self, pending: Command, now: float) -> list[Action]:
        if not self._line.repeated:
            return self._line.send(pending, now)
        if pending is Command.STATUS:
            return self._broken(now)
        return self._unanswered(now, DRAIN)

    def _broken(self, now: float) -> list[Action]:
        self._rest(BROKEN_RETRY, Command.STATUS, now)
        return [*self._leave(), *self._tell(DeviceTrouble(DeviceFault.OUT_OF_ORDER))]

    def _unanswered(self, now: float, rest: float) -> list[Action]:
        """No reply, or one that cannot belong to the command: let the line calm down, go on."""
        pending = self._line.settle()
        self._lost += 1
        if pending is Command.NUMBER:
            return self._ready("", now)
        if pending is Command.STATUS and self._lost >= 2:
            self._rest(SILENT_RETRY, Command.STATUS, now)
            return [*self._leave(), *self._tell(DeviceTrouble(DeviceFault.SILENT))]
        if pending is Command.READ:
            return self._read_badly(CardFault.HOLD_STILL, now, rest)
        if pending is Command.SELECT:
            return self._failed(CardFault.HOLD_STILL, now, rest)
        if pending is Command.STATUS:
            return self._rest(rest, Command.STATUS, now)
        if self._lost >= 2:
            self._lost = 0
            return self._rest(rest, Command.STATUS, now)
        return self._rest(rest, Command.FIND, now)

    def _tell(self, event: DeviceReady | DeviceTrouble) -> list[Action]:
        """Say how the reader is, once for each change."""
        if event == self._said:
            return []
        self._said = event
        return [Emit(event)]

    # The card

    def _on_find(self, frame: Frame, now: float) -> list[Action]:
        if frame.status == sdt.NO_CARD:
            return self._nothing_found(now)
        self._finds = 0
        # From now on the card's own visit tells when it is gone.
        self._empty_looks = LOOKS_FOR_EMPTY
        visit = self._visit
        if visit is None:
            visit = self._visit = Visit(now)
        if visit.card is not None and not visit.doubtful:
            visit.seen()
            return self._rest(WATCH, Command.FIND, now)
        return self._line.send(Command.SELECT, now)

    def _nothing_found(self, now: float) -> list[Action]:
        # The first find after a card is laid down often misses it.
        if self._visit is not None:
            self._visit.doubtful = True
        self._finds += 1
        if self._finds < 2:
            return self._line.send(Command.FIND, now)
        if self._visit is None:
            return [*self._empty_look(), *self._rest(POLL, Command.FIND, now)]
        if self._visit.confirming:
            return [*self._leave(), *self._rest(POLL, Command.FIND, now)]
        if self._visit.card is None:
            return self._missed(now)
        return self._line.send(Command.ADDRESS, now)

    def _empty_look(self) -> list[Action]:
        """The first looks may miss a card that lies there since before."""
        self._empty_looks += 1
        return [Emit(NothingLies())] if self._empty_looks == LOOKS_FOR_EMPTY else []

    def _on_address(self, frame: Frame, now: float) -> list[Action]:
        if self._visit is not None and frame.status in {sdt.DONE, sdt.NO_SUCH_ITEM}:
            self._visit.seen()
            return self._rest(WATCH, Command.FIND, now)
        return self._missed(now)

    def _missed(self, now: float) -> list[Action]:
        """Find saw nothing, and so did the address where a card had been read.

        Readers of the first kind are silent about a card they have read but still give its
        address; the second find it again and again; the third need a reset to see it. So a
        card is gone only when even a reset, after a second of misses, does not bring it back.
        """
        if self._visit is None:
            return self._rest(POLL, Command.FIND, now)
        if self._visit.missed_long(now):
            self._visit.confirming = True
            self._finds = 0
            return self._line.send(Command.RESET, now)
        return self._rest(WATCH, Command.FIND, now)

    def _on_reset(self, frame: Frame, now: float) -> list[Action]:
        return self._line.send(Command.FIND, now)

    def _on_select(self, frame: Frame, now: float) -> list[Action]:
        if frame.status == sdt.DONE:
            return self._line.send(Command.READ, now)
        return self._card_failed(frame.status, now)

    def _on_read(self, frame: Frame, now: float) -> list[Action]:
        if frame.status != sdt.DONE:
            return self._card_failed(frame.status, now)
        parts = slice_read_reply(frame.payload)
        card = parse_text(parts.text) if parts else None
        if card is None or not card.sound or self._visit is None:
            return self._read_badly(CardFault.BAD_READ, now)
        before = self._visit.card
        self._rest(WATCH, Command.FIND, now)
        self._visit.read(card)
        if before is None:
            return [Emit(CardRead(card))]
        if before.number == card.number:
            return []
        return [Emit(CardRemoved()), Emit(CardRead(card))]

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
            return self._rest(max(POLL, rest), Command.FIND, now)
        visit.failed()
        self._rest(max(rest, visit.pause), Command.FIND, now)
        if not visit.worth_telling(fault, now):
            return []
        lost = [Emit(CardRemoved())] if visit.card is not None else []
        visit.tell(fault, now)
        return [*lost, Emit(CardTrouble(fault))]

    def _leave(self) -> list[Action]:
        visit, self._visit = self._visit, None
        return [Emit(CardRemoved())] if visit is not None and visit.noticed else []
