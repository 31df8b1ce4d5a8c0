"""A service as a workbook, for people at home in spreadsheets, and back. The text file stays the master.

Comments of the file are not in the workbook. What is wrong is told by sheet and cell.
"""

from __future__ import annotations

import datetime
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from kiosk.services import sheet_plan
from kiosk.services.load import look_over_source
from kiosk.services.problem import Problem, Severity
from kiosk.services.sheet_plan import COLUMNS, INNER, LISTS, OWNER, SINGLE, Row, rows_of
from kiosk.services.toml_text import dump
from kiosk.text import Catalogue

_HEAD_ROWS = 2
"""The heading for people, and below it the key as in the file."""
LARGEST = 32 * 1024 * 1024
"""Bytes that a workbook may have once it is unpacked: a service has some hundred thousand."""
_PAGE = 200
"""Rows below the headings that the drop-down lists reach."""
_WIDE = {
    "zh": 30,
    "en": 30,
    "when": 36,
    "ask_if": 36,
    "need_if": 36,
    "answers": 60,
    "expect": 60,
    "check": 40,
}


class SheetFault(ValueError):
    """A workbook that cannot be read at all."""


@dataclass(frozen=True, slots=True)
class CellProblem:
    """What is wrong, and in which cell of which sheet."""

    sheet: str
    cell: str
    problem: Problem

    def show(self, language: str) -> str:
        """`问题!F7 E202 … → …`"""
        what, fix = self.problem.what.show(language), self.problem.fix.show(language)
        return f"{self.sheet}!{self.cell} {self.problem.code} {what} → {fix}"


@dataclass(slots=True)
class Imported:
    """A document read from a workbook, with where everything in it stood."""

    document: dict[str, Any] = field(default_factory=dict)
    places: dict[sheet_plan.Path, tuple[str, int]] = field(default_factory=dict)
    columns: dict[str, dict[str, int]] = field(default_factory=dict)
    unread: list[tuple[str, str]] = field(default_factory=list)
    """Sheet and cell of what could not be read."""

    def cell_of(self, path: sheet_plan.Path) -> tuple[str, str]:
        """Sheet and cell of a key of the document, or of the nearest thing around it."""
        for end in range(len(path), 0, -1):
            if path[:end] in self.places:
                sheet, row = self.places[path[:end]]
                return sheet, f"{get_column_letter(self._column(sheet, path[end:]))}{row}"
        return next(iter(self.columns), ""), "A1"

    def _column(self, sheet: str, rest: sheet_plan.Path) -> int:
        columns = self.columns.get(sheet, {})
        dotted = ".".join(str(part) for part in rest)
        for name in (dotted, dotted.partition(".")[0], "value"):
            if name in columns:
                return columns[name]
        return 1


def export(document: Mapping[str, Any], texts: Catalogue, language: str) -> Workbook:
    """The workbook of a service file, as it was parsed. `texts` is the catalogue `author`."""
    book = Workbook()
    first = book.active
    if isinstance(first, Worksheet):
        book.remove(first)
    rows = list(rows_of(document))
    for name in (SINGLE, *LISTS, *INNER):
        page = book.create_sheet(texts[f"sheet.{name}"].show(language))
        mine = [row for row in rows if row.sheet == name]
        columns = _columns(name, mine)
        _headings(page, columns, texts, language)
        for number, row in enumerate(mine, _HEAD_ROWS + 1):
            for at, column in enumerate(columns, 1):
                _write(page.cell(number, at), row.cells.get(column))
    return book


def _columns(name: str, rows: list[Row]) -> tuple[str, ...]:
    usual = ("key", "value") if name == SINGLE else COLUMNS[name]
    return tuple(dict.fromkeys([*usual, *(key for row in rows for key in row.cells)]))


def _headings(page: Worksheet, columns: tuple[str, ...], texts: Catalogue, language: str) -> None:
    for at, key in enumerate(columns, 1):
        name = f"column.{key.replace('.', '_')}"
        page.cell(1, at, texts[name].show(language) if name in texts else key).font = Font(bold=True)
        page.cell(2, at, key).font = Font(color="888888")
        letter = get_column_letter(at)
        last = key.rpartition(".")[2].removeprefix("say_")
        page.column_dimensions[letter].width = 60 if key == "value" else _WIDE.get(last, 16)
        if key in sheet_plan.CHOICES and page.title != SINGLE:
            offer = DataValidation(
                "list", formula1=f'"{",".join(sheet_plan.CHOICES[key])}"', allow_blank=True
            )
            page.add_data_validation(offer)
            offer.add(f"{letter}{_HEAD_ROWS + 1}:{letter}{_PAGE}")
    page.freeze_panes = f"B{_HEAD_ROWS + 1}"


def _write(cell: Any, value: Any) -> None:
    if value is None:
        return
    if isinstance(value, str):
        # Otherwise a text that begins with "=" would be a formula, and "0012" a number.
        cell.number_format = "@"
        cell.value, cell.data_type = value, "s"
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    else:
        cell.value = value


def read(file: Path, texts: Catalogue) -> Imported:
    """The document that a workbook holds. Raises SheetFault for a file that is no workbook of ours."""
    book = _opened(file)
    names = {
        title: name for name in (SINGLE, *LISTS, *INNER) for title in texts[f"sheet.{name}"].shown.values()
    }
    pages = {names[page.title]: page for page in book.worksheets if page.title in names}
    if SINGLE not in pages or "question" not in pages:
        raise SheetFault(file.name)
    found = Imported()
    for name in (SINGLE, *LISTS, *INNER):
        if name in pages:
            _read_page(name, pages[name], found)
    return found


def _opened(file: Path) -> Workbook:
    try:
        with zipfile.ZipFile(file) as parts:
            size = sum(part.file_size for part in parts.infolist())
        if size <= LARGEST:
            return load_workbook(file, data_only=True)
    except Exception as fault:  # zip, XML and openpyxl have many ways to say that a file is broken
        raise SheetFault(file.name) from fault
    raise SheetFault(file.name)


def _read_page(name: str, page: Worksheet, found: Imported) -> None:
    keys = {
        cell.column: str(cell.value) for cell in page[_HEAD_ROWS] if isinstance(cell, Cell) and cell.value
    }
    found.columns[page.title] = {key: at for at, key in keys.items()}
    for row in page.iter_rows(min_row=_HEAD_ROWS + 1, max_col=max(keys, default=1)):
        cells = dict(_read_cells(row, keys, page.title, found))
        if not cells:
            continue
        at = (page.title, row[0].row or 0)
        try:
            _take(name, cells, at, found)
        except (AttributeError, TypeError):  # a plain value stands where a table or a list belongs
            found.unread.append((at[0], f"A{at[1]}"))


def _read_cells(row: Any, keys: Mapping[int, str], title: str, found: Imported) -> Iterator[tuple[str, Any]]:
    for cell in row:
        key = keys.get(cell.column)
        if key is None or cell.value is None or cell.value == "":
            continue
        try:
            yield key, sheet_plan.from_cell(cell.value)
        except ValueError:
            found.unread.append((title, cell.coordinate))


def _take(name: str, cells: dict[str, Any], at: tuple[str, int], found: Imported) -> None:
    if name == SINGLE:
        key = tuple(str(cells.get("key", "")).split("."))
        if "value" in cells:
            sheet_plan.put(found.document, key, cells["value"])
        found.places[key] = at
        return
    place = _list_of(name, cells, found.document)
    if place is None:
        found.unread.append((at[0], f"A{at[1]}"))
        return
    where, things = place
    thing: dict[str, Any] = {}
    for column, value in cells.items():
        sheet_plan.put(thing, column.split("."), value)
    found.places[*where, len(things)] = at
    things.append(thing)


def _list_of(
    name: str, cells: dict[str, Any], document: dict[str, Any]
) -> tuple[sheet_plan.Path, list[Any]] | None:
    """The list that a row of this sheet belongs to, with its place; None where its question is not there."""
    if name in INNER:
        owner = _owner(document, str(cells.pop(OWNER, "")))
        if owner is None:
            return None
        place, part = owner
        return (*place, INNER[name]), part.setdefault(INNER[name], [])
    table = document
    for step in LISTS[name][:-1]:
        table = table.setdefault(str(step), {})
    return LISTS[name], table.setdefault(str(LISTS[name][-1]), [])


def _owner(document: Mapping[str, Any], name: str) -> tuple[sheet_plan.Path, dict[str, Any]] | None:
    """The question (`kind`) or item (`goods/what`) of that name, with its place."""
    outer, _, inner = name.partition("/")
    for number, question in enumerate(document.get("question", ())):
        if question.get("id") == outer and outer:
            if not inner:
                return ("question", number), question
            for m, item in enumerate(question.get("item", ())):
                if item.get("id") == inner:
                    return ("question", number, "item", m), item
    return None


def check(
    found: Imported, out: Path, today: datetime.date | None = None
) -> tuple[str, tuple[CellProblem, ...]]:
    """The text of the file it makes at `out`, and all that is wrong with it, by cell."""
    text = dump(found.document)
    _, problems = look_over_source(text.encode(), out, today)
    told = (CellProblem(*found.cell_of(problem.path), problem) for problem in problems)
    return text, tuple(told)


def errors(problems: tuple[CellProblem, ...]) -> tuple[CellProblem, ...]:
    """Those for which nothing is written."""
    return tuple(one for one in problems if one.problem.severity is Severity.ERROR)
