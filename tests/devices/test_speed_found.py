"""A device's thread on a real line: it finds the speed of the device by itself."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Any

import pytest

from kiosk.devices.emulator import Emulator
from kiosk.devices.events import DeviceReady
from kiosk.devices.sdt.emulated import EmulatedModule
from tests.devices.far_end import MISSING, READY, SILENT, SPEEDS, Asking, FarEnd, Watch, speaking


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
    heard_more(end, 20)
    assert watched.told.empty()
    end.speed = 57600
    assert watched.next() == READY


def heard_more(end: FarEnd, count: int) -> None:
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
    assert end.heard[heard][0] == 9600, "at its speed, until that was told"
    end.speed = 57600
    assert watched.next() == READY


def test_a_speed_that_is_set_is_used_as_it_is(watch: Watch, speak: Any, plugged: Any) -> None:
    speak(speaking(Asking))
    end = plugged(9600)
    watched = watch(end.path, baud=115200)
    assert watched.next() == SILENT
    heard_more(end, 10)
    assert {speed for speed, _ in end.heard} == {115200}
    assert watched.told.empty()


def test_a_device_that_only_sends_is_heard_at_its_usual_speed(watch: Watch, speak: Any, plugged: Any) -> None:
    speak(speaking(Asking, speeds=(9600, 115200), answers=False))
    end = plugged(115200)
    watched = watch(end.path)
    assert watched.next() == SILENT
    heard_more(end, 10)
    assert {speed for speed, _ in end.heard} == {9600}


@pytest.mark.parametrize("speed", [57600, 38400])
def test_an_identity_card_reader_set_to_another_speed_is_found(
    tmp_path: Path, watch: Watch, speed: int
) -> None:
    port = tmp_path / "reader"
    with Emulator(EmulatedModule(), port, baud=speed, deaf_at_other_speeds=True) as emulator:
        watched = watch(emulator.path)
        ready = watched.next()
        assert isinstance(ready, DeviceReady)
        assert ready.name
