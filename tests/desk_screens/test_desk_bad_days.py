"""A store that takes nothing more, a fault nobody foresaw: calm words, nothing lost."""

from __future__ import annotations

import asyncio
import logging
import threading
from pathlib import Path

import pytest
from click.testing import CliRunner
from textual.pilot import Pilot
from textual.worker import WorkerFailed

from kiosk.cli import main
from kiosk.store import Store
from screens.desk.app import DeskApp
from screens.desk.board import Board
from screens.desk.sorry import Sorry
from tests.desk_screens.desk_site import (
    NUMBER,
    Site,
    page,
    press,
    seen,
    settle,
    sign_in,
    told,
    write,
)


def read_only(store: Store, on: bool = True) -> None:
    store._db.execute(f"PRAGMA query_only = {int(on)}")


def full_when_notes_go(store: Store) -> None:
    store._db.execute(
        "CREATE TEMP TRIGGER full BEFORE DELETE ON main.side_note BEGIN SELECT RAISE(ABORT, 'full'); END"
    )


async def turn_read_only(pilot: Pilot[None], on: bool = True) -> None:
    assert isinstance(pilot.app, DeskApp)
    await pilot.app.counter.records.do(lambda store: read_only(store, on))


async def test_a_claim_on_a_store_that_takes_nothing_is_told_in_words(site: Site) -> None:
    site.submit()
    async with site.desk().run_test() as pilot:
        await sign_in(pilot, site)
        await press(pilot, "enter")
        await turn_read_only(pilot)
        await press(pilot, "c")
        assert "没有存上" in told(pilot)
        assert site.kinds() == ["submitted"]
        await turn_read_only(pilot, on=False)
        await press(pilot, "c")
        assert site.kinds() == ["submitted", "claimed"]


async def test_a_number_is_not_shown_when_the_look_cannot_be_recorded(site: Site) -> None:
    site.submit()
    async with site.desk().run_test(size=(120, 48)) as pilot:
        await sign_in(pilot, site)
        await press(pilot, "enter")
        await turn_read_only(pilot)
        await press(pilot, "s")
        assert NUMBER not in seen(pilot)
        assert "没有存上" in told(pilot)


async def test_what_was_written_stays_when_it_cannot_be_kept(site: Site) -> None:
    site.submit()
    async with site.desk().run_test() as pilot:
        await sign_in(pilot, site)
        await press(pilot, "enter", "c", "i")
        await write(pilot, "户口簿")
        await turn_read_only(pilot)
        await press(pilot, "f10")
        assert "没有存上" in told(pilot)
        await turn_read_only(pilot, on=False)
        await press(pilot, "f10")
    assert site.store.case("case-1").missing == "户口簿"


async def test_a_save_that_is_kept_is_not_called_lost_when_the_disk_is_full_just_after_it(site: Site) -> None:
    """What she had begun cannot be cleared away then; the case has gone on all the same, and once."""
    site.submit()
    async with site.desk().run_test() as pilot:
        await sign_in(pilot, site)
        await press(pilot, "enter", "c", "i")
        await write(pilot, "户口簿")
        await press(pilot, "escape", "i")
        assert isinstance(pilot.app, DeskApp)
        await pilot.app.counter.records.do(full_when_notes_go)
        await press(pilot, "f10")
        assert isinstance(page(pilot), Board), told(pilot)
    assert site.store.case("case-1").missing == "户口簿"
    assert site.kinds().count("info_asked") == 1


async def test_a_fault_nobody_foresaw_shows_a_calm_page_and_logs_no_value(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    app = site.desk()
    caplog.set_level(logging.ERROR)

    async def broken() -> None:
        raise LookupError(f"no place for {NUMBER}")

    async def meet_it() -> None:
        async with app.run_test() as pilot:
            await sign_in(pilot, site)
            board = page(pilot)
            assert isinstance(board, Board)
            board.begin(broken)
            await pilot.pause()
            await pilot.pause()
            assert isinstance(page(pilot), Sorry)
            assert "一件也没丢" in seen(pilot)
            assert NUMBER not in seen(pilot) and "Traceback" not in seen(pilot)
            await pilot.press("x")

    # the framework raises it again for the test, after the page was left
    with pytest.raises(WorkerFailed):
        await meet_it()
    assert app.return_code == 1
    assert "LookupError" in caplog.text
    assert NUMBER not in caplog.text


def test_with_no_account_yet_the_command_says_how_to_make_one(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["--data", str(tmp_path), "desk"])
    assert done.exit_code == 1
    assert "kiosk account add NAME --role staff" in done.output


async def test_keys_pressed_while_an_act_is_under_way_do_nothing(site: Site) -> None:
    site.submit()
    async with site.desk().run_test() as pilot:
        await sign_in(pilot, site)
        await press(pilot, "enter")
        slow_disk = asyncio.Event()

        async def waits() -> None:
            await slow_disk.wait()

        page(pilot).begin(waits)
        await pilot.press(*"ccc")
        assert site.kinds() == ["submitted"]
        slow_disk.set()
        await settle(pilot)
        await press(pilot, "c")
    assert site.kinds() == ["submitted", "claimed"]


async def test_a_slow_store_does_not_hold_up_the_screen(site: Site) -> None:
    site.submit()
    async with site.desk().run_test() as pilot:
        await sign_in(pilot, site)
        busy = threading.Event()
        desk = page(pilot)

        async def slow() -> None:
            await desk.counter.records.do(lambda store: busy.wait(30))

        desk.begin(slow)
        await pilot.press("f2")
        await pilot.pause()
        assert "1open" in seen(pilot), "the language changes while the store is busy"
        busy.set()
        await settle(pilot)
