"""The reader's thread over a real pseudo-terminal: read, unplug, noise, silence, a port held by another."""

from __future__ import annotations

import logging
import os
import queue
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import serial

from kiosk.config import DeviceSettings
from kiosk.devices.device import Device
from kiosk.devices.emulator import Emulator, Fault, sdt_emulator, wire_seconds
from kiosk.devices.events import (
    CardFault,
    CardRead,
    CardRemoved,
    CardTrouble,
    DeviceEvent,
    DeviceFault,
    DeviceReady,
    DeviceTrouble,
)
from kiosk.devices.port import SerialPort
from kiosk.devices.sdt.emulated import Behaviour
from kiosk.identity.content import parse_text

MakeBlock = Callable[..., bytes]
SOON = (0.05,)
EXCHANGE = (10 + 15) + (10 + 19) + (10 + 1295)
"""Bytes on the line for find, select and read."""


def reader_at(path: str) -> DeviceSettings:
    return DeviceSettings("identity_card", "sdt", path)


class Watched:
    """A reader and what it told, with the time of each."""

    def __init__(self, path: str) -> None:
        self._told: queue.SimpleQueue[tuple[float, DeviceEvent]] = queue.SimpleQueue()
        self.reader = Device(reader_at(path), self._hear, backoff=SOON)
        self.at = 0.0

    def _hear(self, event: DeviceEvent) -> None:
        self._told.put((time.monotonic(), event))

    def next(self, timeout: float = 15.0) -> DeviceEvent:
        """The next event; `at` is when it came."""
        self.at, event = self._told.get(timeout=timeout)
        return event

    def nothing_more(self) -> bool:
        """True when every event was asked for."""
        return self._told.empty()


@pytest.fixture
def emulator(tmp_path: Path) -> Iterator[Emulator]:
    """An emulated reader, plugged in, behind a link."""
    with sdt_emulator(tmp_path / "reader") as plugged:
        yield plugged


@pytest.fixture
def watched(emulator: Emulator) -> Iterator[Watched]:
    """The emulated reader, watched and ready."""
    watched = Watched(emulator.path)
    watched.reader.start()
    assert isinstance(watched.next(), DeviceReady)
    yield watched
    watched.reader.stop()


@pytest.mark.parametrize("behaviour", list(Behaviour))
def test_a_card_is_read_once_and_its_removal_noticed(block: MakeBlock, behaviour: Behaviour) -> None:
    with sdt_emulator(behaviour=behaviour) as emulator:
        watched = Watched(emulator.path)
        watched.reader.start()
        assert isinstance(watched.next(), DeviceReady)
        emulator.lay(block())
        assert watched.next() == CardRead(parse_text(block()))
        emulator.lift()
        assert watched.next() == CardRemoved()
        assert watched.nothing_more()
        watched.reader.stop()


def test_a_card_comes_at_the_pace_of_the_line(watched: Watched, emulator: Emulator, block: MakeBlock) -> None:
    laid = time.monotonic()
    emulator.lay(block())
    assert isinstance(watched.next(), CardRead)
    assert watched.at - laid >= wire_seconds(EXCHANGE)


def test_an_unplugged_reader_ends_the_visit_and_comes_back(
    watched: Watched, emulator: Emulator, block: MakeBlock
) -> None:
    """K34."""
    emulator.lay(block())
    assert isinstance(watched.next(), CardRead)
    emulator.unplug()
    assert watched.next() == CardRemoved()
    assert watched.next() == DeviceTrouble(DeviceFault.MISSING)
    emulator.plug()
    assert isinstance(watched.next(), DeviceReady)
    assert watched.next() == CardRead(parse_text(block()))


def test_a_reader_plugged_in_later_is_found(tmp_path: Path) -> None:
    watched = Watched(str(tmp_path / "reader"))
    watched.reader.start()
    assert watched.next() == DeviceTrouble(DeviceFault.MISSING)
    with sdt_emulator(tmp_path / "reader"):
        assert isinstance(watched.next(), DeviceReady)
        watched.reader.stop()


def test_a_silent_reader_is_told_and_recovers(watched: Watched, emulator: Emulator) -> None:
    emulator.fail(Fault.SILENT, times=1000)
    assert watched.next() == DeviceTrouble(DeviceFault.SILENT)
    emulator.mend()
    assert isinstance(watched.next(), DeviceReady)


@pytest.mark.parametrize(
    ("fault", "times"), [(Fault.NOISE, 1000), (Fault.CHECKSUM, 1), (Fault.HALF_FRAME, 1)]
)
def test_a_bad_line_delays_a_card_and_tells_nobody(
    watched: Watched, emulator: Emulator, block: MakeBlock, fault: Fault, times: int
) -> None:
    emulator.fail(fault, times)
    emulator.lay(block())
    assert watched.next() == CardRead(parse_text(block()))


def test_a_card_whose_number_does_not_hold_is_a_bad_read(
    watched: Watched, emulator: Emulator, block: MakeBlock
) -> None:
    emulator.lay(block(number="990101194403050028"))
    assert watched.next() == CardTrouble(CardFault.BAD_READ)
    emulator.lift()
    assert watched.next() == CardRemoved()


def test_stale_bytes_and_a_modem_s_greeting_are_survived(emulator: Emulator) -> None:
    with serial.Serial(emulator.path, 115200) as other:
        other.write(b"AT+GMM\r\n" + bytes.fromhex("aaaaaa96690003200122"))
    watched = Watched(emulator.path)
    watched.reader.start()
    assert isinstance(watched.next(), DeviceReady)
    watched.reader.stop()


def test_a_port_held_by_another_program_has_its_own_words(emulator: Emulator) -> None:
    held = SerialPort(emulator.path, 115200)
    watched = Watched(emulator.path)
    watched.reader.start()
    assert watched.next() == DeviceTrouble(DeviceFault.BUSY)
    held.close()
    assert isinstance(watched.next(), DeviceReady)
    watched.reader.stop()


@pytest.mark.parametrize("plugged", [True, False])
def test_stop_is_heard_within_a_second(tmp_path: Path, plugged: bool) -> None:
    with sdt_emulator(tmp_path / "reader") as emulator:
        if not plugged:
            emulator.unplug()
        told: queue.SimpleQueue[DeviceEvent] = queue.SimpleQueue()
        reader = Device(reader_at(str(tmp_path / "reader")), told.put)
        reader.start()
        told.get(timeout=10)
        begun = time.monotonic()
        reader.stop()
        reader.stop()
        assert time.monotonic() - begun < 1.0
        if plugged:
            SerialPort(emulator.path, 115200).close()


def test_a_link_never_replaces_a_real_file(tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("kept")
    emulator = sdt_emulator(tmp_path / "letter")
    with pytest.raises(FileExistsError):
        emulator.start()
    emulator.stop()
    assert (tmp_path / "letter").read_text() == "kept"


def test_nothing_of_a_card_reaches_logs_errors_or_file_names(
    emulator: Emulator, block: MakeBlock, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    """K32: a card is read badly, read, met by a failing listener and cut off, with all logs on."""
    caplog.set_level(logging.DEBUG)
    told: queue.SimpleQueue[DeviceEvent] = queue.SimpleQueue()

    def fail_on_cards(event: DeviceEvent) -> None:
        told.put(event)
        if isinstance(event, CardRead):
            raise ValueError(f"cannot take {event.card.fields()}")

    reader = Device(reader_at(emulator.path), fail_on_cards, backoff=SOON)
    reader.start()
    assert isinstance(told.get(timeout=10), DeviceReady)
    emulator.fail(Fault.CHECKSUM, times=2)
    emulator.lay(block())
    assert isinstance(told.get(timeout=10), CardRead)
    emulator.unplug()
    assert told.get(timeout=10) == CardRemoved()
    assert told.get(timeout=10) == DeviceTrouble(DeviceFault.MISSING)
    reader.stop()
    card = parse_text(block())
    places = [record.getMessage() + str(record.exc_info) + str(record.args) for record in caplog.records]
    places += [str(path) for path in tmp_path.rglob("*")] + [os.fspath(emulator.path)]
    personal = [*card.fields().values(), "19440305", block()[:12].hex(), card.number[-6:]]
    assert caplog.records
    assert not [text for text in personal for place in places if text in place and text != "女"]
