"""`kiosk backup` and `kiosk restore`, as whoever looks after the box uses them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kiosk.cli import main
from kiosk.store import open_store
from tests.store.people import WallClock, application, shipped_calendar

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return lambda box, *words: CliRunner().invoke(main, ["--data", str(tmp_path / box), *map(str, words)])


@pytest.fixture
def number(tmp_path: Path) -> str:
    store = open_store(tmp_path / "old", clock=WallClock(), calendar=shipped_calendar())
    receipt = store.submit(application())
    store.close()
    return receipt.number


def test_a_box_is_carried_to_another_one_by_two_commands_and_checked_by_a_third(
    run: Run, tmp_path: Path, number: str
) -> None:
    made = json.loads(run("old", "backup", tmp_path / "b", "--keys", tmp_path / "k", "--json").stdout)
    assert made["cases"] == 1
    result = run("new", "restore", made["folder"], "--keys", tmp_path / "k", "--json")
    assert result.exit_code == 0, result.output
    checked = run("new", *json.loads(result.stdout)["verify"].split()[1:])
    assert checked.exit_code == 0, checked.output
    assert number in run("new", "case", "list").stdout


def test_keys_are_refused_a_place_among_the_backups(run: Run, tmp_path: Path, number: str) -> None:
    result = run("old", "backup", tmp_path / "b", "--keys", tmp_path / "b" / "keys")
    assert result.exit_code == 2
    assert not (tmp_path / "b").exists()


def test_a_restore_asks_for_the_keys(run: Run, tmp_path: Path, number: str) -> None:
    made = json.loads(run("old", "backup", tmp_path / "b", "--json").stdout)
    assert run("new", "restore", made["folder"]).exit_code == 2
    lost = run("new", "restore", made["folder"], "--without-keys", "--lang", "en")
    assert lost.exit_code == 1
    assert "site.key" in lost.stderr


def test_a_backup_that_was_touched_is_told_by_the_file(run: Run, tmp_path: Path, number: str) -> None:
    made = json.loads(run("old", "backup", tmp_path / "b", "--json").stdout)
    with (Path(made["folder"]) / "store.sqlite3").open("ab") as file:
        file.write(b"x")
    result = run("new", "restore", made["folder"], "--without-keys", "--lang", "en")
    assert (result.exit_code, "store.sqlite3" in result.stderr) == (1, True)


def test_without_a_folder_the_settings_name_it(run: Run, number: str) -> None:
    assert run("old", "backup").exit_code == 2
