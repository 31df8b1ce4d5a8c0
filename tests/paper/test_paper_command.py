"""`kiosk paper`: staff make a paper for somebody at the desk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from click.testing import CliRunner, Result
from rich.cells import cell_len

from kiosk.cases.states import Actor, Role
from kiosk.cli import main
from kiosk.paths import data_file
from kiosk.security.accounts import Accounts
from kiosk.store import Store, open_store
from kiosk.store.calendars import load_calendar
from tests.desk_screens.desk_site import NUMBER, WANG, DeskClock, application

ALLOWANCE = str(data_file("services/elderly-allowance.toml"))


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["paper", "guide", *words])


def test_a_guide_is_shown_as_text() -> None:
    done = run(ALLOWANCE, "--width", "32")
    assert done.exit_code == 0
    assert "[ ] 领津贴的人的身份证" in done.output
    assert all(cell_len(line) <= 32 for line in done.output.splitlines())


@pytest.mark.parametrize(("name", "begins"), [("a.pdf", b"%PDF"), ("a.txt", b"  ")])
def test_a_guide_goes_into_a_file_of_the_kind_its_name_says(name: str, begins: bytes, tmp_path: Path) -> None:
    done = run(ALLOWANCE, "--lang", "en", "--out", str(tmp_path / name))
    assert (done.exit_code, done.output) == (0, "")
    assert (tmp_path / name).read_bytes().startswith(begins)


def test_another_kind_of_file_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    done = run(ALLOWANCE, "--out", str(tmp_path / "a.docx"))
    assert done.exit_code == 2
    assert ".pdf" in done.output


def test_a_file_that_is_no_service_is_told_line_by_line(tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text("format = 1\nid = 高龄\n", encoding="utf-8")
    done = run(str(broken))
    assert done.exit_code == 1
    assert "broken.toml:2" in done.output


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    done = run(ALLOWANCE, "--out", str(tmp_path / "not-there" / "a.txt"))
    assert done.exit_code == 1
    assert "a.txt" in done.output


@contextmanager
def opened(tmp_path: Path) -> Iterator[Store]:
    calendar = load_calendar(data_file("calendars"))
    store = open_store(tmp_path / "state", clock=DeskClock(), calendar=calendar)
    try:
        yield store
    finally:
        store.close()


@pytest.fixture
def case(tmp_path: Path) -> str:
    """The number of a case that waits for two papers."""
    with opened(tmp_path) as store:
        accounts = Accounts(store, DeskClock(), PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        accounts.add(WANG, Role.STAFF)
        case_id = store.submit(application("case-1")).case_id
        actor = Actor(WANG, Role.STAFF)
        epoch = store.claim(case_id, actor).epoch
        store.ask_info(case_id, actor, epoch, "户口簿\n银行卡复印件")
        return store.case(case_id).summary.number


def of_case(tmp_path: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["--data", str(tmp_path / "state"), "paper", "case", *words])


def test_the_papers_of_a_case_are_listed_and_one_is_shown(case: str, tmp_path: Path) -> None:
    listed = of_case(tmp_path, case)
    assert listed.exit_code == 0, listed.output
    assert "missing" in listed.output and "form-form" in listed.output
    shown = of_case(tmp_path, case, "missing")
    assert "[ ] 户口簿" in shown.output and case in shown.output


def test_a_paper_of_a_case_goes_into_a_file(case: str, tmp_path: Path) -> None:
    done = of_case(tmp_path, case, "missing", "--out", str(tmp_path / "a.pdf"))
    assert (done.exit_code, done.output) == (0, "")
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")


def test_a_form_with_private_numbers_asks_who_looks_and_records_it(case: str, tmp_path: Path) -> None:
    """K42."""
    refused = of_case(tmp_path, case, "form-form")
    assert refused.exit_code == 1 and "--by" in refused.output and NUMBER not in refused.output
    shown = of_case(tmp_path, case, "form-form", "--by", WANG)
    assert NUMBER in shown.output
    with opened(tmp_path) as store:
        assert [event.actor for event in store.case("case-1").events if event.kind == "viewed"] == [WANG]


@pytest.mark.parametrize("words", [("2026-0101-00000000",), ("{case}", "decision")])
def test_what_is_not_there_is_told(case: str, tmp_path: Path, words: tuple[str, ...]) -> None:
    done = of_case(tmp_path, *(word.format(case=case) for word in words))
    assert done.exit_code == 1 and "no " in done.output


def test_a_letter_to_somebody_at_home_is_written_by_its_name(case: str, tmp_path: Path) -> None:
    done = of_case(tmp_path, case, "home")
    assert done.exit_code == 0, done.output
    assert "张桂芳，您好：" in done.output and "户口簿" in done.output and NUMBER not in done.output
    done = of_case(tmp_path, case, "home", "--out", str(tmp_path / "a.pdf"))
    assert (done.exit_code, done.output) == (0, "")
