"""A printer is asked how it is, under a clock that only the test moves, and over a real pseudo-terminal."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.config import DeviceSettings
from kiosk.devices.emulator import Emulator
from kiosk.devices.escpos.dialogue import PrinterDialogue
from kiosk.devices.escpos.emulated import Behaviour, EmulatedPrinter
from kiosk.devices.escpos.family import FAMILY
from kiosk.devices.escpos.framing import EscposFraming
from kiosk.devices.events import DeviceEvent, DeviceFault, DeviceReady, Paper, PrinterState
from kiosk.devices.line import NEVER, Action, Order, Send
from kiosk.devices.on_demand import printer_state
from kiosk.devices.port import PortGone

WELL = PrinterState(True, False, Paper.ENOUGH, False)
BOUND = 1.5
"""Seconds in which a printer's state is known, or known to be unknown."""


class Asking:
    """A dialogue with an emulated printer at the other end of a line without delay."""

    def __init__(self, behaviour: Behaviour = Behaviour.ALL) -> None:
        self.printer = EmulatedPrinter(behaviour)
        self.dialogue, self.framing = PrinterDialogue(), EscposFraming()
        self.now = 50.0
        self.sent: list[bytes] = []
        self.told: list[DeviceEvent] = []
        self._do(self.dialogue.start(self.now))

    def _do(self, actions: list[Action]) -> None:
        for action in actions:
            if isinstance(action, Send):
                self.sent.append(action.data)
                for reply in self.printer.hear(action.data, self.now):
                    self.say(reply)
            else:
                self.told.append(action.event)

    def say(self, received: bytes) -> None:
        for event in self.framing.feed(received):
            self._do(self.dialogue.on_event(event, self.now))

    def ask(self) -> PrinterState:
        """The one state that is told for an order."""
        self.told.clear()
        self._do(self.dialogue.on_order(Order.STATE, self.now))
        while self.dialogue.deadline != NEVER:
            self.now = self.dialogue.deadline
            self._do(self.dialogue.on_tick(self.now))
        (state,) = self.told
        assert isinstance(state, PrinterState)
        return state


def test_a_printer_is_ready_at_once_and_asked_nothing() -> None:
    asking = Asking()
    assert (asking.told, asking.sent) == ([DeviceReady("")], [])


STATES = {
    "": WELL,
    "paper-low": PrinterState(True, False, Paper.LOW, False),
    "paper-out": PrinterState(False, False, Paper.OUT, False),
    "cover-open": PrinterState(False, True, Paper.ENOUGH, False),
    "error": PrinterState(False, False, Paper.ENOUGH, True),
    "silent": PrinterState(),
    "online-only": PrinterState(online=True),
}


@pytest.mark.parametrize(("thing", "state"), STATES.items())
def test_each_state_is_told_once_and_soon(thing: str, state: PrinterState) -> None:
    asking = Asking()
    asking.printer.lay(thing.encode(), asking.now)
    begun = asking.now
    assert asking.ask() == state
    assert asking.now - begun <= 1.2 + 1e-6
    asking.printer.lift()
    assert asking.ask() == WELL


def test_all_that_can_be_done_to_the_emulated_printer_has_a_label() -> None:
    assert {thing.content.decode() for thing in FAMILY.things(None)} >= set(STATES) - {""}


@pytest.mark.parametrize(
    ("thing", "paper"), [("", Paper.ENOUGH), ("paper-low", Paper.LOW), ("paper-out", Paper.OUT)]
)
def test_a_clone_that_knows_only_the_other_questions_is_understood(thing: str, paper: Paper) -> None:
    asking = Asking(Behaviour.CLONE)
    asking.printer.lay(thing.encode(), asking.now)
    assert asking.ask() == PrinterState(paper=paper)


def test_silence_about_some_things_leaves_just_those_unknown() -> None:
    assert Asking(Behaviour.ONLINE_ONLY).ask() == PrinterState(online=True)


def test_a_status_block_is_understood_at_any_time() -> None:
    asking = Asking()
    asking.say(bytes.fromhex("3c000c00"))
    assert asking.told[-1] == PrinterState(False, True, Paper.OUT, False)


def test_a_status_block_while_being_asked_fills_what_nobody_answers() -> None:
    asking = Asking()
    asking.printer.lay(b"silent", asking.now)
    asking.told.clear()
    asking._do(asking.dialogue.on_order(Order.STATE, asking.now))
    asking.say(bytes.fromhex("14000300"))
    assert asking.told == []
    while asking.dialogue.deadline != NEVER:
        asking.now = asking.dialogue.deadline
        asking._do(asking.dialogue.on_tick(asking.now))
    assert asking.told == [PrinterState(True, False, Paper.LOW, False)]


def test_who_asks_twice_at_once_is_told_once() -> None:
    asking = Asking()
    asking.printer.lay(b"silent", asking.now)
    asking._do(asking.dialogue.on_order(Order.STATE, asking.now))
    assert asking.ask() == PrinterState()


def test_other_orders_and_stray_answers_are_nothing_to_a_printer() -> None:
    asking = Asking()
    assert asking.dialogue.on_order(Order.LOOK, asking.now) == []
    asking.say(b"\x1a\x0f\x11\xff")
    assert asking.told == [DeviceReady("")]
    assert asking.ask() == WELL


@pytest.fixture
def printer() -> EmulatedPrinter:
    return EmulatedPrinter()


@pytest.fixture
def plugged(printer: EmulatedPrinter, tmp_path: Path) -> Iterator[Emulator]:
    """The emulated printer on a real pseudo-terminal."""
    with Emulator(printer, tmp_path / "printer", baud=9600) as emulator:
        yield emulator


@pytest.mark.parametrize(("thing", "state"), STATES.items())
def test_a_state_is_known_soon_on_a_real_line(plugged: Emulator, thing: str, state: PrinterState) -> None:
    plugged.lay(thing.encode())
    begun = time.monotonic()
    assert printer_state(DeviceSettings("printer", "escpos", plugged.path)) == state
    assert time.monotonic() - begun < BOUND


def test_a_printer_that_is_away_is_told_as_such(tmp_path: Path) -> None:
    with pytest.raises(PortGone) as gone:
        printer_state(DeviceSettings("printer", "escpos", str(tmp_path / "printer")))
    assert gone.value.reason is DeviceFault.MISSING


def test_its_port_is_given_back_every_time(plugged: Emulator) -> None:
    setting = DeviceSettings("printer", "escpos", plugged.path)
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(5):
        assert printer_state(setting) == WELL
    assert len(list(Path("/proc/self/fd").iterdir())) == before
