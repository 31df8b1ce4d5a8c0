"""A manager gives people accounts, PINs and roles, and takes them away again (K42)."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from kiosk.cases.states import Role
from screens.desk.accounts import AccountsPage
from screens.desk.pick_list import PickList
from screens.desk.pin_page import PinPage
from screens.desk.sign_in import SignInPage
from tests.desk_screens.desk_site import (
    WANG,
    XIAOLIN,
    Site,
    page,
    pin_shown,
    press,
    seen,
    settle,
    sign_in,
    told,
    write,
)
from tests.desk_screens.manager import ZHOU, add_manager, assert_fits_everywhere, at_manager_page


@pytest.fixture
def run_site(site: Site) -> Site:
    return add_manager(site)


async def at(pilot: Pilot[None], name: str) -> None:
    pilot.app.screen.query_one(PickList).put_cursor(name)
    await press(pilot, "end", "home")
    pilot.app.screen.query_one(PickList).put_cursor(name)
    await pilot.pause()


async def test_the_list_says_role_last_sign_in_and_lock(run_site: Site) -> None:
    for _ in range(15):
        run_site.store.count_try(XIAOLIN, lambda _: True)
    async with run_site.desk().run_test(size=(80, 24)) as pilot:
        await at_manager_page(pilot, run_site, "accounts")
        text = seen(pilot)
        assert "账号4个" in text
        assert f"{XIAOLIN}志愿者还没来过！锁住了，要新密码" in text
        assert f"{ZHOU}站长2026-11-0209:30" in text


async def test_a_new_account_signs_in_with_the_pin_that_was_shown_once(run_site: Site) -> None:
    async with run_site.desk().run_test(size=(80, 24)) as pilot:
        await at_manager_page(pilot, run_site, "accounts")
        await press(pilot, "n")
        await write(pilot, WANG)
        await press(pilot, "enter")
        assert f"{WANG}已经有账号了" in told(pilot).replace(" ", "")
        await press(pilot, *["backspace"] * 2)
        await write(pilot, "孙梅")
        await press(pilot, "enter", "enter")
        run_site.pins["孙梅"] = pin_shown(pilot)
        await press(pilot, "enter", "escape")
        assert isinstance(page(pilot), PinPage), "a key held or pressed by habit does not take it away"
        await press(pilot, "f10")
        assert not isinstance(page(pilot), PinPage)
        assert run_site.pins["孙梅"] not in seen(pilot)
        account = run_site.store.account("孙梅")
        assert account is not None and account.role is Role.STAFF
    async with run_site.desk().run_test(size=(80, 24)) as pilot:
        await sign_in(pilot, run_site, "孙梅")
        assert "孙梅的窗口" in seen(pilot)


async def test_enter_held_down_ends_each_page_once_and_no_page_behind_it(run_site: Site) -> None:
    async with run_site.desk().run_test(size=(80, 24)) as pilot:
        await at_manager_page(pilot, run_site, "accounts")
        await press(pilot, "n")
        await write(pilot, "孙梅")
        name = page(pilot).query_one(Input)
        for _ in range(3):
            await name.action_submit()
        await settle(pilot)
        assert "孙梅做什么？" in seen(pilot)
        for _ in range(3):
            page(pilot).query_one(PickList).action_pick()
        await settle(pilot)
        assert isinstance(page(pilot), PinPage)
        await press(pilot, "f10")
        assert isinstance(page(pilot), AccountsPage)


async def test_a_page_that_ends_behind_the_lock_leaves_the_lock_where_it_is(run_site: Site) -> None:
    """K42."""
    async with run_site.desk().run_test(size=(80, 24)) as pilot:
        await at_manager_page(pilot, run_site, "accounts")
        await press(pilot, "n")
        ending = page(pilot)
        run_site.clock.forward(minutes=6)
        await press(pilot, "x")
        assert isinstance(page(pilot), SignInPage)
        ending.dismiss(None)
        await settle(pilot)
        assert isinstance(page(pilot), SignInPage)
        await write(pilot, run_site.pins[ZHOU])
        await press(pilot, "enter")
        assert isinstance(page(pilot), AccountsPage)


async def test_a_new_pin_is_given_only_after_a_yes_and_opens_the_lock(run_site: Site) -> None:
    for _ in range(15):
        run_site.store.count_try(WANG, lambda _: True)
    async with run_site.desk().run_test(size=(80, 24)) as pilot:
        await at_manager_page(pilot, run_site, "accounts")
        await at(pilot, WANG)
        await press(pilot, "p", "enter")
        assert "锁住了" in seen(pilot), "the cursor stands on no"
        await press(pilot, "p", "down", "enter")
        pin = pin_shown(pilot)
        await press(pilot, "f10")
        assert "锁住了" not in seen(pilot)
    run_site.pins[WANG] = pin
    async with run_site.desk().run_test(size=(80, 24)) as pilot:
        await sign_in(pilot, run_site, WANG)
        assert "王丽的窗口" in seen(pilot)


async def test_who_becomes_a_volunteer_gives_back_what_they_had_in_hand(run_site: Site) -> None:
    run_site.submit()
    run_site.store.claim("case-1", run_site.actor(WANG))
    async with run_site.desk().run_test(size=(80, 24)) as pilot:
        await at_manager_page(pilot, run_site, "accounts")
        await at(pilot, WANG)
        await press(pilot, "r", "up", "enter")
        assert "手上的1件已放回" in told(pilot).replace(" ", "")
    account = run_site.store.account(WANG)
    assert account is not None and account.role is Role.VOLUNTEER
    assert run_site.store.case("case-1").summary.owner is None


async def test_an_account_is_removed_after_a_yes_and_one_s_own_never(run_site: Site) -> None:
    async with run_site.desk().run_test(size=(80, 24)) as pilot:
        await at_manager_page(pilot, run_site, "accounts")
        await at(pilot, ZHOU)
        assert "删除" not in seen(pilot)
        await press(pilot, "d")
        assert run_site.store.account(ZHOU) is not None
        await at(pilot, WANG)
        await press(pilot, "d")
        assert "以后不能签到了" in seen(pilot)
        await press(pilot, "down", "enter")
        assert "王丽的账号删了" in told(pilot).replace(" ", "")
    assert run_site.store.account(WANG) is None
    (line, *_) = run_site.store.house_lines()
    assert (line.actor, line.note) == (ZHOU, f"- {WANG}")


async def test_the_pages_of_accounts_fit(run_site: Site) -> None:
    for _ in range(9):
        run_site.store.count_try(WANG, lambda _: True)
    async with run_site.desk().run_test(size=(80, 24)) as pilot:
        await at_manager_page(pilot, run_site, "accounts")
        await assert_fits_everywhere(pilot)
        await press(pilot, "n")
        await assert_fits_everywhere(pilot)
        await write(pilot, "欧阳春晓")
        for keys in ("enter", "enter"):
            await press(pilot, keys)
            await assert_fits_everywhere(pilot)
        await press(pilot, "enter", "f10")
        await at(pilot, WANG)
        for key in ("p", "d"):
            await press(pilot, key)
            await assert_fits_everywhere(pilot)
            await press(pilot, "escape")
