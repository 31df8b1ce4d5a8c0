"""`kiosk case attach`: a paper from a file or a pipe, sealed, as a script adds it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kiosk.cases.states import Role
from kiosk.cli import main
from kiosk.paper.sample import sample_paper
from kiosk.store import Store, open_store
from tests.store.people import WANG, WallClock, application, shipped_calendar

PAPER = sample_paper("样张", "户口簿")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "box"


@pytest.fixture
def number(folder: Path) -> str:
    store = opened(folder)
    number = store.submit(application()).number
    store.close()
    return number


def opened(folder: Path) -> Store:
    return open_store(folder, clock=WallClock(), calendar=shipped_calendar())


def attach(folder: Path, *words: str, given: bytes = PAPER) -> Result:
    return CliRunner().invoke(main, ["--data", str(folder), "case", "attach", *words], input=given)


def test_a_paper_from_a_pipe_is_kept_under_its_name_and_the_name_of_the_command(
    folder: Path, number: str
) -> None:
    assert attach(folder, number, "-", "--material", "id-card").exit_code == 0
    store = opened(folder)
    case_id = store.case_id_of(number)
    assert case_id is not None
    (kept,) = store.attachments(case_id)
    assert (kept.n, kept.material, kept.by) == (1, "id-card", "kiosk case")
    assert store.case(case_id).events[-1].role == Role.MANAGER
    store.close()


@pytest.mark.parametrize(
    ("words", "given", "told"),
    [
        (("0000-0000-00000000", "-"), PAPER, "no case with this number"),
        (("NUMBER", "-", "--material", "passport"), PAPER, "its service asks for no such paper"),
        (("NUMBER", "-"), b"PK\x03\x04", "a JPEG, a PNG or a PDF"),
        (("NUMBER", "-"), b"", "empty"),
    ],
)
def test_what_cannot_be_kept_is_told_and_nothing_is(
    folder: Path, number: str, words: tuple[str, ...], given: bytes, told: str
) -> None:
    result = attach(folder, *(number if word == "NUMBER" else word for word in words), given=given)
    assert result.exit_code == 1 and told in result.output
    store = opened(folder)
    case_id = store.case_id_of(number)
    assert case_id is not None and store.attachments(case_id) == ()
    store.close()


def test_a_case_that_somebody_works_on_is_left_alone(folder: Path, number: str) -> None:
    store = opened(folder)
    case_id = store.case_id_of(number)
    assert case_id is not None
    store.claim(case_id, WANG)
    store.close()
    result = attach(folder, number, "-")
    assert result.exit_code == 1 and "working on this case" in result.output
