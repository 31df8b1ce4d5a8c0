"""A room to sit in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.conftest import StandingClock
from tests.screens.sitting_room import STOPWATCH, Room, a_room


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    by_that = ("course", "field", "scan", "trial")
    for place in (*(f"screens.resident.{name}.time" for name in by_that), "textual.message._time"):
        monkeypatch.setattr(place, STOPWATCH)
    # a Monday after the shipped service has come into force
    with a_room(tmp_path / "state", StandingClock(datetime(2026, 11, 2, 1, 30, tzinfo=UTC))) as room:
        yield room


@pytest.fixture
def only_hands_take_time(room: Room) -> Iterator[None]:
    """However slow the machine is, keys come as far apart as the test says."""
    with STOPWATCH.standing():
        yield
