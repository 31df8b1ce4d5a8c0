"""A bad line: what befalls replies is drawn by a seed, and every card is read over it in the end."""

from __future__ import annotations

import queue
import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.config import DeviceSettings
from kiosk.devices.device import Device
from kiosk.devices.emulator import sdt_emulator
from kiosk.devices.events import CardRead, CardRemoved, DeviceEvent, DeviceFault, DeviceTrouble
from kiosk.devices.family import SERIAL_PROTOCOLS, family
from kiosk.devices.faults import BadLine, Fate, Fault
from kiosk.devices.sdt.emulated import Behaviour
from kiosk.identity.people import load_people

PATIENCE = 30.0
REPLY = bytes.fromhex("aaaaaa9669000800009f0000000097")


def longer(reply: bytes) -> bytes:
    """A reply whose length is wrong."""
    return reply + b"?"


def fates(seed: int, rate: float = 0.2, count: int = 500) -> list[Fate]:
    line = BadLine(set(Fault), seed=seed, rate=rate)
    return [line.fate(REPLY, longer) for _ in range(count)]


def test_the_same_seed_draws_the_same_faults_and_another_one_others() -> None:
    assert fates(1) == fates(1)
    assert fates(1) != fates(2)


def test_a_fault_hits_the_same_reply_whatever_came_before() -> None:
    one, other = BadLine(set(Fault), seed=7), BadLine(set(Fault), seed=7)
    drawn = [(one.fate(REPLY, longer), other.fate(REPLY[:1] * n, longer)) for n in range(1, 400)]
    assert [a == Fate(REPLY) for a, _ in drawn] == [
        b == Fate(REPLY[:1] * n) for n, (_, b) in enumerate(drawn, 1)
    ]


def test_the_rate_is_the_share_of_replies_that_are_spoiled() -> None:
    assert fates(3, rate=0.0) == [Fate(REPLY)] * 500
    spoiled = sum(fate != Fate(REPLY) for fate in fates(3, rate=0.2))
    assert 70 <= spoiled <= 130
    assert Fate(REPLY) not in fates(3, rate=1.0)


@pytest.mark.parametrize("protocol", SERIAL_PROTOCOLS)
@pytest.mark.parametrize("fault", Fault)
def test_every_fault_spoils_a_reply_of_every_protocol(protocol: str, fault: Fault) -> None:
    """A reply of one byte, too, and an empty one without harm."""
    parts = family(protocol)
    emulated = parts.emulated("a")
    emulated.lay(parts.things(None)[0].content, 0.0)
    replies = [*emulated.tick(0.0), *emulated.hear(REQUESTS[protocol], 0.0), b"\x12"]
    line = BadLine({fault}, rate=1.0)
    assert len(replies) >= 2
    assert all(line.fate(reply, emulated.wrong_length) != Fate(reply) for reply in replies[:-1])
    assert isinstance(line.fate(b"", lambda reply: reply), Fate)


REQUESTS = {
    "sdt": bytes.fromhex("aaaaaa96690003200122"),
    "pn532": bytes.fromhex("55550000000000ff02fed4022a00"),
    "rdm6300": b"",
    "scanner": bytes.fromhex("7e000801000201abcd"),
    "escpos": bytes.fromhex("100404"),
}


class Counted(BadLine):
    """A bad line that can be waited at."""

    def __init__(self, faults: set[Fault], seed: int, rate: float) -> None:
        super().__init__(faults, seed=seed, rate=rate)
        self._passed = threading.Semaphore(0)

    def fate(self, reply: bytes, wrong_length: Callable[[bytes], bytes]) -> Fate:
        self._passed.release()
        return super().fate(reply, wrong_length)

    def pass_replies(self, count: int) -> None:
        """Wait until so many more have come by."""
        while self._passed.acquire(blocking=False):
            continue
        for _ in range(count):
            assert self._passed.acquire(timeout=PATIENCE)


class Hardship:
    """Two cards laid on a reader of one behaviour, one after the other, over a line as bad as can be."""

    CARDS = 2
    HELD = 8
    """Replies for which a card that was read stays where it is."""

    def __init__(self, folder: Path, behaviour: Behaviour, seed: int) -> None:
        self.name = f"seed {seed}, behaviour {behaviour.value}"
        self._line = Counted(set(Fault), seed, 0.25)
        self._emulator = sdt_emulator(folder / f"reader-{behaviour.value}", behaviour, bad_line=self._line)
        self._told: queue.Queue[DeviceEvent] = queue.Queue()
        self._lying: str | None = None
        self.faults: list[str] = []
        self.read: Counter[str] = Counter()
        self.lost: Counter[str] = Counter()
        """How often the cable was out while that card lay there."""
        self._laid = ""

    def run(self) -> None:
        with self._emulator as emulator:
            setting = DeviceSettings("identity_card", "sdt", emulator.path, 115200)
            device = Device(setting, self._told.put, backoff=(0.05,))
            device.start()
            for person in load_people()[: self.CARDS]:
                self._laid = person.number
                emulator.lay(person.text_block())
                self._until(person.number)
                self._line.pass_replies(self.HELD)
                while not self._told.empty():
                    self._note(self._told.get())
                self._until(person.number)
                emulator.lift()
                self._until(None)
            device.stop()

    def _until(self, lying: str | None) -> None:
        while self._lying != lying:
            self._note(self._told.get(timeout=PATIENCE))

    def _note(self, event: DeviceEvent) -> None:
        match event:
            case CardRead(card):
                if self._lying is not None or card.number != self._laid:
                    self.faults.append("read twice in a visit, or not the card that lies there")
                self._lying = card.number
                self.read[card.number] += 1
            case CardRemoved():
                self._lying = None
            case DeviceTrouble(DeviceFault.MISSING):
                self.lost[self._laid] += 1


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_on_the_worst_of_lines_every_card_is_read_and_once_a_visit(tmp_path: Path, seed: int) -> None:
    """K34: all faults at once, one of four replies spoiled; only a pulled cable begins a new visit."""
    before = threading.active_count()
    ways = [Hardship(tmp_path, behaviour, seed) for behaviour in Behaviour]
    threads = [threading.Thread(target=way.run, name=way.name) for way in ways]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=PATIENCE * 2)
    assert not [thread.name for thread in threads if thread.is_alive()]
    for way in ways:
        assert way.faults == []
        assert len(way.read) == Hardship.CARDS, way.name
        assert all(way.read[card] <= 1 + way.lost[card] for card in way.read), way.name
    assert threading.active_count() == before
