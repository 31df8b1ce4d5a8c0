"""Who may sit at the desk, and what happens when they leave it alone (K42)."""

from __future__ import annotations

from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from screens.desk.app import DeskApp
from screens.desk.board import Board
from screens.desk.sign_in import SignInPage
from screens.desk.writing import Writing
from tests.desk_screens.desk_site import (
    CHEN,
    NUMBER,
    WANG,
    Site,
    page,
    press,
    seen,
    settle,
    sign_in,
    told,
    write,
)


async def wrong_pin(pilot: Pilot[None], site: Site) -> None:
    wrong = f"{(int(site.pins[WANG]) + 1) % 10**6:06d}"
    await write(pilot, wrong)
    await press(pilot, "enter")


def open_desk(site: Site, language: str = "zh") -> DeskApp:
    return site.desk(language)


async def test_with_name_and_pin_typed_key_by_key_the_list_opens(site: Site) -> None:
    async with open_desk(site).run_test() as pilot:
        await settle(pilot)
        await press(pilot, *WANG, "enter", *site.pins[WANG], "enter")
        assert isinstance(page(pilot), Board)
        assert WANG in seen(pilot)


async def test_a_pin_typed_at_once_after_the_name_is_never_readable(site: Site) -> None:
    """However slow the machine: keys that come in one burst."""
    async with open_desk(site).run_test() as pilot:
        await settle(pilot)
        for key in (*WANG, "enter", *site.pins[WANG]):
            pilot.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await settle(pilot)
        assert pilot.app.screen.query_one("#name", Input).value == WANG
        assert pilot.app.screen.query_one("#pin", Input).value == site.pins[WANG]
        assert site.pins[WANG] not in seen(pilot)


async def test_a_wrong_pin_is_told_without_saying_which_was_wrong_and_is_gone(site: Site) -> None:
    async with open_desk(site).run_test() as pilot:
        await settle(pilot)
        await write(pilot, WANG)
        await press(pilot, "enter")
        await wrong_pin(pilot, site)
        assert "对不上" in told(pilot)
        assert isinstance(page(pilot), SignInPage)
        await write(pilot, site.pins[WANG])
        await press(pilot, "enter")
        assert isinstance(page(pilot), Board)


async def test_a_name_nobody_has_reads_the_same_as_a_wrong_pin(site: Site) -> None:
    async with open_desk(site).run_test() as pilot:
        await settle(pilot)
        await write(pilot, "nobody")
        await press(pilot, "enter")
        await write(pilot, "123456")
        await press(pilot, "enter")
        assert told(pilot) == site.desk().counter.words("sign_in.wrong")


async def test_after_five_wrong_pins_the_wait_is_told_in_words(site: Site) -> None:
    async with open_desk(site).run_test() as pilot:
        await settle(pilot)
        await write(pilot, WANG)
        await press(pilot, "enter")
        for _ in range(5):
            await wrong_pin(pilot, site)
        assert "15 秒" in told(pilot)
        await write(pilot, site.pins[WANG])
        await press(pilot, "enter")
        assert "没有看密码" in told(pilot)
        site.clock.forward(seconds=16)
        await write(pilot, site.pins[WANG])
        await press(pilot, "enter")
        assert isinstance(page(pilot), Board)


async def test_five_minutes_alone_lock_the_desk_and_keep_what_was_written(site: Site) -> None:
    case_id = site.submit()
    site.store.claim(case_id, site.actor(WANG))
    async with open_desk(site).run_test() as pilot:
        await sign_in(pilot, site)
        await press(pilot, "enter", "i")
        await write(pilot, "户口簿")
        site.clock.forward(minutes=5)
        await press(pilot, "x")
        assert isinstance(page(pilot), SignInPage)
        assert "锁上" in seen(pilot)
        await write(pilot, site.pins[WANG])
        await press(pilot, "enter")
        writing = page(pilot)
        assert isinstance(writing, Writing)
        assert writing.texts[0] == "户口簿"


async def test_the_lock_covers_an_identity_number_that_was_shown(site: Site) -> None:
    site.submit()
    async with open_desk(site).run_test() as pilot:
        await sign_in(pilot, site)
        await press(pilot, "enter", "s")
        assert NUMBER in seen(pilot)
        site.clock.forward(minutes=5)
        assert isinstance(pilot.app, DeskApp)
        pilot.app.look_at_clock()
        await settle(pilot)
        assert NUMBER not in seen(pilot)
        await write(pilot, site.pins[WANG])
        await press(pilot, "enter")
        assert NUMBER not in seen(pilot)


async def test_four_minutes_do_not_lock_it(site: Site) -> None:
    async with open_desk(site).run_test() as pilot:
        await sign_in(pilot, site)
        for _ in range(3):
            site.clock.forward(minutes=4)
            await press(pilot, "down")
        assert isinstance(page(pilot), Board)


async def test_another_person_at_a_locked_desk_begins_with_their_own_list(site: Site) -> None:
    site.submit()
    async with open_desk(site).run_test() as pilot:
        await sign_in(pilot, site)
        await press(pilot, "enter")
        site.clock.forward(minutes=5)
        await press(pilot, "x", "escape")
        await sign_in(pilot, site, CHEN)
        assert isinstance(page(pilot), Board)
        assert CHEN in seen(pilot) and WANG not in seen(pilot)


async def test_after_twelve_hours_everybody_signs_in_anew(site: Site) -> None:
    async with open_desk(site).run_test() as pilot:
        await sign_in(pilot, site)
        assert isinstance(pilot.app, DeskApp)
        for _ in range(180):
            site.clock.forward(minutes=4)
            pilot.app.counter.touch()
        await press(pilot, "down")
        assert isinstance(page(pilot), SignInPage)
        assert "锁上" not in seen(pilot)


async def test_what_was_copied_leaves_the_clipboard_with_the_person(site: Site) -> None:
    site.submit()
    site.store.claim("case-1", site.actor(WANG))
    async with open_desk(site).run_test() as pilot:
        await sign_in(pilot, site)
        await press(pilot, "enter", "w", "c")
        assert pilot.app.clipboard
        await press(pilot, "escape", "escape", "q")
        assert pilot.app.clipboard == ""
