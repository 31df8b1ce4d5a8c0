"""A desk sees and hears that somebody at the kiosk needs a person, whatever page is open."""

from __future__ import annotations

import re

from textual.pilot import Pilot

from screens.desk.app import DeskApp
from tests.desk_screens.desk_site import CHEN, XIAOLIN, Site, page, press, seen, settle, sign_in, told
from tests.desk_screens.desk_terminal import desk_terminal

BELL = b"\x07"
COMMAND = re.compile(rb"\x1b\][^\x07\x1b]*\x07")
"""Ends in the same sign and rings nothing."""


async def look(pilot: Pilot[None]) -> None:
    assert isinstance(pilot.app, DeskApp)
    pilot.app.look_for_calls()
    await settle(pilot)


async def test_a_call_stands_on_the_case_somebody_works_on_and_one_key_goes_there(site: Site) -> None:
    site.submit()
    async with site.desk().run_test() as pilot:
        await sign_in(pilot, site)
        await press(pilot, "enter", "c", "i")
        site.store.call_person("home", site.clock.now())
        site.clock.forward(minutes=2)
        await look(pilot)
        assert "已等2分钟" in seen(pilot)
        await press(pilot, "f4")
        assert "您去" in told(pilot) and "已等" not in seen(pilot)
    assert site.store.open_calls() == []


async def test_on_the_list_the_same_key_takes_the_call_away_at_once(site: Site) -> None:
    site.store.call_person("home", site.clock.now())
    async with site.desk().run_test() as pilot:
        await sign_in(pilot, site)
        await look(pilot)
        assert "按A：我去看看" in seen(pilot)
        await press(pilot, "f4")
        assert "您去" in told(pilot) and "按A：我去看看" not in seen(pilot)


async def test_who_was_slower_is_told_that_a_colleague_goes(site: Site) -> None:
    site.submit()
    async with site.desk().run_test() as pilot:
        await sign_in(pilot, site)
        await press(pilot, "enter")
        call = site.store.call_person("home", site.clock.now())
        await look(pilot)
        site.store.answer_call(call.id, site.actor(CHEN))
        await press(pilot, "f4")
        assert "已经有同事去了" in told(pilot)


async def test_a_volunteer_can_go_too(site: Site) -> None:
    site.store.call_person("home", site.clock.now())
    async with site.desk().run_test() as pilot:
        await sign_in(pilot, site, XIAOLIN)
        await look(pilot)
        await press(pilot, "f4")
    assert site.store.open_calls() == []


async def test_a_desk_that_nobody_sits_at_tells_it_and_takes_no_answer(site: Site) -> None:
    site.store.call_person("home", site.clock.now())
    async with site.desk().run_test() as pilot:
        await settle(pilot)
        await look(pilot)
        assert "请去一位同事" in seen(pilot)
        await press(pilot, "f4")
        assert "请去一位同事" in seen(pilot)
    assert len(site.store.open_calls()) == 1


async def test_the_line_speaks_the_language_of_the_page(site: Site) -> None:
    site.submit()
    async with site.desk().run_test() as pilot:
        await sign_in(pilot, site)
        await press(pilot, "enter")
        site.store.call_person("home", site.clock.now())
        await look(pilot)
        await press(pilot, "f2")
        assert "Somebodyatthekiosk" in seen(pilot)
        assert page(pilot).can_go_to_calls


def test_the_terminal_rings_until_somebody_goes(site: Site) -> None:
    """In a real terminal, twice at least: once could be missed."""
    site.store.call_person("home", site.clock.now())
    with desk_terminal(site) as terminal:
        got = terminal.until(lambda got: COMMAND.sub(b"", got).count(BELL) >= 2, "a second ring")
    assert "请去一位同事".encode() in got
