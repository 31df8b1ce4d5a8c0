"""Where everything of a page stands on the grid: styled lines and touch targets. Pure.

The same layout is drawn, hit by fingers, and checked by the tests at every size.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rich.cells import cell_len

from kiosk.flow.page import Entry, Page, PageKind
from kiosk.text import Catalogue
from screens.bar import bar_of, leads_back
from screens.choice_rows import ChoiceRow, choice_rows, rows_of
from screens.entry_room import entry_room
from screens.finger_keys import finger_keys
from screens.grid import LINE_ROWS, Grid
from screens.hand_layout import canvas_at, drawing_room, keys_beside
from screens.key_room import key_height, with_gaps
from screens.line_break import break_lines, fit
from screens.pad import Pad, pad_of
from screens.pad_layout import Placed, placed_keys
from screens.page_lines import (
    MARK_CELLS,
    NUMBER_CELLS,
    choice_words,
    error_lines,
    focused_large,
    heading_lines,
    mending_lines,
    number_lines,
)
from screens.spans import Layout, Look, Span, Target

CHOOSE, TYPE, PRESS = "choose:", "type:", "press:"
"""Prefixes of what a target stands for: a choice, an on-screen key, a bar button."""
FIELD = "field"
"""The place to type or to write in."""


class Composer:
    """Sets one page on the grid, from the top down."""

    def __init__(
        self,
        page: Page,
        grid: Grid,
        language: str,
        texts: Catalogue,
        focus: int | None,
        key: str = "",
        *,
        pad: Pad | None = None,
        listens: bool = False,
        deaf: bool = False,
    ) -> None:
        self.page, self.grid, self.language, self.texts = page, grid, language, texts
        self._listens, self._deaf = listens, deaf
        self.focus = focus
        """Index of the focused choice; None while the field, or a key under it, has the focus."""
        self.key = key
        """The key on the screen that has the focus."""
        self._keys = pad_of(page.entry, grid, language, texts) if pad is None else pad
        self._room = entry_room(page, grid, language, self._show("bar.chosen"))
        self._field_rows, self._pad_rows = self._room.field, self._room.pad
        if self._keys.canvas:
            self._drawing = drawing_room(page, grid, language, self._show("bar.chosen"))
            self._field_rows, self._pad_rows = self._drawing.field, self._drawing.rows
        self.layout = Layout(grid, [[] for _ in range(grid.rows)])
        self._row = 1

    def compose(self) -> Layout:
        """The finished layout."""
        page, language = self.page, self.language
        gaps = self._gaps()
        self._top()
        self._row += "top" in gaps
        self._error()
        for line in heading_lines(page, self.grid, language):
            self._put(self._row, self.grid.margin, line, Look.STRONG)
            self._row += 1
        self._row += "text" in gaps
        for line in number_lines(page, self.grid, language):
            self._put(self._row, self.grid.margin, line, Look.STRONG)
            self._row += 1
        self._row += "number" in gaps
        for text in page.body:
            self._lines(text.show(language))
        self._row += "field" in gaps
        self._field()
        self._row += "pad" in gaps
        self._pad()
        self._row += "choices" in gaps
        self._choices()
        self._bar()
        self.layout.caption_row = self.grid.rows - self.grid.bar_rows - self.grid.caption_rows
        return self.layout

    def _gaps(self) -> list[str]:
        """Before what a row is left free, as far as rows are free: the most needed ones first."""
        page, number = self.page, number_lines(self.page, self.grid, self.language)
        field, pad = self._field_rows, self._pad_rows
        used = sum(len(break_lines(text.show(self.language), self.grid.width)) for text in page.body)
        used += (
            len(error_lines(page, self.grid, self.language))
            + len(heading_lines(page, self.grid, self.language))
            + len(number)
            + field
            + pad
        )
        if not self._room.beside:
            room = self.grid.content_rows - used
            used += rows_of(self._choice_rows(room), self.grid)
            used += self.grid.gap_rows if field and page.choices else 0
        there = {
            "text": bool(page.body or number),
            "choices": bool(page.choices) and not (field and self.grid.gap_rows),
            "field": bool(field),
            "number": bool(number and page.body),
            "pad": bool(pad),
            "top": True,
        }
        free = self.grid.content_rows - used if self.grid.roomy else 0
        return [name for name, wanted in there.items() if wanted][: max(free, 0)]

    @property
    def _in_field(self) -> bool:
        """Letters and digits are typed now, so only other keys may be promised."""
        return self.focus is None and self.page.entry is not None and not self.key.startswith(PRESS)

    def _put(self, row: int, column: int, words: str, look: Look) -> None:
        if 0 <= row < self.grid.rows:
            self.layout.rows[row].append(Span(column, words, look))

    def _show(self, key: str) -> str:
        return self.texts[key].show(self.language)

    def _top(self) -> None:
        grid, page = self.grid, self.page
        right = page.progress.show(self.language)
        if page.parts > 1:
            part = self.texts.text("bar.part", part=page.part, parts=page.parts)
            right = " ".join(filter(None, (right, part.show(self.language))))
        room = grid.width - cell_len(right) - 2
        banner = fit(page.banner.show(self.language), max(room, 2))
        pad = " " * (grid.width - cell_len(banner) - cell_len(right))
        self._put(0, 0, " " * grid.margin + banner + pad + right + " " * grid.margin, Look.BAR)

    def _error(self) -> None:
        """What was wrong; or how to go on, once that is being put right."""
        page, grid, look = self.page, self.grid, Look.ALERT
        lines = error_lines(page, grid, self.language)
        if page.mending:
            lines, look = mending_lines(page, grid, self.language, self.texts["bar.mending"]), Look.TEXT
        for line in lines:
            self._put(self._row, grid.margin, self._filled(line), look)
            self._row += 1

    def _lines(self, words: str) -> None:
        for line in break_lines(words, self.grid.width):
            self._put(self._row, self.grid.margin, line, Look.TEXT)
            self._row += 1

    def _filled(self, line: str) -> str:
        """To the margin on the right."""
        return line + " " * (self.grid.width - cell_len(line))

    def _end(self) -> int:
        return 1 + self.grid.content_rows

    def _choice_rows(self, room: int) -> list[ChoiceRow]:
        return choice_rows(self.page.choices, self.grid, self.language, self._show("bar.chosen"), room)

    def _field(self) -> None:
        rows = self._field_rows
        if not rows:
            return
        place = Target(FIELD, self.grid.margin, self._row, self.grid.width, rows)
        if self.page.kind is PageKind.SIGN:
            self.layout.canvas = place
        else:
            self.layout.field = place
        self._row += rows

    def _pad(self) -> None:
        entry = self.page.entry
        if entry is None:
            return
        for placed in self._placed(entry):
            focused = placed.key.name == self.key
            words = f">{placed.key.drawn}" if focused else placed.key.drawn
            look = Look.FOCUS if focused else Look.CHOICE
            # Where a key is tight the mark stands in the gap before it.
            wide = placed.columns - (not self._fingers)
            tight = cell_len(words) > wide
            wide += tight
            self._box(placed.column - tight, placed.row, wide, placed.rows, words, look)
            act = f"{TYPE}{placed.key.name}"
            self.layout.targets.append(Target(act, placed.column, placed.row, placed.columns, placed.rows))
        self._row += self._pad_rows
        if self._room.beside and not self._keys.canvas:
            self._choices_beside()

    @property
    def _fingers(self) -> bool:
        """Are the keys as large as a finger needs, with gaps between?"""
        return self._room.for_fingers or (self._keys.canvas and self.grid.pitch is not None)

    def _choices_beside(self) -> None:
        """At the end of the last line of keys."""
        grid = self.grid
        row, column = self._row - grid.choice_rows, grid.margin + grid.width
        column -= with_gaps(self._room.beside, grid) - grid.gap_columns
        for number, (choice, columns) in enumerate(zip(self.page.choices, self._room.beside, strict=True)):
            focused = number == self.focus
            words = choice_words(choice, self.language, self._show("bar.chosen"))
            words = ("＞" if focused else "") + words
            self._box(column, row, columns, grid.choice_rows, words, Look.FOCUS if focused else Look.CHOICE)
            act = f"{CHOOSE}{choice.id}"
            self.layout.targets.append(Target(act, column, row, columns, grid.choice_rows))
            column += columns + grid.gap_columns

    def _placed(self, entry: Entry) -> Iterator[Placed]:
        """The keys under the field, or beside the place to draw."""
        if not self._keys.canvas:
            if self._room.for_fingers:
                return finger_keys(self._keys, entry, self.grid, self._row, self._room.beside)
            return placed_keys(self._keys, self.grid, self._row, key_height(entry, self.grid))
        self.layout.canvas = canvas_at(self._drawing, self.grid, self._row)
        return keys_beside(self._keys, self.layout.canvas, self.grid)

    def _box(self, column: int, row: int, columns: int, rows: int, words: str, look: Look) -> None:
        """Words in the middle of a filled block."""
        for n in range(rows):
            line = words if n == (rows - 1) // 2 else ""
            left = (columns - cell_len(line)) // 2
            filled = " " * left + line + " " * (columns - left - cell_len(line))
            self._put(row + n, column, filled, look)

    def _choices(self) -> None:
        if not self.page.choices or (self._room.beside and not self._keys.canvas):
            return
        if self._field_rows:
            # Where even small keys leave no row for it, it is left out.
            free = self._end() - self._row - rows_of(self._choice_rows(0), self.grid)
            self._row += min(self.grid.gap_rows, max(free, 0))
        room = self._end() - self._row
        rows = self._choice_rows(room)
        if self.grid.glyphs and self.focus is not None:
            rows = self._with_large(rows, room)
        heights, gap = _share([row.least for row in rows], room, self.grid)
        number = 0
        for row, height in zip(rows, heights, strict=True):
            column = self.grid.margin
            for choice, lines in zip(row.choices, row.lines, strict=True):
                place = Target(f"{CHOOSE}{choice.id}", column, self._row, row.columns, height)
                self._choice(number, lines, place)
                number += 1
                column += row.columns + self.grid.gap_columns
            self._row += height + gap

    def _with_large(self, rows: list[ChoiceRow], room: int) -> list[ChoiceRow]:
        """The focused choice in large characters, where there is room for them."""
        assert self.focus is not None
        choice = self.page.choices[self.focus]
        large = focused_large(choice, self.grid, self.language)
        if not large:
            return rows
        grown = [
            replace(row, lines=(tuple(large),), least=len(large)) if row.choices == (choice,) else row
            for row in rows
        ]
        return grown if rows_of(grown, self.grid) <= room else rows

    def _choice(self, number: int, lines: Sequence[str], place: Target) -> None:
        focused, height = number == self.focus, place.rows
        look = Look.FOCUS if focused else Look.CHOICE
        above = (height - len(lines)) // 2
        first = (LINE_ROWS - 1) // 2 if focused and len(lines) == LINE_ROWS else 0
        for n in range(height):
            at = n - above
            words = lines[at] if 0 <= at < len(lines) else ""
            mark = ("＞" if focused else "  ") if at == first else "  "
            numbered = at == first and not self._in_field
            digit = f" {number + 1} " if numbered else " " * NUMBER_CELLS
            line = mark + digit + " " + words
            self._put(place.row + n, place.column, line + " " * (place.columns - cell_len(line)), look)
        self.layout.targets.append(place)

    def _bar(self) -> None:
        """Back, Help, Again, Person, Language: the same places on every page (K10)."""
        grid, column = self.grid, 0
        row = grid.rows - grid.bar_rows
        bar = bar_of(grid, self.texts, listens=self._listens)
        for name, width in bar.widths.items():
            if self._is_there(name):
                focused = self.key == f"{PRESS}{name}"
                words = bar.words(name, self._show(f"bar.{name}"), in_field=self._in_field, focused=focused)
                self._box(column, row, width, grid.bar_rows, words, Look.FOCUS if focused else Look.BAR)
                # Where nothing is known of millimetres, what is between them leads to the one before it.
                touched = min(width if grid.gap_columns else width + bar.gap, grid.columns - column)
                self.layout.targets.append(Target(f"{PRESS}{name}", column, row, touched, grid.bar_rows))
            column += width + bar.gap

    def _is_there(self, button: str) -> bool:
        """A button that does nothing here leaves its place free, so that the others stay in theirs."""
        return leads_back(self.page) if button == "back" else button != "listen" or not self._deaf


def _share(least: list[int], room: int, grid: Grid) -> tuple[list[int], int]:
    """Heights of the choices and the gap between them, from the room there is."""
    count = len(least)
    spare = room - sum(least)
    gap = grid.gap_rows or (1 if grid.roomy and spare >= count - 1 else 0)
    spare -= gap * (count - 1)
    heights = list(least)
    # All grow together, so that none looks more important.
    while spare >= count and max(heights) < grid.tallest_choice:
        heights = [height + 1 for height in heights]
        spare -= count
    return heights, gap


def lay_out(
    page: Page,
    grid: Grid,
    language: str,
    texts: Catalogue,
    focus: int | None,
    key: str = "",
    *,
    pad: Pad | None = None,
    listens: bool = False,
    deaf: bool = False,
) -> Layout:
    """The layout of one part of a page.

    The focus is on the choice of that index; where it is None, in the field, or on `key` under it. `pad`: the
    keys as they are by now; without it as the page opens. `listens`: one may speak here; `deaf`: just now one
    may not.
    """
    return Composer(page, grid, language, texts, focus, key, pad=pad, listens=listens, deaf=deaf).compose()


__all__ = ["CHOOSE", "MARK_CELLS", "PRESS", "TYPE", "Layout", "Look", "Span", "Target", "lay_out"]
