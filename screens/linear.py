"""A page as plain lines, for braille displays, screen readers and terminals without colours. Pure.

One thing a line, from the first column on: nothing beside it, no filled blocks, no signs that are only drawn.
The same parts of the same pages as elsewhere, so that what is shown is what is said.
"""

from __future__ import annotations

from rich.cells import cell_len

from kiosk.flow.page import Choice, Page, PageKind
from kiosk.text import Catalogue
from screens.bar import bar_words
from screens.grid import Grid
from screens.layout import CHOOSE, FIELD, PRESS, TYPE
from screens.line_break import break_lines, fit
from screens.pad import Pad, pad_of
from screens.page_lines import NUMBER_CELLS, choice_lines, error_lines, field_rows, mending_lines
from screens.spans import Layout, Look, Span, Target

HERE = " <"
"""Behind the item that has the focus: its line begins with what it says, on braille as in a screen reader."""
APART = "  "
"""Between two keys that are named on one line."""


class _Lines:
    """Written from the top down."""

    def __init__(self, page: Page, grid: Grid, language: str, texts: Catalogue) -> None:
        self.page, self.grid, self.language, self.texts = page, grid, language, texts
        self.layout = Layout(grid, [[] for _ in range(grid.rows)])
        self.layout.caption_row = grid.rows - grid.bar_rows - grid.caption_rows
        self.row = 0

    def write(self, lines: list[str], look: Look = Look.TEXT) -> None:
        for line in lines:
            if self.row < self.layout.caption_row:
                self.layout.rows[self.row].append(Span(0, line, look))
            self.row += 1

    def top(self) -> None:
        """Where one is: a line that is the same on all parts but for its end."""
        page = self.page
        words = [page.banner.show(self.language), page.progress.show(self.language)]
        if page.parts > 1:
            part = self.texts.text("bar.part", part=page.part, parts=page.parts)
            words.append(part.show(self.language))
        self.write([fit(" ".join(filter(None, words)), self.grid.columns)])

    def words(self) -> None:
        """What went wrong, the question, and what is said beside it."""
        page, language, width = self.page, self.language, self.grid.width
        if page.mending:
            self.write(mending_lines(page, self.grid, language, self.texts["bar.mending"]))
        else:
            self.write(error_lines(page, self.grid, language), Look.STRONG)
        self.write(break_lines(page.heading.show(language), width), Look.STRONG)
        for text in (page.big, *page.body):
            self.write(break_lines(text.show(language), width) if text.show(language) else [])

    def field(self) -> None:
        page = self.page
        drawn = page.kind is PageKind.SIGN
        if not drawn and page.entry is None:
            return
        rows = field_rows(page, self.grid)
        if page.entry is not None:
            rows = min(rows, page.entry.rows)
        place = Target(FIELD, 0, self.row, self.grid.columns, rows)
        if drawn:
            self.layout.canvas = place
        else:
            self.layout.field = place
        self.row += rows

    def keys(self, pad: Pad, focused: str) -> None:
        """Each row of the keys on the screen as a line; the one with the focus alone is marked."""
        for line in pad.lines:
            column = 0
            for key in line:
                words = f">{key.drawn}" if key.name == focused else f" {key.drawn}"
                if self.row < self.layout.caption_row:
                    self.layout.rows[self.row].append(Span(column, words, Look.TEXT))
                act = f"{TYPE}{key.name}"
                self.layout.targets.append(Target(act, column, self.row, cell_len(words), 1))
                column += cell_len(words)
            self.row += 1

    def choice(self, number: int, choice: Choice, *, focused: bool, numbered: bool) -> None:
        lines = choice_lines(choice, self.grid, self.language, self.texts["bar.chosen"].show(self.language))
        digit = f"{number}. " if numbered else ""
        first, *more = lines
        beside = " " * NUMBER_CELLS
        target = Target(f"{CHOOSE}{choice.id}", 0, self.row, self.grid.columns, len(lines))
        self.layout.targets.append(target)
        self.write([f"{digit}{first}{HERE if focused else ''}", *(beside + line for line in more)])

    def bar(self, key: str, *, in_field: bool, listens: bool) -> None:
        """Which keys do what, as one line at the bottom; each of its words can be touched. What has the focus
        comes first and those after it follow, so that it, too, begins a line. Where there is no room for all,
        things give way as in the bar of other pages: speaking, then what the keyboard calls the keys.
        """
        row, column = self.grid.rows - self.grid.bar_rows, 0
        for act, words in self._bar_words(key, in_field=in_field, listens=listens):
            self.layout.rows[row].append(Span(column, words, Look.TEXT))
            self.layout.targets.append(Target(act, column, row, cell_len(words), 1))
            column += cell_len(words) + len(APART)

    def _bar_words(self, key: str, *, in_field: bool, listens: bool) -> list[tuple[str, str]]:
        offered: list[tuple[str, str]] = []
        for speaking, named in ((listens, True), (False, True), (False, False)):
            told = bar_words(self.page, self.texts, self.language, in_field=in_field, listens=speaking)
            offered = [
                (act, word + HERE if act == key else f"{called if named else ''} {word}".strip())
                for act, called, word in ((f"{PRESS}{name}", called, word) for name, called, word in told)
            ]
            if cell_len(APART.join(words for _, words in offered)) <= self.grid.columns:
                break
        first = next((place for place, (act, _) in enumerate(offered) if act == key), 0)
        return offered[first:] + offered[:first]


def lay_out_linear(
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
    """As `screens.layout.lay_out`, in lines."""
    lines = _Lines(page, grid, language, texts)
    in_field = focus is None and page.entry is not None and not key.startswith(PRESS)
    lines.top()
    lines.words()
    lines.field()
    if page.entry is not None:
        lines.keys(pad_of(page.entry, grid, language, texts) if pad is None else pad, key)
    for number, choice in enumerate(page.choices, 1):
        lines.choice(number, choice, focused=number - 1 == focus, numbered=not in_field)
    lines.bar(key, in_field=in_field, listens=listens and not deaf)
    return lines.layout
