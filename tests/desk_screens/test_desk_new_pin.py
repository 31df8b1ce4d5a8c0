"""Anybody draws a new PIN of their own, with the one they have (K42)."""

from __future__ import annotations

import pytest

from screens.desk.board import Board
from screens.desk.pin_page import PinPage
from screens.desk.sign_in import SignInPage
from tests.desk_screens.desk_site import XIAOLIN, Site, page, pin_shown, press, seen, settle, told, write
from tests.desk_screens.test_desk_fits import SIZES, assert_fits


async def test_the_new_pin_is_shown_once_and_signs_in(site: Site) -> None:
    async with site.desk().run_test() as pilot:
        await settle(pilot)
        await write(pilot, XIAOLIN)
        await press(pilot, "enter")
        await write(pilot, site.pins[XIAOLIN])
        await press(pilot, "f6")
        assert isinstance(page(pilot), PinPage)
        fresh = pin_shown(pilot)
        await press(pilot, "escape", "enter")
        assert pin_shown(pilot) == fresh
        assert "请按F10" in told(pilot).replace(" ", "")
        await press(pilot, "f10")
        assert isinstance(page(pilot), SignInPage)
        assert fresh not in seen(pilot)
        await write(pilot, site.pins[XIAOLIN])
        await press(pilot, "enter")
        assert "对不上" in told(pilot)
        await write(pilot, fresh)
        await press(pilot, "enter")
        assert isinstance(page(pilot), Board)


async def test_without_the_old_pin_there_is_no_new_one(site: Site) -> None:
    async with site.desk().run_test() as pilot:
        await settle(pilot)
        await write(pilot, XIAOLIN)
        await press(pilot, "enter", "f6")
        assert "现在的密码" in told(pilot)
        await write(pilot, f"{(int(site.pins[XIAOLIN]) + 1) % 10**6:06d}")
        await press(pilot, "f6")
        assert "对不上" in told(pilot)
        assert isinstance(page(pilot), SignInPage)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [*SIZES, (57, 12)], ids=str)
async def test_the_page_fits(site: Site, size: tuple[int, int], language: str) -> None:
    async with site.desk(language).run_test(size=size) as pilot:
        await settle(pilot)
        assert_fits(pilot)
        await write(pilot, XIAOLIN)
        await press(pilot, "enter")
        await write(pilot, site.pins[XIAOLIN])
        await press(pilot, "f6")
        assert_fits(pilot)
