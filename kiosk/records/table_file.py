"""A table from another office as a CSV file: checked whole before anything of it is used.

Faults name the line and the column, never a value: what is wrong with a number may still be somebody's.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.flow.fields.base import tidy
from kiosk.flow.records import KeyKind, RecordKey
from kiosk.identity.id_number import check
from kiosk.records.definition import RecordSource
from kiosk.records.driver import Row
from kiosk.records.keys import canonical, is_code
from kiosk.records.values import read_value

ENCODINGS = ("utf-8-sig", "gb18030")
"""As exported today, and as spreadsheets in China have long written it."""
MOST_FAULTS = 50
_TWICE = {KeyKind.ID_NUMBER: "twice", KeyKind.CODE: "twice_code"}
_KEY_COLUMNS = {KeyKind.ID_NUMBER: "身份证号码", KeyKind.CODE: "核对码"}


@dataclass(frozen=True, slots=True)
class TableFault:
    """One fault. `line` counts from 1, the heading's line included; 0: the file as a whole."""

    line: int
    column: str
    code: str
    """The words for it in the catalogue `records`: `table.<code>`."""


@dataclass(frozen=True, slots=True)
class OwnedRow:
    """One row with whose it is, or of which code."""

    key: RecordKey
    row: Row = field(repr=False)


@dataclass(frozen=True, slots=True)
class ReadTable:
    """A file that is all right."""

    rows: tuple[OwnedRow, ...] = field(repr=False)
    ignored: tuple[str, ...]
    """Columns that the definition does not know; nothing of them is kept."""


@dataclass(frozen=True, slots=True)
class BadTable:
    """A file of which nothing is used."""

    faults: tuple[TableFault, ...]
    more: int = 0
    """Faults beyond those that are listed."""


def read_table(path: Path, source: RecordSource) -> ReadTable | BadTable:
    """All rows, or all that is wrong. Raises OSError when the file cannot be opened."""
    text = _decoded(path.read_bytes())
    if text is None:
        return _bad(TableFault(0, "", "encoding"))
    try:
        table = list(_lines(text))
    except csv.Error:
        return _bad(TableFault(0, "", "quotes"))
    if not table:
        return _bad(TableFault(0, "", "empty"))
    header = [tidy(name) for name in table[0].cells]
    faults = _header_faults(header, source)
    return _bad(*faults) if faults else _Reading(source, header).read(table[1:])


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of the file, and where it begins."""

    number: int
    cells: Sequence[str] = field(repr=False)


def _lines(text: str) -> Iterator[_Line]:
    """The rows with anything in them. Raises csv.Error."""
    mark = max(",;\t", key=text.lstrip().partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    before = 0
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield _Line(before + 1, cells)
        before = reader.line_num


def _decoded(content: bytes) -> str | None:
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _bad(*faults: TableFault) -> BadTable:
    return BadTable(faults[:MOST_FAULTS], max(0, len(faults) - MOST_FAULTS))


def key_column(source: RecordSource) -> str:
    """The column with the identity number, or the code."""
    said = source.table.key_column if source.table else None
    return said or _KEY_COLUMNS[source.key]


def _header_faults(header: Sequence[str], source: RecordSource) -> list[TableFault]:
    """Columns that are needed and not there, or there twice."""
    wanted = [key_column(source), *(one.heading for one in source.field if not one.optional)]
    faults = [TableFault(1, name, "missing_column") for name in wanted if name not in header]
    known = {key_column(source), *(one.heading for one in source.field)}
    twice = {name for name in header if name in known and header.count(name) > 1}
    return faults + [TableFault(1, name, "column_twice") for name in sorted(twice)]


class _Reading:
    """Goes through the rows once and notes whatever is not as it should be."""

    def __init__(self, source: RecordSource, header: Sequence[str]) -> None:
        self._source, self._header = source, header
        self._columns = {name: place for place, name in enumerate(header)}
        self._key = key_column(source)
        self._faults: list[TableFault] = []
        self._seen: set[object] = set()

    def read(self, lines: Sequence[_Line]) -> ReadTable | BadTable:
        """All of them, or what is wrong."""
        rows = [row for line in lines if (row := self._row(line.number, line.cells)) is not None]
        if not rows and not self._faults:
            self._faults.append(TableFault(0, "", "no_rows"))
        if self._faults:
            return _bad(*self._faults)
        known = {self._key, *(one.heading for one in self._source.field)}
        return ReadTable(tuple(rows), tuple(name for name in self._header if name and name not in known))

    def _row(self, line: int, cells: Sequence[str]) -> OwnedRow | None:
        if len(cells) != len(self._header):
            self._faults.append(TableFault(line, "", "cells"))
            return None
        written = tidy(cells[self._columns[self._key]]).removeprefix("'")
        key = canonical(RecordKey(self._source.key, written))
        before = len(self._faults)
        fault = _key_fault(key)
        if fault:
            self._faults.append(TableFault(line, self._key, fault))
        row = self._values(line, cells)
        same_row: object = key if self._source.most_rows == 1 else (key, *sorted(row.items()))
        if not fault and same_row in self._seen:
            self._faults.append(TableFault(line, self._key, _TWICE[self._source.key]))
        self._seen.add(same_row)
        return OwnedRow(key, row) if len(self._faults) == before else None

    def _values(self, line: int, cells: Sequence[str]) -> dict[str, str]:
        row = {}
        for one in self._source.field:
            cell = cells[self._columns[one.heading]] if one.heading in self._columns else ""
            value = read_value(cell, one)
            if value is None:
                code = f"not_{one.type}" if tidy(cell) else "cell_empty"
                self._faults.append(TableFault(line, one.heading, code))
            elif value:
                row[one.name] = value
        return row


def _key_fault(key: RecordKey) -> str:
    """A spreadsheet that takes numbers for sums cuts them off; that is told in words of its own."""
    if "E+" in key.value:
        return "spreadsheet"
    if key.kind is KeyKind.CODE:
        return "" if is_code(key.value) else "not_code"
    return _number_fault(key.value)


def _number_fault(number: str) -> str:
    verdict = check(number)
    if verdict.valid:
        return ""
    # Read as a sum, the last three digits are gone.
    return "spreadsheet" if len(number) == 18 and number.endswith("000") else "not_id_number"
