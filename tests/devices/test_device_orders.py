"""A device's thread on a real line: orders reach the device, also one that was away."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kiosk.devices.line import Order
from tests.devices.far_end import MISSING, READY, Content, Watch, speaking


def test_an_order_reaches_the_device(watch: Watch, speak: Any, plugged: Any) -> None:
    speak(speaking(Content))
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
    speak(speaking(Content))
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
    speak(speaking(Content))
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
