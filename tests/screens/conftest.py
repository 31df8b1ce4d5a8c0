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
    for place in ("screens.resident.course.time", "screens.resident.field.time", "textual.message._time"):
        monkeypatch.setattr(place, STOPWATCH)
    # a Monday after the shipped service has come into force
    with a_room(tmp_path / "state", StandingClock(datetime(2026, 11, 2, 1, 30, tzinfo=UTC))) as room:
        yield room
