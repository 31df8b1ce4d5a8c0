"""A printer's port, opened for as long as somebody wants something of it. No thread."""

from __future__ import annotations

import time
from types import TracebackType
from typing import Self

from kiosk.config import DeviceSettings
from kiosk.devices.escpos.command import Question
from kiosk.devices.escpos.dialogue import PrinterDialogue
from kiosk.devices.escpos.family import SILENCE, SPEEDS
from kiosk.devices.escpos.framing import EscposFraming, Flow, PaperAnswer
from kiosk.devices.escpos.meaning import ready_to_print
from kiosk.devices.events import DeviceFault, Paper, PrinterState
from kiosk.devices.line import Action, Order, Send
from kiosk.devices.port import PortGone, SerialPort

_STALE = 0.05
"""Seconds in which what a printer said to nobody is thrown away."""
_PIECE = 48
"""Bytes of paper sent at a time: a line, a twentieth of a second."""
_PACE = 10 / 9600
"""Seconds a byte, on a faster line too: about what is printed meanwhile. So no printer's buffer overflows,
whichever flow control its cable has."""
_HELD_UP = 15.0
"""Seconds for which a printer may say "wait" in all, while one paper is sent, before it counts as stuck."""
_ON_PAPER = 3.0
"""Seconds after the last byte in which all should be on paper."""
_LOOK = 0.4
"""Seconds between two looks whether it still is well."""


class PrinterLine:
    """An open line to a printer. Everything raises PortGone when the printer is lost."""

    def __init__(self, setting: DeviceSettings) -> None:
        """Open the port; raises PortGone."""
        baud = setting.baud or SPEEDS[0]
        self._pace = max(_PACE, 10 / baud)
        self._framing = EscposFraming()
        self._dialogue = PrinterDialogue()
        self._told: list[PrinterState] = []
        self._held = False
        """The printer said "wait"."""
        self._in_turn = False
        """It answered a question that it came to only when all before it was done."""
        self._port = SerialPort(setting.port, baud)
        try:
            self._perform(self._dialogue.start(time.monotonic()))
            self._port.drain(_STALE)
        except PortGone:
            self._port.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._port.close()

    def state(self) -> PrinterState:
        """How it is, in 1.2 seconds at the latest; what it does not answer is unknown."""
        self._told.clear()
        self._perform(self._dialogue.on_order(Order.STATE, time.monotonic()))
        while not self._told:
            self._hear(self._dialogue.deadline - time.monotonic())
            self._perform(self._dialogue.on_tick(time.monotonic()))
        return self._told[-1]

    def send(self, paper: bytes) -> None:
        """Send bytes to print, at the printer's pace."""
        patience = _HELD_UP
        for start in range(0, len(paper), _PIECE):
            piece = paper[start : start + _PIECE]
            self._port.write(piece)
            self._wait(len(piece) * self._pace)
            held_since = time.monotonic()
            while self._held:
                if time.monotonic() - held_since >= patience:
                    raise PortGone(DeviceFault.SILENT)
                self._hear(_LOOK)
            patience -= time.monotonic() - held_since

    def settled(self, before: PrinterState) -> PrinterState:
        """How it is when all that was sent is on paper, or what hinders it.

        `before` is how it was: a printer that said nothing of its paper then is not waited for now.
        """
        if before == PrinterState():
            return before
        if before.paper is Paper.UNKNOWN:
            return self.state()
        self._in_turn = False
        self._port.write(Question.PAPER_IN_TURN.value)
        until = time.monotonic() + _ON_PAPER
        while ready_to_print(state := self.state()) and not self._in_turn and time.monotonic() < until:
            self._wait(_LOOK)
        return state

    def _wait(self, seconds: float) -> None:
        """Let time pass, and hear what the printer says meanwhile."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            self._hear(left)

    def _hear(self, seconds: float) -> None:
        """What the printer says within so long, at most one piece of it."""
        received = self._port.read(min(seconds, SILENCE) if self._framing.waiting else seconds)
        for event in self._framing.feed(received) if received else self._framing.idle():
            if isinstance(event, Flow):
                self._held = event.wait
            self._in_turn = self._in_turn or isinstance(event, PaperAnswer)
            self._perform(self._dialogue.on_event(event, time.monotonic()))

    def _perform(self, actions: list[Action]) -> None:
        for action in actions:
            if isinstance(action, Send):
                self._port.write(action.data)
            elif isinstance(action.event, PrinterState):
                self._told.append(action.event)


def printer_state(setting: DeviceSettings) -> PrinterState:
    """How the printer of this setting is, in less than a second and a half. Raises PortGone."""
    with PrinterLine(setting) as line:
        return line.state()
