"""Headings and the focused choice from half blocks, where the terminal's font cannot be changed (K15)."""

from __future__ import annotations

import time
from itertools import chain

import pytest
from rich.cells import cell_len

from kiosk.flow.page import Page
from screens.glyphs import COLUMNS, glyph_lines
from screens.grid import LINE_ROWS, Grid
from screens.layout import CHOOSE, lay_out
from screens.page_lines import heading_lines
from screens.paginate import paginate
from tests.flow.residents import WORLD
from tests.screens.every_page import every_overlay, every_page
from tests.screens.sitting_room import Hand, Room
from tests.screens.test_every_page_fits import squeezed

TEXTS = WORLD.texts
BLOCKS = set(" ▀▄█")


def test_a_line_of_large_characters_is_eight_rows_of_blocks() -> None:
    lines = glyph_lines("您好 A1")
    assert lines is not None
    assert len(lines) == LINE_ROWS
    assert {cell_len(line) for line in lines} == {COLUMNS * (2 + 2 + 1 + 1 + 1)}
    assert set(chain(*lines)) <= BLOCKS
    assert any("█" in line for line in lines)


def test_every_character_of_a_name_or_of_none_is_there() -> None:
    """Rare signs of names that GB 2312 lacks are in the table; outside it a word stays in the plain font."""
    assert all(glyph_lines(sign) for sign in "堃喆昇煢犇餐警囊，？「」％ｚ")
    assert glyph_lines("张\ue863") is None
    assert glyph_lines("𠮷") is None
    assert glyph_lines("") is None


def test_a_heading_of_eight_characters_is_drawn_within_a_millisecond() -> None:
    """Warm."""
    glyph_lines("请问您多大年纪了")
    begun = time.thread_time()
    for _ in range(100):
        glyph_lines("请问您多大年纪了")
    assert (time.thread_time() - begun) / 100 < 0.001


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "grid", [Grid(80, 24, glyphs=True), Grid(160, 50, glyphs=True), Grid(40, 10, glyphs=True)]
)
def test_every_page_fits_with_large_characters(grid: Grid, language: str) -> None:
    """K16: whatever is large, all the rest is there, and each choice is inside its place."""
    large = 0
    for page in (*every_page(), *every_overlay()):
        parts = paginate(page, grid, language, TEXTS["common.more"], TEXTS["bar.chosen"].show(language))
        for part in parts:
            large += len(heading_lines(part, grid, language)) >= LINE_ROWS
            for focus in {0, len(part.choices) - 1} if part.choices else ():
                _stands_whole(part, grid, language, focus)
    assert bool(large) is (grid.rows >= 24)


def _stands_whole(part: Page, grid: Grid, language: str, focus: int) -> None:
    layout = lay_out(part, grid, language, TEXTS, focus)
    lines = layout.text()
    shown = squeezed("".join(lines))
    assert all(squeezed(text.show(language)) in shown for text in part.body), (part.id, lines)
    ends = [t.row + t.rows for t in layout.targets if t.act.startswith(CHOOSE)]
    assert max(ends, default=0) <= layout.caption_row, (part.id, lines)
    for number, choice in enumerate(part.choices):
        label = choice.label.show(language)
        assert squeezed(label) in shown or (number == focus and _in_blocks(label, lines)), (part.id, lines)


def _in_blocks(label: str, lines: list[str]) -> bool:
    large = glyph_lines(label)
    return large is not None and all(any(row.rstrip() in line for line in lines) for row in large)


async def test_the_key_draws_headings_large_and_plain_again(room: Room) -> None:
    """K33: said at every press; the next visit begins plain."""
    async with room.app().run_test(size=(160, 50)) as pilot:
        hand = Hand(pilot)
        await hand.sees("language")
        await hand.presses("1")
        await hand.sees("welcome")
        heading = hand.part.heading.show("zh")
        assert heading in hand.seen
        await hand.presses("t")
        await _is_told(hand, "setting.size_large")
        assert heading not in hand.seen
        assert "█" in hand.seen
        await hand.presses("t")
        await _is_told(hand, "setting.size_usual")
        assert heading in hand.seen


async def test_a_screen_with_no_room_for_it_says_so(room: Room) -> None:
    async with room.app().run_test(size=(57, 12)) as pilot:
        hand = Hand(pilot)
        await hand.sees("language")
        await hand.presses("f3")
        await _is_told(hand, "setting.size_fixed")


@pytest.mark.parametrize(("grid", "offered"), [((160, 50), True), ((57, 12), False)])
async def test_another_size_is_offered_only_where_there_is_one(
    room: Room, grid: tuple[int, int], offered: bool
) -> None:
    async with room.app().run_test(size=grid) as pilot:
        hand = Hand(pilot)
        await hand.sees("language")
        await hand.presses("1")
        await hand.sees("welcome")
        await hand.presses("x")
        await hand.sees("settings@welcome")
        assert (TEXTS["settings.size"].show("zh") in hand.seen) is offered


async def _is_told(hand: Hand, key: str) -> None:
    """In the caption, which comes from the speaker's thread."""
    told = TEXTS[key].show("zh")
    await hand.until(lambda: told in hand.seen, told)
