"""A workbook of a service read back, as a service file. What is wrong is told by sheet and cell."""

from __future__ import annotations

import datetime
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from kiosk.services import sheet_plan
from kiosk.services.check.spelling import full_width
from kiosk.services.load import look_over_source
from kiosk.services.problem import Problem, Severity
from kiosk.services.sheet_plan import HEAD_ROWS, INNER, LISTS, OWNER, SINGLE, usual_columns
from kiosk.services.toml_text import dump
from kiosk.text import Catalogue

LARGEST = 32 * 1024 * 1024
"""Bytes that a workbook may have once it is unpacked: a service has some hundred thousand."""


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


@dataclass(frozen=True, slots=True)
class Unread:
    """A place of a workbook that cannot be read, and why: a text of the group `sheet`, with its values."""

    where: str
    why: str = "unread"
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Imported:
    """A document read from a workbook, with where everything in it stood."""

    document: dict[str, Any] = field(default_factory=dict)
    places: dict[sheet_plan.Path, tuple[str, int]] = field(default_factory=dict)
    columns: dict[str, dict[str, int]] = field(default_factory=dict)
    unread: list[Unread] = field(default_factory=list)

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


def read(file: Path, texts: Catalogue, language: str) -> Imported:
    """The document that a workbook holds; what it lacks is named in that language.

    Raises SheetFault for a file that is no workbook of ours.
    """
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
        else:  # renamed, most likely: what is on it must not vanish unseen
            found.unread.append(Unread(texts[f"sheet.{name}"].show(language), "no_page"))
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
    keys = {cell.column: str(cell.value) for cell in page[HEAD_ROWS] if isinstance(cell, Cell) and cell.value}
    if not set(keys.values()) & set(usual_columns(name)):
        found.unread.append(Unread(f"{page.title}!A{HEAD_ROWS}", "no_keys"))
        return
    found.columns[page.title] = {key: at for at, key in keys.items()}
    for row in page.iter_rows(min_row=HEAD_ROWS + 1, max_col=max(keys, default=1)):
        cells = dict(_read_cells(row, keys, page.title, found))
        if not cells:
            continue
        at = (page.title, row[0].row or 0)
        try:
            _take(name, cells, at, found)
        except (AttributeError, TypeError):  # a plain value stands where a table or a list belongs
            found.unread.append(Unread(f"{at[0]}!A{at[1]}"))


def _read_cells(row: Any, keys: Mapping[int, str], title: str, found: Imported) -> Iterator[tuple[str, Any]]:
    for cell in row:
        key = keys.get(cell.column)
        if key is None or cell.value is None or not str(cell.value).strip():
            continue
        try:
            yield key, sheet_plan.from_cell(cell.value)
        except ValueError:
            place, marks = f"{title}!{cell.coordinate}", full_width(str(cell.value))
            found.unread.append(Unread(place, "unread_mark", marks) if marks else Unread(place))


def _take(name: str, cells: dict[str, Any], at: tuple[str, int], found: Imported) -> None:
    if name == SINGLE:
        key = tuple(str(cells.get("key", "")).split("."))
        if "value" in cells:
            sheet_plan.put(found.document, key, cells["value"])
        found.places[key] = at
        return
    place = _list_of(name, cells, found.document)
    if place is None:
        values = {"name": str(cells.get(OWNER, ""))}
        found.unread.append(Unread(f"{at[0]}!A{at[1]}", "no_owner", values))
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
        owner = _owner(document, str(cells.get(OWNER, "")))
        if owner is None:
            return None
        del cells[OWNER]
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
