"""The dialogue with a PN532: wake it, set it up, look for a card. No port and no clock: both are arguments.

Call `start`, then `on_event` for what the framing yields and `on_tick` when `deadline` has passed; do
the returned actions in order. A command that fails is aborted and sent once more; one that fails again
begins everything anew, for the chip may have lost its power.
"""

from __future__ import annotations

from collections.abc import Callable

from kiosk.devices.events import DeviceEvent, DeviceFault, DeviceReady, DeviceTrouble
from kiosk.devices.line import Action, Emit, Order, Problem, ProblemKind
from kiosk.devices.pn532.command import Command
from kiosk.devices.pn532.content import chip_name, listed_targets
from kiosk.devices.pn532.exchange import Exchange
from kiosk.devices.pn532.framing import CHIP, Event, Frame, Signal
from kiosk.devices.pn532.visit import Visit

POLL = 0.25
"""Seconds between two looks for a card."""
SILENT_ROUNDS = 2
"""Times that a chip is roused without a sound from it before it counts as silent."""
VAIN_ROUNDS = 20
"""Times that all is begun anew, without one look for a card between, before it is out of order."""
RETRY = 2.0
"""Seconds between two attempts while it is in trouble."""

Answer = Callable[[bytes, float], list[Action]]


class Pn532Dialogue:
    """One connection's state: how the chip is, and which card lies there."""

    def __init__(self) -> None:
        self._line = Exchange()
        self._visit = Visit()
        self._name = ""
        self._said: DeviceEvent | None = None
        self._failures = 0
        """Failures in a row of the same command."""
        self._silent_rounds = 0
        self._vain_rounds = 0
        self._answers: dict[Command, Answer] = {
            Command.SAM: self._on_woken,
            Command.FIRMWARE: self._on_firmware,
            Command.RETRIES: self._on_retries,
            Command.LIST: self._on_listed,
        }

    @property
    def deadline(self) -> float:
        """When `on_tick` is due."""
        return self._line.deadline

    def start(self, now: float) -> list[Action]:
        """A port was opened: end what the chip may still be doing, let stale bytes pass, then wake it."""
        return self._line.abort(Command.SAM, now)

    def end(self) -> list[Action]:
        """The port is gone: no visitor's card is left open."""
        return self._visit.leave()

    def on_event(self, event: Event, now: float) -> list[Action]:
        """A frame, a signal or a problem from the line."""
        if self._line.pending is None:
            return []
        match event:
            case Signal.ACK:
                self._line.heard = True
                return self._line.understood(now)
            case Signal.ERROR:
                self._line.heard = True
                return self._failed(now)
            case Frame(tfi=tfi) if tfi == CHIP:
                self._line.heard = True
                return self._on_reply(event, now) if self._line.acknowledged else []
            case Problem(kind=kind) if kind is not ProblemKind.GARBAGE and self._line.acknowledged:
                return self._line.ask_again(now)
        # Noise, and an echo of what we sent ourselves.
        return []

    def on_tick(self, now: float) -> list[Action]:
        """Time passed: send what was waiting to be sent, or give up an answer that did not come."""
        if now < self._line.deadline:
            return []
        return self._line.send_next(now) if self._line.pending is None else self._failed(now)

    def on_order(self, order: Order, now: float) -> list[Action]:
        """It looks for cards all the time: it takes no orders."""
        return []

    # The chip

    def _on_reply(self, frame: Frame, now: float) -> list[Action]:
        pending = self._line.pending
        if pending is None or frame.code != pending.reply_code:
            return self._failed(now)
        self._failures = 0
        return self._answers[pending](frame.data, now)

    def _on_woken(self, data: bytes, now: float) -> list[Action]:
        self._silent_rounds = 0
        return self._line.send(Command.FIRMWARE, now)

    def _on_firmware(self, data: bytes, now: float) -> list[Action]:
        self._name = chip_name(data)
        return self._line.send(Command.RETRIES, now)

    def _on_retries(self, data: bytes, now: float) -> list[Action]:
        return self._line.send(Command.LIST, now)

    def _failed(self, now: float) -> list[Action]:
        """No ACK, no reply, the error frame, or a reply to something else."""
        pending, heard = self._line.pending, self._line.heard
        if pending is not None and pending is not Command.SAM and self._failures == 0:
            self._failures = 1
            return self._line.abort(pending, now)
        self._failures = 0
        self._vain_rounds += 1
        if pending is Command.SAM:
            self._silent_rounds = 0 if heard else self._silent_rounds + 1
        if self._silent_rounds >= SILENT_ROUNDS:
            return self._trouble(DeviceFault.SILENT, now)
        if self._vain_rounds >= VAIN_ROUNDS:
            return self._trouble(DeviceFault.OUT_OF_ORDER, now)
        return self._line.abort(Command.SAM, now)

    def _trouble(self, kind: DeviceFault, now: float) -> list[Action]:
        self._line.rest(RETRY, Command.SAM, now)
        return [*self._visit.leave(), *self._tell(DeviceTrouble(kind))]

    def _tell(self, event: DeviceReady | DeviceTrouble) -> list[Action]:
        """Say how the reader is, once for each change."""
        if event == self._said:
            return []
        self._said = event
        return [Emit(event)]

    # The card

    def _on_listed(self, data: bytes, now: float) -> list[Action]:
        """One look is done. Only now is the reader ready: before, it might wake and never see a card."""
        self._vain_rounds = 0
        self._line.rest(POLL, Command.LIST, now)
        ready = self._tell(DeviceReady(self._name))
        targets = listed_targets(data)
        return [*ready, *(self._visit.seen(targets[0]) if targets else self._visit.missed(now))]
