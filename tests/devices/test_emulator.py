"""Emulated devices: every kind can be worked by lines and watched; a bad line is drawn by its seed."""

from __future__ import annotations

import json
import os
import queue
import select
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import serial

from kiosk.config import DeviceSettings
from kiosk.devices.device import Device
from kiosk.devices.emulator import Emulator, sdt_emulator
from kiosk.devices.events import DeviceEvent, DeviceFault, DeviceReady, DeviceTrouble
from kiosk.devices.family import SERIAL_PROTOCOLS, family
from kiosk.devices.faults import Fault

Told = dict[str, Any]

KIOSK = [sys.executable, "-m", "kiosk.cli"]
PATIENCE = 30.0
REPLY = bytes.fromhex("aaaaaa9669000800009f0000000097")
STATUS, WELL = bytes.fromhex("aaaaaa9669000311ffed"), bytes.fromhex("aaaaaa9669000400009094")
FIND, NO_CARD = bytes.fromhex("aaaaaa96690003200122"), bytes.fromhex("aaaaaa9669000400008084")
SEEN: dict[str, Told] = {
    "sdt": {"event": "card", "kind": "resident", "name": "张**", "number": "990*************29"},
    "pn532": {"event": "member-card", "number": "041*********66"},
    "rdm6300": {"event": "member-card", "number": "670*****C6"},
    "scanner": {"event": "code", "characters": 18},
    "escpos": {"event": "printer", "online": False, "cover_open": False, "paper": "out", "error": False},
}
"""What is seen of the first thing that is shipped for each."""


class Command:
    """A `kiosk` command in a process of its own, killed when it takes too long."""

    def __init__(self, *words: str) -> None:
        self._process = subprocess.Popen(
            [*KIOSK, *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        )
        self._limit = threading.Timer(PATIENCE, self._process.kill)
        self._limit.start()

    def say(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()

    def until(self, words: str) -> str:
        """The next line of its output that has these words in it."""
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if words in line:
                return line
        raise AssertionError(f"it ended and never said {words!r}")

    def close(self) -> None:
        self._limit.cancel()
        self._process.terminate()
        self._process.communicate()


@pytest.fixture
def kiosk() -> Iterator[Callable[..., Command]]:
    """Start commands."""
    begun: list[Command] = []

    def begin(*words: str) -> Command:
        begun.append(Command(*words))
        return begun[-1]

    yield begin
    for command in reversed(begun):
        command.close()


Begin = Callable[..., Command]


def device_on(
    emulator: Emulator, protocol: str = "sdt", baud: int = 0
) -> tuple[Device, queue.Queue[DeviceEvent]]:
    """A device that watches an emulated one, and what it tells."""
    told: queue.Queue[DeviceEvent] = queue.Queue()
    setting = DeviceSettings("identity_card", protocol, emulator.path, baud)  # type: ignore[arg-type]
    device = Device(setting, told.put, backoff=(0.05,))
    device.start()
    return device, told


@pytest.mark.parametrize("protocol", SERIAL_PROTOCOLS)
def test_any_device_is_worked_by_lines_and_watched_by_another_program(
    kiosk: Begin, tmp_path: Path, protocol: str
) -> None:
    port = str(tmp_path / "device")
    emulated = kiosk("reader", "emulate", "--protocol", protocol, "--link", port)
    emulated.until("quit")
    if protocol == "escpos":
        emulated.say("1")
        emulated.until("laid down")
    watched = kiosk("reader", "watch", port, "--protocol", protocol, "--json")
    watched.until('"ready"')
    if protocol == "scanner":
        emulated.say("2")
    elif protocol != "escpos":
        emulated.say("1")
    assert json.loads(watched.until(f'"{SEEN[protocol]["event"]}"')) == SEEN[protocol]


def test_all_devices_of_the_settings_are_watched_each_by_what_it_is_for(kiosk: Begin, tmp_path: Path) -> None:
    shipped = Path("kiosk.toml").read_text("utf-8")
    tables, emulated = "", {}
    for protocol, purpose in (("sdt", "identity_card"), ("rdm6300", "member_card"), ("escpos", "printer")):
        port = tmp_path / protocol
        emulated[protocol] = kiosk("reader", "emulate", "--protocol", protocol, "--link", str(port))
        emulated[protocol].until("quit")
        tables += f'[[device]]\npurpose = "{purpose}"\nprotocol = "{protocol}"\nport = "{port}"\n'
    (tmp_path / "kiosk.toml").write_text(shipped + tables, "utf-8")
    watched = kiosk("--config", str(tmp_path / "kiosk.toml"), "reader", "watch", "--json")
    assert json.loads(watched.until('"printer", "event": "printer"'))["paper"] == "enough"
    emulated["rdm6300"].say("1")
    assert json.loads(watched.until('"member-card"')) == {"device": "member_card", **SEEN["rdm6300"]}
    emulated["sdt"].say("1")
    assert json.loads(watched.until('"event": "card"')) == {"device": "identity_card", **SEEN["sdt"]}


def test_an_engine_with_a_trigger_is_told_to_look_while_it_is_watched(kiosk: Begin, tmp_path: Path) -> None:
    port = str(tmp_path / "scanner")
    emulated = kiosk("reader", "emulate", "--protocol", "scanner", "--behaviour", "b", "--link", port)
    emulated.until("quit")
    emulated.say("2")
    watched = kiosk(*("reader", "watch", port, "--protocol", "scanner", "--trigger", "gm65", "--cards", "1"))
    watched.until("code  characters 18")


def test_a_script_can_pull_the_cable_and_plug_it_in_again(kiosk: Begin, tmp_path: Path) -> None:
    port = tmp_path / "reader"
    emulated = kiosk("reader", "emulate", "--link", str(port), "--fault", "noise, late", "--rate", "0")
    emulated.until("quit")
    emulated.say("p")
    emulated.until("pulled")
    assert not port.is_symlink()
    emulated.say("p")
    emulated.until("plugged in")
    assert port.is_symlink()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--fault", "noise,fire"], "fire: not known; known are checksum, noise, unplug, late, half"),
        (["--protocol", "scanner", "--behaviour", "c"], "such a scanner knows no c"),
    ],
)
def test_what_cannot_be_emulated_is_said_in_words(tmp_path: Path, options: list[str], words: str) -> None:
    command = [*KIOSK, "reader", "emulate", "--link", str(tmp_path / "d"), *options]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 2
    assert words in done.stderr


def test_a_device_at_another_speed_hears_nothing_until_its_own_is_found() -> None:
    """K34: whoever looks for the speed finds it."""
    module = family("sdt").emulated("a")
    with Emulator(module, baud=57600, deaf_at_other_speeds=True) as emulator:
        with serial.Serial(emulator.path, 115200, timeout=PATIENCE) as line:
            line.write(STATUS)
            assert not select.select([line], [], [], 0.1)[0]
            line.baudrate = 57600
            line.write(FIND)
            assert line.read(len(NO_CARD)) == NO_CARD
        device, told = device_on(emulator)
        assert isinstance(told.get(timeout=PATIENCE), DeviceReady)
        device.stop()


def test_what_comes_at_another_speed_is_garbled() -> None:
    tag = b"67003B51C6"
    with Emulator(family("rdm6300").emulated("a"), baud=9600, deaf_at_other_speeds=True) as emulator:
        emulator.lay(tag)
        with serial.Serial(emulator.path, 115200, timeout=PATIENCE) as line:
            assert tag not in line.read(28)
            line.baudrate = 9600
            assert tag in line.read_until(tag)


def test_a_cable_that_comes_loose_is_a_hang_up_and_comes_back(tmp_path: Path) -> None:
    with sdt_emulator(tmp_path / "reader") as emulator:
        device, told = device_on(emulator)
        assert isinstance(told.get(timeout=PATIENCE), DeviceReady)
        emulator.fail(Fault.UNPLUG, times=1)
        assert told.get(timeout=PATIENCE) == DeviceTrouble(DeviceFault.MISSING)
        assert isinstance(told.get(timeout=PATIENCE), DeviceReady)
        device.stop()


def test_a_late_reply_comes_after_a_prompt_one() -> None:
    """And on its way the line is free for others: what was asked after it is answered before it."""
    with sdt_emulator() as emulator, serial.Serial(emulator.path, 115200, timeout=PATIENCE) as line:
        emulator.fail(Fault.LATE, times=1)
        line.write(STATUS + FIND)
        assert line.read(len(NO_CARD)) == NO_CARD
        assert line.read(len(WELL)) == WELL
