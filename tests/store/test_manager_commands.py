"""`kiosk service stop` and `start`, `kiosk statistics`: what a manager does without the desk."""

from __future__ import annotations

import datetime
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kiosk.cli import main
from kiosk.paths import data_file, shipped_config
from kiosk.services.sign_off import Signed, sign
from kiosk.store import open_store
from tests.store.people import WallClock, application, shipped_calendar

SERVICE = "elderly-allowance"
Run = Callable[..., Result]


@pytest.fixture(scope="module")
def signed_shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which one service is signed off and live, and one is a draft."""
    shelf = tmp_path_factory.mktemp("services")
    shutil.copytree(data_file("services") / "blocks", shelf / "blocks")
    for name in (SERVICE, "complaint"):
        shutil.copy(data_file("services") / f"{name}.toml", shelf)
    _settled(shelf / f"{SERVICE}.toml")
    assert isinstance(sign(shelf / f"{SERVICE}.toml", "李芳", datetime.date(2026, 11, 2), live=True), Signed)
    return shelf


def _settled(file: Path) -> None:
    """As whoever answers for it leaves the file: nothing in it is still to be looked up."""
    written = file.read_text(encoding="utf-8")
    for mark in (
        "（待业务负责人核对）",
        " (to be confirmed by the owner)",
        " (to be confirmed by the owner of the service)",
    ):
        written = written.replace(mark, "")
    file.write_text(written, encoding="utf-8")


@pytest.fixture
def run(tmp_path: Path, signed_shelf: Path) -> Run:
    config = tmp_path / "kiosk.toml"
    shipped = shipped_config().read_text(encoding="utf-8")
    assert 'folder = ""' in shipped.partition("[services]")[2]
    before, mark, after = shipped.partition("[services]")
    config.write_text(
        before + mark + after.replace('folder = ""', f'folder = "{signed_shelf}"', 1), encoding="utf-8"
    )
    given = ["--config", str(config), "--data", str(tmp_path / "box")]
    return lambda *words: CliRunner().invoke(main, [*given, *words])


def stopped(tmp_path: Path) -> frozenset[str]:
    store = open_store(tmp_path / "box", clock=WallClock(), calendar=shipped_calendar())
    try:
        return store.stopped_services()
    finally:
        store.close()


def test_a_service_is_switched_off_and_on_with_a_reason(run: Run, tmp_path: Path) -> None:
    off = run("service", "stop", SERVICE, "--why", "系统升级")
    assert off.exit_code == 0, off.output
    assert "停办了" in off.output
    assert stopped(tmp_path) == {SERVICE}
    assert run("service", "stop", SERVICE, "--why", "系统升级").exit_code == 1
    on = run("service", "start", SERVICE, "--why", "好了", "--lang", "en")
    assert on.exit_code == 0, on.output
    assert "switched on" in on.output
    assert stopped(tmp_path) == frozenset()
    assert run("service", "start", SERVICE, "--why", "好了").exit_code == 1


def test_no_draft_no_unknown_service_and_nothing_without_a_reason(run: Run, tmp_path: Path) -> None:
    assert "is not offered" in run("service", "start", "complaint", "--why", "试").output
    assert "is not offered" in run("service", "stop", "complaint", "--why", "试").output
    assert "there is no service nothing" in run("service", "stop", "nothing", "--why", "试").output
    assert run("service", "stop", SERVICE, "--why", " ").exit_code == 2
    assert stopped(tmp_path) == frozenset()


def test_counts_are_printed_as_lines_as_json_and_as_a_table(run: Run, tmp_path: Path) -> None:
    store = open_store(tmp_path / "box", clock=WallClock(), calendar=shipped_calendar())
    for _ in range(6):
        store.submit(application())
    store.close()
    assert "一共 6 件" in run("statistics").output
    told = json.loads(run("statistics", "--json", "--span", "year").output)
    assert {"table": "handed_in", "service": "", "of": "alone", "count": 6} in told["counts"]
    folder = tmp_path / "stick"
    folder.mkdir()
    written = Path(run("statistics", "--csv", str(folder)).output.strip())
    assert written.parent == folder
    assert ",handed_in,,alone,6" in written.read_text(encoding="utf-8-sig")
    assert run("statistics", "--csv", str(tmp_path / "nowhere")).exit_code == 2


def test_the_night_counts_so_that_the_morning_need_not(run: Run, tmp_path: Path) -> None:
    store = open_store(tmp_path / "box", clock=WallClock(), calendar=shipped_calendar())
    store.submit(application())
    store.close()
    assert run("tidy", "--nightly").exit_code == 0
    store = open_store(tmp_path / "box", clock=WallClock(), calendar=shipped_calendar())
    with store._reading() as db:
        assert db.execute("SELECT count(*) FROM tally").fetchone()[0] == 1
    store.close()
