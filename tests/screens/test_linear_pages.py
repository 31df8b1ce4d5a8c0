"""Every page as plain lines: whole, one thing a line, the item with the focus on a clean line of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from rich.cells import cell_len

from screens.grid import Grid
from screens.layout import CHOOSE, PRESS, TYPE
from screens.linear import HERE, lay_out_linear
from screens.pad import pad_of
from screens.page_lines import ALARM
from screens.resident.parts import Parts
from screens.spans import Layout, Look, Target
from tests.flow.residents import AT_EIGHTY, begun, led
from tests.screens.every_page import every_overlay, every_page
from tests.screens.sitting_room import Hand, Room
from tests.screens.test_every_page_fits import (
    TEXTS,
    every_language,
    every_size,
    inside,
    squeezed,
)


def every_part_in_lines(grid: Grid, language: str) -> Iterator[tuple[Parts, Layout]]:
    for page in (*every_page(), *every_overlay()):
        parts = Parts(TEXTS)
        parts.show(page, grid, language)
        while True:
            yield parts, lay_out_linear(parts.part, grid, language, TEXTS, parts.focus, listens=True)
            if not parts.turn_over(+1):
                break


@pytest.mark.proves("WCAG 1.3.1")
@every_language
@every_size
def test_nothing_of_a_page_is_lost_in_lines(grid: Grid, language: str) -> None:
    """K16."""
    for parts, layout in every_part_in_lines(grid, language):
        part, lines = parts.part, layout.text()
        where = (part.id, part.part, lines)
        above = squeezed("".join(lines[: layout.caption_row]))
        error = f"{ALARM}{part.error.show(language)}" if part.error else ""
        texts = [part.heading, part.big, *part.body]
        assert squeezed(error + "".join(text.show(language) for text in texts)) in above, where
        for choice in part.choices:
            target = target_of(layout, f"{CHOOSE}{choice.id}")
            assert target.row + target.rows <= layout.caption_row, where
            words = inside(layout, target).replace(squeezed(HERE), "")
            assert squeezed(choice.label.show(language)) in words, where
        for place in (layout.field, layout.canvas):
            assert place is None or place.row + place.rows <= layout.caption_row, where
        assert not "".join(lines[layout.caption_row : layout.caption_row + grid.caption_rows]), where
        assert all(cell_len(line) <= grid.columns for line in lines), where


@pytest.mark.proves("EN 11.5.2", "WCAG 4.1.2", "GB 兼容", "MIIT 4.1")
@every_language
@every_size
def test_the_item_with_the_focus_begins_its_line_and_nothing_stands_beside_it(
    grid: Grid, language: str
) -> None:
    """What a braille display shows where the cursor is."""
    for parts, layout in every_part_in_lines(grid, language):
        lines = layout.text()
        marked = [line for line in lines[: layout.caption_row] if line.endswith(HERE)]
        if parts.choice is None:
            assert not marked
            continue
        target = target_of(layout, f"{CHOOSE}{parts.choice.id}")
        assert target.column == 0 and marked == [lines[target.row]]
        number = parts.part.choices.index(parts.choice) + 1
        assert lines[target.row].startswith(f"{number}. ")
        others = [t for t in layout.targets if t.act.startswith(CHOOSE) and t != target]
        assert not any(lines[other.row].startswith(" ") for other in others)


@every_language
@every_size
def test_a_key_at_the_bottom_begins_the_line_too_when_it_has_the_focus(grid: Grid, language: str) -> None:
    """K29: a switch leads there, and the braille display with it; the others follow, none is lost."""
    seen: set[tuple[str, ...]] = set()
    for page in every_overlay():
        parts = Parts(TEXTS)
        parts.show(page, grid, language)
        layout = lay_out_linear(parts.part, grid, language, TEXTS, parts.focus, listens=True)
        named = [target for target in layout.targets if target.act.startswith(PRESS)]
        acts = tuple(target.act for target in named)
        for target in named if acts not in seen else ():
            there = lay_out_linear(parts.part, grid, language, TEXTS, None, target.act, listens=True)
            moved = target_of(there, target.act)
            line = there.text()[moved.row]
            assert moved.column == 0 and line[: line.index(HERE)] in layout.text()[target.row]
            assert {t.act for t in there.targets if t.act.startswith(PRESS)} == {*acts}
        seen.add(acts)
    assert seen


@every_language
@every_size
def test_the_keys_on_the_screen_are_all_there(grid: Grid, language: str) -> None:
    for parts, layout in every_part_in_lines(grid, language):
        keys = [key for line in pad_of(parts.part.entry, grid, language, TEXTS).lines for key in line]
        targets = [target for target in layout.targets if target.act.startswith(TYPE)]
        assert [target.act.removeprefix(TYPE) for target in targets] == [key.name for key in keys]
        for key, target in zip(keys, targets, strict=True):
            assert target.row < layout.caption_row, (parts.part.id, layout.text())
            assert inside(layout, target) == squeezed(key.drawn)


@every_language
@every_size
def test_help_again_and_a_person_are_named_at_the_bottom(grid: Grid, language: str) -> None:
    """K10."""
    for parts, layout in every_part_in_lines(grid, language):
        named = {target.act.removeprefix(PRESS) for target in layout.targets if target.act.startswith(PRESS)}
        assert named >= {"help", "repeat", "person"}, parts.part.id
        assert ("back" in named) == (parts.part.back or parts.part.part > 1)


def test_lines_have_no_styles_but_strong_words() -> None:
    """So that nothing is told by colour."""
    for _, layout in every_part_in_lines(Grid(80, 24), "zh"):
        assert {span.look for row in layout.rows for span in row} <= {Look.TEXT, Look.STRONG}


def target_of(layout: Layout, act: str) -> Target:
    return next(target for target in layout.targets if target.act == act)


async def test_in_lines_no_other_size_is_promised(room: Room) -> None:
    """Nothing large is drawn there: the key says so, and the settings do not offer it."""
    room.settings = replace(room.settings, screen=replace(room.settings.screen, linear=True))
    async with room.app().run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.sees("language")
        await hand.presses("1", "t")
        await hand.until(lambda: "不能换字的大小" in hand.seen, "that it cannot change")
        await hand.presses("x")
        assert hand.part.choices
        assert not any(choice.id.endswith("size") for choice in hand.part.choices)


async def test_the_cursor_follows_the_focus_over_lines_and_into_help(room: Room) -> None:
    """K20: by keys alone; what a braille display shows is what is said."""
    room.settings = replace(room.settings, screen=replace(room.settings.screen, linear=True))
    async with room.app().run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.sees("language")
        for key in ("down", "up", "2", "h", "down", "down", "enter", "down", "0"):
            await hand.presses(key)
            assert hand.app.stage is not None and hand.app.stage.focused is not None
            column, row = hand.app.cursor_position
            label = hand.app.stage.focused.label.show(hand.app.stage.language)
            number = hand.app.stage.part.choices.index(hand.app.stage.focused) + 1
            line = hand.lines[row].rstrip()
            assert column == 0 and line.startswith(f"{number}. {label}") and line.endswith(HERE), key


@pytest.mark.parametrize("size", [(40, 10), (80, 24)], ids=str)
async def test_a_number_is_typed_in_lines(room: Room, size: tuple[int, int]) -> None:
    room.settings = replace(room.settings, screen=replace(room.settings.screen, linear=True))
    async with room.app(led(begun(None), AT_EIGHTY, "question:phone")).run_test(size=size) as pilot:
        hand = Hand(pilot)
        await hand.sees("question:phone")
        await hand.types("139")
        column, row = hand.app.cursor_position
        assert "139" in hand.lines[row] and hand.lines[row].index("139") + 3 <= column + 1
