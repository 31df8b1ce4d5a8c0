"""The morning check tells staff what works on this box, and what to do about the rest."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import serial
from click.testing import CliRunner, Result

from kiosk.catalogue import load_catalogue
from kiosk.cli import main
from kiosk.config import DeviceSettings
from kiosk.devices.emulator import sdt_emulator
from kiosk.devices.events import DeviceFault, Paper
from kiosk.paths import data_file
from kiosk.selftest import machine, report, services
from kiosk.selftest.devices import devices
from kiosk.selftest.finding import State
from kiosk.store.calendars import load_calendar

NOW = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
SITE = '[site]\nname = { zh = "某中心", en = "A centre" }\nphone = "000-1"\n'
MODULE = "05.03-20230101-0001234567-0000000089"
Check = Callable[..., Result]


@pytest.fixture
def check(tmp_path: Path) -> Check:
    """The command, with these settings, on a box of its own."""

    def run(settings: str, *options: str) -> Result:
        config = tmp_path / "my.toml"
        config.write_text(SITE + settings, encoding="utf-8")
        given = ["--config", str(config), "--data", str(tmp_path / "box"), "check", *options]
        return CliRunner().invoke(main, given)

    return run


def device(purpose: str, protocol: str, port: str) -> str:
    return f'[[device]]\npurpose = "{purpose}"\nprotocol = "{protocol}"\nport = "{port}"\n'


def told(result: Result, part: str) -> dict[str, Any]:
    lines = [one for one in json.loads(result.output)["findings"] if one["part"] == part]
    (line,) = lines
    found: dict[str, Any] = line
    return found


def test_a_good_reader_is_named_by_the_number_of_its_module(check: Check) -> None:
    with sdt_emulator() as reader:
        found = told(check(device("identity_card", "sdt", reader.path), "--json"), "identity_card")
    assert found["state"] == "good"
    assert MODULE in found["zh"] and MODULE in found["en"]


def test_a_reader_that_is_not_there_fails_the_check_and_says_which(check: Check, tmp_path: Path) -> None:
    gone = str(tmp_path / "gone")
    result = check(device("identity_card", "sdt", gone), "--json")
    found = told(result, "identity_card")
    assert result.exit_code == 1
    assert (found["state"], gone in found["en"]) == ("bad", True)


def test_a_reader_that_the_kiosk_is_using_is_not_called_broken(check: Check) -> None:
    with sdt_emulator() as reader, serial.Serial(reader.path, 115200, exclusive=True):
        found = told(check(device("identity_card", "sdt", reader.path), "--json"), "identity_card")
    assert found["state"] == "look" and "another program holds it" in found["en"]


def test_devices_are_asked_side_by_side_and_told_in_their_order(tmp_path: Path) -> None:
    with sdt_emulator() as one, sdt_emulator() as two:
        settings = [
            DeviceSettings("identity_card", "sdt", one.path),
            DeviceSettings("member_card", "rdm6300", str(tmp_path / "gone")),
            DeviceSettings("identity_card", "sdt", two.path),
            DeviceSettings("code", "keyboard"),
        ]
        found = devices(settings)
    assert [(line.part, line.state) for line in found] == [
        ("identity_card", State.GOOD),
        ("member_card", State.BAD),
        ("identity_card", State.GOOD),
        ("code", State.LOOK),
    ]


def test_a_box_without_a_reader_is_told_so_and_works(check: Check) -> None:
    found = told(check("", "--json"), "identity_card")
    assert found["state"] == "look"


def test_a_table_of_readings_that_is_not_understood_is_told_with_the_word(
    check: Check, tmp_path: Path
) -> None:
    table = tmp_path / "readings.toml"
    table.write_text('[readings]\n"梧桐街" = "wú tóng"\n', encoding="utf-8")
    line = told(check(f'[voice]\nlexicon = "{table}"\n', "--json"), "readings")
    assert line["state"] == "look" and "梧桐街" in str(line)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_report_is_dated_and_kept_for_whoever_looks_after_the_box(
    check: Check, tmp_path: Path, lang: str
) -> None:
    """K45: a dated report."""
    result = check("", "--lang", lang)
    (kept,) = (tmp_path / "box" / "checks").iterdir()
    assert kept.name in result.output
    assert datetime.fromisoformat(json.loads(kept.read_text("utf-8"))["at"]).tzinfo is not None
    assert ("某中心" if lang == "zh" else "A centre") in result.output.splitlines()[0]


def test_nothing_is_kept_where_it_is_not_wanted(check: Check, tmp_path: Path) -> None:
    check("", "--no-report")
    assert not (tmp_path / "box" / "checks").exists()


def test_two_months_of_mornings_are_kept(tmp_path: Path) -> None:
    for day in range(report.KEPT + 5):
        report.keep({"day": day}, tmp_path, NOW + timedelta(days=day))
    kept = sorted((tmp_path / report.FOLDER).iterdir())
    assert len(kept) == report.KEPT
    assert json.loads(kept[0].read_text())["day"] == 5


def test_a_store_that_is_no_store_is_told_in_words_for_staff(check: Check, tmp_path: Path) -> None:
    (tmp_path / "box").mkdir()
    (tmp_path / "box" / "store.sqlite3").write_bytes(b"this is not a store " * 400)
    result = check("", "--json")
    assert result.exit_code == 1
    assert told(result, "store")["en"] == load_catalogue("box")["keeping.damaged"].show("en")


@pytest.mark.parametrize(
    ("free", "state"), [(50 * 1024**3, State.GOOD), (500 * 1024**2, State.LOOK), (1024**2, State.BAD)]
)
def test_room_on_the_disk(free: int, state: State) -> None:
    assert machine.disk(free).state is state


def test_a_clock_that_fell_behind_the_newest_case_is_noticed() -> None:
    assert machine.clock(NOW, None).state is State.GOOD
    assert machine.clock(NOW, NOW - timedelta(hours=1)).state is State.GOOD
    assert machine.clock(NOW, NOW + timedelta(hours=1)).state is State.BAD


@pytest.mark.parametrize(
    ("day", "state"),
    [(date(2026, 3, 1), State.GOOD), (date(2026, 12, 20), State.LOOK), (date(2031, 1, 5), State.BAD)],
)
def test_the_calendar_is_missed_before_promises_go_wrong(day: date, state: State) -> None:
    assert services.calendar(load_calendar(data_file("calendars")), day).state is state


def test_a_service_with_a_fault_is_named(tmp_path: Path) -> None:
    (tmp_path / "broken.toml").write_text("id = ", encoding="utf-8")
    none, left_out = services.services([tmp_path], date(2026, 11, 2))
    assert none.state is State.BAD
    assert "broken.toml" in left_out.words.show("en")


def test_there_are_words_for_every_part_fault_and_paper() -> None:
    texts = load_catalogue("box")
    purposes = DeviceSettings.__annotations__["purpose"]
    for purpose in re.findall(r'"(\w+)"', purposes):
        assert f"part.{purpose}" in texts
    assert all(f"device.{fault}" in texts for fault in DeviceFault)
    assert all(f"paper.{paper}" in texts for paper in Paper)
