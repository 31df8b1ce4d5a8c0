"""Several devices at once: each tells for itself, and none of them disturbs another."""

from __future__ import annotations

import os
import queue
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.config import DeviceSettings
from kiosk.devices.emulator import Emulator, sdt_emulator
from kiosk.devices.events import CardRead, DeviceEvent, DeviceFault, DeviceReady, DeviceTrouble
from kiosk.devices.line import Order
from kiosk.devices.port import SerialPort
from kiosk.devices.rack import Rack, Watched
from kiosk.identity.content import parse_text

MakeBlock = Callable[..., bytes]


class Sitting:
    """A rack, and what each of its devices told."""

    def __init__(self, *settings: DeviceSettings) -> None:
        self._told: dict[str, queue.SimpleQueue[DeviceEvent]] = {
            one.port: queue.SimpleQueue() for one in settings
        }
        self.rack = Rack(settings, lambda setting, event: self._told[setting.port].put(event))
        self.rack.start()

    def told_by(self, port: str, timeout: float = 15.0) -> DeviceEvent:
        return self._told[port].get(timeout=timeout)

    def silent(self, port: str) -> bool:
        return self._told[port].empty()


@pytest.fixture
def sit() -> Iterator[Callable[..., Sitting]]:
    """Sits down with these devices."""
    begun: list[Sitting] = []

    def start(*settings: DeviceSettings) -> Sitting:
        begun.append(Sitting(*settings))
        return begun[-1]

    yield start
    for sitting in begun:
        sitting.rack.stop()


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[Emulator, Emulator]]:
    """Two identity card readers: one for the person, one for whoever helps."""
    with sdt_emulator(tmp_path / "left") as left, sdt_emulator(tmp_path / "right") as right:
        yield left, right


def reader(path: str | Path, purpose: str = "identity_card") -> DeviceSettings:
    return DeviceSettings(purpose, "sdt", os.fspath(path))  # type: ignore[arg-type]


def test_two_readers_of_one_purpose_are_both_watched(
    sit: Callable[..., Sitting], two: tuple[Emulator, Emulator], block: MakeBlock
) -> None:
    left, right = two
    sitting = sit(reader(left.path), reader(right.path))
    for one in two:
        assert isinstance(sitting.told_by(one.path), DeviceReady)
        one.lay(block())
        event = sitting.told_by(one.path)
        while not isinstance(event, CardRead):
            event = sitting.told_by(one.path)
        assert event.card == parse_text(block())


def test_a_reader_that_is_pulled_does_not_disturb_the_other(
    sit: Callable[..., Sitting], two: tuple[Emulator, Emulator]
) -> None:
    left, right = two
    sitting = sit(reader(left.path), reader(right.path))
    assert isinstance(sitting.told_by(right.path), DeviceReady)
    while not sitting.silent(right.path):
        sitting.told_by(right.path)
    assert isinstance(sitting.told_by(left.path), DeviceReady)
    left.unplug()
    event = sitting.told_by(left.path)
    while not isinstance(event, DeviceTrouble):
        event = sitting.told_by(left.path)
    assert event == DeviceTrouble(DeviceFault.MISSING)
    left.plug()
    assert isinstance(sitting.told_by(left.path), DeviceReady)
    while not sitting.silent(right.path):
        assert not isinstance(sitting.told_by(right.path), DeviceReady | DeviceTrouble)


def test_a_device_that_is_away_does_not_keep_the_others_waiting(
    sit: Callable[..., Sitting], two: tuple[Emulator, Emulator], tmp_path: Path
) -> None:
    away = os.fspath(tmp_path / "away")
    sitting = sit(reader(away), reader(two[0].path))
    assert isinstance(sitting.told_by(two[0].path), DeviceReady)
    assert sitting.told_by(away) == DeviceTrouble(DeviceFault.MISSING)


def test_two_settings_of_one_port_share_it_badly_and_say_so(
    sit: Callable[..., Sitting], two: tuple[Emulator, Emulator], tmp_path: Path
) -> None:
    """Whoever wrote the settings finds out: the second one is told that the port is held."""
    other_name = tmp_path / "other-name"
    other_name.symlink_to(Path(two[0].path).resolve())
    sitting = sit(reader(two[0].path), reader(other_name, "member_card"))
    told = {type(sitting.told_by(two[0].path)), type(sitting.told_by(os.fspath(other_name)))}
    assert told == {DeviceReady, DeviceTrouble}


def test_a_printer_and_a_scanner_that_types_are_not_watched(
    sit: Callable[..., Sitting], two: tuple[Emulator, Emulator]
) -> None:
    sit(
        DeviceSettings("printer", "escpos", two[0].path),
        DeviceSettings("code", "keyboard"),
    )
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("device")]
    SerialPort(two[0].path, 9600).close()


class Ordered:
    """A device that only remembers what it was told to do."""

    def __init__(self, *, stuck: bool = False) -> None:
        self.done: list[str] = []
        self._stuck = stuck

    def start(self) -> None:
        self.done.append("start")

    def stop(self) -> None:
        self.done.append("stop")
        if self._stuck:
            raise RuntimeError("it does not let go")

    def order(self, order: Order) -> None:
        self.done.append(order.value)


def test_an_order_reaches_every_device_and_stopping_stops_all_of_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    devices = [Ordered(), Ordered(stuck=True), Ordered()]
    waiting: list[Watched] = list(devices)
    monkeypatch.setattr("kiosk.devices.rack._watched", lambda setting, on_event: waiting.pop(0))
    rack = Rack([reader("a"), reader("b"), reader("c", "code")], lambda setting, event: None)
    rack.start()
    rack.order(Order.LOOK)
    with pytest.raises(RuntimeError):
        rack.stop()
    assert [device.done for device in devices] == [["start", "look", "stop"]] * 3
