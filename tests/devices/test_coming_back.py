"""A device's thread on a real line: what was unplugged comes back."""

from __future__ import annotations

import logging
import threading
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from kiosk.devices.device import BACKOFF
from kiosk.devices.emulator import sdt_emulator
from kiosk.devices.events import DeviceEvent, DeviceReady, DeviceTrouble
from tests.devices.far_end import MISSING, READY, Asking, Watch, Watched, leftovers, speaking


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
            # The number of a pseudo-terminal goes round among all programs: another may look in for a moment.
            while not isinstance(_beyond_cards(watched), DeviceReady):
                pass
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
