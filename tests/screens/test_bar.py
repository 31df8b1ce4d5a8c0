"""The keys below every page, on whatever grid: never cut (K16), as large as a finger and apart (K19)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, pairwise

import pytest
from _pytest.mark import ParameterSet
from hypothesis import given
from hypothesis import strategies as st

from kiosk.display.panel import Panel, panel_by_hand
from kiosk.display.tables import faces, panels
from kiosk.display.type_size import APART, TOUCH_WIDTH, Pitch, fits
from kiosk.flow.page import Choice, Entry, Keyboard, Page, PageKind
from kiosk.text import LANGUAGES, same
from screens.bar import BUTTONS, bar_of
from screens.grid import Grid
from screens.layout import PRESS, Layout, Target, lay_out
from screens.linear import lay_out_linear
from tests.flow.residents import WORLD
from tests.screens.test_every_page_fits import inside, squeezed

TEXTS = WORLD.texts
MEASURED = ("10.1", "13.3", "15.6", "21.5")
TRIED_EACH_TIME = (4.3, 5.1, 7.4)
"""Two columns free between keys, one, and one of the largest; `script/test --quick` leaves out the others."""
NARROWEST, WIDEST, ROWS = 40, 120, 12
LONGEST = 7
"""Columns of the longest word on one of them, with its mark."""
CHOOSING = Page("p", PageKind.CHOICE, same("问"), choices=(Choice("yes", same("是")),))
TYPING = Page("p", PageKind.ENTRY, same("问"), entry=Entry(Keyboard.DIGITS))
UPRIGHT = ("165x293 mm, 1080x1920", "144x256 mm, 1080x1920", "162x122 mm, 1024x768")
"""A panel of 13.3 and one of 11.6 inches on end, and an old one of 8: they give the narrowest grids."""


def pitches() -> Iterator[ParameterSet]:
    """What the four sizes make of a cell on the panels most sold, in every terminal; each width once."""
    found = (fits(panels()[name], face) for name in MEASURED for face in faces().values())
    widths = {round(fit.pitch.width, 1): fit.pitch for fit in chain.from_iterable(found)}
    for width, pitch in sorted(widths.items()):
        marks = [] if width in TRIED_EACH_TIME else [pytest.mark.slow]
        yield pytest.param(pitch, id=f"{pitch.width:.2f}mm", marks=marks)


def looks(grid: Grid, *, listens: bool) -> Iterator[tuple[Layout, str]]:
    """Both languages, with choices and with a field; nothing of the bar has the focus, then each key."""
    for language in LANGUAGES:
        yield lay_out(CHOOSING, grid, language, TEXTS, 0, listens=listens), language
        yield lay_out(TYPING, grid, language, TEXTS, None, listens=listens), language
        for name in BUTTONS:
            yield lay_out(TYPING, grid, language, TEXTS, None, f"{PRESS}{name}", listens=listens), language


def keys_of(layout: Layout) -> list[Target]:
    return [target for target in layout.targets if target.act.startswith(PRESS)]


def assert_whole_and_in_their_places(grid: Grid, *, listens: bool) -> list[Target]:
    """The same keys in the same places on every page (K10), none cut, none over another; those keys."""
    places = keys_of(lay_out(CHOOSING, grid, "zh", TEXTS, 0, listens=listens))
    for layout, language in looks(grid, listens=listens):
        assert keys_of(layout) == places
        for key in places:
            word = TEXTS[f"bar.{key.act.removeprefix(PRESS)}"].show(language)
            assert inside(layout, key).endswith(squeezed(word)), (grid, layout.text())
    assert {key.act.removeprefix(PRESS) for key in places} >= {*BUTTONS} - {"listen"}
    assert places[0].column >= 0 and places[-1].column + places[-1].columns <= grid.columns
    for one, other in pairwise(places):
        assert one.column + one.columns <= other.column
    return places


def assert_for_fingers(places: list[Target], pitch: Pitch) -> None:
    for key in places:
        assert key.columns * pitch.width >= TOUCH_WIDTH
    for one, other in pairwise(places):
        assert (other.column - one.column - one.columns) * pitch.width >= APART


@pytest.mark.parametrize("listens", [False, True], ids=["silent", "listens"])
@pytest.mark.parametrize("pitch", pitches())
def test_on_every_width_at_the_pitch_of_every_type_size(pitch: Pitch, listens: bool) -> None:
    for columns in range(NARROWEST, WIDEST + 1):
        grid = Grid(columns, ROWS, pitch)
        assert_for_fingers(assert_whole_and_in_their_places(grid, listens=listens), pitch)


@pytest.mark.parametrize("glass", UPRIGHT)
def test_on_the_narrowest_panels_that_a_size_is_offered_on(glass: str) -> None:
    panel = panel_by_hand(glass)
    assert isinstance(panel, Panel)
    offered = [fit for face in faces().values() for fit in fits(panel, face)]
    assert offered
    for fit in offered:
        grid = Grid(fit.columns, fit.rows, fit.pitch)
        assert_for_fingers(assert_whole_and_in_their_places(grid, listens=True), fit.pitch)


@given(
    columns=st.integers(NARROWEST, WIDEST),
    width=st.floats(1, 10),
    height=st.floats(4, 20),
    listens=st.booleans(),
)
def test_words_are_whole_however_small_a_cell_is(
    columns: int, width: float, height: float, listens: bool
) -> None:
    """And where fingers find their room in whole columns, they have it."""
    pitch = Pitch(width, height)
    places = assert_whole_and_in_their_places(Grid(columns, ROWS, pitch), listens=listens)
    if 5 * max(pitch.touch_columns, LONGEST) + 4 * pitch.gap_columns <= columns:
        assert_for_fingers(places, pitch)


@pytest.mark.parametrize("columns", range(NARROWEST, WIDEST + 1))
def test_where_nothing_is_known_of_millimetres(columns: int) -> None:
    for listens in (False, True):
        assert_whole_and_in_their_places(Grid(columns, ROWS), listens=listens)


def test_what_gives_way_first_where_it_is_narrow() -> None:
    """The key to speak, what a keyboard calls the keys in a field, the gap, the width of a finger."""
    drawn = {
        (columns, width): bar_of(Grid(columns, ROWS, Pitch(width, 11.4)), TEXTS, listens=True)
        for columns, width in ((60, 4.3), (50, 4.3), (42, 4.3), (40, 2.4), (40, 1.2))
    }
    bars = [
        ("listen" in bar.widths, bar.names_in_field, bar.gap, min(bar.widths.values()) * at[1] >= TOUCH_WIDTH)
        for at, bar in drawn.items()
    ]
    assert bars == [
        (True, True, 2, True),
        (False, True, 2, True),
        (False, False, 2, True),
        (False, False, 1, False),
        (False, False, 1, False),
    ]


@pytest.mark.parametrize("columns", range(NARROWEST, 81))
def test_none_is_lost_in_lines(columns: int) -> None:
    for listens in (False, True):
        for language in LANGUAGES:
            for page in (CHOOSING, TYPING):
                focus = 0 if page.entry is None else None
                layout = lay_out_linear(page, Grid(columns, ROWS), language, TEXTS, focus, listens=listens)
                there = {key.act.removeprefix(PRESS) for key in keys_of(layout)}
                assert there >= {*BUTTONS} - {"listen"}, layout.text()
                assert all(key.column + key.columns <= columns for key in keys_of(layout))
