"""Splits a page that is too long for the grid into parts. Nobody scrolls. Pure.

Each part is a Page of its own, so what is said is exactly what is shown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rich.cells import cell_len

from kiosk.flow.page import ENTER, GROUP, Choice, Page, PageKind, Role
from kiosk.text import EMPTY, Privacy, Text
from screens.choice_rows import in_pairs, one_below_the_other, rows_of
from screens.entry_room import holds_keys
from screens.grid import Grid
from screens.key_room import pad_rows
from screens.line_break import break_lines
from screens.page_lines import (
    choice_lines,
    error_lines,
    field_rows,
    heading_lines,
    label_width,
    number_lines,
)

MORE = "more"
"""The choice that shows the next part; handled by the screen, unknown to the visit."""

_BETWEEN = re.compile("[；;]")
"""Between one thing and the next of a row of them."""


@dataclass(frozen=True, slots=True)
class _Sizes:
    """Rows that things take, at the least."""

    grid: Grid
    language: str
    chosen: str

    def text(self, text: Text) -> int:
        return len(break_lines(text.show(self.language), self.grid.width))

    def choice(self, choice: Choice) -> int:
        """With the gap that follows it."""
        lines = len(choice_lines(choice, self.grid, self.language, self.chosen))
        return max(lines, self.grid.choice_rows) + self.grid.gap_rows

    def choices(self, choices: Sequence[Choice]) -> int:
        """Of all of them with the gaps between, where two stand side by side if that is needed."""
        plain = one_below_the_other(choices, self.grid, self.language, self.chosen)
        pairs = in_pairs(choices, self.grid, self.language, self.chosen)
        return min(rows_of(plain, self.grid), rows_of(pairs, self.grid))

    def alone(self, page: Page) -> int:
        """Rows for one thing on a part of its own, between the heading and the choice to the next part."""
        return max(self.grid.content_rows - self.heading(page) - self.more, 1)

    def plainer(self, choice: Choice, page: Page) -> Choice:
        """Without its detail, where that would take the room of the choice to the next part."""
        return choice if self.choice(choice) <= self.alone(page) else replace(choice, detail=EMPTY)

    def in_a_line(self, choice: Choice) -> Choice:
        """A group with as many of the things in it as its line has room for, and no more are said."""
        if not choice.id.startswith(GROUP) or self.choice(choice) == 1:
            return choice
        label, detail = choice.label.show(self.language), choice.detail.show(self.language)
        room = label_width(self.grid) - cell_len(label) - 2
        some = [f"{detail[: sign.start()]}…" for sign in _BETWEEN.finditer(detail)]
        fitting = [words for words in some if cell_len(words) <= room]
        return replace(choice, detail=Text({self.language: fitting[-1]}) if fitting else EMPTY)

    def pieces(self, text: Text, page: Page) -> list[Text]:
        """The text as it is, or in pieces where even alone it would not fit."""
        room = self.alone(page)
        if self.text(text) <= room:
            return [text]
        words = text.show(self.language)
        cut = [""]
        for number, line in enumerate(break_lines(words, self.grid.width)):
            cut += [""] if number and number % room == 0 else []
            rest = words[len("".join(cut)) :]
            cut[-1] += rest[: len(rest) - len(rest.lstrip()) + len(line)]
        pieces = [Text({self.language: piece.strip()}, privacy=text.privacy) for piece in cut]
        if text.say(self.language) != words or text.privacy is not Privacy.OPEN or text.parts:
            # Said with the first piece, as a whole: half of a secret would be said in another way.
            pieces = [replace(piece, decoration=True) for piece in pieces]
            said = {self.language: text.say(self.language)}
            pieces[0] = replace(text, shown=pieces[0].shown, said=said)
        return pieces

    @property
    def more(self) -> int:
        """The choice to the next part, which needs one line, alone."""
        return self.grid.choice_rows

    def head(self, page: Page) -> int:
        return len(error_lines(page, self.grid, self.language)) + self.heading(page)

    def heading(self, page: Page) -> int:
        return len(heading_lines(page, self.grid, self.language))

    def fixed(self, page: Page) -> int:
        """The field and its keys, with the gap above the choices."""
        rows = field_rows(page, self.grid) + pad_rows(page, self.grid)
        return rows + self.grid.gap_rows if rows and page.choices else rows


def rows_beside_field(page: Page, grid: Grid, language: str, chosen: str) -> int:
    """Rows that all of a part takes but the field and its keys, at the least."""
    sizes = _Sizes(grid, language, chosen)
    rows = sizes.head(page) + len(number_lines(page, grid, language))
    return rows + sum(map(sizes.text, page.body)) + sum(map(sizes.choice, page.choices))


def paginate(page: Page, grid: Grid, language: str, more: Text, chosen: str) -> tuple[Page, ...]:
    """The parts of a page at this size; one where it fits. `more` names the choice to the next part."""
    sizes = _Sizes(grid, language, chosen)
    room = grid.content_rows
    if page.entry is not None and grid.pitch is not None:
        around = _around_keys(page, sizes, more)
        if around:
            return around
    whole = sizes.head(page) + sizes.fixed(page) + len(number_lines(page, grid, language))
    whole += sum(map(sizes.text, page.body)) + sizes.choices(page.choices)
    if whole <= room and len(page.choices) <= page.at_once:
        return (page,)
    parts: list[Page] = []
    body = [piece for text in page.body for piece in sizes.pieces(text, page)]
    choices = [sizes.plainer(choice, page) for choice in page.choices]
    if not grid.roomy:
        # Where rows are scarce all the groups are seen together, rather than what is in one of them.
        choices = [sizes.in_a_line(choice) for choice in choices]
    more_choice = Choice(MORE, more, Role.MORE)
    while body or choices or not parts:
        bare = page if not parts else replace(page, error=None, big=EMPTY)
        used = sizes.head(bare) + len(number_lines(bare, grid, language))
        taken = _take_body(body, room - used - sizes.more, sizes)
        used += sum(map(sizes.text, taken))
        shown: Sequence[Choice] = ()
        last = False
        if not body:
            fixed = sizes.fixed(page)
            shown, last = _take_choices(choices, room - used - fixed, page.at_once, sizes, more_choice)
        if not taken and not shown and parts:
            # A single text larger than the grid: show it alone rather than never end.
            taken, shown = body[:1] or [], choices[:1]
            del body[:1], choices[: len(shown)]
            last = not body and not choices
        tail = () if last else (more_choice,)
        parts.append(_part(bare, taken, (*shown, *tail), fits_entry=last))
        if last:
            break
    return _numbered(parts)


def _numbered(parts: Sequence[Page]) -> tuple[Page, ...]:
    return tuple(replace(part, part=n + 1, parts=len(parts)) for n, part in enumerate(parts))


def _around_keys(page: Page, sizes: _Sizes, more: Text) -> tuple[Page, ...]:
    """The parts of a page with a field: the last one has room for keys that a finger hits. None where even
    with the question and the way on alone there is no such room."""
    grid, language, chosen = sizes.grid, sizes.language, sizes.chosen
    if holds_keys(page, grid, language, chosen):
        return (page,)
    bare = replace(page, error=None, big=EMPTY)
    go = tuple(choice for choice in page.choices if choice.id == ENTER)
    for last in (bare, replace(bare, body=()), replace(bare, body=(), choices=go)):
        if not holds_keys(last, grid, language, chosen):
            continue
        others = tuple(choice for choice in page.choices if choice not in last.choices)
        before = replace(
            page,
            kind=PageKind.CHOICE,
            entry=None,
            body=() if last.body else page.body,
            choices=(*others, Choice(MORE, more, Role.MORE)),
            focus=MORE,
        )
        return _numbered([*paginate(before, grid, language, more, chosen), last])
    return ()


def _take_body(body: list[Text], room: int, sizes: _Sizes) -> list[Text]:
    taken: list[Text] = []
    while body and sizes.text(body[0]) <= room:
        room -= sizes.text(body[0])
        taken.append(body.pop(0))
    return taken


def _take_choices(
    choices: list[Choice], room: int, at_once: int, sizes: _Sizes, more: Choice
) -> tuple[tuple[Choice, ...], bool]:
    """As many as fit; all of them if they do, else with room kept for "more"."""
    if len(choices) <= at_once and sizes.choices(choices) <= room:
        shown = tuple(choices)
        choices.clear()
        return shown, True
    taken: list[Choice] = []
    while choices and len(taken) < at_once - 1 and sizes.choices([*taken, choices[0], more]) <= room:
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
