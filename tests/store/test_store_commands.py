"""`kiosk case` and `kiosk account`, as a script or a manager uses them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from kiosk.cli import main
from kiosk.paths import shipped_config
from kiosk.store import Store, open_store
from tests.store.people import (
    NAME,
    NUMBER,
    WANG,
    HandClock,
    WallClock,
    application,
    shipped_calendar,
)

Run = Callable[..., Result]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "box"


@pytest.fixture
def run(folder: Path) -> Run:
    return lambda *words: CliRunner().invoke(main, ["--data", str(folder), *words])


@pytest.fixture
def number(folder: Path) -> str:
    """A case that was rejected with words about a person, and one that waits."""
    store: Store = open_store(folder, clock=WallClock(), calendar=shipped_calendar())
    decided = store.submit(application())
    store.submit(application())
    held = store.claim(decided.case_id, WANG)
    store.reject(decided.case_id, WANG, held.epoch, f"{NAME}不满八十岁")
    store.close()
    return decided.number


def answered(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_an_empty_box_has_no_cases(run: Run) -> None:
    assert run("case", "list").stdout == "no cases\n"
    assert answered(run("case", "list", "--json")) == []


def test_the_list_shows_open_cases_and_all_when_asked(run: Run, number: str) -> None:
    (waiting,) = answered(run("case", "list", "--json"))
    assert (waiting["ticket"], waiting["state"]) == ("A002", "queued")
    assert [case["ticket"] for case in answered(run("case", "list", "--all", "--json"))] == ["A001", "A002"]
    assert "A002" in run("case", "list").stdout


@pytest.mark.parametrize("shape", [(), ("--json",)])
def test_nothing_personal_is_printed_unless_asked(run: Run, number: str, shape: tuple[str, ...]) -> None:
    """K46"""
    for words in (("list", "--all"), ("show", number), ("export", "--all"), ("stats",)):
        printed = run("case", *words, *shape).output
        assert printed
        assert NAME not in printed
        assert NUMBER not in printed


def test_asking_for_everything_is_recorded_as_a_look(run: Run, number: str) -> None:
    shown = answered(run("case", "show", number, "--full", "--json"))
    assert [answer["value"] for answer in shown["answers"]] == [NAME, NUMBER, "local"]
    assert shown["result"] == f"{NAME}不满八十岁"
    looks = [(event["actor"], event["note"]) for event in shown["events"] if event["kind"] == "viewed"]
    assert looks == [("kiosk case", "name"), ("kiosk case", "id_number")]


def test_the_counts_add_up(run: Run, number: str) -> None:
    counts = answered(run("case", "stats", "--json"))
    assert counts["states"] == {"queued": 1, "decided": 1}
    assert counts["open"] == 1


def test_each_exported_line_is_one_case(run: Run, number: str) -> None:
    lines = run("case", "export", "--all").stdout.splitlines()
    assert [json.loads(line)["ticket"] for line in lines] == ["A001", "A002"]


def test_an_unknown_number_is_said_to_be_unknown(run: Run) -> None:
    result = run("case", "show", "2026-1122-00000000")
    assert result.exit_code == 1
    assert result.stderr == "Error: there is no case with this number\n"


def test_a_ticket_leads_to_the_numbers_of_the_cases_that_have_it(run: Run, number: str) -> None:
    """The receipt, the desk and the list all show it first."""
    ticket = answered(run("case", "show", number, "--json"))["ticket"]
    result = run("case", "show", ticket.lower())
    assert result.exit_code == 1
    assert number in result.stderr


def test_an_account_is_made_once_and_its_pin_shown_once(run: Run) -> None:
    """K42"""
    made = answered(run("account", "add", "王丽", "--role", "staff", "--json"))
    assert len(made["pin"]) == 6
    (listed,) = answered(run("account", "list", "--json"))
    assert (listed["name"], listed["role"], listed["locked"]) == ("王丽", "staff", False)
    assert (listed["waits_seconds"], listed["last_sign_in"]) == (0, None)
    assert made["pin"] not in run("account", "list").stdout
    again = run("account", "add", "王丽")
    assert (again.exit_code, again.stderr) == (1, "Error: there is already an account of this name\n")


def test_a_reset_gives_another_pin(run: Run) -> None:
    run("account", "add", "王丽")
    assert answered(run("account", "reset", "王丽", "--json"))["role"] == "staff"
    assert run("account", "reset", "没有").exit_code == 1


def test_somebody_gets_another_role_and_leaves(run: Run) -> None:
    """K42: the last manager can do neither."""
    run("account", "add", "周洁", "--role", "manager")
    run("account", "add", "小林", "--role", "volunteer")
    assert run("account", "role", "小林", "staff").stdout == "小林 is staff now.\n"
    assert run("account", "remove", "小林").stdout == "小林 has no account any more.\n"
    for words in (
        ("role", "周洁", "staff"),
        ("remove", "周洁"),
        ("remove", "小林"),
        ("role", "小林", "staff"),
    ):
        assert run("account", *words).exit_code == 1
    (left,) = answered(run("account", "list", "--json"))
    assert left["role"] == "manager"


def test_a_role_that_does_not_exist_is_wrong_use(run: Run) -> None:
    assert run("account", "add", "王丽", "--role", "king").exit_code == 2


def test_a_damaged_store_is_reported_without_a_traceback(run: Run, folder: Path) -> None:
    folder.mkdir()
    (folder / "store.sqlite3").write_bytes(b"this was a store once " * 500)
    result = run("case", "list")
    assert result.exit_code == 1
    assert "damaged" in result.stderr
    assert "Traceback" not in result.output


def test_due_dates_are_those_of_the_site_s_zone(run: Run, folder: Path, tmp_path: Path) -> None:
    """What came on Monday in Shanghai came on Sunday twelve hours west of Greenwich."""
    store = open_store(folder, clock=HandClock(), calendar=shipped_calendar())
    store.submit(application())
    store.close()
    settings = tmp_path / "far.toml"
    shipped = shipped_config().read_text(encoding="utf-8")
    settings.write_text(shipped.replace('"Asia/Shanghai"', '"Etc/GMT+12"'), encoding="utf-8")
    (here,) = answered(run("case", "list", "--json"))
    (there,) = answered(run("--config", str(settings), "case", "list", "--json"))
    assert (here["due"], there["due"]) == ("2026-11-16", "2026-11-13")


def test_settings_that_cannot_be_used_are_named(run: Run, tmp_path: Path) -> None:
    settings = tmp_path / "wrong.toml"
    settings.write_text("[site", encoding="utf-8")
    result = run("--config", str(settings), "case", "list")
    assert (result.exit_code, "wrong.toml" in result.stderr) == (1, True)
