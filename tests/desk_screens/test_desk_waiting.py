"""The desk calls people by number: one key for the next one, and nothing of it where nobody is called."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.pilot import Pilot

from kiosk.cases.calling import Lane, Numbers, Standing, Step, Window
from kiosk.flow.document import Big, Document
from kiosk.flow.moves import NumberDrawn
from kiosk.paper.case_papers import CasePapers
from kiosk.paper.house import House
from kiosk.ports import PrintTrouble
from kiosk.text import Catalogue, Text, same
from screens.desk.app import DeskApp
from screens.desk.number_desk import NumberDesk
from screens.desk.waiting import WaitingPage
from tests.desk_screens.desk_site import WANG, XIAOLIN, Site, page, press, screen_lines, seen, sign_in, told
from tests.desk_screens.test_desk_fits import NEW_SIZES, assert_fits

ONE, TWO = Window("1", "A"), Window("2", "AB")
NUMBERS = Numbers(("A", "B"), (ONE, TWO), cap=2)
NAMES = {
    "A": Text({"zh": "社保、津贴", "en": "Pensions and allowances"}),
    "B": Text({"zh": "住房、居住证", "en": "Housing and residence"}),
}


def slip(drawn: NumberDrawn) -> Document:
    return Document(same("slip"), (Big(same(drawn.label)),), same(""))


def calling(site: Site, window: Window | None = TWO, language: str = "zh") -> DeskApp:
    """A desk of a centre that calls by number."""
    app = site.desk(language)
    app.counter.calling = NumberDesk(NUMBERS, NAMES, slip, window)
    return app


def draw(site: Site, lanes: str = "o", letter: str = "A") -> None:
    """Some people draw a number, `f` for who goes first."""
    for lane in lanes:
        site.store.draw_number(letter, Lane.FIRST if lane == "f" else Lane.ORDINARY, NUMBERS)


def standing(site: Site) -> dict[str, Standing]:
    return {one.label: one.standing for one in site.store.hall("AB").waiters}


def numbers(pilot: Pilot[None]) -> list[str]:
    """The numbers on the list, from the top."""
    words = [line.lstrip("> ").split() for line in screen_lines(pilot)]
    return [line[0] for line in words if line and line[0][:1] in "AB" and line[0][1:].isdigit()]


async def test_the_next_one_is_called_with_one_key_and_those_who_go_first_before(site: Site) -> None:
    draw(site, "oof")
    async with calling(site).run_test() as pilot:
        await sign_in(pilot, site)
        await press(pilot, "w")
        assert numbers(pilot) == ["A3", "A1", "A2"]
        await press(pilot, "n")
        assert "A3" in told(pilot)
        assert standing(site)["A3"] is Standing.CALLED
        assert site.store.last_calls(1)[0].window == "2"


async def test_a_key_held_down_calls_one_and_passes_nobody_over(site: Site) -> None:
    draw(site, "ooo")
    async with calling(site).run_test() as pilot:
        await sign_in(pilot, site)
        await press(pilot, "w", "n", "n", "n")
        assert standing(site) == {"A1": Standing.CALLED, "A2": Standing.WAITING, "A3": Standing.WAITING}
        assert "正在叫A1" in told(pilot).replace(" ", "")
        site.clock.forward(seconds=5)
        await press(pilot, "n")
        assert standing(site) == {"A1": Standing.PASSED, "A2": Standing.CALLED, "A3": Standing.WAITING}


async def test_come_done_and_the_next(site: Site) -> None:
    draw(site, "ooo")
    async with calling(site).run_test() as pilot:
        await sign_in(pilot, site)
        await press(pilot, "w", "n", "b", "n")
        assert standing(site) == {"A2": Standing.CALLED, "A3": Standing.WAITING}
        await press(pilot, "b", "d")
        assert standing(site) == {"A3": Standing.WAITING}


async def test_the_line_above_the_list_names_only_keys_that_can_be_used(site: Site) -> None:
    draw(site, "oo")
    async with calling(site).run_test() as pilot:
        await sign_in(pilot, site)
        await press(pilot, "w", "n")
        assert "叫了A1，" in seen(pilot) and "或者按N叫下一位" in seen(pilot)
        await press(pilot, "b", "n")
        assert "叫了A2，" in seen(pilot) and "按N" not in seen(pilot)  # nobody is left to be called
        await press(pilot, "b")
        assert "办完按D" in seen(pilot) and "按N" not in seen(pilot)
        await press(pilot, "d")
        assert "现在没有叫着的号" in seen(pilot)  # it has called two, so it does not say that it never called


async def test_who_does_not_come_is_called_again_and_may_come_back_later(site: Site) -> None:
    draw(site, "oo")
    async with calling(site).run_test() as pilot:
        await sign_in(pilot, site)
        await press(pilot, "w", "n")
        (first, _) = (one.call for one in site.store.hall("AB").waiters)
        await press(pilot, "a", "g")
        assert [one.call for one in site.store.hall("AB").waiters] == [first + 1, 0]
        assert standing(site)["A1"] is Standing.PASSED
        await press(pilot, "end", "enter")
        assert standing(site)["A1"] is Standing.CALLED
        await press(pilot, "home", "l")
        assert "A1" not in standing(site)


async def test_a_number_is_drawn_at_the_desk_and_put_first(site: Site) -> None:
    async with calling(site).run_test() as pilot:
        await sign_in(pilot, site)
        await press(pilot, "w", "t", "down", "down", "enter")
        assert "B1" in told(pilot) and "0" in told(pilot)
        await press(pilot, "p")
        assert [one.lane for one in site.store.hall("AB").waiters] == [Lane.FIRST]


async def test_a_desk_is_asked_once_which_window_it_is(site: Site) -> None:
    draw(site, "o", "B")
    async with calling(site, window=None).run_test() as pilot:
        await sign_in(pilot, site)
        await press(pilot, "w")
        assert "哪个窗口" in seen(pilot)
        await press(pilot, "enter")
        assert numbers(pilot) == []  # B is not called at window 1
        await press(pilot, "o", "down", "enter")
        assert numbers(pilot) == ["B1"]
        await press(pilot, "escape", "w")
        assert isinstance(page(pilot), WaitingPage)


async def test_whoever_chooses_a_window_sees_whom_the_windows_have(site: Site) -> None:
    """Two desks that are one window by mistake would take each other's people."""
    draw(site)
    site.store.call_next(TWO, NUMBERS.cap)
    async with calling(site, window=None).run_test() as pilot:
        await sign_in(pilot, site)
        await press(pilot, "w")
        (line,) = [line for line in screen_lines(pilot) if line.split()[:1] == ["2"]]
        assert line.split()[-1] == "A1"


async def test_who_says_no_window_calls_nobody(site: Site) -> None:
    draw(site)
    async with calling(site, window=None).run_test() as pilot:
        await sign_in(pilot, site)
        await press(pilot, "w", "escape", "n")
        assert standing(site) == {"A1": Standing.WAITING}


async def test_a_colleague_who_was_faster_is_told_by_the_number(site: Site) -> None:
    draw(site)
    async with calling(site).run_test() as pilot:
        await sign_in(pilot, site)
        await press(pilot, "w", "n")
        called = site.store.last_calls(1)[0]
        site.store.step_number(called.id, Step.LEAVE, ONE)
        await press(pilot, "a")
        assert "别的窗口" in told(pilot)


async def test_a_volunteer_draws_numbers_and_calls_nobody(site: Site) -> None:
    draw(site)
    async with calling(site).run_test() as pilot:
        await sign_in(pilot, site, XIAOLIN)
        await press(pilot, "w", "n", "l", "t", "enter")
        assert standing(site) == {"A1": Standing.WAITING, "A2": Standing.WAITING}


async def test_where_nobody_is_called_by_number_the_desk_shows_nothing_of_it(site: Site) -> None:
    async with site.desk().run_test() as pilot:
        await sign_in(pilot, site)
        assert "叫号" not in seen(pilot)
        await press(pilot, "w")
        assert not isinstance(page(pilot), WaitingPage)


class Roll:
    """A receipt printer with or without paper, and what it printed."""

    def __init__(self, *, empty: bool = False) -> None:
        self.empty = empty
        self.printed: list[Document] = []

    def print(self, document: Document, language: str) -> None:
        if self.empty:
            raise PrintTrouble("trouble.no_paper")
        self.printed.append(document)


@pytest.fixture
def papers() -> Callable[[Roll], CasePapers]:
    def house(services: object) -> House:
        raise AssertionError("a number needs no paper of a case")

    return lambda roll: CasePapers(house, dict, lambda: Catalogue({}), roll=roll)


@pytest.mark.parametrize("empty", [False, True])
async def test_the_slip_is_printed_or_the_number_written_down(
    site: Site, papers: Callable[[Roll], CasePapers], empty: bool
) -> None:
    app, roll = calling(site), Roll(empty=empty)
    app.counter.papers = papers(roll)
    async with app.run_test() as pilot:
        await sign_in(pilot, site)
        await press(pilot, "w", "t", "enter")
        assert [paper.blocks for paper in roll.printed] == ([] if empty else [(Big(same("A1")),)])
        assert ("写给本人" in told(pilot)) is empty
    assert standing(site) == {"A1": Standing.WAITING}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", NEW_SIZES, ids=str)
async def test_its_pages_fit(site: Site, size: tuple[int, int], language: str) -> None:
    """With somebody at every window, somebody who did not come, and more waiting than the list holds."""
    draw(site, "of" * 12)
    site.store.call_person("home", site.clock.now())
    async with calling(site, None, language).run_test(size=size) as pilot:
        await sign_in(pilot, site, WANG)
        assert_fits(pilot)
        for keys in ("w", "enter", "n", "b", "n", "n", "end", "t", "escape", "o", "escape"):
            await press(pilot, keys)
            assert_fits(pilot)
