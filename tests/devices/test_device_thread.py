"""A device's thread on a real line: mistakes do not end it, and it leaves nothing behind."""

from __future__ import annotations

import logging
import os
import threading
import time
import tty
from pathlib import Path
from typing import Any

import pytest

from kiosk.config import DeviceSettings
from kiosk.devices.device import Device
from kiosk.devices.events import CodeScanned, DeviceEvent, DeviceFault, DeviceTrouble
from kiosk.devices.line import Action, Order
from kiosk.devices.port import SerialPort
from tests.devices.far_end import MISSING, READY, SOON, Asking, Sign, Watch, leftovers, speaking

BROKEN = DeviceTrouble(DeviceFault.OUT_OF_ORDER)
SECRET = "990101194403050029"


class Failing(Asking):
    """Trips over every answer, and over its own end."""

    def on_event(self, event: Sign, now: float) -> list[Action]:
        super().on_event(event, now)
        raise ValueError(SECRET)

    def end(self) -> list[Action]:
        raise LookupError(SECRET)


def test_bytes_from_before_are_not_heard(watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was scanned while nobody was there is nobody's, and so is what a device says on waking up."""
    monkeypatch.setattr("kiosk.devices.device.DRAIN", 2.0)
    far, near = os.openpty()
    tty.setraw(near)
    os.write(far, b"WHO WAS HERE BEFORE\r\n")
    watched = watch(os.ttyname(near), protocol="scanner")
    _wait_for_lock(near)
    os.write(far, b"SCANNER READY\r\n")
    assert watched.next() == READY
    os.write(far, b"MY CODE\r\n")
    assert watched.next() == CodeScanned("MY CODE")
    watched.device.stop()
    os.close(far)
    os.close(near)


def _wait_for_lock(terminal: int) -> None:
    """Until somebody has opened the port for himself."""
    inode, until = f":{os.fstat(terminal).st_ino} ", time.monotonic() + 10
    while not any("FLOCK" in lock and inode in lock for lock in Path("/proc/locks").read_text().splitlines()):
        assert time.monotonic() < until


def test_a_mistake_of_ours_is_told_as_out_of_order_and_does_not_end_the_device(
    watch: Watch, speak: Any, plugged: Any, caplog: pytest.LogCaptureFixture
) -> None:
    """K32: what the mistake says may quote a card; only its kind is kept."""
    caplog.set_level(logging.DEBUG)
    speak(speaking(Failing))
    watched = watch(plugged(115200).path)
    assert watched.next() == BROKEN
    speak(speaking(Asking))
    assert watched.next() == READY
    assert {"sdt: unexpected ValueError", "sdt: unexpected LookupError"} <= set(caplog.messages)
    assert SECRET not in caplog.text


def test_a_part_that_is_not_there_is_told_too(watch: Watch, plugged: Any) -> None:
    watched = watch(plugged(115200).path, protocol="smoke-signals")
    assert watched.next() == BROKEN


def test_a_device_that_stops_leaves_nothing_behind(tmp_path: Path, watch: Watch, plugged: Any) -> None:
    end = plugged(115200)
    before = leftovers()
    for path in (end.path, tmp_path / "away"):
        watched = watch(path, baud=9600)
        watched.next()
        watched.device.stop()
        watched.device.stop()
        watched.device.order(Order.LOOK)
        assert leftovers() == before
    SerialPort(end.path, 115200).close()


def test_a_device_that_never_started_leaves_nothing_behind(tmp_path: Path) -> None:
    before = leftovers()
    device = Device(DeviceSettings("identity_card", "sdt", str(tmp_path / "reader")), print)
    device.order(Order.STATE)
    device.stop()
    device.start()
    device.order(Order.STATE)
    device.stop()
    assert leftovers() == before


def test_a_listener_may_stop_the_device_it_listens_to(plugged: Any, speak: Any) -> None:
    speak(speaking(Asking))
    end = plugged(115200)
    before = leftovers()
    device: list[Device] = []
    gone = threading.Event()

    def enough(event: DeviceEvent) -> None:
        device[0].stop()
        gone.set()

    device.append(Device(DeviceSettings("identity_card", "sdt", end.path), enough))
    device[0].start()
    assert gone.wait(10)
    until = time.monotonic() + 5
    while leftovers() != before and time.monotonic() < until:
        threading.Event().wait(0.01)
    assert leftovers() == before


def test_a_device_stops_at_once_while_it_waits_to_look_again(tmp_path: Path, watch: Watch) -> None:
    watched = watch(tmp_path / "reader", backoff=(600.0,))
    assert watched.next() == MISSING
    watched.device.stop()
    assert leftovers()[1] == []


def test_however_often_a_busy_device_is_called_nobody_waits(tmp_path: Path) -> None:
    """More calls than a pipe holds, while the listener keeps the thread."""
    kept, let_go = threading.Event(), threading.Event()

    def listen(event: DeviceEvent) -> None:
        kept.set()
        let_go.wait(30)

    device = Device(DeviceSettings("code", "scanner", str(tmp_path / "away")), listen, backoff=SOON)
    device.start()
    assert kept.wait(10)
    for _ in range(100_000):
        device.order(Order.LOOK)
    let_go.set()
    device.stop()
