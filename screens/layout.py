"""Where everything of a page stands on the grid: styled lines and touch targets. Pure.

The same layout is drawn, hit by fingers, and checked by the tests at every size.
"""

from __future__ import annotations

from rich.cells import cell_len

from kiosk.flow.page import Choice, Page, PageKind
from kiosk.text import LANGUAGES, Catalogue
from screens.grid import Grid
from screens.line_break import break_lines, fit
from screens.pad import drawn, pad_keys, pad_rows
from screens.paginate import (
    MARK_CELLS,
    NUMBER_CELLS,
    choice_lines,
    field_rows,
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
        listens: bool = False,
        deaf: bool = False,
    ) -> None:
        self.page, self.grid, self.language, self.texts = page, grid, language, texts
        self._listens, self._deaf = listens, deaf
        self.focus = focus
        """Index of the focused choice; None while the field, or a key under it, has the focus."""
        self.key = key
        """The key on the screen that has the focus."""
        self.layout = Layout(grid, [[] for _ in range(grid.rows)])
        self._row = 1

    def compose(self) -> Layout:
        """The finished layout."""
        page, language = self.page, self.language
        gaps = self._gaps()
        self._top()
        self._row += "top" in gaps
        if page.error:
            self._lines(page.error.show(language), Look.ALERT, filled=True)
        self._lines(page.heading.show(language), Look.STRONG)
        self._row += "text" in gaps
        for line in number_lines(page, self.grid, language):
            self._put(self._row, self.grid.margin, line, Look.STRONG)
            self._row += 1
        self._row += "number" in gaps
        for text in page.body:
            self._lines(text.show(language), Look.TEXT)
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
        field, pad = field_rows(page, self.grid), pad_rows(page, self.grid)
        texts = [page.heading, *page.body, *([page.error] if page.error else [])]
        used = sum(len(break_lines(text.show(self.language), self.grid.width)) for text in texts)
        used += len(number) + field + pad + sum(len(self._words(choice)) for choice in page.choices)
        there = {
            "text": bool(page.body or number),
            "choices": bool(page.choices),
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
        return self.focus is None and self.page.entry is not None

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

    def _lines(self, words: str, look: Look, *, filled: bool = False) -> None:
        for line in break_lines(words, self.grid.width):
            line = line + " " * (self.grid.width - cell_len(line)) if filled else line
            self._put(self._row, self.grid.margin, line, look)
            self._row += 1

    def _end(self) -> int:
        return 1 + self.grid.content_rows

    def _words(self, choice: Choice) -> list[str]:
        return choice_lines(choice, self.grid, self.language, self._show("bar.chosen"))

    def _field(self) -> None:
        rows = field_rows(self.page, self.grid)
        if not rows:
            return
        place = Target(FIELD, self.grid.margin, self._row, self.grid.width, rows)
        if self.page.kind is PageKind.SIGN:
            self.layout.canvas = place
        else:
            self.layout.field = place
        self._row += rows

    def _pad(self) -> None:
        rows, keys = pad_rows(self.page, self.grid), pad_keys(self.page.entry)
        step = self.grid.width // max(len(keys), 1)
        for number, key in enumerate(keys):
            column = self.grid.margin + number * step
            focused = key == self.key
            words = f">{drawn(key)}" if focused else drawn(key)
            look = Look.FOCUS if focused else Look.CHOICE
            self._box(column, self._row, max(step - 1, cell_len(words)), rows, words, look)
            self.layout.targets.append(Target(f"{TYPE}{key}", column, self._row, step, rows))
        self._row += rows

    def _box(self, column: int, row: int, columns: int, rows: int, words: str, look: Look) -> None:
        """Words in the middle of a filled block."""
        for n in range(rows):
            line = words if n == (rows - 1) // 2 else ""
            left = (columns - cell_len(line)) // 2
            filled = " " * left + line + " " * (columns - left - cell_len(line))
            self._put(row + n, column, filled, look)

    def _choices(self) -> None:
        choices = self.page.choices
        if not choices:
            return
        words = [self._words(choice) for choice in choices]
        room = self._end() - self._row
        heights, gap = _share([len(lines) for lines in words], room, self.grid)
        for number, (choice, lines, height) in enumerate(zip(choices, words, heights, strict=True)):
            self._choice(number, choice, lines, height)
            self._row += height + gap

    def _choice(self, number: int, choice: Choice, lines: list[str], height: int) -> None:
        focused = number == self.focus
        look = Look.FOCUS if focused else Look.CHOICE
        above = (height - len(lines)) // 2
        for n in range(height):
            at = n - above
            words = lines[at] if 0 <= at < len(lines) else ""
            mark = ("＞" if focused else "  ") if at == 0 else "  "
            numbered = at == 0 and not self._in_field
            digit = f" {number + 1} " if numbered else " " * NUMBER_CELLS
            line = mark + digit + " " + words
            self._put(self._row + n, self.grid.margin, line + " " * (self.grid.width - cell_len(line)), look)
        self.layout.targets.append(
            Target(f"{CHOOSE}{choice.id}", self.grid.margin, self._row, self.grid.width, height)
        )

    def _bar(self) -> None:
        """Back, Help, Again, Person, Language: the same places on every page (K10)."""
        grid = self.grid
        row = grid.rows - grid.bar_rows
        column = 0
        for name, width in _bar_widths(grid, self.texts, listens=self._listens).items():
            keys = _BUTTONS[name]
            if self._is_there(name):
                words = fit(f"{keys[self._in_field]} {self._show(f'bar.{name}')}".strip(), width - 1)
                self._box(column, row, width - 1, grid.bar_rows, words, Look.BAR)
                touched = min(width, grid.columns - column)
                self.layout.targets.append(Target(f"{PRESS}{name}", column, row, touched, grid.bar_rows))
            column += width

    def _is_there(self, button: str) -> bool:
        """A button that does nothing here leaves its place free, so that the others stay in theirs."""
        if button == "back":
            return self.page.back or self.page.part > 1
        return button != "listen" or not self._deaf


_BUTTONS = {
    "back": ("0", "Esc"),
    "help": ("H", "F1"),
    "repeat": ("R", "F2"),
    "listen": ("V", "F12"),
    "person": ("S", "F9"),
    "language": ("L", ""),
}
"""The bar from left to right, with the keys that do the same: outside a field, and in one."""


def _bar_widths(grid: Grid, texts: Catalogue, *, listens: bool) -> dict[str, int]:
    """Columns of each button: room for its words in every language, what is left shared out. The one to speak
    is there only where somebody listens, and where there is room."""
    needed = {
        name: 1
        + max(cell_len(f"{key} {texts[f'bar.{name}'].show(code)}") for code in LANGUAGES for key in keys)
        for name, keys in _BUTTONS.items()
    }
    if not listens or sum(needed.values()) > grid.columns:
        del needed["listen"]
    spare = max(grid.columns - sum(needed.values()), 0)
    return {name: width + spare // len(needed) for name, width in needed.items()}


def _share(least: list[int], room: int, grid: Grid) -> tuple[list[int], int]:
    """Heights of the choices and the gap between them, from the room there is."""
    count = len(least)
    spare = room - sum(least)
    gap = 1 if grid.roomy and spare >= count - 1 else 0
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
    listens: bool = False,
    deaf: bool = False,
) -> Layout:
    """The layout of one part of a page.

    The focus is on the choice of that index; where it is None, in the field, or on `key` under it. `listens`:
    one may speak here; `deaf`: just now one may not.
    """
    return Composer(page, grid, language, texts, focus, key, listens=listens, deaf=deaf).compose()


__all__ = ["CHOOSE", "MARK_CELLS", "PRESS", "TYPE", "Layout", "Look", "Span", "Target", "lay_out"]
