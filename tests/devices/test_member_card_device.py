"""Member card readers over a real pseudo-terminal: a card, its removal, faults, the cable pulled."""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kiosk.config import DeviceSettings
from kiosk.devices.device import Device
from kiosk.devices.emulator import Emulator, Fault
from kiosk.devices.events import (
    DeviceEvent,
    DeviceFault,
    DeviceReady,
    DeviceTrouble,
    MemberCardRead,
    MemberCardRemoved,
    MemberCardUnfit,
)
from kiosk.devices.family import family

SOON = (0.05,)


@dataclass(frozen=True)
class Kind:
    """A kind of reader: how it is set, what it says of itself, and two cards for it."""

    setting: DeviceSettings
    name: str
    baud: int
    card: bytes
    read: MemberCardRead
    other: bytes
    read_other: MemberCardRead


PN532 = Kind(
    DeviceSettings("member_card", "pn532"),
    "PN532 1.6",
    115200,
    bytes.fromhex("04112233445566"),
    MemberCardRead("04112233445566"),
    bytes.fromhex("a1b2c3d4"),
    MemberCardRead("A1B2C3D4"),
)
RDM6300 = Kind(
    DeviceSettings("member_card", "rdm6300"),
    "",
    9600,
    b"67003B51C6",
    MemberCardRead("67003B51C6"),
    b"0100ABCDEF",
    MemberCardRead("0100ABCDEF"),
)


class Watched:
    """An emulated reader behind a link, the real one that watches it, and what that one told."""

    def __init__(self, kind: Kind, folder: Path) -> None:
        self.kind = kind
        parts = family(kind.setting.protocol)
        link = folder / "reader"
        self.emulator = Emulator(parts.emulated("a"), link, baud=kind.baud)
        self._told: queue.SimpleQueue[tuple[float, DeviceEvent]] = queue.SimpleQueue()
        self.device = Device(
            DeviceSettings("member_card", kind.setting.protocol, str(link)), self._hear, backoff=SOON
        )
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


@pytest.fixture(params=[PN532, RDM6300], ids=["pn532", "rdm6300"])
def watched(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Watched]:
    """A reader of each kind, plugged in, watched and ready."""
    watched = Watched(request.param, tmp_path)
    with watched.emulator:
        watched.device.start()
        assert watched.next() == DeviceReady(watched.kind.name)
        yield watched
        watched.device.stop()


def test_a_card_is_told_once_and_its_removal_not_too_early(watched: Watched) -> None:
    kind = watched.kind
    watched.emulator.lay(kind.card)
    assert watched.next() == kind.read
    watched.emulator.lay(kind.other)
    assert (watched.next(), watched.next()) == (MemberCardRemoved(), kind.read_other)
    lifted = time.monotonic()
    watched.emulator.lift()
    assert watched.next() == MemberCardRemoved()
    assert 0.4 < watched.at - lifted < 3.0
    assert watched.nothing_more()


def test_a_card_is_told_within_half_a_second(watched: Watched) -> None:
    laid = time.monotonic()
    watched.emulator.lay(watched.kind.card)
    assert watched.next() == watched.kind.read
    assert watched.at - laid < 0.5


def test_an_unplugged_reader_ends_the_visit_and_comes_back(watched: Watched) -> None:
    kind = watched.kind
    watched.emulator.lay(kind.card)
    for _ in range(3):
        assert watched.next() == kind.read
        watched.emulator.unplug()
        assert watched.next() == MemberCardRemoved()
        assert watched.next() == DeviceTrouble(DeviceFault.MISSING)
        watched.emulator.plug()
        assert watched.next() == DeviceReady(kind.name)


@pytest.mark.parametrize("fault", [Fault.NOISE, Fault.HALF_FRAME, Fault.SILENT, Fault.CHECKSUM])
def test_a_bad_line_delays_a_card_and_tells_nobody(watched: Watched, fault: Fault) -> None:
    watched.emulator.fail(fault, times=1)
    watched.emulator.lay(watched.kind.card)
    assert watched.next() == watched.kind.read
    watched.emulator.fail(fault, times=1)
    watched.emulator.lift()
    assert watched.next() == MemberCardRemoved()
    assert watched.nothing_more()


def test_a_line_that_is_always_noisy_still_tells_the_card(watched: Watched) -> None:
    watched.emulator.fail(Fault.NOISE, times=1_000_000)
    watched.emulator.lay(watched.kind.card)
    assert watched.next() == watched.kind.read


@pytest.mark.parametrize("watched", [PN532], ids=["pn532"], indirect=True)
def test_a_silent_pn532_is_told_and_recovers(watched: Watched) -> None:
    watched.emulator.fail(Fault.SILENT, times=1_000_000)
    assert watched.next() == DeviceTrouble(DeviceFault.SILENT)
    watched.emulator.mend()
    assert watched.next() == DeviceReady("PN532 1.6")


@pytest.mark.parametrize("watched", [PN532], ids=["pn532"], indirect=True)
def test_a_phone_is_unfit(watched: Watched) -> None:
    watched.emulator.lay(bytes.fromhex("08a1b2c3"))
    assert watched.next() == MemberCardUnfit()
    watched.emulator.lift()
    assert watched.next() == MemberCardRemoved()
    assert watched.nothing_more()


def test_nothing_of_a_card_reaches_the_log(watched: Watched, caplog: pytest.LogCaptureFixture) -> None:
    """K32, K46: a card is read, read badly and cut off, with all logs on."""
    caplog.set_level(logging.DEBUG)
    watched.emulator.fail(Fault.CHECKSUM, times=2)
    watched.emulator.lay(watched.kind.card)
    assert watched.next() == watched.kind.read
    watched.emulator.unplug()
    assert watched.next() == MemberCardRemoved()
    watched.device.stop()
    said = " ".join(record.getMessage() + str(record.args) for record in caplog.records).upper()
    assert "RECEIVED" in said
    number = watched.kind.read.number
    assert not [n for n in range(len(number) - 5) if number[n : n + 6] in said]


def test_no_thread_is_left_behind(watched: Watched) -> None:
    protocol = watched.kind.setting.protocol
    watched.device.stop()
    assert not [thread for thread in threading.enumerate() if thread.name == f"device-{protocol}"]
