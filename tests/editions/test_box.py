"""What a box works with: what was published, its own, and what came with the program."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kiosk.cli._editions import calendar_of, service_folders, services_of, shelf_of
from kiosk.config import Settings, load_settings
from kiosk.editions.edition import Kind
from kiosk.editions.keeping import Editions
from kiosk.paths import data_file
from kiosk.security.device_key import DeviceKey
from kiosk.selftest.editions import editions as morning
from kiosk.selftest.finding import State
from kiosk.services.groups import load_groups
from tests.editions.publisher import edition, publisher_key, stall, year

SITE = '[site]\nname = { zh = "某中心", en = "A centre" }\nphone = "000-1"\n'
TODAY = datetime.date(2026, 11, 2)
NEW_YEAR = datetime.date(2027, 1, 1)


@pytest.fixture
def key(tmp_path: Path) -> DeviceKey:
    return publisher_key(tmp_path)


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "box"


def settings(folder: Path, *keys: DeviceKey, own: Path | None = None) -> Settings:
    config = folder / "my.toml"
    mine = f'[services]\nfolder = "{own}"\n' if own else ""
    known = json.dumps([one.public.hex() for one in keys])
    config.write_text(f"{SITE}{mine}[hub]\npublisher_keys = {known}\n", encoding="utf-8")
    return load_settings(config)


def take(state: Path, key: DeviceKey, folder: Path, serial: int, kind: Kind = Kind.SERVICES) -> Editions:
    kept = Editions(state, kind, (key.public,))
    kept.take(edition(folder, key, serial, kind), TODAY)
    return kept


def test_with_nothing_published_a_box_has_what_came_with_it(
    state: Path, key: DeviceKey, tmp_path: Path
) -> None:
    shipped = (data_file("services"),)
    assert service_folders(settings(tmp_path), state) == shipped
    assert service_folders(settings(tmp_path, key), state) == shipped
    assert not state.exists(), "nothing is made by looking"


def test_what_was_published_takes_the_place_of_the_samples(
    state: Path, key: DeviceKey, tmp_path: Path
) -> None:
    take(state, key, stall(tmp_path / "new"), 1)
    assert set(shelf_of(settings(tmp_path, key), state).services) == {"market-stall"}


def test_without_a_key_in_the_settings_what_lies_there_is_not_used(
    state: Path, key: DeviceKey, tmp_path: Path
) -> None:
    take(state, key, stall(tmp_path / "new"), 1)
    assert "market-stall" not in shelf_of(settings(tmp_path), state).services


def test_a_sites_own_stay_and_of_two_with_one_id_the_published_one_counts(
    state: Path, key: DeviceKey, tmp_path: Path
) -> None:
    mine = stall(stall(tmp_path / "mine", "自己的", id_="own"), "自己的摆摊")
    (mine / "groups.toml").write_text(
        '[[group]]\nid = "ours"\nzh = "我们的"\nen = "Ours"\n', encoding="utf-8"
    )
    take(state, key, stall(tmp_path / "new", "下发的摆摊"), 1)
    here = settings(tmp_path, key, own=mine)
    titles = {name: one.title.zh for name, one in shelf_of(here, state).services.items()}
    assert titles == {"market-stall": "下发的摆摊", "own": "自己的"}
    assert set(load_groups(*service_folders(here, state))) == {"ours"}


def test_who_looks_on_sees_the_new_ones_without_beginning_anew(
    state: Path, key: DeviceKey, tmp_path: Path
) -> None:
    """As an open desk does."""
    take(state, key, stall(tmp_path / "one", "第一套"), 1)
    services = services_of(settings(tmp_path, key), state)
    assert services()["market-stall"].title.zh == "第一套"
    take(state, key, stall(tmp_path / "two", "第二套"), 2)
    assert services()["market-stall"].title.zh == "第二套"


def test_a_published_year_counts_and_the_others_stay(state: Path, key: DeviceKey, tmp_path: Path) -> None:
    here = settings(tmp_path, key)
    assert not calendar_of(here, state).knows(NEW_YEAR)
    take(state, key, year(tmp_path / "new", 2027, "2027-01-01"), 1, Kind.CALENDAR)
    calendar = calendar_of(here, state)
    assert calendar.knows(NEW_YEAR) and not calendar.is_workday(NEW_YEAR)
    assert calendar.knows(TODAY), "of the year that came with the program"


@pytest.mark.parametrize("kind", list(Kind))
def test_files_that_rotted_are_told_and_no_reason_to_stay_shut(
    kind: Kind, state: Path, key: DeviceKey, tmp_path: Path
) -> None:
    folder = stall(tmp_path / "new") if kind is Kind.SERVICES else year(tmp_path / "new", 2027, "2027-01-01")
    kept = take(state, key, folder, 1, kind)
    used = kept.folder()
    assert used is not None
    for path in used.glob("*.toml"):
        path.write_text("rot", encoding="utf-8")
    here = settings(tmp_path, key)
    assert calendar_of(here, state).knows(TODAY)
    assert bool(shelf_of(here, state).problems) is (kind is Kind.SERVICES)
    (found,) = morning([kept], here.services, ZoneInfo("Asia/Shanghai"))
    assert found.state is State.BAD and "kiosk sync" in found.words.show("zh")
