"""`kiosk tidy`, by hand and as the kiosk begins it at night."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from kiosk.cases.calling import Lane, Numbers, Window
from kiosk.cli import main
from kiosk.paths import shipped_config
from kiosk.store import open_store
from tests.store.people import GUIFANG, HandClock, application, shipped_calendar

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return lambda *words: CliRunner().invoke(main, ["--data", str(tmp_path / "box"), *map(str, words)])


@pytest.fixture
def number(tmp_path: Path) -> str:
    """Withdrawn 100 days ago; the service file says 90."""
    clock = HandClock(datetime.now(UTC) - timedelta(days=100))
    store = open_store(tmp_path / "box", clock=clock, calendar=shipped_calendar())
    receipt = store.submit(application())
    store.withdraw(receipt.case_id, GUIFANG)
    store.close()
    return receipt.number


def told(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_a_dry_run_names_what_is_due_and_erases_nothing(run: Run, number: str) -> None:
    for _ in range(2):
        found = told(run("tidy", "--dry-run", "--anyway", "--json"))
        assert (found["due"], found["erased"]) == ([number], 0)


def test_a_box_that_slept_erases_nothing_in_its_first_night_and_does_so_in_the_next(
    run: Run, number: str
) -> None:
    first = run("tidy", "--nightly", "--lang", "en")
    assert "--anyway" in first.stderr
    assert told(run("tidy", "--nightly", "--json"))["erased"] == 1
    assert told(run("tidy", "--json"))["due"] == []


def test_by_night_a_backup_is_made_without_what_was_erased(run: Run, number: str, tmp_path: Path) -> None:
    words = shipped_config().read_text(encoding="utf-8")
    settings = tmp_path / "my.toml"
    settings.write_text(words.replace('backups = ""', f'backups = "{tmp_path / "b"}"'), encoding="utf-8")
    told(run("--config", settings, "tidy", "--nightly", "--anyway", "--json"))
    (made,) = (tmp_path / "b").iterdir()
    told(run("backup", tmp_path / "other", "--keys", tmp_path / "k", "--json"))
    new = ["--data", str(tmp_path / "new")]
    CliRunner().invoke(main, [*new, "restore", str(made), "--keys", str(tmp_path / "k")])
    left = CliRunner().invoke(main, [*new, "tidy", "--dry-run", "--json"])
    assert told(left) == {"due": [], "erased": 0, "drafts": 0, "later": 0, "unsaid": 0, "leapt": False}
    assert number in CliRunner().invoke(main, [*new, "case", "list", "--all"]).stdout


def test_the_night_forgets_the_waiting_numbers_of_earlier_days(run: Run, tmp_path: Path) -> None:
    window = Window("1", "A")
    store = open_store(
        tmp_path / "box", clock=HandClock(datetime.now(UTC) - timedelta(days=1)), calendar=shipped_calendar()
    )
    store.draw_number("A", Lane.ORDINARY, Numbers(("A",), (window,), cap=2))
    assert run("tidy", "--dry-run").exit_code == 0
    assert len(store.hall("A").waiters) == 1
    assert run("tidy").exit_code == 0
    assert store.hall("A").waiters == ()
    store.close()
