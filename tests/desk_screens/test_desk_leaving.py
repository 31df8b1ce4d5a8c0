"""Who may not sit at the desk any more does not go on sitting there (K42)."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher

from kiosk.cases.states import Actor, Role
from kiosk.security.accounts import Accounts
from screens.desk.app import DeskApp
from screens.desk.board import Board
from screens.desk.case import CasePage
from screens.desk.sign_in import SignInPage
from tests.desk_screens.desk_site import (
    NUMBER,
    WANG,
    XIAOLIN,
    Site,
    page,
    press,
    seen,
    settle,
    sign_in,
    told,
    write,
)

BOSS = Actor("周洁", Role.MANAGER)
LIGHT = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def looks(app: DeskApp) -> None:
    """As every few seconds."""
    app.look_for_calls()


@pytest.mark.parametrize("how", ["removed", "volunteer"])
async def test_a_desk_is_left_when_the_account_is_gone_or_may_less(site: Site, how: str) -> None:
    site.submit()
    app = site.desk()
    async with app.run_test() as pilot:
        await sign_in(pilot, site)
        await press(pilot, "enter")
        assert isinstance(page(pilot), CasePage)
        looks(app)
        await settle(pilot)
        assert isinstance(page(pilot), CasePage)
        if how == "removed":
            assert site.store.remove_account(WANG, BOSS)
        else:
            assert site.store.set_role(WANG, Role.VOLUNTEER, BOSS)
        looks(app)
        await settle(pilot)
        assert isinstance(page(pilot), SignInPage)


async def test_after_a_new_pin_only_who_knows_it_goes_on(site: Site) -> None:
    """Somebody else may have been the reason for it. What they had written is still there."""
    app, accounts = site.desk(), Accounts(site.store, site.clock, LIGHT)
    async with app.run_test() as pilot:
        await sign_in(pilot, site)
        site.pins[WANG] = accounts.reset(WANG, BOSS)
        looks(app)
        await settle(pilot)
        assert isinstance(page(pilot), SignInPage) and "密码换过了" in told(pilot)
        assert app.locked and app.counter.staff.name == WANG
        looks(app)
        await settle(pilot)
        await write(pilot, site.pins[WANG])
        await press(pilot, "enter")
        looks(app)
        await settle(pilot)
        assert isinstance(page(pilot), Board)


@pytest.mark.parametrize("how", ["pin", "role", "removed"])
async def test_the_very_next_act_finds_it(site: Site, how: str) -> None:
    """Before the next look of the desk, too: nothing is done for who may not any more."""
    case = site.submit()
    app, accounts = site.desk(), Accounts(site.store, site.clock, LIGHT)
    async with app.run_test() as pilot:
        await sign_in(pilot, site)
        await press(pilot, "enter")
        if how == "pin":
            accounts.reset(WANG, BOSS)
        elif how == "role":
            accounts.set_role(WANG, Role.VOLUNTEER, BOSS)
        else:
            accounts.remove(WANG, BOSS)
        await press(pilot, "c")
        assert isinstance(page(pilot), SignInPage)
    assert site.kinds(case) == ["submitted"]


async def test_a_volunteer_reads_masked_numbers_and_no_words_of_colleagues(site: Site) -> None:
    """K42: what helping needs, and no more."""
    case = site.submit()
    wang = site.actor(WANG)
    claim = site.store.claim(case, wang, "老人自己来问过")
    site.store.put_down(case, wang, claim.epoch)
    async with site.desk().run_test(size=(100, 60)) as pilot:
        await sign_in(pilot, site, XIAOLIN)
        assert isinstance(page(pilot), Board)
        await press(pilot, "enter", "s")
        shown = seen(pilot)
        assert "身份证号" in shown and NUMBER not in shown
        assert "老人自己来问过" not in shown and "签字" not in shown
    assert "viewed" not in site.kinds()
