"""Every page at every size on every panel that is shipped, measured in millimetres (K15, K16, K19).

The field itself is as high as a finger only where rows are left: it is touched to go back into it, and
nothing is lost by a finger that misses it; from box to box leads a key as large as the others.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

import pytest
from _pytest.mark import ParameterSet
from rich.cells import cell_len

from kiosk.display.tables import faces, panels
from kiosk.display.type_size import APART, BANDS, TOUCH_HEIGHT, TOUCH_WIDTH, Fit, Size, fits
from kiosk.flow.page import Keyboard, Page
from screens.grid import Grid
from screens.hand_layout import drawing_room
from screens.key_room import GO_CELLS
from screens.layout import CHOOSE, PRESS, TYPE, Layout, Target, lay_out
from screens.pad import opening, pad_of
from screens.page_lines import MARK_CELLS
from screens.paginate import MORE
from screens.ways import Way, nine_keys, ways
from screens.writing import Writing
from tests.flow.residents import WORLD
from tests.screens.every_page import every_overlay, every_page
from tests.screens.test_every_page_fits import (
    Drawn,
    content_rows,
    expected_content,
    inside,
    parts_of,
    squeezed,
)

TEXTS = WORLD.texts
TRIED_EACH_TIME = {("10.1", Size.USUAL), ("13.3", Size.LARGEST), ("15.6", Size.USUAL)}
"""The two with the least room, and the usual one; `script/test --quick` leaves out the others."""
WHOLE = ("10.1", "13.3", "15.6")
"""Panels at all their sizes; of the others the usual one, and `script/soak` tries the rest."""


def _how_often(panel: str, size: Size) -> list[pytest.MarkDecorator]:
    if (panel, size) in TRIED_EACH_TIME:
        return []
    return [pytest.mark.slow if panel in WHOLE or size is Size.USUAL else pytest.mark.soak]


def _offered() -> Iterator[ParameterSet]:
    for name, panel in panels().items():
        for fit in fits(panel, faces()["kitty"]):
            place = f"{name}-{fit.size.name.lower()}-{fit.columns}x{fit.rows}"
            yield pytest.param(fit, id=place, marks=_how_often(name, fit.size))


every_size_of_every_panel = pytest.mark.parametrize("fit", list(_offered()))
every_language = pytest.mark.parametrize("language", ["zh", "en"])


def apart(one: Target, other: Target, fit: Fit) -> float:
    """Millimetres between two places, along the axis on which they are farther apart."""
    across = max(other.column - one.column - one.columns, one.column - other.column - other.columns)
    down = max(other.row - one.row - one.rows, one.row - other.row - other.rows)
    return max(across * fit.pitch.width, down * fit.pitch.height)


def places_to_touch(layout: Layout) -> list[Target]:
    """Choices, keys, buttons, and the place to draw."""
    return [*layout.targets, layout.canvas] if layout.canvas else list(layout.targets)


@every_language
@every_size_of_every_panel
def test_every_page_keeps_the_contract(fit: Fit, language: str) -> None:
    """Capitals in their band; nothing cut off or outside; what is touched is 20 x 16 mm and 5 mm apart."""
    assert BANDS[fit.size][0] <= fit.capital <= BANDS[fit.size][1]
    grid = Grid(fit.columns, fit.rows, fit.pitch)
    for page in (*every_page(), *every_overlay()):
        parts = parts_of(page, grid, language)
        _nothing_is_lost(page, parts, language)
        for part in parts:
            layout = lay_out(part, grid, language, TEXTS, 0)
            each = Drawn(page, part, layout, layout.text())
            assert content_rows(each) == expected_content(part, grid, language), (page.id, each.lines)
            _nothing_is_cut_off(each, language)
            _fingers_hit(each, fit)


def _nothing_is_lost(page: Page, parts: tuple[Page, ...], language: str) -> None:
    """However little fits at a time, all of the page is on one of its parts; nobody scrolls."""
    shown = [choice.id for part in parts for choice in part.choices if choice.id != MORE]
    if page.entry is not None:
        # Beside a field there may be room only for the way on: the other ways then come before it.
        shown.sort(key=[choice.id for choice in page.choices].index)
    assert shown == [choice.id for choice in page.choices], page.id
    words = squeezed("".join(text.show(language) for part in parts for text in part.body))
    assert words == squeezed("".join(text.show(language) for text in page.body)), page.id
    assert [part.entry for part in parts if part.entry] == ([page.entry] if page.entry else []), page.id


def _fingers_hit(each: Drawn, fit: Fit) -> None:
    """Large enough, far enough apart, and where they belong."""
    layout, grid, pitch = each.layout, each.layout.grid, fit.pitch
    places = places_to_touch(layout)
    for number, place in enumerate(places):
        where = (each.page.id, each.part.part, each.lines, place)
        assert place.columns * pitch.width >= TOUCH_WIDTH, where
        assert place.rows * pitch.height >= TOUCH_HEIGHT, where
        end = grid.rows if place.act.startswith(PRESS) else layout.caption_row
        assert place.row >= 1 and place.row + place.rows <= end, where
        assert place.column >= 0 and place.column + place.columns <= grid.columns, where
        for other in places[number + 1 :]:
            assert apart(place, other, fit) >= APART, (where, other)


ALL_WAYS = [
    (language, way) for language in ("zh", "en") for way in Way if way in ways(language, by_hand=True)
]


def _half_written(start: Writing, way: Way) -> Iterator[Writing]:
    """Nothing yet; then with much to choose from, as many pages of it as there are at the widest."""
    writing = replace(start, way=way, by_hand=way is Way.HAND)
    yield writing
    if way is Way.HAND:
        yield writing.recognised(tuple("王玉主土工正圭三"))
    elif nine_keys(way, small=writing.small):
        for key in "94":
            writing = writing.strike(key, "").writing
            yield writing
        yield writing.turned(+1)
    elif way is Way.PINYIN or writing.language == "zh":
        for letter in "zhongguo":
            writing = writing.press(letter, "").writing
            yield writing


@pytest.mark.parametrize(("language", "way"), ALL_WAYS, ids=str)
@every_size_of_every_panel
def test_every_key_of_every_way_of_writing_keeps_the_contract(fit: Fit, language: str, way: Way) -> None:
    """K19: keys are 20 x 16 mm with 5 mm between, their words whole, whatever is half written on them."""
    grid = Grid(fit.columns, fit.rows, fit.pitch)
    for page in pages_with_words():
        part = parts_of(page, grid, language)[-1]
        assert part.entry is not None
        start = opening(part.entry, language, grid)
        if (
            way is Way.HAND
            and not drawing_room(part, grid, language, TEXTS["bar.chosen"].show(language)).rows
        ):
            return
        for writing in _half_written(start, way):
            pad = pad_of(part.entry, grid, language, TEXTS, writing)
            layout = lay_out(part, grid, language, TEXTS, None, pad=pad)
            each = Drawn(page, part, layout, layout.text())
            _fingers_hit(each, fit)
            for key in chain.from_iterable(pad.lines):
                target = next(t for t in layout.targets if t.act == f"{TYPE}{key.name}")
                assert inside(layout, target) == squeezed(key.drawn), (page.id, each.lines, key)


def pages_with_words() -> list[Page]:
    """One of each kind of page on which words are written."""
    found: dict[tuple[object, ...], Page] = {}
    for page in every_page():
        if page.entry is not None and page.entry.keyboard is Keyboard.TEXT:
            found.setdefault((len(page.choices), page.entry.rows, len(page.body), page.error is None), page)
    return list(found.values())


def test_what_leads_on_needs_the_room_that_is_kept_for_it() -> None:
    """K19: beside what is offered, in both languages."""
    for language, cells in GO_CELLS.items():
        assert cells == MARK_CELLS + cell_len(TEXTS["common.go"].show(language))


def _nothing_is_cut_off(each: Drawn, language: str) -> None:
    """The words of each choice and of each button stand in it, whole."""
    layout, part = each.layout, each.part
    for choice in part.choices:
        target = next(t for t in layout.targets if t.act == f"{CHOOSE}{choice.id}")
        words = inside(layout, target)
        assert squeezed(choice.label.show(language)) in words, (each.page.id, each.lines)
        assert squeezed(choice.detail.show(language)) in words, (each.page.id, each.lines)
    for target in layout.targets:
        if target.act.startswith(PRESS):
            label = TEXTS[f"bar.{target.act.removeprefix(PRESS)}"].show(language)
            assert inside(layout, target).endswith(squeezed(label)), (each.page.id, each.lines)
