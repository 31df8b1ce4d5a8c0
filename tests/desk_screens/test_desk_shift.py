"""What somebody holds and answers for, at the end of their shift and while they are away."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher

from kiosk.cases.states import Role, State
from kiosk.security.accounts import Accounts
from screens.desk.shift import ShiftPage
from tests.desk_screens.desk_site import CHEN, WANG, XIAOLIN, Site, page, press, seen, sign_in, told, write

ZHOU = "周洁"


@pytest.fixture
def two_in_hand(site: Site) -> Site:
    """Wang Li holds one case and answers for another that waits for the person."""
    actor = site.actor(WANG)
    for case in ("case-1", "case-2"):
        site.submit(case)
        site.store.accept(case, actor, site.store.claim(case, actor).epoch)
    site.store.ask_info("case-2", actor, 1, "户口本")
    return site


async def test_what_one_holds_and_answers_for_is_listed_and_put_down(two_in_hand: Site) -> None:
    async with two_in_hand.desk().run_test() as pilot:
        await sign_in(pilot, two_in_hand)
        await press(pilot, "m")
        assert isinstance(page(pilot), ShiftPage)
        assert f"{WANG}的件：2件，手上1件" in seen(pilot)
        await press(pilot, "d")
        assert "手上0件" in seen(pilot)
    assert two_in_hand.store.case("case-1").summary.owner == WANG


async def test_everything_is_handed_over_but_what_waits_for_the_person(two_in_hand: Site) -> None:
    async with two_in_hand.desk().run_test() as pilot:
        await sign_in(pilot, two_in_hand)
        await press(pilot, "m", "h", "enter")
        await write(pilot, "材料齐了")
        await press(pilot, "f10")
        assert "1件办妥" in told(pilot).replace(" ", "") and "还有1件" in told(pilot).replace(" ", "")
    assert two_in_hand.store.case("case-1").summary.colleague == CHEN


async def test_everything_is_given_back_with_a_reason(two_in_hand: Site) -> None:
    async with two_in_hand.desk().run_test() as pilot:
        await sign_in(pilot, two_in_hand)
        await press(pilot, "m", "r", "f10")
        assert "为什么" in told(pilot)
        await write(pilot, "下班了")
        await press(pilot, "f10")
    case = two_in_hand.store.case("case-1").summary
    assert (case.owner, case.state) == (None, State.ACCEPTED)


async def test_who_is_away_says_until_when_and_comes_back(site: Site) -> None:
    async with site.desk().run_test() as pilot:
        await sign_in(pilot, site)
        await press(pilot, "m", "b")
        await write(pilot, "下周")
        await press(pilot, "f10")
        assert "以后的工作日" in told(pilot)
        for _ in range(2):
            await press(pilot, "backspace")
        await write(pilot, "11-10")
        await press(pilot, "f10")
        assert "不在岗到2026-11-10" in seen(pilot)
        await press(pilot, "b")
        assert "不在岗到" not in seen(pilot)


async def test_a_manager_moves_all_cases_of_somebody(two_in_hand: Site) -> None:
    light = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    site = two_in_hand
    site.pins[ZHOU] = Accounts(site.store, site.clock, light).add(ZHOU, Role.MANAGER)
    async with site.desk().run_test() as pilot:
        await sign_in(pilot, site, ZHOU)
        await press(pilot, "m", "o")
        assert WANG in seen(pilot) and XIAOLIN not in seen(pilot)
        await press(pilot, "home", "enter")
        assert f"{WANG}的件：2件" in seen(pilot)
        await press(pilot, "g", "down", "enter")
        await write(pilot, "请病假")
        await press(pilot, "f10")
    assert {site.store.case(case).summary.owner for case in ("case-1", "case-2")} == {CHEN}
    assert "assigned" in site.kinds("case-1")


async def test_a_volunteer_has_no_such_list(site: Site) -> None:
    async with site.desk().run_test() as pilot:
        await sign_in(pilot, site, XIAOLIN)
        await press(pilot, "m")
        assert not isinstance(page(pilot), ShiftPage)
