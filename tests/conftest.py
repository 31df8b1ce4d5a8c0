"""What every test stands on: a clock that stands still, and a world without this machine's own settings."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import settings

# A slow machine is no failure, and a failing example must be repeatable from the log alone.
settings.register_profile("bangban", deadline=None, print_blob=True)
settings.load_profile("bangban")


@dataclass
class StandingClock:
    """A clock that moves only when a test moves it. A weekday morning in opening hours, Beijing time."""

    moment: datetime = field(default_factory=lambda: datetime(2026, 3, 10, 1, 30, tzinfo=UTC))
    seconds: float = 1000.0

    def now(self) -> datetime:
        return self.moment

    def monotonic(self) -> float:
        return self.seconds

    def advance(self, seconds: float = 0, *, days: int = 0) -> None:
        """Let time pass, on the wall and on the stopwatch alike."""
        step = timedelta(seconds=seconds, days=days)
        self.moment += step
        self.seconds += step.total_seconds()


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture(autouse=True)
def _own_world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees the settings of whoever runs it, nor writes into their folders."""
    for name in os.environ:
        # All but what the picture tests tell themselves.
        if name.startswith(("KIOSK_", "TEXTUAL")) and not name.startswith("TEXTUAL_SNAPSHOT"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("KIOSK_DATA", str(tmp_path / "kiosk-data"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "xdg-data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "xdg-config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "xdg-state"))
