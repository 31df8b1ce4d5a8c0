"""Fictional people, a clock that only moves when told, and a store in a folder of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.store import Store, open_store
from tests.store.people import HandClock, shipped_calendar


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def reopen(tmp_path: Path, clock: HandClock) -> Iterator[Callable[[], Store]]:
    """Opens the store in this test's folder once more; all are closed at the end."""
    opened: list[Store] = []

    def again() -> Store:
        opened.append(open_store(tmp_path / "state", clock=clock, calendar=shipped_calendar()))
        return opened[-1]

    yield again
    for store in opened:
        store.close()


@pytest.fixture
def store(reopen: Callable[[], Store]) -> Store:
    return reopen()
