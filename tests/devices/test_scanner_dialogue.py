"""One scan is one event, and an engine with a trigger looks for codes while it is wanted, and then rests."""

from __future__ import annotations

import queue
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.config import DeviceSettings
from kiosk.devices.device import Device
from kiosk.devices.emulator import Emulator
from kiosk.devices.events import (
    CodeScanned,
    CodeUnreadable,
    DeviceEvent,
    DeviceFault,
    DeviceReady,
    DeviceTrouble,
)
from kiosk.devices.line import Action, Order, Send
from kiosk.devices.scanner import dialogue as rules
from kiosk.devices.scanner import gm65
from kiosk.devices.scanner.dialogue import ScannerDialogue
from kiosk.devices.scanner.emulated import Behaviour, EmulatedScanner
from kiosk.devices.scanner.framing import Acknowledged, Code, Overlong, Unreadable

ONE, OTHER = Code("KIOSK-0001", "ascii"), Code("KIOSK-0002", "ascii")


class Hand:
    """Somebody with codes before a scanner, under a clock that only tests move."""

    def __init__(self, *, triggered: bool = False) -> None:
        self.dialogue = ScannerDialogue(triggered=triggered)
        self.now = 100.0
        self.sent: list[bytes] = []
        self.told: list[DeviceEvent] = []
        self._do(self.dialogue.start(self.now))

    def _do(self, actions: list[Action]) -> None:
        for action in actions:
            if isinstance(action, Send):
                self.sent.append(action.data)
            else:
                self.told.append(action.event)

    def hear(self, *events: Code | Unreadable | Overlong | Acknowledged) -> Hand:
        for event in events:
            self._do(self.dialogue.on_event(event, self.now))
        return self

    def order(self, order: Order) -> Hand:
        self._do(self.dialogue.on_order(order, self.now))
        return self

    def wait(self, seconds: float) -> Hand:
        """Time passes; what falls due meanwhile is done."""
        end = self.now + seconds
        while self.dialogue.deadline <= end:
            self.now = max(self.now, self.dialogue.deadline)
            self._do(self.dialogue.on_tick(self.now))
        self.now = end
        return self

    @property
    def scanned(self) -> list[str]:
        return [event.text for event in self.told if isinstance(event, CodeScanned)]


def test_what_is_told_of_a_code_is_one_line_that_no_terminal_obeys() -> None:
    assert Hand().hear(Code("\x1b[2Jtwo\tcolumns\x07", "ascii")).scanned == ["two columns"]


def test_a_scanner_is_ready_at_once_for_it_cannot_be_asked() -> None:
    assert Hand().told == [DeviceReady("")]


def test_a_code_that_lies_there_and_is_seen_again_and_again_is_one_scan() -> None:
    hand = Hand()
    for _ in range(20):
        hand.hear(ONE).wait(0.4)
    assert hand.scanned == ["KIOSK-0001"]


def test_the_same_code_held_there_anew_counts_again() -> None:
    assert Hand().hear(ONE).wait(rules.AGAIN).hear(ONE).scanned == ["KIOSK-0001"] * 2


def test_another_code_counts_at_once_but_not_the_further_lines_of_one_code() -> None:
    assert Hand().hear(ONE).wait(0.5).hear(OTHER).scanned == ["KIOSK-0001", "KIOSK-0002"]
    assert Hand().hear(ONE, OTHER).wait(0.05).hear(Code("third line", "ascii")).scanned == ["KIOSK-0001"]


@pytest.mark.parametrize("event", [Unreadable(b"\xff"), Overlong()])
def test_what_cannot_be_read_is_told_once(event: Unreadable | Overlong) -> None:
    told = Hand().hear(event).wait(0.3).hear(event).told
    assert told == [DeviceReady(""), CodeUnreadable()]


def test_a_scanner_without_a_trigger_is_told_nothing() -> None:
    hand = Hand().order(Order.LOOK).order(Order.REST).order(Order.STATE).wait(60)
    assert hand.sent == []


def test_an_engine_looks_while_it_is_wanted_however_long_that_takes() -> None:
    hand = Hand(triggered=True).order(Order.LOOK)
    for _ in range(4):
        assert hand.sent.pop() == gm65.START
        hand.hear(Acknowledged(b"\0")).wait(rules.LOOKS_FOR)
    hand.order(Order.REST)
    assert hand.sent.pop() == gm65.STOP
    hand.sent.clear()
    assert hand.wait(60).sent == []


def test_after_a_code_the_engine_looks_for_the_next_one() -> None:
    hand = Hand(triggered=True).order(Order.LOOK).hear(Acknowledged(b"\0")).wait(2).hear(ONE)
    hand.sent.clear()
    assert hand.wait(rules.AFTER_A_CODE).sent == [gm65.START]


def test_a_code_left_before_an_engine_while_it_rested_is_not_scanned_again() -> None:
    """Who says "no, that is not it" is not asked the same again because the paper still lies there."""
    hand = Hand(triggered=True).order(Order.LOOK).wait(3).hear(ONE).order(Order.REST).wait(5)
    hand.order(Order.LOOK).wait(0.2).hear(ONE)
    for _ in range(5):
        hand.wait(rules.AFTER_A_CODE + 0.2).hear(ONE)
    assert hand.scanned == ["KIOSK-0001"]
    assert hand.wait(rules.AGAIN).hear(ONE).scanned == ["KIOSK-0001"] * 2
    hand.order(Order.REST).wait(rules.LEFT_THERE).order(Order.LOOK).wait(0.2).hear(ONE)
    assert hand.scanned == ["KIOSK-0001"] * 3


def test_an_engine_that_does_not_answer_is_told_once_more_and_then_called_silent() -> None:
    hand = Hand(triggered=True).order(Order.LOOK).wait(rules.ACK_BY)
    assert hand.sent == [gm65.START] * 2
    hand.wait(rules.ACK_BY)
    assert hand.told[-1] == DeviceTrouble(DeviceFault.SILENT)
    hand.wait(30)
    assert hand.told.count(DeviceTrouble(DeviceFault.SILENT)) == 1
    assert len(hand.sent) > 6
    assert hand.hear(Acknowledged(b"\0")).told[-1] == DeviceReady("")


def test_a_code_shows_too_that_the_engine_is_well() -> None:
    hand = Hand(triggered=True).order(Order.LOOK).hear(ONE).wait(2 * rules.ACK_BY)
    assert DeviceTrouble(DeviceFault.SILENT) not in hand.told


@pytest.mark.parametrize("laid_first", [True, False])
def test_an_emulated_engine_sees_a_code_only_while_it_is_told_to_look(laid_first: bool) -> None:
    engine = EmulatedScanner(Behaviour.TOLD)
    if laid_first:
        engine.lay(b"KIOSK-0001", 0.0)
        assert engine.tick(0.0) == []
    seen = engine.hear(gm65.START, 1.0)
    if not laid_first:
        engine.lay(b"KIOSK-0001", 2.0)
        seen += engine.tick(2.0)
    assert seen == [gm65.answer(), b"KIOSK-0001\r"]
    engine.lay(b"KIOSK-0002", 3.0)
    assert engine.tick(3.0) == []
    assert engine.hear(gm65.STOP, 4.0) == [gm65.answer()]


def test_the_codes_that_are_shipped_are_read_as_they_are_written() -> None:
    from kiosk.devices.scanner.family import FAMILY

    things = FAMILY.things(None)
    assert things
    for thing in things:
        scanner = FAMILY.emulated("a")
        scanner.lay(thing.content, 0.0)
        framing = FAMILY.framing(DeviceSettings("code", "scanner"))
        (code,) = framing.feed(b"".join(scanner.tick(0.0)))
        assert code.text.encode() == thing.content


Watch = Callable[..., tuple[Device, Emulator, "queue.SimpleQueue[DeviceEvent]"]]


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Watch]:
    """Plugs in an emulated scanner, and watches it over a real pseudo-terminal."""
    opened: list[Device | Emulator] = []

    def begin(
        behaviour: str = "a", trigger: str = "none"
    ) -> tuple[Device, Emulator, queue.SimpleQueue[DeviceEvent]]:
        emulator = Emulator(EmulatedScanner(Behaviour(behaviour)), tmp_path / "scanner", baud=115200)
        emulator.start()
        told: queue.SimpleQueue[DeviceEvent] = queue.SimpleQueue()
        setting = DeviceSettings("code", "scanner", emulator.path, 115200, trigger=trigger)  # type: ignore[arg-type]
        device = Device(setting, told.put, backoff=(0.05,))
        opened.extend((device, emulator))
        device.start()
        assert told.get(timeout=10) == DeviceReady("")
        return device, emulator, told

    yield begin
    for one in opened:
        one.stop()


def test_a_code_held_before_a_real_line_is_told_within_moments(watch: Watch) -> None:
    _, emulator, told = watch()
    begun = time.monotonic()
    emulator.lay("社区:测试甲".encode())
    assert told.get(timeout=10) == CodeScanned("社区:测试甲")
    print(f"from laying to the event: {(time.monotonic() - begun) * 1000:.1f} ms")


def test_an_engine_with_a_trigger_reads_over_a_real_line_when_it_is_ordered_to(watch: Watch) -> None:
    device, emulator, told = watch("b", "gm65")
    emulator.lay(b"KIOSK-0001")
    device.order(Order.LOOK)
    assert told.get(timeout=10) == CodeScanned("KIOSK-0001")


def test_a_scanner_that_was_pulled_out_reads_again_once_it_is_back(watch: Watch) -> None:
    _, emulator, told = watch()
    for _ in range(3):
        emulator.unplug()
        assert told.get(timeout=10) == DeviceTrouble(DeviceFault.MISSING)
        emulator.plug()
        assert told.get(timeout=10) == DeviceReady("")
        emulator.lay(b"KIOSK-0001")
        assert told.get(timeout=10) == CodeScanned("KIOSK-0001")
