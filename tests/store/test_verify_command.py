"""`kiosk verify`: calm words, a code for scripts, and a head to keep elsewhere (K41)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kiosk.cli import main
from kiosk.store import open_store
from tests.store.people import HandClock, application, shipped_calendar


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    store = open_store(tmp_path, clock=HandClock(), calendar=shipped_calendar())
    for _ in range(2):
        store.submit(application())
    store.close()
    return tmp_path


def kiosk(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["verify", "--data", str(folder), *words])


def change(folder: Path, statement: str) -> None:
    store = open_store(folder, clock=HandClock(), calendar=shipped_calendar())
    with store._writing() as db:
        db.execute(statement)
    store.close()


@pytest.mark.parametrize(("lang", "words"), [("zh", "账本完整"), ("en", "The books are whole")])
def test_whole_books_are_said_to_be_whole(folder: Path, lang: str, words: str) -> None:
    told = kiosk(folder, "--lang", lang)
    assert told.exit_code == 0
    assert told.output.startswith(words)


def test_a_changed_line_is_told_by_its_case(folder: Path) -> None:
    change(folder, "UPDATE event SET note = 'x' WHERE n = 2")
    told = kiosk(folder, "--json")
    assert told.exit_code == 1
    (fault,) = json.loads(told.output)["faults"]
    assert (fault["wrong"], fault["line"], fault["seq"]) == ("changed", 2, 1)
    assert f"办件 {fault['case']} 第 1 条" in kiosk(folder).output


def test_a_head_on_a_stick_or_on_paper_misses_an_end_that_was_cut_off(folder: Path, tmp_path: Path) -> None:
    stick = tmp_path / "stick.log"
    noted = json.loads(kiosk(folder, "--note", str(stick), "--json").output)
    assert kiosk(folder, "--heads", str(stick), "--head", noted["head"]).exit_code == 0
    (folder / "heads.log").unlink()
    change(folder, "DELETE FROM head WHERE n = 2")
    change(folder, "DELETE FROM event WHERE n = 2")
    for given in (("--heads", str(stick)), ("--head", noted["head"])):
        told = json.loads(kiosk(folder, *given, "--json").output)
        assert "cut" in {fault["wrong"] for fault in told["faults"]}


def test_what_is_no_head_is_said_with_an_example(folder: Path) -> None:
    told = kiosk(folder, "--head", "A017")
    assert told.exit_code == 1
    assert "1204 7K3Q-0M9P-XW2A" in told.output
