"""The dialogue with an SDT module: is it well, and whose card lies there. No port and no clock.

Call `start`, then `on_event` for what the framing yields and `on_tick` when `deadline` has
passed; do the returned actions in order. Cards are the business of `Tray`.
"""

from __future__ import annotations

from collections.abc import Callable

from kiosk.devices.events import DeviceEvent, DeviceFault, DeviceReady, DeviceTrouble
from kiosk.devices.line import Action, Emit, Order, ProblemKind
from kiosk.devices.sdt import command as sdt
from kiosk.devices.sdt.command import Command
from kiosk.devices.sdt.exchange import Exchange
from kiosk.devices.sdt.framing import Event, Frame
from kiosk.devices.sdt.replies import module_number
from kiosk.devices.sdt.tray import Tray

USUAL_BAUD = 115200
DRAIN = 0.1
"""Seconds for which stale bytes are thrown away before a dialogue (re)starts."""
GRACE = 0.1
"""Seconds a reply may still take after damaged bytes."""
SILENT_RETRY = 2.0
BROKEN_RETRY = 5.0
REBOOT = 1.0
"""Seconds for a module that says once that it is not well: it may just be starting."""


Answer = Callable[[Frame, float], list[Action]]


class SdtDialogue:
    """One connection's state: how the module is, and whether a card lies there."""

    def __init__(self, baud: int = USUAL_BAUD) -> None:
        """`baud` is the line's speed."""
        self._line = Exchange(baud)
        self._tray = Tray(self._line)
        self._lost = 0
        """Commands in a row without a usable reply."""
        self._unwell = 0
        """Times that the module said it cannot work since it last looked for a card."""
        self._name = ""
        self._said: DeviceEvent | None = None
        self._answers: dict[Command, Answer] = {
            Command.STATUS: lambda frame, now: self._line.send(Command.NUMBER, now),
            Command.NUMBER: lambda frame, now: self._ready(module_number(frame.payload), now),
            Command.RESET: lambda frame, now: self._tray.look(now),
            Command.FIND: self._tray.on_find,
            Command.SELECT: self._tray.on_select,
            Command.READ: self._tray.on_read,
            Command.ADDRESS: self._tray.on_address,
        }

    @property
    def deadline(self) -> float:
        """When `on_tick` is due."""
        return min(self._line.deadline, self._tray.due)

    @property
    def card_present(self) -> bool:
        """True from the first sight of a card until it is surely gone."""
        return self._tray.present

    def start(self, now: float) -> list[Action]:
        """A port was opened: let stale bytes pass, then ask whether the module is well."""
        return self._line.rest(DRAIN, Command.STATUS, now)

    def end(self) -> list[Action]:
        """The port is gone: no visitor's card is left open."""
        return self._tray.leave()

    def on_event(self, event: Event, now: float) -> list[Action]:
        """A frame or a problem from the line."""
        pending = self._line.pending
        if pending is None:
            return []
        if not isinstance(event, Frame):
            if event.kind in {ProblemKind.CHECKSUM, ProblemKind.TIMEOUT}:
                self._line.hurry(GRACE, now)
            return []
        if not sdt.legal(pending, event.status, len(event.payload)):
            return self._unanswered(now, DRAIN)
        if event.status in sdt.REFUSED:
            return self._refused(pending, now)
        self._line.settle()
        if event.status in sdt.BROKEN:
            return self._broken(now)
        self._lost = 0
        well = self._well() if pending is Command.FIND else []
        return [*well, *self._answers[pending](event, now)]

    def on_tick(self, now: float) -> list[Action]:
        """Time passed: send what was waiting to be sent, or give up a reply that did not come."""
        said = self._tray.say_why(now)
        if now < self._line.deadline:
            return said
        if self._line.pending is None:
            return self._line.send(self._line.next, now)
        return [*said, *self._unanswered(now, 0.0)]

    def on_order(self, order: Order, now: float) -> list[Action]:
        """A card reader looks for cards all the time: it takes no orders."""
        return []

    def _ready(self, name: str, now: float) -> list[Action]:
        # A card left from before may be one that the reader keeps silent about: a reset shows it.
        self._lost = 0
        self._name = name
        self._tray.begin()
        # One that was out of order has to look for a card first: some say they are well and then cannot.
        told = self._tell(DeviceReady(name)) if self._unwell == 0 else []
        return [*told, *self._line.send(Command.RESET, now)]

    def _well(self) -> list[Action]:
        """It looks for cards."""
        self._unwell = 0
        return self._tell(DeviceReady(self._name))

    def _refused(self, pending: Command, now: float) -> list[Action]:
        if not self._line.repeated:
            return self._line.send(pending, now)
        if pending is Command.STATUS:
            self._line.settle()
            return self._out_of_order(now)
        return self._unanswered(now, DRAIN)

    def _broken(self, now: float) -> list[Action]:
        """Once may be a module that starts again, and no news for the person; twice is for staff."""
        self._unwell += 1
        if self._unwell > 1:
            return self._out_of_order(now)
        told = self._tray.tell_fresh()
        return [*told, *self._tray.rest(REBOOT, Command.STATUS, now)]

    def _out_of_order(self, now: float) -> list[Action]:
        self._tray.rest(BROKEN_RETRY, Command.STATUS, now)
        return [*self._tray.leave(), *self._tell(DeviceTrouble(DeviceFault.OUT_OF_ORDER))]

    def _unanswered(self, now: float, rest: float) -> list[Action]:
        """No reply, or one that cannot belong to the command: let the line calm down, go on."""
        pending = self._line.settle()
        self._lost += 1
        match pending:
            case Command.NUMBER:
                return self._ready("", now)
            case Command.SELECT | Command.READ | Command.ADDRESS:
                return self._tray.unanswered(pending, now, rest)
            case Command.STATUS if self._lost >= 2:
                self._tray.rest(SILENT_RETRY, Command.STATUS, now)
                return [*self._tray.leave(), *self._tell(DeviceTrouble(DeviceFault.SILENT))]
            case Command.STATUS:
                return self._tray.rest(rest, Command.STATUS, now)
        if self._lost >= 2:
            self._lost = 0
            return self._tray.rest(rest, Command.STATUS, now)
        return self._tray.rest(rest, Command.FIND, now)

    def _tell(self, event: DeviceReady | DeviceTrouble) -> list[Action]:
        """Say how the reader is, once for each change."""
        if event == self._said:
            return []
        self._said = event
        return [Emit(event)]
