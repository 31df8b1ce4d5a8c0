"""Services and the working calendar come on a stick, too: the editions that a hub would bring."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kiosk.cli import main
from kiosk.editions.edition import Kind, files_in
from kiosk.paths import shipped_config
from kiosk.security.device_key import signing_key
from kiosk.update.published import write
from tests.editions.publisher import stall, year


class Box:
    """One without a hub, that knows whose services it takes."""

    def __init__(self, folder: Path, *publishers: Path) -> None:
        self.folder = folder
        self.config = folder / "kiosk.toml"
        keys = json.dumps([signing_key(one).public.hex() for one in publishers])
        written = shipped_config().read_text(encoding="utf-8")
        assert "\npublisher_keys = []\n" in written
        own = written.replace("\npublisher_keys = []\n", f"\npublisher_keys = {keys}\n")
        self.config.write_text(own, encoding="utf-8")

    def ran(self, *words: str | Path) -> Result:
        given = ["--data", str(self.folder / "data"), "--config", str(self.config), *map(str, words)]
        return CliRunner().invoke(main, given)

    def published(self) -> dict[str, str]:
        """What the morning check says of services and calendar, in English."""
        report = json.loads(self.ran("check", "--json", "--no-report").stdout)
        return {one["part"]: one["en"] for one in report["findings"]}


@pytest.fixture
def key(tmp_path: Path) -> Path:
    return tmp_path / "publisher.key"


@pytest.fixture
def box(tmp_path: Path, key: Path) -> Box:
    return Box(tmp_path, key)


def made(kind: str, folder: Path, file: Path, key: Path) -> Result:
    signing_key(key)
    return CliRunner().invoke(main, ["release", kind, str(folder), str(file), "--key", str(key)])


def test_services_on_a_stick_are_offered_and_can_be_gone_back_from(
    box: Box, key: Path, tmp_path: Path
) -> None:
    stick = tmp_path / "services.edition"
    assert made("services", stall(tmp_path / "set"), stick, key).exit_code == 0
    assert box.published()["services"].startswith("none is offered")

    taken = box.ran("update", stick)
    assert taken.exit_code == 0 and "事项换好了" in taken.stdout
    assert box.published()["services"].startswith("1 services")
    assert box.ran("edition", "back", "services").exit_code == 0
    assert box.published()["services"].startswith("none is offered")


def test_a_calendar_on_a_stick_counts_from_then_on(box: Box, key: Path, tmp_path: Path) -> None:
    stick = tmp_path / "calendar.edition"
    years = tmp_path / "years"
    for number in (2026, 2027):
        year(years, number, f"{number}-10-01")
    assert made("calendar", years, stick, key).exit_code == 0
    before = box.published()
    taken = box.ran("update", stick, "--json")
    assert taken.exit_code == 0 and json.loads(taken.stdout)["kind"] == "calendar"
    after = box.published()
    assert {part for part in after if after[part] != before[part]} == {"calendar", "published_calendar"}


def test_what_a_stranger_signed_changes_nothing_and_is_told_in_words(
    box: Box, key: Path, tmp_path: Path
) -> None:
    stick = tmp_path / "services.edition"
    assert made("services", stall(tmp_path / "set"), stick, tmp_path / "stranger.key").exit_code == 0
    refused = box.ran("update", stick)
    assert refused.exit_code == 1 and "签名不对" in refused.stderr
    assert box.published()["services"].startswith("none is offered")


def test_a_byte_that_was_changed_on_the_way_is_noticed(box: Box, key: Path, tmp_path: Path) -> None:
    stick = tmp_path / "services.edition"
    assert made("services", stall(tmp_path / "set"), stick, key).exit_code == 0
    came = stick.read_bytes()
    for changed in (came.replace("摆摊".encode(), "摊摆".encode(), 1), came[:-1], came[:40], b"x" + came):
        assert changed != came
        stick.write_bytes(changed)
        refused = box.ran("update", stick)
        assert refused.exit_code == 1 and refused.stderr.startswith("Error: "), refused.stderr
    assert box.published()["services"].startswith("none is offered")


def test_an_older_one_is_not_taken_after_a_newer_one(box: Box, key: Path, tmp_path: Path) -> None:
    files = files_in(stall(tmp_path / "set"), Kind.SERVICES)
    other = files_in(stall(tmp_path / "other", "另一种"), Kind.SERVICES)
    newer, older = tmp_path / "newer.edition", tmp_path / "older.edition"
    write(newer, Kind.SERVICES, files, signing_key(key), datetime(2026, 11, 3, tzinfo=UTC))
    write(older, Kind.SERVICES, other, signing_key(key), datetime(2026, 11, 2, tzinfo=UTC))
    assert box.ran("update", newer).exit_code == 0
    refused = box.ran("update", older)
    assert refused.exit_code == 1 and "比机器里的旧" in refused.stderr


def test_faults_are_found_before_anybody_signs(key: Path, tmp_path: Path) -> None:
    broken = stall(tmp_path / "broken")
    (broken / "market-stall.toml").write_text("id = 3\n", encoding="utf-8")
    refused = made("services", broken, tmp_path / "broken.edition", key)
    assert refused.exit_code == 1 and "没有签" in refused.stderr
    assert not (tmp_path / "broken.edition").exists()


def test_a_box_that_knows_no_publisher_says_what_is_missing(key: Path, tmp_path: Path) -> None:
    stick = tmp_path / "services.edition"
    assert made("services", stall(tmp_path / "set"), stick, key).exit_code == 0
    refused = Box(tmp_path).ran("update", stick)
    assert refused.exit_code == 1 and "hub.publisher_keys" in refused.stderr
