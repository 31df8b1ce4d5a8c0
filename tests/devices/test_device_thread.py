"""A device's thread on a real line: it comes back after everything and leaves nothing behind."""

from __future__ import annotations

import contextlib
import logging
import os
import queue
import select
import termios
import threading
import time
import tty
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from kiosk.config import DeviceSettings
from kiosk.devices.device import BACKOFF, Device
from kiosk.devices.emulator import Emulator, sdt_emulator
from kiosk.devices.events import CodeScanned, DeviceEvent, DeviceFault, DeviceReady, DeviceTrouble
from kiosk.devices.family import Family, family
from kiosk.devices.line import NEVER, Action, Emit, Order, Send
from kiosk.devices.port import SerialPort
from kiosk.devices.sdt.emulated import EmulatedModule

SOON = (0.01,)
SPEEDS = {115200: termios.B115200, 57600: termios.B57600, 9600: termios.B9600}
SILENT = DeviceTrouble(DeviceFault.SILENT)
MISSING = DeviceTrouble(DeviceFault.MISSING)
BROKEN = DeviceTrouble(DeviceFault.OUT_OF_ORDER)
READY = DeviceReady("")
SECRET = "990101194403050029"

Watch = Callable[..., "Watched"]


def leftovers() -> tuple[int, list[str]]:
    """Open descriptors, and the threads of devices."""
    threads = [thread.name for thread in threading.enumerate() if thread.name.startswith("device")]
    return len(os.listdir("/proc/self/fd")), threads


# A small protocol, so that a test need not wait as long as a visitor would: the host asks "?", the device
# says "!". Everything else on the way is real: thread, port, pseudo-terminal.


class Signs:
    """Each byte is an event."""

    waiting = False

    def feed(self, received: bytes) -> list[Any]:
        return [Sign(bytes([byte])) for byte in received]

    def idle(self) -> list[Any]:
        return []


@dataclass(frozen=True)
class Sign:
    byte: bytes = field(repr=False)

    def harmless(self) -> str:
        return "a sign"


class Asking:
    """Asks until it is answered, twice within a moment; then it is content, and asks now and then."""

    def __init__(self) -> None:
        self.deadline = NEVER
        self._asked = 0
        self._ready = False

    def start(self, now: float) -> list[Action]:
        self._asked, self.deadline = 1, now + 0.03
        return [Send(b"?")]

    def on_event(self, event: Sign, now: float) -> list[Action]:
        self._asked, self.deadline = 0, now + 0.05
        news, self._ready = not self._ready, True
        return [Emit(READY)] if news else []

    def on_tick(self, now: float) -> list[Action]:
        if now < self.deadline:
            return []
        if self._asked >= 2:
            self._asked, self._ready = 0, False
            return [Emit(SILENT), *self.start(now)]
        self._asked, self.deadline = self._asked + 1, now + 0.03
        return [Send(b"?")]

    def on_order(self, order: Order, now: float) -> list[Action]:
        return [Send(order.value.encode())]

    def end(self) -> list[Action]:
        return []


class Failing(Asking):
    """Trips over every answer, and over its own end."""

    def on_event(self, event: Sign, now: float) -> list[Action]:
        raise ValueError(SECRET)

    def end(self) -> list[Action]:
        raise LookupError(SECRET)


def speaking(dialogue: Callable[[], Any], **parts: Any) -> Family:
    return replace(
        family("sdt"),
        **{
            "speeds": tuple(SPEEDS),
            "answers": True,
            "silence": 0.05,
            "framing": lambda setting: Signs(),
            "dialogue": lambda setting: dialogue(),
            **parts,
        },
    )


class FarEnd:
    """Answers "?" with "!" where the line has its speed; keeps all that it heard, with the speed of each."""

    def __init__(self, speed: int) -> None:
        self.speed = speed
        self.heard: list[tuple[int, bytes]] = []
        self.orders: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._far, self._near = os.openpty()
        tty.setraw(self._near)
        self.path = os.ttyname(self._near)
        self._stopping = False
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self) -> None:
        while not self._stopping:
            if not select.select([self._far], [], [], 0.01)[0]:
                continue
            heard = os.read(self._far, 4096)
            constant = termios.tcgetattr(self._near)[4]
            speed = next(number for number, value in SPEEDS.items() if value == constant)
            self.heard.append((speed, heard))
            if heard.strip(b"?"):
                self.orders.put(heard.strip(b"?"))
            if speed == self.speed and b"?" in heard:
                os.write(self._far, b"!")

    def pull(self) -> None:
        """Harmless when it is out already."""
        self._stopping = True
        self._thread.join()
        for end in (self._far, self._near):
            with contextlib.suppress(OSError):
                os.close(end)
        self._far = self._near = -1


class Watched:
    """A device and what it told."""

    def __init__(self, path: str, **more: Any) -> None:
        self.told: queue.SimpleQueue[DeviceEvent] = queue.SimpleQueue()
        backoff = more.pop("backoff", SOON)
        setting = DeviceSettings("identity_card", more.pop("protocol", "sdt"), path, **more)
        self.device = Device(setting, self.told.put, backoff=backoff)

    def next(self, timeout: float = 20.0) -> DeviceEvent:
        return self.told.get(timeout=timeout)


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Starts to watch a path; whatever is watched is stopped in the end."""
    begun: list[Watched] = []

    def start(path: str | Path, **more: Any) -> Watched:
        begun.append(Watched(os.fspath(path), **more))
        begun[-1].device.start()
        return begun[-1]

    yield start
    for watched in begun:
        watched.device.stop()


@pytest.fixture
def speak(monkeypatch: pytest.MonkeyPatch) -> Callable[[Family], None]:
    """From now on devices speak this."""
    return lambda parts: monkeypatch.setattr("kiosk.devices.device.family", lambda protocol: parts)


@pytest.fixture
def plugged() -> Iterator[Callable[[int], FarEnd]]:
    """Plugs in far ends, and pulls them in the end."""
    ends: list[FarEnd] = []

    def plug(speed: int) -> FarEnd:
        ends.append(FarEnd(speed))
        return ends[-1]

    yield plug
    for end in ends:
        end.pull()


# Coming back


def test_a_port_that_is_away_is_looked_for_after_one_two_five_and_ten_seconds() -> None:
    assert BACKOFF == (1.0, 2.0, 5.0, 10.0)


def test_it_waits_longer_each_time_and_never_longer_than_the_last(
    tmp_path: Path, watch: Watch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    watched = watch(tmp_path / "reader", backoff=(0.01, 0.02, 0.05, 0.1))
    assert watched.next() == MISSING
    looks = _looks(caplog, 6)
    waits = [after - before for (before, _), (after, _) in pairwise(looks)]
    assert [told for _, told in looks[:6]] == [0.01, 0.02, 0.05, 0.1, 0.1, 0.1]
    assert all(wait >= told - 0.001 for wait, (_, told) in zip(waits, looks, strict=False))
    assert watched.told.empty()


def _looks(caplog: pytest.LogCaptureFixture, count: int) -> list[tuple[float, float]]:
    """When it said that it will look again, and after how long."""
    until = time.monotonic() + 10
    while time.monotonic() < until:
        said = [record for record in list(caplog.records) if "looks again" in record.getMessage()]
        if len(said) >= count:
            return [(record.created, record.args[1]) for record in said]  # type: ignore[index, misc]
        threading.Event().wait(0.01)
    raise AssertionError("it does not look again")


def test_a_device_that_was_there_is_looked_for_soon_again(
    tmp_path: Path, watch: Watch, speak: Any, plugged: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    speak(speaking(Asking))
    watched = watch(tmp_path / "reader", backoff=(0.01, 0.02, 0.05))
    assert watched.next() == MISSING
    _looks(caplog, 3)
    end = plugged(115200)
    (tmp_path / "reader").symlink_to(end.path)
    assert watched.next() == READY
    caplog.clear()
    end.pull()
    assert watched.next() == MISSING
    assert _looks(caplog, 1)[0][1] == 0.01


@pytest.mark.slow
def test_unplugged_and_plugged_in_a_hundred_times_it_comes_back_each_time(
    tmp_path: Path, watch: Watch
) -> None:
    """K34: a hundred recoveries; no thread and no descriptor is left behind."""
    with sdt_emulator(tmp_path / "reader") as emulator:
        watched = watch(tmp_path / "reader")
        assert isinstance(watched.next(), DeviceReady)
        before = leftovers()
        for _ in range(100):
            emulator.unplug()
            assert _beyond_cards(watched) == MISSING
            emulator.plug()
            assert isinstance(_beyond_cards(watched), DeviceReady)
        assert leftovers() == before
        watched.device.stop()
        assert leftovers()[1] == []


def _beyond_cards(watched: Watched) -> DeviceEvent:
    """The next news of the device itself."""
    while not isinstance(event := watched.next(), DeviceReady | DeviceTrouble):
        pass
    return event


def test_a_name_that_moves_to_another_port_is_followed(
    tmp_path: Path, watch: Watch, speak: Any, plugged: Any
) -> None:
    """The adapter came back as another ttyUSB while the old one still hangs open."""
    speak(speaking(Asking))
    link, fresh = tmp_path / "by-id", tmp_path / "fresh"
    first, second = plugged(115200), plugged(115200)
    link.symlink_to(first.path)
    watched = watch(link)
    assert watched.next() == READY
    fresh.symlink_to(second.path)
    fresh.replace(link)
    assert watched.next() == MISSING
    assert watched.next() == READY
    assert second.heard


class _Content(Asking):
    """Once answered it asks no more, like a scanner."""

    def on_event(self, event: Sign, now: float) -> list[Action]:
        told = super().on_event(event, now)
        self.deadline = NEVER
        return told


def test_bytes_from_before_are_not_heard(watch: Watch) -> None:
    """What was scanned while nobody was there is nobody's, and so is what a device says on waking up."""
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


# Mistakes


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


# Stopping


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
    watched = watch(tmp_path / "reader", backoff=BACKOFF)
    assert watched.next() == MISSING
    begun = time.monotonic()
    watched.device.stop()
    assert time.monotonic() - begun < 0.5


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


# Orders


def test_an_order_reaches_the_device(watch: Watch, speak: Any, plugged: Any) -> None:
    speak(speaking(_Content))
    end = plugged(115200)
    watched = watch(end.path)
    assert watched.next() == READY
    watched.device.order(Order.STATE)
    assert end.orders.get(timeout=10) == b"state"


@pytest.mark.parametrize(
    ("ordered", "heard"),
    [
        ([Order.LOOK], b"look"),
        ([Order.LOOK, Order.REST, Order.STATE], b"state"),
        ([Order.LOOK, Order.REST, Order.LOOK, Order.STATE, Order.STATE], b"lookstate"),
    ],
)
def test_of_what_was_ordered_while_it_was_away_it_hears_what_still_holds(
    tmp_path: Path, watch: Watch, speak: Any, plugged: Any, ordered: list[Order], heard: bytes
) -> None:
    speak(speaking(_Content))
    watched = watch(tmp_path / "scanner")
    assert watched.next() == MISSING
    for order in ordered:
        watched.device.order(order)
    end = plugged(115200)
    (tmp_path / "scanner").symlink_to(end.path)
    assert watched.next() == READY
    arrived = b""
    while len(arrived) < len(heard):
        arrived += end.orders.get(timeout=10).replace(b"?", b"")
    assert arrived == heard


def test_a_scanner_that_is_plugged_in_again_goes_on_looking(
    tmp_path: Path, watch: Watch, speak: Any, plugged: Any
) -> None:
    speak(speaking(_Content))
    end, again = plugged(115200), plugged(115200)
    (tmp_path / "scanner").symlink_to(end.path)
    watched = watch(tmp_path / "scanner")
    assert watched.next() == READY
    watched.device.order(Order.LOOK)
    assert end.orders.get(timeout=10) == b"look"
    (tmp_path / "scanner").unlink()
    end.pull()
    assert watched.next() == MISSING
    (tmp_path / "scanner").symlink_to(again.path)
    assert again.orders.get(timeout=10) == b"look"


# Speeds


@pytest.mark.parametrize("speed", SPEEDS)
def test_a_device_is_found_at_whatever_speed_it_has(
    watch: Watch, speak: Any, plugged: Any, speed: int
) -> None:
    speak(speaking(Asking))
    watched = watch(plugged(speed).path)
    assert watched.next() == READY
    assert watched.told.empty()


def test_silence_is_told_once_after_all_speeds_and_the_search_goes_on(
    watch: Watch, speak: Any, plugged: Any
) -> None:
    speak(speaking(Asking))
    end = plugged(0)
    watched = watch(end.path)
    assert watched.next() == SILENT
    assert list(dict.fromkeys(speed for speed, _ in end.heard)) == list(SPEEDS)
    _heard_more(end, 20)
    assert watched.told.empty()
    end.speed = 57600
    assert watched.next() == READY


def _heard_more(end: FarEnd, count: int) -> None:
    before, until = len(end.heard), time.monotonic() + 20
    while len(end.heard) < before + count:
        assert time.monotonic() < until, "it asks no more"
        threading.Event().wait(0.01)


def test_the_speed_that_was_found_is_tried_first_when_it_is_plugged_in_again(
    tmp_path: Path, watch: Watch, speak: Any, plugged: Any
) -> None:
    speak(speaking(Asking))
    end, again = plugged(9600), plugged(9600)
    (tmp_path / "reader").symlink_to(end.path)
    watched = watch(tmp_path / "reader")
    assert watched.next() == READY
    (tmp_path / "reader").unlink()
    end.pull()
    assert watched.next() == MISSING
    (tmp_path / "reader").symlink_to(again.path)
    assert watched.next() == READY
    assert again.heard[0][0] == 9600


def test_a_device_that_falls_silent_is_told_at_once_and_found_again(
    watch: Watch, speak: Any, plugged: Any
) -> None:
    speak(speaking(Asking))
    end = plugged(9600)
    watched = watch(end.path)
    assert watched.next() == READY
    heard, end.speed = len(end.heard), 0
    assert watched.next() == SILENT
    assert {speed for speed, _ in end.heard[heard:]} == {9600}
    end.speed = 57600
    assert watched.next() == READY


def test_a_speed_that_is_set_is_used_as_it_is(watch: Watch, speak: Any, plugged: Any) -> None:
    speak(speaking(Asking))
    end = plugged(9600)
    watched = watch(end.path, baud=115200)
    assert watched.next() == SILENT
    _heard_more(end, 10)
    assert {speed for speed, _ in end.heard} == {115200}
    assert watched.told.empty()


def test_a_device_that_only_sends_is_heard_at_its_usual_speed(watch: Watch, speak: Any, plugged: Any) -> None:
    speak(speaking(Asking, speeds=(9600, 115200), answers=False))
    end = plugged(115200)
    watched = watch(end.path)
    assert watched.next() == SILENT
    _heard_more(end, 10)
    assert {speed for speed, _ in end.heard} == {9600}


@pytest.mark.parametrize("speed", [57600, 38400])
def test_an_identity_card_reader_set_to_another_speed_is_found(watch: Watch, speed: int) -> None:
    with Emulator(EmulatedModule(), baud=speed, deaf_at_other_speeds=True) as emulator:
        watched = watch(emulator.path)
        ready = watched.next()
        assert isinstance(ready, DeviceReady)
        assert ready.name
