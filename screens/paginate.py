"""Splits a page that is too long for the grid into parts. Nobody scrolls. Pure.

Each part is a Page of its own, so what is said is exactly what is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kiosk.flow.page import Choice, Page, PageKind, Role
from kiosk.text import EMPTY, Text
from screens.big_type import COLUMNS, big_lines
from screens.grid import Grid
from screens.line_break import break_lines
from screens.pad import pad_rows

MORE = "more"
"""The choice that shows the next part; handled by the screen, unknown to the visit."""

TICKED, UNTICKED = "[x] ", "[ ] "
"""Before a choice of which several may be chosen: signs as wide in every terminal."""

MARK_CELLS = 2
NUMBER_CELLS = 3


def label_width(grid: Grid) -> int:
    """Cells for a choice's words, beside its mark, its number and the word for "chosen"."""
    return grid.width - MARK_CELLS - NUMBER_CELLS - 1


def choice_lines(choice: Choice, grid: Grid, language: str, chosen: str) -> list[str]:
    """The words of a choice: label, detail beside or below it, the word for "chosen"."""
    if choice.role is Role.TOGGLE:
        return _toggle_lines(choice, grid, language, chosen)
    return break_lines(_words(choice, language, chosen), label_width(grid))


def _words(choice: Choice, language: str, chosen: str) -> str:
    words = choice.label.show(language)
    detail = choice.detail.show(language)
    if detail:
        words += (": " if language == "en" else "：") + detail
    if choice.chosen:
        words += f" ({chosen})" if language == "en" else f"（{chosen}）"
    return words


def _toggle_lines(choice: Choice, grid: Grid, language: str, chosen: str) -> list[str]:
    """Behind a box, ticked or not; as many lines either way, so that nothing moves when it is ticked."""
    width = label_width(grid) - len(UNTICKED)
    both = {
        state: break_lines(_words(replace(choice, chosen=state), language, chosen), width)
        for state in (True, False)
    }
    lines = both[choice.chosen]
    lines += [""] * (max(map(len, both.values())) - len(lines))
    box = TICKED if choice.chosen else UNTICKED
    return [box + lines[0], *(" " * len(box) + line for line in lines[1:])]


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


@dataclass(frozen=True, slots=True)
class _Sizes:
    """Rows that things take, at the least."""

    grid: Grid
    language: str
    chosen: str

    def text(self, text: Text) -> int:
        return len(break_lines(text.show(self.language), self.grid.width))

    def choice(self, choice: Choice) -> int:
        return len(choice_lines(choice, self.grid, self.language, self.chosen))

    def head(self, page: Page) -> int:
        error = self.text(page.error) if page.error else 0
        return error + self.text(page.heading)

    def fixed(self, page: Page) -> int:
        return field_rows(page, self.grid) + pad_rows(page, self.grid)


def paginate(page: Page, grid: Grid, language: str, more: Text, chosen: str) -> tuple[Page, ...]:
    """The parts of a page at this size; one where it fits. `more` names the choice to the next part."""
    sizes = _Sizes(grid, language, chosen)
    room = grid.content_rows
    whole = sizes.head(page) + sizes.fixed(page) + len(number_lines(page, grid, language))
    whole += sum(map(sizes.text, page.body)) + sum(map(sizes.choice, page.choices))
    if whole <= room and len(page.choices) <= page.at_once:
        return (page,)
    parts: list[Page] = []
    body, choices = list(page.body), list(page.choices)
    more_choice = Choice(MORE, more, Role.MORE)
    while body or choices or not parts:
        bare = page if not parts else replace(page, error=None, big=EMPTY)
        used = sizes.head(bare) + len(number_lines(bare, grid, language))
        taken = _take_body(body, room - used - 1, sizes)
        used += sum(map(sizes.text, taken))
        shown: Sequence[Choice] = ()
        last = False
        if not body:
            fixed = sizes.fixed(page)
            shown, last = _take_choices(choices, room - used - fixed, page.at_once, sizes)
        if not taken and not shown and parts:
            # A single text larger than the grid: show it alone rather than never end.
            taken, shown = body[:1] or [], choices[:1]
            del body[:1], choices[: len(shown)]
            last = not body and not choices
        tail = () if last else (more_choice,)
        parts.append(_part(bare, taken, (*shown, *tail), fits_entry=last))
        if last:
            break
    return tuple(replace(part, part=n + 1, parts=len(parts)) for n, part in enumerate(parts))


def _take_body(body: list[Text], room: int, sizes: _Sizes) -> list[Text]:
    taken: list[Text] = []
    while body and sizes.text(body[0]) <= room:
        room -= sizes.text(body[0])
        taken.append(body.pop(0))
    return taken


def _take_choices(
    choices: list[Choice], room: int, at_once: int, sizes: _Sizes
) -> tuple[tuple[Choice, ...], bool]:
    """As many as fit; all of them if they do, else with a row kept for "more"."""
    if len(choices) <= at_once and sum(map(sizes.choice, choices)) <= room:
        shown = tuple(choices)
        choices.clear()
        return shown, True
    taken: list[Choice] = []
    room -= 1
    while choices and len(taken) < at_once - 1 and sizes.choice(choices[0]) <= room:
        room -= sizes.choice(choices[0])
        taken.append(choices.pop(0))
    return tuple(taken), False


def _part(page: Page, body: list[Text], choices: tuple[Choice, ...], *, fits_entry: bool) -> Page:
    """One part: its share of body and choices; the field stands on the last one."""
    ids = [choice.id for choice in choices]
    # Where the page leads on by itself, so do its parts: Enter goes on and changes nothing.
    further = MORE if page.focus and MORE in ids else None
    focus = page.focus if page.focus in ids else further
    entry = page.entry if fits_entry else None
    kind = page.kind if fits_entry or page.kind not in (PageKind.ENTRY, PageKind.SIGN) else PageKind.CHOICE
    return replace(page, body=tuple(body), choices=choices, focus=focus, entry=entry, kind=kind)
