"""Sheets to print and to fill in by hand, written as plain Markdown: headings, text, lists, boxes, tables.

A heading of the first order begins a sheet. A row of a table without words is a row to write in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fpdf import FPDF
from fpdf.enums import TableCellFillMode, WrapMode
from fpdf.fonts import FontFace, TTFFont

from kiosk.line_break import break_measured
from kiosk.paper.font import Font, MissingSign

_FACE = "sheets"
_BODIES = (24.0, 20.0, 18.0, 16.5, 15.0)
"""Points. 15 make a Han character of 5.3 mm, for whoever leads; a card for somebody of 82 gets more."""
_HEAD, _SECOND, _CELL = 26.0, 19.0, 10.5
_LINE, _MM = 1.45, 25.4 / 72
_MARGIN, _GAP, _BOX, _PAD = 18.0, 3.0, 5.0, 1.2
_TO_WRITE_IN = 10.0
"""Millimetres of a row that is filled in by hand."""


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of one kind: `#`, `##`, `-`, `[ ]`, a number with its point, or nothing."""

    mark: str
    words: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table, its first row the headings."""

    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    """Of its columns, in proportion: as many as there are dashes under the heading."""


Part = Line | Grid


def read(markdown: str) -> Iterator[Part]:
    """The parts of a file, in order. Lines of one paragraph are joined."""
    for part in re.split(r"\n\s*\n", markdown.strip()):
        lines = part.splitlines()
        if lines[0].startswith("|"):
            head, dashes, *rows = (tuple(map(str.strip, line.strip()[1:-1].split("|"))) for line in lines)
            yield Grid((head, *rows), tuple(map(len, dashes)))
            continue
        for words in _paragraphs(lines):
            found = re.match(r"(#{1,2}|- \[ \]|-|\d+\.|>)\s+", words)
            mark = found[1].removeprefix("- ") if found else ""
            yield Line(mark, re.sub(r"\*\*|`", "", words[found.end() if found else 0 :]))


def _paragraphs(lines: list[str]) -> Iterator[str]:
    """A line that does not begin a part goes on with the one before; Chinese needs no space between."""
    open_line = ""
    for line in lines:
        if open_line and re.match(r"#|- |\d+\. |> ", line):
            yield open_line
            open_line = line
        elif open_line:
            both_latin = open_line[-1].isascii() or line.strip()[0].isascii()
            open_line += (" " if both_latin else "") + line.strip()
        else:
            open_line = line
    yield open_line


def sheets(markdown: str, font: Font) -> bytes:
    """The file as a PDF of A4 pages. Raises MissingSign before anything is drawn."""
    drawn = _Drawn(font)
    drawn.look_for_signs(markdown)
    for page in pages(read(markdown)):
        drawn.page(page)
    return drawn.finished()


def pages(parts: Iterable[Part]) -> list[list[Part]]:
    """The parts of each page: from one heading of the first order to the next."""
    found: list[list[Part]] = []
    for part in parts:
        if not found or (isinstance(part, Line) and part.mark == "#"):
            found.append([])
        found[-1].append(part)
    return found


class _Drawn:
    """A4 from the top down."""

    def __init__(self, font: Font) -> None:
        self._pdf = FPDF(format="A4")
        self._pdf.set_margin(_MARGIN)
        self._pdf.set_auto_page_break(auto=True, margin=_MARGIN)
        self._pdf.add_font(_FACE, fname=font.path, collection_font_number=font.face)
        self._pdf.set_producer("")
        self._body = _BODIES[-1]

    def look_for_signs(self, words: str) -> None:
        face = self._pdf.fonts[_FACE]
        assert isinstance(face, TTFFont)
        missing = {sign for sign in words if ord(sign) not in face.cmap and sign != "\n"}
        if missing:
            raise MissingSign(missing)

    def finished(self) -> bytes:
        return bytes(self._pdf.output())

    def page(self, parts: list[Part]) -> None:
        """In the largest type that keeps it on one sheet; in the smallest on as many as it takes."""
        self._pdf.add_page()
        for self._body in _BODIES:
            if sum(map(self._height, parts)) <= self._pdf.eph:
                break
        for number, part in enumerate(parts):
            if isinstance(part, Grid):
                self._table(part)
            else:
                self._line(part, parts[number + 1 : number + 2])

    def _size(self, line: Line) -> float:
        return {"#": _HEAD, "##": _SECOND}.get(line.mark, self._body)

    def _height(self, part: Part) -> float:
        if isinstance(part, Grid):
            return (_TO_WRITE_IN + 2 * _PAD) * len(part.rows) + _GAP
        before = _GAP if part.mark == "##" else 0
        return before + len(self._broken(part)) * self._size(part) * _MM * _LINE + _GAP / 2

    def _indent(self, line: Line) -> float:
        return 0.0 if line.mark in ("", "#", "##") else 2 * _BOX

    def _broken(self, line: Line) -> list[str]:
        self._pdf.set_font(_FACE, size=self._size(line))
        return break_measured(line.words, self._pdf.epw - self._indent(line), self._pdf.get_string_width)

    def _line(self, line: Line, following: list[Part]) -> None:
        """Whole on one sheet; a heading with what follows it."""
        kept = self._height(line) + (sum(map(self._height, following)) if line.mark == "##" else 0)
        if self._pdf.will_page_break(min(kept, self._pdf.eph / 3)):
            self._pdf.add_page()
        self._pdf.ln(_GAP if line.mark == "##" else 0)
        lines, height = self._broken(line), self._size(line) * _MM * _LINE
        self._lead(line.mark, height)
        for one in lines:
            self._pdf.set_x(self._pdf.l_margin + self._indent(line))
            self._pdf.cell(text=one, h=height, new_x="LMARGIN", new_y="NEXT")
        self._pdf.ln(_GAP / 2)

    def _lead(self, mark: str, height: float) -> None:
        """What stands before the first line: a box and a bar are drawn, few Chinese fonts have them."""
        left, top = self._pdf.l_margin, self._pdf.get_y()
        self._pdf.set_line_width(0.5)
        if mark == "[ ]":
            self._pdf.rect(left + 1, top + (height - _BOX) / 2, _BOX, _BOX)
        elif mark == ">":
            self._pdf.rect(left + 2, top + 1, 1.2, height - 2, style="F")
        elif mark and not mark.startswith("#"):
            self._pdf.text(left + 2, top + height * 0.7, "·" if mark == "-" else mark)

    def _table(self, grid: Grid) -> None:
        self._pdf.set_font(_FACE, size=_CELL)
        self._pdf.set_line_width(0.3)
        with self._pdf.table(
            line_height=_CELL * _MM * _LINE,
            padding=_PAD,
            col_widths=grid.widths,
            text_align="LEFT",
            wrapmode=WrapMode.CHAR if any(map(_is_han, grid.rows[0])) else WrapMode.WORD,
            headings_style=FontFace(fill_color=(225, 225, 225)),
            cell_fill_mode=TableCellFillMode.NONE,
        ) as drawn:
            for row in grid.rows:
                written = drawn.row(min_height=None if any(row[1:]) else _TO_WRITE_IN)
                for cell in row:
                    written.cell(cell)
        self._pdf.ln(_GAP)


def _is_han(words: str) -> bool:
    return any("\u4e00" <= sign <= "\u9fff" for sign in words)
