"""Outside a demo nothing is taken in before staff hold the keys, and the page says what they can do."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.cli._fittings import _with_store, world_today
from kiosk.clock import SystemClock
from kiosk.config import Security, Settings, load_settings
from kiosk.flow.sitting import World
from kiosk.paths import data_file
from kiosk.security.custody import Custody, Member
from kiosk.security.staff_keys import Stretch
from kiosk.sitting.closed import ClosedVisit
from kiosk.sitting.visit import Visit
from kiosk.store import open_store
from kiosk.store.calendars import load_calendar


@pytest.fixture
def world() -> World:
    """The services of a demo, as if they were signed off."""
    return world_today(load_settings(), SystemClock().now().date(), demo=True)


def opened(world: World, folder: Path, settings: Settings, demo: bool = False) -> Visit | ClosedVisit:
    visit = _with_store(world, settings, folder, SystemClock(), card_left=0, demo=demo)
    visit.close()
    return visit


def test_a_live_box_without_staff_keys_takes_nothing_in_and_says_so_to_staff(
    world: World, tmp_path: Path
) -> None:
    visit = opened(world, tmp_path, load_settings())
    assert isinstance(visit, ClosedVisit)
    told = [line.show("zh") for line in visit.page().body]
    assert any("kiosk keys make" in line for line in told)
    assert all(len(line) <= 60 for line in told)


def test_a_demo_works_without(world: World, tmp_path: Path) -> None:
    assert isinstance(opened(world, tmp_path, load_settings(), demo=True), Visit)


def test_a_centre_may_say_that_it_does_not_want_this(world: World, tmp_path: Path) -> None:
    settings = replace(load_settings(), security=Security(require_protected=False))
    assert isinstance(opened(world, tmp_path, settings), Visit)


def test_with_the_keys_in_the_hands_of_staff_it_is_open(world: World, tmp_path: Path) -> None:
    calendar = load_calendar(data_file("calendars"))
    store = open_store(tmp_path, clock=SystemClock(), calendar=calendar)
    Custody(store, Stretch(1, 8, 1)).protect([Member("王丽", "118204", bytes(16))])
    store.close()
    assert isinstance(opened(world, tmp_path, load_settings()), Visit)
