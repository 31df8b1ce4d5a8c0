"""A desk on a real hub: the call of a kiosk with its name, and the manager's page of the kiosks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from kiosk.cases.states import Actor, Role
from kiosk.catalogue import load_catalogue
from kiosk.cli.desk import _kiosks
from kiosk.hub.report import Paper, Report
from kiosk.security.accounts import Accounts
from screens.desk.app import DeskApp
from screens.desk.counter import Counter
from screens.desk.records import Records
from tests.desk_screens.desk_site import Site, press, seen, settle, sign_in, told
from tests.desk_screens.manager import ZHOU, to_row
from tests.hub.both_ways import links
from tests.hub.centre_with_hub import CentreWithHub
from tests.hub.hubs import Hub
from tests.store.people import WallClock, shipped_calendar


@pytest.fixture
def centre(hub: Hub, tmp_path: Path) -> Iterator[CentreWithHub]:
    with ExitStack() as closing:
        yield CentreWithHub(hub, tmp_path, WallClock(), "east", closing)  # type: ignore[arg-type]


@pytest.fixture
def site(centre: CentreWithHub, tmp_path: Path) -> Site:
    """Whose desk is one of the hub; somebody manages it."""
    store = centre.desk()
    light = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    pin = Accounts(store, WallClock(), light).add(ZHOU, Role.MANAGER)
    return Site(tmp_path, WallClock(), store, {ZHOU: pin})  # type: ignore[arg-type]


@pytest.fixture
def desk(site: Site, centre: CentreWithHub) -> Iterator[DeskApp]:
    records = Records(lambda: centre.desk(2))
    counter = Counter(records, WallClock(), shipped_calendar().zone, load_catalogue("desk"), kiosks=_kiosks)
    yield DeskApp(counter)
    records.close()


async def test_a_call_says_which_kiosk_and_whoever_goes_is_told_back_there(
    site: Site, desk: DeskApp, hub: Hub, tmp_path: Path
) -> None:
    with links(hub, "east", tmp_path / "office", "direct") as new_link:
        link = new_link("east_1")
        async with desk.run_test(size=(80, 24)) as pilot:
            await sign_in(pilot, site, ZHOU)
            link.call("1 a", 130.0)
            desk.look_for_calls()
            await press(pilot, "g")
            assert "自助机east_1那边有人要帮忙，已等" in seen(pilot)
            await press(pilot, "f4")
            assert "east_1" in told(pilot)
            await settle(pilot)
        answer = link.call("1 a", 131.0)
    assert answer is not None and Actor(answer.name, Role(answer.role)) == Actor(ZHOU, Role.MANAGER)


async def test_the_manager_sees_what_the_kiosks_have_told(
    site: Site, desk: DeskApp, hub: Hub, tmp_path: Path
) -> None:
    said = Report("1.2.3", datetime.now(UTC), 0, None, 0, paper=Paper.ENOUGH)
    with links(hub, "east", tmp_path / "office", "direct") as new_link:
        for name, report in (("east_1", said), ("east_2", replace(said, paper=Paper.OUT))):
            link = new_link(name)
            link.mail()
            link.tell(report)
        async with desk.run_test(size=(80, 24)) as pilot:
            await sign_in(pilot, site, ZHOU)
            await press(pilot, "g")
            await to_row(pilot, "kiosks")
            shown = seen(pilot)
            assert shown.index("east_2") < shown.index("east_1")
            assert "east_2的小票纸用完了：请换一卷" in shown
