"""What is really drawn, page by page in every colour: far enough apart, and told without colour."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import chain, pairwise

import pytest
from rich.cells import cell_len

from kiosk.flow.page import Choice, Entry, Keyboard, Page, PageKind
from kiosk.text import same
from screens.captions import caption_spans, level_line, marks_in
from screens.field_layout import EDGES, MARK, FieldSize, FieldState, draw_field, lay_field
from screens.grid import Grid
from screens.layout import PRESS, lay_out
from screens.page_lines import ALARM
from screens.picture import of_app
from screens.resident.parts import Parts, stops
from screens.spans import Layout, Look, Span, flatten
from screens.theme import CALM, DARK, LIGHT, PALETTES, YELLOW, Palette, contrast
from screens.typed import typed_in
from tests.flow.residents import WORLD
from tests.screens.every_page import every_overlay, every_page
from tests.screens.sitting_room import Hand, Room

every_palette = pytest.mark.parametrize("palette", PALETTES, ids=lambda palette: palette.name)
GRIDS = (Grid(40, 10), Grid(80, 24))
READABLE = (10.0, 21.01)
LOW_GLARE = (4.6, 8.0)
APART = 3.0
"""What a person with weak eyes needs to tell one thing from what is beside it."""
SAID = "请把身份证放在读卡器上。"


IN_THE_BAR = [f"{PRESS}help", f"{PRESS}person"]


@cache
def layouts() -> tuple[Layout, ...]:
    """Each page in both languages, small and usual, with the focus first here and then there."""
    return tuple(_layouts())


def _layouts() -> Iterator[Layout]:
    for grid in GRIDS:
        for language in ("zh", "en"):
            for page in (*every_page(), *every_overlay()):
                parts = Parts(WORLD.texts)
                parts.show(page, grid, language)
                yield from _with_the_focus_about(parts, grid, language)
                while parts.turn_over(+1):
                    yield from _with_the_focus_about(parts, grid, language)


def _with_the_focus_about(parts: Parts, grid: Grid, language: str) -> Iterator[Layout]:
    for _ in range(len(stops(parts.part, parts.pad)[:3]) + len(IN_THE_BAR)):
        key = parts.key or parts.button
        layout = lay_out(parts.part, grid, language, WORLD.texts, parts.focus, key, listens=True)
        if parts.part.entry is not None:
            lay_field(layout, parts.part.entry, language)
        yield layout
        parts.scan(IN_THE_BAR)


def looks_of(row: list[Span]) -> list[Look]:
    """A row of the screen, cell by cell."""
    return [span.look for span in row for _ in range(cell_len(span.words))]


def _rows(layout: Layout, below: list[Span]) -> list[list[Look]]:
    """With what stands below the page."""
    caption = range(layout.caption_row, layout.caption_row + layout.grid.caption_rows)
    rows = range(layout.grid.rows)
    return [looks_of(flatten(below if n in caption else layout.rows[n], layout.grid.columns)) for n in rows]


def _captions(grid: Grid) -> tuple[list[Span], list[Span]]:
    """What is being said, a word of it marked; or, while the page listens, the meter."""
    margin = " " * grid.margin
    said = caption_spans(SAID, grid.margin, marks_in([[SAID]], SAID, (0, 2)))
    return said, [Span(0, margin + level_line("请说", 0.5, grid.width) + margin, Look.FOCUS)]


@cache
def drawn() -> tuple[frozenset[Look], frozenset[frozenset[Look]]]:
    """All looks there are on any page, and which lie beside one another. The caption is a place of its own:
    the word that is marked in it may pass below the focus.
    """
    found: set[Look] = set()
    beside: set[frozenset[Look]] = set()
    for number, layout in enumerate(layouts()):
        rows = _rows(layout, _captions(layout.grid)[number % 2])
        for row in rows:
            found.update(row)
            beside.update(map(frozenset, set(pairwise(row))))
        page, below_it = rows[: layout.caption_row], rows[layout.caption_row :]
        for above, below in chain(pairwise(page), pairwise(below_it)):
            beside.update(map(frozenset, set(zip(above, below, strict=True))))
    return frozenset(found), frozenset(pair for pair in beside if len(pair) == 2)


def colours(palette: Palette, look: Look) -> tuple[str, str]:
    """Of the words, and of what is behind them."""
    style = palette.style(look)
    assert style.color is not None and style.bgcolor is not None
    return style.color.get_truecolor().hex, style.bgcolor.get_truecolor().hex


def test_all_looks_are_in_use() -> None:
    assert drawn()[0] == set(Look)


@every_palette
def test_every_pair_of_colours_on_any_page_can_be_read(palette: Palette) -> None:
    """K17: 10:1 and more; the low-glare colours between 4.6 and 8."""
    least, most = LOW_GLARE if palette is CALM else READABLE
    for look in drawn()[0]:
        assert least <= contrast(*colours(palette, look)) <= most, look


@every_palette
def test_the_focus_stands_out_from_all_that_is_ever_beside_it(palette: Palette) -> None:
    """K17: 3:1 and more between the grounds."""
    for pair in drawn()[1]:
        if Look.FOCUS in pair:
            one, other = (colours(palette, look)[1] for look in pair)
            assert contrast(one, other) >= APART, pair


@every_palette
@pytest.mark.parametrize("focused", [True, False], ids=["typed into", "a key has the focus"])
@pytest.mark.parametrize("boxes", [True, False], ids=["boxes", "a line"])
def test_the_caret_stands_out_in_its_field(palette: Palette, boxes: bool, focused: bool) -> None:
    """K17: also while the keys on the screen fill the field."""
    names = ("年", "月", "日") if boxes else ()
    entry = Entry(Keyboard.DATE, boxes=tuple(map(same, names)))
    state = FieldState(focused=focused, served=True)
    field = draw_field(typed_in(entry), names, FieldSize(60, 1), state)
    column, row = field.caret
    looks = looks_of(flatten(field.rows[row], 60))
    caret, behind = (colours(palette, look)[1] for look in (looks[column], looks[column + 1]))
    assert contrast(caret, behind) >= APART


@every_palette
@pytest.mark.parametrize("rows", [1, 4], ids=["a line", "several lines"])
@pytest.mark.parametrize("boxes", [True, False], ids=["boxes", "no boxes"])
def test_an_empty_field_is_seen_where_it_begins_and_ends(palette: Palette, boxes: bool, rows: int) -> None:
    """K17, WCAG 1.4.11: also without the focus, by marks of 3:1 and more on the page's own ground."""
    names = ("年", "月", "日") if boxes else ()
    entry = Entry(Keyboard.DATE if boxes else Keyboard.TEXT, boxes=tuple(map(same, names)))
    size = FieldSize(60, rows, rows)
    field = draw_field(typed_in(entry), names, size, FieldState(focused=False, served=False))
    page = colours(palette, Look.TEXT)[1]
    drawn_rows = [flatten(row, 60) for row in field.rows]
    there = [row for row in drawn_rows if any(span.look is Look.CHOICE for span in row)]
    assert there
    edges = 0
    for row in drawn_rows:
        for span in row:
            if span.look is not Look.CHOICE or not span.words.strip(" _"):
                continue
            assert span.words.startswith(EDGES[0]) and span.words.endswith(EDGES[1])
            assert contrast(colours(palette, span.look)[0], page) >= APART
            edges += 1
    assert edges == (3 if boxes else rows)


def test_what_is_to_be_read_is_as_strong_as_the_colours_can_be() -> None:
    """K17: black and white at 21:1, pure yellow as far from black as it goes."""
    for palette in (DARK, LIGHT):
        assert contrast(palette.text, palette.ground) == pytest.approx(21)
    assert (YELLOW.text, YELLOW.ground) == ("#FFFF00", "#000000")


async def test_the_running_program_draws_no_other_colours(room: Room) -> None:
    """K17: the pairs above are all there are, with a card's trouble, a field, a caption and help."""
    async with room.app().run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.sees("language")
        for palette in PALETTES:
            allowed = {colours(palette, look) for look in Look}
            for key in ("1", "h", "h", "1", "0", "0"):
                seen = {(piece.colour, piece.ground) for piece in chain(*of_app(hand.app)) if piece.words}
                assert len(seen) >= 3 and seen <= allowed, (palette.name, hand.place)
                await hand.presses(key)
            await hand.sees("language")
            await hand.presses("c")


# without colour


def grey(colour: str) -> str:
    """The same brightness, and no colour."""
    levels = [f"#{level:02X}{level:02X}{level:02X}" for level in range(256)]
    return min(levels, key=lambda level: abs(contrast(level, "#000000") - contrast(colour, "#000000")))


@every_palette
def test_as_greys_words_can_be_read_and_the_focus_is_told(palette: Palette) -> None:
    """K18: for people who see no colours, and screens that have none."""
    least = LOW_GLARE[0] if palette is CALM else READABLE[0]
    for look in drawn()[0]:
        one, other = map(grey, colours(palette, look))
        assert contrast(one, other) >= least * 0.95, look
    for pair in drawn()[1]:
        if Look.FOCUS in pair:
            one, other = (grey(colours(palette, look)[1]) for look in pair)
            assert contrast(one, other) >= APART, pair


def told_apart() -> Page:
    """A page on which something is chosen already, and something went wrong."""
    return Page(
        id="question:x",
        kind=PageKind.CHOICE,
        heading=same("请问您住在哪里"),
        error=same("这里还没有选"),
        choices=(Choice("a", same("城里"), chosen=True), Choice("b", same("乡下"))),
    )


@pytest.mark.parametrize("grid", GRIDS, ids=lambda grid: f"{grid.columns}x{grid.rows}")
def test_letters_alone_tell_the_focus_the_chosen_and_what_went_wrong(grid: Grid) -> None:
    """K18: a mark of two columns, a word, a sign; with no style at all."""
    lines = lay_out(told_apart(), grid, "zh", WORLD.texts, 1).text()
    alarm, chosen, focused = (
        next(line for line in lines if word in line) for word in ("还没", "城里", "乡下")
    )
    assert alarm.strip().startswith(ALARM)
    assert WORLD.texts["bar.chosen"].show("zh") in chosen and MARK not in chosen
    assert focused.strip().startswith(MARK)
    assert cell_len(MARK) == cell_len(ALARM) == 2


def test_every_page_tells_its_focus_and_its_error_without_colour() -> None:
    """K18: in the rows of every page, at both sizes, in both languages."""
    for layout in layouts():
        rows = [layout.painted(row) for row in range(layout.grid.rows)]
        alerts = [span.words for row in rows for span in row if span.look is Look.ALERT]
        assert not alerts or alerts[0].startswith(ALARM)
        focused = [row for row in rows if any(span.look is Look.FOCUS for span in row)]
        marks = "".join(span.words for row in focused for span in row)
        assert not focused or MARK in marks or ">" in marks
