"""A service goes into a workbook and comes back the same; what is wrong is told by sheet and cell."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from kiosk.cli import main
from kiosk.paths import data_file
from kiosk.services.load import load_service, service_files
from kiosk.services.toml_text import dump

FILES = service_files(data_file("services"))
BY_NAME = {file.stem: file for file in FILES}


def kiosk(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["service", "sheet", *map(str, words)])


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A folder with the shared blocks, for files to come back into."""
    shutil.copytree(data_file("services") / "blocks", tmp_path / "blocks")
    return tmp_path


@pytest.fixture
def complaint(shelf: Path) -> Path:
    """The complaint as a workbook."""
    book = shelf / "complaint.xlsx"
    assert kiosk("export", BY_NAME["complaint"], book).exit_code == 0
    return book


def change(book: Path, sheet: str, cell: str, value: str | None) -> None:
    opened = load_workbook(book)
    opened[sheet][cell] = value
    opened.save(book)


def cell_of(book: Path, sheet: str, column: str, row_with: str) -> str:
    """The cell of the column with that key, in the row that holds these words."""
    page = load_workbook(book)[sheet]
    at = next(cell for cell in page[2] if cell.value == column)
    row = next(row for row in page.iter_rows(min_row=3) if row_with in [cell.value for cell in row])
    return f"{at.column_letter}{row[0].row}"


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_what_ships_comes_back_the_same(file: Path, shelf: Path) -> None:
    book, back = shelf / "book.xlsx", shelf / file.name
    assert kiosk("export", file, book, "--lang", "en").exit_code == 0
    done = kiosk("import", book, back)
    assert done.exit_code == 0, done.output
    assert load_service(back) == load_service(file)


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_a_file_written_by_the_program_reads_as_the_same_document(file: Path) -> None:
    document = tomllib.loads(file.read_text(encoding="utf-8"))
    assert tomllib.loads(dump(document)) == document


def test_headings_are_for_people_and_kinds_are_chosen_from_a_list(complaint: Path) -> None:
    page = load_workbook(complaint)["问题"]
    headings = [cell.value for cell in page[1]]
    assert headings[:2] == ["代号", "种类"] and "问什么" in headings
    offered = [rule.formula1 for rule in page.data_validations.dataValidation]
    assert any("person_name" in words for words in offered)


def test_a_slip_is_told_by_its_sheet_and_cell(complaint: Path, shelf: Path) -> None:
    cell = cell_of(complaint, "问题", "type", "words")
    change(complaint, "问题", cell, "long_tekst")
    done = kiosk("import", complaint, shelf / "complaint.toml")
    assert done.exit_code == 1
    assert f"问题!{cell} " in done.output and "long_text" in done.output
    assert not (shelf / "complaint.toml").exists()


def test_an_option_is_told_in_the_sheet_of_options(complaint: Path, shelf: Path) -> None:
    cell = cell_of(complaint, "选项", "zh", "suggestion")
    change(complaint, "选项", cell, None)
    done = kiosk("import", complaint, shelf / "complaint.toml")
    assert done.exit_code == 1
    assert "选项!" in done.output and cell[1:] in done.output


def test_a_condition_that_names_no_question_is_told_where_it_stands(complaint: Path, shelf: Path) -> None:
    cell = cell_of(complaint, "到此为止", "when", "other-office")
    change(complaint, "到此为止", cell, '{ field = "abuot", is = "other" }')
    done = kiosk("import", complaint, shelf / "complaint.toml")
    assert done.exit_code == 1
    assert f"到此为止!{cell} " in done.output and "about" in done.output


def test_a_cell_that_cannot_be_read_is_named(complaint: Path, shelf: Path) -> None:
    cell = cell_of(complaint, "到此为止", "when", "other-office")
    change(complaint, "到此为止", cell, "{ field = ")
    done = kiosk("import", complaint, shelf / "complaint.toml")
    assert done.exit_code == 1 and f"到此为止!{cell} " in done.output


def test_an_option_of_no_question_is_named(complaint: Path, shelf: Path) -> None:
    change(complaint, "选项", "A3", "nothing")
    done = kiosk("import", complaint, shelf / "complaint.toml")
    assert done.exit_code == 1 and "选项!A3 " in done.output


def test_what_is_no_workbook_is_said_so(shelf: Path) -> None:
    for content in (b"", b"PK\x03\x04", b"hello"):
        (shelf / "x.xlsx").write_bytes(content)
        done = kiosk("import", shelf / "x.xlsx", shelf / "x.toml")
        assert done.exit_code == 1 and "x.xlsx" in done.output
        assert "Traceback" not in done.output


def test_a_file_that_is_there_is_not_written_over_unasked(complaint: Path, shelf: Path) -> None:
    (shelf / "complaint.toml").write_text("mine", encoding="utf-8")
    assert kiosk("import", complaint, shelf / "complaint.toml").exit_code == 2
    assert (shelf / "complaint.toml").read_text(encoding="utf-8") == "mine"
    assert kiosk("import", complaint, shelf / "complaint.toml", "--replace").exit_code == 0
