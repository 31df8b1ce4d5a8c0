"""Every page of the desk fits the screens it may stand on, in both languages."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.pilot import Pilot

from kiosk.cases.possible import FINAL
from screens.desk.act_list import ActList
from screens.desk.acts import FORMS, GROUPS, Given
from screens.desk.app import DeskApp
from screens.desk.confirm import Confirm
from screens.desk.lines import KeyLine
from screens.desk.table import Column, Row, lay_out
from screens.desk.writing import Writing
from screens.line_break import break_lines
from tests.desk_screens.desk_people import bring
from tests.desk_screens.desk_site import CHEN, WANG, Site, page, press, screen_lines, settle, sign_in, write

SIZES = [(60, 18), (80, 24), (120, 40)]


def assert_fits(pilot: Pilot[None]) -> None:
    """Nothing sticks out, and the last key of the bottom line is on the screen."""
    screen = page(pilot)
    assert (screen.max_scroll_x, screen.max_scroll_y) == (0, 0)
    for widget in screen.query("*"):
        inside_scroll = any(getattr(parent, "id", "") == "scroll" for parent in widget.ancestors)
        if widget.display and not inside_scroll:
            assert screen.region.contains_region(widget.region), widget
            assert widget.region.height > 0, widget
    width, height = pilot.app.size
    lines = screen_lines(pilot)
    assert len(lines) == height
    assert all(cell_len(line) <= width for line in lines)
    hints = screen.query_one(KeyLine)._hints
    assert hints[-1].shown in lines[-1]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_every_page_fits(site: Site, size: tuple[int, int], language: str) -> None:
    site.submit("case-1", more=30, workdays=2)
    site.submit("case-2")
    site.store.call_person("home", site.clock.now())
    site.clock.forward(days=4)
    async with site.desk(language).run_test(size=size) as pilot:
        await settle(pilot)
        assert_fits(pilot)
        await sign_in(pilot, site)
        assert_fits(pilot)
        for keys in ("enter", "c", "s", "w", "end", "c", "space", "escape", "j", "f10"):
            await press(pilot, keys)
            assert_fits(pilot)
        await write(pilot, "no")
        await press(pilot, "tab")
        await write(pilot, "go")
        await press(pilot, "f10")
        assert_fits(pilot)
        await press(pilot, "escape", "escape")
        site.clock.forward(minutes=6)
        await press(pilot, "x")
        assert_fits(pilot)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_the_pages_of_authority_and_correction_fit(
    site: Site, size: tuple[int, int], language: str
) -> None:
    bring(site)
    async with site.desk(language).run_test(size=size) as pilot:
        await sign_in(pilot, site)
        for keys in ("enter", "c", "u", "end", "enter", "escape", "escape", "k", "end", "enter"):
            await press(pilot, keys)
            assert_fits(pilot)
        await write(pilot, "2")
        await press(pilot, "enter")
        await write(pilot, "why")
        for keys in ("f10", "h", "escape"):
            await press(pilot, keys)
            assert_fits(pilot)


NEW_SIZES = [(57, 12), (80, 24)]
ALL_ACTS = tuple(act for acts in GROUPS.values() for act in acts)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", NEW_SIZES, ids=str)
async def test_the_board_with_all_its_heaps_and_the_pages_behind_it_fit(
    site: Site, size: tuple[int, int], language: str
) -> None:
    """With somebody waiting at the kiosk, and a colleague who wants a case."""
    every_heap(site)
    async with site.desk(language).run_test(size=size) as pilot:
        await sign_in(pilot, site)
        assert_fits(pilot)
        await press(pilot, "s")
        assert_fits(pilot)
        await write(pilot, "A0 高龄")
        await press(pilot, "enter")
        assert_fits(pilot)
        await press(pilot, "escape", "m")
        assert_fits(pilot)
        for keys in ("h", "enter"):
            await press(pilot, keys)
            assert_fits(pilot)
        await press(pilot, "escape", "b")
        assert_fits(pilot)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", NEW_SIZES, ids=str)
async def test_the_page_of_every_act_fits(site: Site, size: tuple[int, int], language: str) -> None:
    site.submit()
    actor = site.actor(WANG)
    site.store.claim("case-1", actor)
    view = site.store.case("case-1")
    async with site.desk(language).run_test(size=size) as pilot:
        await sign_in(pilot, site)
        assert isinstance(pilot.app, DeskApp)
        counter = pilot.app.counter
        pilot.app.push_screen(ActList(counter, "A001", ALL_ACTS))
        await settle(pilot)
        assert_fits(pilot)
        for act in FORMS:
            writing = Writing(counter, view, act, chosen=Row(CHEN, (CHEN, "")))
            pilot.app.push_screen(writing)
            await settle(pilot)
            assert_fits(pilot)
            if act in FINAL:
                pilot.app.push_screen(Confirm(counter, view, act, Given("因为", CHEN, CHEN)))
                await settle(pilot)
                assert_fits(pilot)


def every_heap(site: Site) -> None:
    """A case in each heap, a call, and somebody who asks for a case."""
    actor, chen = site.actor(WANG), site.actor(CHEN)
    for name in ("late", "today", "failed", "told", "asked", "held"):
        site.submit(name, workdays=3 if name == "today" else 2)
    for name in ("failed", "told", "asked", "held"):
        epoch = site.store.claim(name, actor).epoch
        if name == "failed":
            site.store.accept(name, actor, epoch)
            site.store.begin_filing(name, actor, epoch)
            site.store.fail_filing(name, actor, epoch, "网页打不开")
        if name == "told":
            site.store.complete(name, actor, epoch, "好了")
        if name == "asked":
            site.store.ask_info(name, actor, epoch, "户口本", site.clock.now().date() + timedelta(days=3))
    site.store.ask_to_let_go("held", chen, "老人在我这里，等着办")
    site.clock.forward(days=3)
    site.store.call_person("home", site.clock.now() - timedelta(minutes=2))


async def test_a_window_made_tiny_and_large_again_shows_the_list_as_before(site: Site) -> None:
    site.submit()
    async with site.desk().run_test(size=(80, 24)) as pilot:
        await sign_in(pilot, site)
        before = screen_lines(pilot)
        for size in ((20, 5), (1, 1), (80, 24)):
            await pilot.resize_terminal(*size)
            await settle(pilot)
        assert screen_lines(pilot) == before


async def test_ten_thousand_pasted_characters_are_just_a_long_text(site: Site) -> None:
    from textual import events

    site.submit()
    async with site.desk().run_test(size=(80, 24)) as pilot:
        await sign_in(pilot, site)
        await press(pilot, "enter", "c", "i")
        pilot.app.post_message(events.Paste("户" * 10_000))
        await settle(pilot)
        await press(pilot, "f10")
    assert site.store.case("case-1").missing == "户" * 10_000


cells = st.text(st.sampled_from("号高龄津贴Ab 1，"), max_size=30)


@given(
    st.lists(st.tuples(cells, cells, cells, cells), max_size=5),
    st.integers(min_value=4, max_value=120),
)
def test_no_row_is_ever_wider_than_the_list(rows: list[tuple[str, ...]], width: int) -> None:
    columns = [Column("号"), Column("事项", least=6), Column("到期日", drop=1), Column("收到", drop=2)]
    titles, lines = lay_out(columns, [Row(str(n), row) for n, row in enumerate(rows)], width)
    assert len(lines) == len(rows)
    assert all(cell_len(line) <= width for line in [titles, *lines])


def test_words_of_the_desk_break_without_a_comma_at_the_start_of_a_line(site: Site) -> None:
    counter = site.desk().counter
    for key in counter.texts:
        for line in break_lines(counter.texts[key].show("zh"), 58)[1:]:
            assert line[:1] not in "，。、；：？！）】」』》", key
