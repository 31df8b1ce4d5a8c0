"""Whose card opens the page for staff: registered by number, which is not kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kiosk.cli import main
from kiosk.identity.people import load_people
from kiosk.security.keys import person_key, site_key
from kiosk.security.staff_cards import FILE_NAME, StaffCards

MINE, ANOTHERS = (person.number for person in load_people()[:2])


def account(folder: Path, *words: str, typed: str = "") -> Result:
    return CliRunner().invoke(main, ["--data", str(folder), "account", *words], input=typed)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    for name, role in (("王五", "staff"), ("站长", "manager")):
        assert account(data, "add", name, "--role", role).exit_code == 0
    return data


def name_of(folder: Path, number: str) -> str:
    return StaffCards(folder).name_of(person_key(number, site_key(folder)))


def test_a_card_is_its_accounts_and_its_number_stands_nowhere(folder: Path) -> None:
    done = account(folder, "card", "王五", typed=f"{MINE}\n")
    assert done.exit_code == 0 and MINE not in done.output
    assert (name_of(folder, MINE), name_of(folder, ANOTHERS)) == ("王五", "")
    kept = folder / FILE_NAME
    assert MINE not in kept.read_text() and kept.stat().st_mode & 0o077 == 0


def test_another_card_takes_the_place_of_the_one_before(folder: Path) -> None:
    for number in (MINE, ANOTHERS):
        account(folder, "card", "王五", typed=f"{number}\n")
    assert (name_of(folder, MINE), name_of(folder, ANOTHERS)) == ("", "王五")


@pytest.mark.parametrize("words", [("card", "王五", "--forget"), ("remove", "王五")])
def test_it_is_forgotten_when_told_and_when_somebody_leaves(folder: Path, words: tuple[str, ...]) -> None:
    account(folder, "card", "王五", typed=f"{MINE}\n")
    account(folder, "card", "站长", typed=f"{ANOTHERS}\n")
    assert account(folder, *words).exit_code == 0
    assert (name_of(folder, MINE), name_of(folder, ANOTHERS)) == ("", "站长")


def test_a_number_that_is_none_and_a_name_that_nobody_has_are_refused(folder: Path) -> None:
    wrong = f"{MINE[:-1]}{'0' if MINE[-1] != '0' else '1'}"
    assert "not the number of an identity card" in account(folder, "card", "王五", typed=f"{wrong}\n").output
    assert "no account of this name" in account(folder, "card", "李四").output
    assert not (folder / FILE_NAME).exists()


def test_a_file_that_cannot_be_read_opens_nothing(folder: Path) -> None:
    account(folder, "card", "王五", typed=f"{MINE}\n")
    (folder / FILE_NAME).write_text("[")
    assert name_of(folder, MINE) == ""
