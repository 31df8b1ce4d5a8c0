"""The lines that each thing on a page takes at a given size: heading, error, number, choices. Pure."""

from __future__ import annotations

from dataclasses import replace

from kiosk.flow.page import Choice, Page, PageKind, Role
from kiosk.text import Text
from screens.big_type import COLUMNS, big_lines
from screens.grid import LINE_ROWS, Grid
from screens.line_break import break_lines

TICKED, UNTICKED = "[x] ", "[ ] "
"""Before a choice of which several may be chosen: signs as wide in every terminal."""

ALARM = "！"
"""Before what went wrong, as wide as the mark of the focus: colour is not all that tells it (K18)."""

MARK_CELLS = 2
NUMBER_CELLS = 3


def label_width(grid: Grid) -> int:
    """Cells for a choice's words, beside its mark, its number and the word for "chosen"."""
    return grid.width - MARK_CELLS - NUMBER_CELLS - 1


def choice_lines(
    choice: Choice, grid: Grid, language: str, chosen: str, width: int | None = None
) -> list[str]:
    """The words of a choice: label, detail beside or below it, the word for "chosen".

    `width`: cells for them, where it has no line of its own.
    """
    width = label_width(grid) if width is None else width
    if choice.role is Role.TOGGLE:
        return _toggle_lines(choice, width, language, chosen)
    return break_lines(choice_words(choice, language, chosen), width)


def choice_words(choice: Choice, language: str, chosen: str) -> str:
    """All that stands in a choice, as one text."""
    words = choice.label.show(language)
    detail = choice.detail.show(language)
    if detail:
        words += (": " if language == "en" else "：") + detail
    if choice.chosen:
        words += f" ({chosen})" if language == "en" else f"（{chosen}）"
    return words


def _toggle_lines(choice: Choice, width: int, language: str, chosen: str) -> list[str]:
    """Behind a box, ticked or not; as many lines either way, so that nothing moves when it is ticked."""
    width -= len(UNTICKED)
    both = {
        state: break_lines(choice_words(replace(choice, chosen=state), language, chosen), width)
        for state in (True, False)
    }
    lines = both[choice.chosen]
    lines += [""] * (max(map(len, both.values())) - len(lines))
    box = TICKED if choice.chosen else UNTICKED
    return [box + lines[0], *(" " * len(box) + line for line in lines[1:])]


def heading_lines(page: Page, grid: Grid, language: str) -> list[str]:
    """The heading, in large characters where those leave half of the room."""
    words = page.heading.show(language)
    if not grid.glyphs:
        return break_lines(words, grid.width)
    from screens.glyphs import COLUMNS as NARROW
    from screens.glyphs import glyph_lines

    lines = break_lines(words, grid.width // NARROW)
    large = [glyph_lines(line) for line in lines]
    if len(lines) * LINE_ROWS > grid.content_rows // 2 or None in large:
        return break_lines(words, grid.width)
    return [row for line in large if line for row in line]


def focused_large(choice: Choice, grid: Grid, language: str) -> list[str] | None:
    """The choice with the focus in large characters; None where it says more than fits a line of them."""
    if choice.detail.show(language) or choice.chosen or choice.role is Role.TOGGLE:
        return None
    from screens.glyphs import glyph_lines

    large = glyph_lines(choice.label.show(language))
    return large if large and len(large[0]) <= label_width(grid) else None


def error_lines(page: Page, grid: Grid, language: str) -> list[str]:
    """Why the last input was not taken, behind its sign; none where it was."""
    return break_lines(ALARM + page.error.show(language), grid.width) if page.error else []


def mending_lines(page: Page, grid: Grid, language: str, words: Text) -> list[str]:
    """`words` in the rows of the error that is being put right, as many as it had."""
    rows = len(error_lines(page, grid, language))
    lines = break_lines(words.show(language), grid.width)[:rows]
    return lines + [""] * (rows - len(lines))


def number_lines(page: Page, grid: Grid, language: str) -> list[str]:
    """The number to be seen from far: in large signs where there is room, else as one line."""
    words = page.big.show(language)
    if not words:
        return []
    large = big_lines(words) if grid.roomy and len(words) * COLUMNS <= grid.width else None
    return large or break_lines(words, grid.width)


def field_rows(page: Page, grid: Grid) -> int:
    """Rows of the field of an entry page, or of the place to write on a signature page."""
    if page.kind is PageKind.SIGN:
        return max(2, grid.content_rows // 3)
    if page.entry is None:
        return 0
    if page.entry.rows > 1:
        return min(page.entry.rows, max(2, grid.content_rows // 3))
    return 1 if grid.rows < 20 else 3
