"""A service as a workbook, for people at home in spreadsheets. The text file stays the master.

Comments of the file are not in the workbook. The way back is in `sheet_import`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from kiosk.services import sheet_plan
from kiosk.services.sheet_plan import HEAD_ROWS, INNER, LISTS, SINGLE, Row, rows_of
from kiosk.text import Catalogue

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
        for number, row in enumerate(mine, HEAD_ROWS + 1):
            for at, column in enumerate(columns, 1):
                _write(page.cell(number, at), row.cells.get(column))
    return book


def _columns(name: str, rows: list[Row]) -> tuple[str, ...]:
    besides = (key for row in rows for key in row.cells)
    return tuple(dict.fromkeys([*sheet_plan.usual_columns(name), *besides]))


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
            offer.add(f"{letter}{HEAD_ROWS + 1}:{letter}{_PAGE}")
    page.freeze_panes = f"B{HEAD_ROWS + 1}"


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
