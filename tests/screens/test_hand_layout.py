"""Where a character is drawn, and where the keys beside that place are, at every size."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest

from kiosk.flow.page import ENTER, Choice, Entry, Keyboard, Page, PageKind, Role
from kiosk.handwriting.recognise import good_enough
from kiosk.text import Text
from screens.grid import Grid
from screens.hand_layout import drawing_room
from screens.layout import TYPE, Layout, lay_out
from screens.pad import opening, pad_of
from screens.spans import Target
from screens.ways import OFFER, Way
from tests.flow.residents import WORLD

TEXTS = WORLD.texts
ASKED = Page(
    id="name",
    kind=PageKind.ENTRY,
    heading=Text({"zh": "您叫什么名字？", "en": "What is your name?"}),
    body=(Text({"zh": "跟身份证上写的一样", "en": "As on the card"}),),
    choices=(Choice(ENTER, TEXTS["common.go"], Role.GO),),
    entry=Entry(Keyboard.TEXT, name=True),
)
LARGE = [Grid(80, 24), Grid(108, 26), Grid(160, 50)]
FOUND = ("王", "玉", "主", "土", "工", "正", "圭", "三")


def drawn_on(grid: Grid, found: tuple[str, ...] = FOUND, page: Page = ASKED) -> Layout:
    """The page while somebody draws."""
    assert page.entry is not None
    writing = replace(opening(page.entry, "zh", grid), way=Way.HAND, by_hand=True, drawn=found)
    return lay_out(page, grid, "zh", TEXTS, None, pad=pad_of(page.entry, grid, "zh", TEXTS, writing))


def apart(one: Target, other: Target) -> bool:
    return (
        one.column + one.columns <= other.column
        or other.column + other.columns <= one.column
        or one.row + one.rows <= other.row
        or other.row + other.rows <= one.row
    )


@pytest.mark.parametrize("grid", LARGE, ids=str)
def test_the_place_to_draw_is_fine_enough_and_nothing_lies_over_it(grid: Grid) -> None:
    layout = drawn_on(grid)
    assert layout.canvas is not None and layout.field is not None
    assert good_enough(layout.canvas.columns, layout.canvas.rows, pixels=False)
    there = [layout.canvas, layout.field, *layout.targets]
    assert all(apart(one, other) for one, other in combinations(there, 2))
    assert all(
        place.column + place.columns <= grid.columns and place.row + place.rows <= grid.rows
        for place in there
    )


@pytest.mark.parametrize("grid", LARGE, ids=str)
def test_all_that_is_offered_is_whole_and_for_a_finger(grid: Grid) -> None:
    """K19: every key has more than one row, and stands where it stood with fewer of them."""
    layout, one = drawn_on(grid), drawn_on(grid, FOUND[:1])
    lines = "\n".join(layout.text())
    assert all(f"{number}{character}" in lines for number, character in enumerate(FOUND, 1))
    keys = [target for target in layout.targets if target.act.startswith(TYPE)]
    assert len([key for key in keys if OFFER in key.act]) == len(FOUND)
    assert all(key.rows >= 2 and key.columns >= 6 for key in keys)
    assert {target for target in one.targets if target.act.startswith(TYPE)} <= set(keys)


def test_fewer_rows_are_enough_where_the_terminal_tells_pixels() -> None:
    room = drawing_room(ASKED, Grid(82, 17), "zh", "")
    assert good_enough(room.columns, room.rows, pixels=True)
    assert not good_enough(room.columns, room.rows, pixels=False)


def test_a_long_question_leaves_less_room_and_the_field_its_own() -> None:
    long = replace(ASKED, body=ASKED.body * 8)
    assert drawing_room(long, Grid(80, 24), "zh", "").rows < drawing_room(ASKED, Grid(80, 24), "zh", "").rows
    assert drawing_room(ASKED, Grid(80, 24), "zh", "").field == 1
    assert drawing_room(ASKED, Grid(160, 50), "zh", "").field == 3
