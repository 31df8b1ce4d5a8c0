"""A store in a folder of its own, and visits of fictional people over it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kiosk.flow.moves import Back, Choose, Move
from kiosk.flow.page import Page
from kiosk.paths import data_file
from kiosk.sitting.visit import Visit
from kiosk.store import Store, open_store
from kiosk.store.calendars import load_calendar
from tests.conftest import StandingClock
from tests.flow.residents import AT_EIGHTY, WORLD, ways_on

ZONE = ZoneInfo("Asia/Shanghai")
Open = Callable[[], Visit]


@pytest.fixture
def store(tmp_path: Path, clock: StandingClock) -> Iterator[Store]:
    kept = open_store(tmp_path / "state", clock=clock, calendar=load_calendar(data_file("calendars")))
    yield kept
    kept.close()


@pytest.fixture
def open_visit(store: Store, clock: StandingClock) -> Open:
    """The next person comes to the kiosk."""
    return lambda: Visit(WORLD, store, b"k" * 32, clock, zone=ZONE)


def made(visit: Visit, *moves: Move) -> Page:
    page = visit.page()
    for move in moves:
        page = visit.do(move)
    return page


def fill_in(visit: Visit, until: str = "submit") -> None:
    """Go on with the first way on of every page."""
    for _ in range(60):
        if visit.sitting.place == until:
            return
        move = AT_EIGHTY.get(visit.sitting.place) or next(ways_on(visit.sitting), Back())
        visit.do(move)
    raise AssertionError(f"never came to {until}")


START = (Choose("zh"), Choose("go"), Choose("without"), Choose("do"), Choose("elderly-allowance"))
