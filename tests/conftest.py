"""What every test stands on: a clock that stands still, and a world without this machine's own settings."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import settings

from kiosk.records.reference_server import ReferenceServer
from tests.claims import Claims

# One database server serves all tests of the run that need it.
pytest_plugins = ["tests.hub.fixtures"]

# A slow machine is no failure, and a failing example must be repeatable from the log alone.
settings.register_profile("bangban", deadline=None, print_blob=True)
settings.load_profile("bangban")


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("conformance", "what the tests prove of data/conformance")
    group.addoption("--proving", action="store_true", help="run only tests that claim a row")
    group.addoption("--proofs", metavar="FILE", help="keep which of them passed in this file (--proofs=FILE)")


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Claims())


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
def _no_office_stays_open(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The record office of a demo ends with its process. Here it would hold its port beside other tests."""
    opened: list[ReferenceServer] = []
    start = ReferenceServer.start

    def noted(server: ReferenceServer) -> ReferenceServer:
        opened.append(server)
        return start(server)

    monkeypatch.setattr(ReferenceServer, "start", noted)
    yield
    for server in opened:
        if not server.ending.is_set():
            server.stop()


@pytest.fixture(autouse=True)
def _own_world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees the settings of whoever runs it, nor writes into their folders."""
    for name in os.environ:
        # All but what the picture tests tell themselves.
        if name.startswith(("KIOSK_", "TEXTUAL")) and not name.startswith("TEXTUAL_SNAPSHOT"):
            monkeypatch.delenv(name)
    for name in ("COLUMNS", "LINES"):
        # Readline tells them to every process that pytest starts, and programs believe them first of all.
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("KIOSK_DATA", str(tmp_path / "kiosk-data"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "xdg-data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "xdg-config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "xdg-state"))
    # Else the sound library makes a folder of its own in /tmp for each test, and leaves it there.
    monkeypatch.setenv("PULSE_RUNTIME_PATH", str(tmp_path / "pulse-runtime"))
