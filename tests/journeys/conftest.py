"""Folders for kiosks, and a look into their stores from outside."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from kiosk.clock import SystemClock
from kiosk.paths import data_file
from kiosk.store import Store, open_store
from kiosk.store.calendars import load_calendar
from tests.journeys.kiosk_terminal import KioskTerminal

OpenStore = Callable[[], Store]
StartKiosk = Callable[..., KioskTerminal]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What a kiosk keeps."""
    kept = tmp_path / "data"
    kept.mkdir(mode=0o700)
    return kept


@pytest.fixture
def store(folder: Path) -> Iterator[OpenStore]:
    """Opens the kiosk's store beside it."""
    with ExitStack() as opened:

        def opening() -> Store:
            calendar = load_calendar(data_file("calendars"))
            return opened.enter_context(closing(open_store(folder, clock=SystemClock(), calendar=calendar)))

        yield opening


@pytest.fixture
def kiosk(folder: Path) -> Iterator[StartKiosk]:
    """Starts kiosks that end with the test."""
    with ExitStack() as started:

        def start(*words: str, **settings: object) -> KioskTerminal:
            return started.enter_context(KioskTerminal(folder, *words, **settings))  # type: ignore[arg-type]

        yield start
