"""A desk on a real store in a folder of its own, with people who can sign in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from kiosk.cases.states import Role
from kiosk.paths import data_file
from kiosk.security.accounts import Accounts
from kiosk.store import open_store
from kiosk.store.calendars import load_calendar
from tests.desk_screens.desk_site import CHEN, WANG, XIAOLIN, DeskClock, Site


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    clock = DeskClock()
    folder = tmp_path / "state"
    store = open_store(folder, clock=clock, calendar=load_calendar(data_file("calendars")))
    # the hashes name their own cost, so a light one makes the tests quick and stays a real one
    light = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    accounts = Accounts(store, clock, light)
    roles = {WANG: Role.STAFF, CHEN: Role.STAFF, XIAOLIN: Role.VOLUNTEER}
    pins = {name: accounts.add(name, role) for name, role in roles.items()}
    site = Site(folder, clock, store, pins)
    yield site
    for counter in site.opened:
        counter.records.close()
    store.close()
