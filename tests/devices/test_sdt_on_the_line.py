"""The identity card reader on a pseudo-terminal: scenarios, bad bytes, and what is never seen of a card."""

from __future__ import annotations

import base64
import logging
import queue
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from kiosk.config import DeviceSettings
from kiosk.devices.device import Device
from kiosk.devices.emulator import Emulator
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
from kiosk.devices.line import NEVER, Emit, Problem, Send
from kiosk.devices.sdt.emulated import Behaviour, EmulatedModule
from kiosk.devices.sdt.framing import Event, Frame, SdtFraming, enclose, reply
from kiosk.devices.sdt.replies import slice_read_reply
from kiosk.identity.content import parse_text
from kiosk.identity.people import load_people

MakeBlock = Callable[..., bytes]
Vector = dict[str, Any]
OF_CARDS = {"2001", "2002", "3001"}


class Overheard(EmulatedModule):
    """A module that notes what it is asked, and whose replies may be changed on their way."""

    def __init__(
        self, behaviour: Behaviour = Behaviour.SILENT_AFTER_READ, *, photo: bytes = bytes(1024)
    ) -> None:
        super().__init__(behaviour, photo=photo)
        self.asked: list[str] = []
        self.arrives: Callable[[str, bytes], bytes] = lambda command, good: good

    def answer(self, event: Event) -> bytes | None:
        good = super().answer(event)
        if isinstance(event, Problem) or good is None:
            return good
        self.asked.append(event.command)
        return self.arrives(event.command, good)


@contextmanager
def watched(
    module: EmulatedModule, baud: int = 115200
) -> Iterator[tuple[Emulator, queue.SimpleQueue[DeviceEvent]]]:
    """This module on a pseudo-terminal, and what its reader tells; nothing lies on it yet."""
    told: queue.SimpleQueue[DeviceEvent] = queue.SimpleQueue()
    with Emulator(module, baud=baud, deaf_at_other_speeds=True) as emulator:
        reader = Device(DeviceSettings("identity_card", "sdt", emulator.path), told.put, backoff=(0.05,))
        reader.start()
        try:
            assert isinstance(told.get(timeout=20), DeviceReady)
            yield emulator, told
        finally:
            reader.stop()


class Scripted(Overheard):
    """A module that answers find, select and read with the steps of a scenario, and then has no card."""

    def __init__(self, steps: list[Vector], vectors: dict[str, Vector]) -> None:
        super().__init__()
        self.heard: list[str] = []
        self.left = [(step["host"], device_of(step, vectors)) for step in steps]
        self.arrives = self._by_the_script

    def _by_the_script(self, command: str, good: bytes) -> bytes:
        if command not in OF_CARDS or not self.left:
            return good
        host, device = self.left.pop(0)
        self.heard.append(command)
        assert host.startswith(f"aaaaaa96690003{command}")
        return device or b""


def device_of(step: Vector, vectors: dict[str, Vector]) -> bytes | None:
    """What the device answers at a step; None is silence."""
    sent = vectors[step["device_ref"]]["hex"] if "device_ref" in step else step["device"]
    return None if sent is None else bytes.fromhex(sent)


def test_every_scenario_plays_on_a_real_line(scenario_vector: Vector, vectors: dict[str, Vector]) -> None:
    steps, expect = scenario_vector["steps"], scenario_vector["expect"]
    module = Scripted(steps, vectors)
    with watched(module) as (emulator, told):
        if expect["card"] is not None:
            text = bytes.fromhex(vectors[expect["card"]]["hex"])
            assert told.get(timeout=10) == CardRead(parse_text(text))
            assert told.get(timeout=10) == CardRemoved()
        else:
            while module.left:
                with pytest.raises(queue.Empty):
                    told.get(timeout=0.05)
            emulator.unplug()
            assert told.get(timeout=10) == DeviceTrouble(DeviceFault.MISSING)
    assert module.heard == [step["host"][14:18] for step in steps]
    assert "3010" not in module.asked


FAULTS: dict[str, Callable[[bytes], bytes]] = {
    "00 in the preamble": lambda good: good[:3] + b"\x00" + good[3:],
    "two bytes missing": lambda good: good[:9] + good[11:],
    "a wrong length": lambda good: EmulatedModule().wrong_length(good),
    "a wrong checksum": lambda good: good[:-1] + bytes([good[-1] ^ 0x80]),
    "half of it": lambda good: good[: len(good) // 2],
    "more AA and boot text": lambda good: b"boot ok\r\n\xaa\xaa" + good + b"\x00",
}


@pytest.mark.parametrize(
    ("command", "fault"),
    [
        ("3001", "00 in the preamble"),
        ("2001", "two bytes missing"),
        ("2001", "a wrong length"),
        ("3003", "a wrong checksum"),
        ("3003", "half of it"),
        ("3001", "more AA and boot text"),
    ],
)
def test_one_bad_reply_on_the_line_costs_no_card(block: MakeBlock, command: str, fault: str) -> None:
    """K34."""
    module = Overheard()
    with watched(module) as (emulator, told):
        assert told.get(timeout=10) == NothingLies()
        left = [FAULTS[fault]]
        module.arrives = lambda asked, good: (
            left.pop()(good) if left and asked == command and good != reply("000080") else good
        )
        emulator.lay(block())
        event = told.get(timeout=10)
        if event == CardTrouble(CardFault.HOLD_STILL):  # the reply was lost without a trace: said within 3 s
            event = told.get(timeout=10)
        assert event == CardRead(parse_text(block()))
        assert not left


def test_an_adapter_that_echoes_reads_cards_all_the_same(block: MakeBlock) -> None:
    module = Overheard()
    module.arrives = lambda command, good: enclose(bytes.fromhex(command)) + good
    with watched(module) as (emulator, told):
        assert told.get(timeout=10) == NothingLies()
        emulator.lay(block())
        assert told.get(timeout=10) == CardRead(parse_text(block()))


def test_cards_of_all_kinds_come_over_a_real_line() -> None:
    with watched(Overheard(Behaviour.FINDS_AGAIN)) as (emulator, told):
        assert told.get(timeout=10) == NothingLies()
        for before, person in enumerate(load_people()[-4:]):
            emulator.lay(person.memory())
            if before:
                assert told.get(timeout=10) == CardRemoved()
            event = told.get(timeout=10)
            assert isinstance(event, CardRead)
            assert event.card.fields()["name"] == person.label
            assert event.card.address_now == (person.moved_to or ("",))[-1]


class Slow(Overheard):
    """A module that thinks for two seconds before it gives a card away."""

    def __init__(self) -> None:
        super().__init__()
        self._kept: list[bytes] = []
        self._due = NEVER

    @property
    def deadline(self) -> float:
        return min(super().deadline, self._due)

    def hear(self, received: bytes, now: float) -> list[bytes]:
        replies = super().hear(received, now)
        if not self.asked or self.asked[-1] != "3001" or not replies:
            return replies
        self._kept, self._due = replies, now + 2.0
        return []

    def tick(self, now: float) -> list[bytes]:
        if now < self._due:
            return super().tick(now)
        kept, self._kept, self._due = self._kept, [], NEVER
        return kept


def test_a_slow_module_on_a_slow_line_that_had_to_be_found_first(block: MakeBlock) -> None:
    """K34: 9600 is the last speed tried. A read takes 3.4 s there: said in time, and read all the same."""
    module = Slow()
    with watched(module, baud=9600) as (emulator, told):
        assert told.get(timeout=10) == NothingLies()
        emulator.lay(block())
        assert told.get(timeout=10) == CardTrouble(CardFault.HOLD_STILL)
        assert told.get(timeout=10) == CardRead(parse_text(block()))
        assert module.asked.count("3001") == 1


PHOTO = bytes((place * 89 + 41) % 256 for place in range(1024))
MOVED = "示例省样本市东湖区柳岸路21号"


def traces(memory: bytes) -> list[str]:
    """How bytes could show: as hex, as a repr, in base64, as text."""
    shown: list[str] = []
    for start in range(0, len(memory) - 12, 12):
        piece = memory[start : start + 12]
        if len(set(piece)) > 4:  # padding and zeros are nobody's
            shown += [piece.hex(), piece.hex(" "), repr(piece)[2:-1], base64.b64encode(piece).decode()]
    return shown


def test_nothing_of_a_read_reply_is_ever_seen_outside(
    block: MakeBlock, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """K32, K46: cut, damaged, read, swapped, with every log on: no photo, no text, no address, no print."""
    caplog.set_level(logging.DEBUG)
    module = Overheard(photo=PHOTO)
    memory = block() + MOVED.ljust(35).encode("utf-16-le")
    with watched(module) as (emulator, told):
        assert told.get(timeout=10) == NothingLies()
        left = [FAULTS["half of it"], FAULTS["a wrong checksum"]]
        module.arrives = lambda asked, good: left.pop()(good) if left and asked == "3001" else good
        emulator.lay(memory)
        read = told.get(timeout=10)
        assert isinstance(read, CardRead)
        assert read.card.address_now == MOVED
        emulator.lay(block(number="990101194403050028") + memory[256:])
        emulator.unplug()
        told.get(timeout=10)
    seen = [f"{record.getMessage()} {record.args} {record.exc_info}" for record in caplog.records]
    seen += [*capfd.readouterr(), repr(read), str(read), repr(Emit(read))]
    whole = reply("000090", b"\x01\x00\x04\x00" + block() + PHOTO)
    (frame,) = SdtFraming().feed(whole)
    assert isinstance(frame, Frame)
    seen += [
        repr(frame),
        str(frame),
        frame.harmless(),
        repr(Send(whole)),
        repr(slice_read_reply(frame.payload)),
    ]
    assert any("received 000090, 1284 bytes" in line for line in seen)
    card = parse_text(block())
    personal = [*traces(memory + PHOTO), *card.fields().values(), MOVED, card.number[6:14], card.authority]
    assert not [text for text in personal for line in seen if text in line and text != "女"]
    assert "3010" not in module.asked
    assert module.asked.count("3001") >= 3
