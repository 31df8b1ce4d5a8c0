"""A service goes into a workbook and comes back the same; what is wrong is told by sheet and cell."""

from __future__ import annotations

import shutil
import tomllib
from datetime import timedelta
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from kiosk.cli import main
from kiosk.paths import data_file
from kiosk.services.load import load_service, service_files
from kiosk.services.sheet_import import LARGEST
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


def change(book: Path, sheet: str, cell: str, value: str | timedelta | None) -> None:
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


def test_every_column_has_a_heading_in_words(complaint: Path) -> None:
    for page in load_workbook(complaint).worksheets:
        for heading, key in zip(page[1], page[2], strict=True):
            assert heading.value != key.value, f"{page.title}: {key.value}"


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
    assert done.exit_code == 1 and "选项!A3 没有「nothing」这一题" in done.output


def test_a_full_width_mark_in_a_cell_is_named(complaint: Path, shelf: Path) -> None:
    cell = cell_of(complaint, "到此为止", "when", "other-office")
    change(complaint, "到此为止", cell, '{ field = “about”， is = "other" }')
    done = kiosk("import", complaint, shelf / "complaint.toml")
    assert done.exit_code == 1 and f"到此为止!{cell} " in done.output and "「“」" in done.output


def test_a_sheet_with_another_name_is_missed(complaint: Path, shelf: Path) -> None:
    book = load_workbook(complaint)
    book["例子"].title = "我的例子"
    book.save(complaint)
    done = kiosk("import", complaint, shelf / "complaint.toml")
    assert done.exit_code == 1 and done.output.startswith("例子 少了这一张表")
    assert not (shelf / "complaint.toml").exists()


def test_the_row_of_keys_must_stay(complaint: Path, shelf: Path) -> None:
    book = load_workbook(complaint)
    book["常见问题"].delete_rows(2)
    book.save(complaint)
    done = kiosk("import", complaint, shelf / "complaint.toml")
    assert done.exit_code == 1 and done.output.startswith("常见问题!A2 第二行")


def test_spaces_around_a_value_do_not_matter(complaint: Path, shelf: Path) -> None:
    named, asked_if = (cell_of(complaint, "问题", key, "words") for key in ("id", "ask_if"))
    change(complaint, "问题", named, " words ")
    change(complaint, "问题", asked_if, "  ")
    done = kiosk("import", complaint, shelf / "complaint.toml")
    assert done.exit_code == 0, done.output


def test_what_is_no_workbook_is_said_so(shelf: Path) -> None:
    for content in (b"", b"PK\x03\x04", b"hello"):
        (shelf / "x.xlsx").write_bytes(content)
        done = kiosk("import", shelf / "x.xlsx", shelf / "x.toml")
        assert done.exit_code == 1 and "x.xlsx" in done.output
        assert "Traceback" not in done.output


def test_a_workbook_that_is_broken_inside_is_said_so(complaint: Path, shelf: Path) -> None:
    done = kiosk("import", with_part(complaint, "xl/worksheets/sheet1.xml", "<worksheet"), shelf / "x.toml")
    assert done.exit_code == 1 and isinstance(done.exception, SystemExit), done.exception
    assert complaint.name in done.output


def test_a_workbook_that_would_fill_the_memory_is_not_unpacked(complaint: Path, shelf: Path) -> None:
    swollen = with_part(complaint, "xl/media/picture.bin", "0" * (LARGEST + 1))
    assert swollen.stat().st_size < LARGEST / 100
    done = kiosk("import", swollen, shelf / "x.toml")
    assert done.exit_code == 1 and complaint.name in done.output


def with_part(book: Path, part: str, content: str) -> Path:
    """The workbook with something else in one of its parts."""
    with ZipFile(book) as before:
        parts = {name: before.read(name) for name in before.namelist()}
    with ZipFile(book, "w", ZIP_DEFLATED) as after:
        for name, kept in {**parts, part: content.encode()}.items():
            after.writestr(name, kept)
    return book


def test_a_value_that_was_wiped_is_told_as_missing(complaint: Path, shelf: Path) -> None:
    cell = cell_of(complaint, "事项", "value", "owner")
    change(complaint, "事项", cell, None)
    done = kiosk("import", complaint, shelf / "complaint.toml")
    assert done.exit_code == 1 and isinstance(done.exception, SystemExit), done.exception
    assert "owner" in done.output


def test_a_plain_value_where_a_table_belongs_is_named(complaint: Path, shelf: Path) -> None:
    cell = cell_of(complaint, "事项", "key", "guide.who.zh")
    change(complaint, "事项", cell, "id.zh")
    done = kiosk("import", complaint, shelf / "complaint.toml")
    assert done.exit_code == 1 and f"事项!A{cell[1:]} " in done.output


def test_a_length_of_time_is_no_value(complaint: Path, shelf: Path) -> None:
    cell = cell_of(complaint, "问题", "at_most", "words")
    change(complaint, "问题", cell, timedelta(hours=3))
    done = kiosk("import", complaint, shelf / "complaint.toml")
    assert done.exit_code == 1 and f"问题!{cell} " in done.output


def test_a_file_that_is_there_is_not_written_over_unasked(complaint: Path, shelf: Path) -> None:
    (shelf / "complaint.toml").write_text("mine", encoding="utf-8")
    assert kiosk("import", complaint, shelf / "complaint.toml").exit_code == 2
    assert (shelf / "complaint.toml").read_text(encoding="utf-8") == "mine"
    assert kiosk("import", complaint, shelf / "complaint.toml", "--replace").exit_code == 0
