"""Every act of the table from the desk: what it asks for, what it does, what is told where it cannot be."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from kiosk.cases.moves import Act
from kiosk.cases.states import DESK, RESIDENT, Role, State
from kiosk.security.accounts import Accounts
from screens.desk.act_list import ActList
from screens.desk.acts import CHOICES, DO, FORMS, GROUPS
from screens.desk.board import Board
from screens.desk.case import CasePage
from screens.desk.pick_list import PickList
from screens.desk.writing import Writing
from tests.desk_screens.desk_site import CHEN, WANG, Site, page, press, seen, sign_in, told, write

LARGE = (120, 48)
ZHOU = "周洁"


async def do(pilot: Pilot[None], act: Act) -> None:
    """Open the list of acts and choose this one."""
    await press(pilot, "a")
    acts = page(pilot)
    assert isinstance(acts, ActList)
    rows = [row.key for row in acts.query_one(PickList)._rows]
    assert act in rows, f"{act} is not among {rows}"
    await press(pilot, *["down"] * rows.index(act), "enter")


async def write_all(pilot: Pilot[None], *texts: str) -> None:
    for n, text in enumerate(texts):
        if n:
            await press(pilot, "tab")
        await write(pilot, text)
    await press(pilot, "f10")


def standing(site: Site, case_id: str = "case-1") -> State:
    return site.store.case(case_id).summary.state


def in_state(site: Site, *acts: str) -> None:
    """Wang Li holds a case that has come so far."""
    site.submit()
    actor = site.actor(WANG)
    epoch = site.store.claim("case-1", actor).epoch
    for act in acts:
        getattr(site.store, act)("case-1", actor, epoch)


def test_every_act_of_staff_has_its_place_at_the_desk() -> None:
    """K39: nothing in the table is out of reach."""
    grouped = [act for acts in GROUPS.values() for act in acts]
    assert len(grouped) == len(set(grouped)) and set(grouped) == set(DO)
    from kiosk.cases.moves import MOVES, Need

    of_staff = {
        act
        for act, move in MOVES.items()
        if move.who & DESK and act is not Act.SUBMIT and Need.SUBJECT not in move.needs
    }
    assert of_staff == set(DO)
    assert set(CHOICES) <= set(FORMS)
    assert RESIDENT.role not in DESK


async def test_the_usual_way_is_one_key_a_step(site: Site) -> None:
    """K39."""
    site.submit()
    async with site.desk().run_test(size=LARGE) as pilot:
        await sign_in(pilot, site)
        await press(pilot, "enter", "c")
        assert "F受理" in seen(pilot)
        await press(pilot, "f")
        assert standing(site) is State.ACCEPTED and "F开始录入" in seen(pilot)
        await press(pilot, "f")
        assert standing(site) is State.FILING
        await press(pilot, "f")
        await write_all(pilot, "MZ-118", "MZ-119")
        assert "两次填的受理号不一样" in told(pilot)
        await press(pilot, "backspace")
        await write(pilot, "8")
        await press(pilot, "f10")
        assert standing(site) is State.FILED
        assert site.store.case("case-1").summary.reference == "MZ-118"


async def test_when_the_portal_is_down_it_is_tried_again(site: Site) -> None:
    in_state(site, "accept", "begin_filing")
    async with site.desk().run_test(size=LARGE) as pilot:
        await sign_in(pilot, site)
        await press(pilot, "enter")
        await do(pilot, Act.FAIL_FILING)
        await press(pilot, "f10")
        assert "网页怎么说" in told(pilot)
        await write_all(pilot, "网页打不开，明早再试")
        assert standing(site) is State.FILING_FAILED
        await press(pilot, "f")
        assert standing(site) is State.FILING


async def test_a_hold_needs_a_workday_that_can_be_read(site: Site) -> None:
    in_state(site)
    async with site.desk().run_test(size=LARGE) as pilot:
        await sign_in(pilot, site)
        await press(pilot, "enter")
        await do(pilot, Act.HOLD)
        await write_all(pilot, "等派出所盖章", "过几天")
        assert "11-20" in told(pilot)
        for _ in range(3):
            await press(pilot, "backspace")
        await write(pilot, "11-7")
        await press(pilot, "f10")
        assert "以后的工作日" in told(pilot), "that is a Saturday"
        for _ in range(4):
            await press(pilot, "backspace")
        await write(pilot, "11-10")
        await press(pilot, "f10")
        assert isinstance(page(pilot), Board)
    assert standing(site) is State.ON_HOLD


async def test_a_colleague_is_asked_and_answers(site: Site) -> None:
    in_state(site, "accept")
    async with site.desk().run_test(size=LARGE) as pilot:
        await sign_in(pilot, site)
        await press(pilot, "enter")
        await do(pilot, Act.ASK_COLLEAGUE)
        await press(pilot, "enter")
        assert f"请教{CHEN}" in seen(pilot)
        await write_all(pilot, "这个算本地户口吗", "11-6")
    assert standing(site) is State.ON_HOLD
    async with site.desk().run_test(size=LARGE) as pilot:
        await sign_in(pilot, site, CHEN)
        await press(pilot, "enter")
        await do(pilot, Act.ANSWER_COLLEAGUE)
        await write_all(pilot, "算")
    assert standing(site) is State.ACCEPTED


async def test_a_case_handed_over_is_the_colleague_s_once_taken(site: Site) -> None:
    in_state(site, "accept")
    async with site.desk().run_test(size=LARGE) as pilot:
        await sign_in(pilot, site)
        await press(pilot, "enter")
        await do(pilot, Act.OFFER)
        await press(pilot, "enter")
        await write_all(pilot, "材料齐了，还没录入")
        assert isinstance(page(pilot), Board)
    assert site.store.case("case-1").summary.owner == WANG
    async with site.desk().run_test(size=LARGE) as pilot:
        await sign_in(pilot, site, CHEN)
        await press(pilot, "enter")
        await do(pilot, Act.TAKE_OVER)
        assert isinstance(page(pilot), CasePage)
    assert site.store.case("case-1").summary.owner == CHEN


async def test_what_goes_to_another_desk_is_asked_once_more(site: Site) -> None:
    in_state(site)
    app = site.desk()
    app.counter.desks = lambda: ("民政", "社保")
    async with app.run_test(size=LARGE) as pilot:
        await sign_in(pilot, site)
        await press(pilot, "enter")
        await do(pilot, Act.TRANSFER)
        await press(pilot, "down", "enter")
        await write_all(pilot, "归社保办")
        assert "张**" in seen(pilot) and "给：社保" in seen(pilot)
        assert standing(site) is State.CLAIMED
        await press(pilot, "down", "enter")
    assert standing(site) is State.TRANSFERRED
    assert site.store.case("case-1").summary.desk == "社保"


async def test_what_was_handed_in_twice_goes_on_as_one(site: Site) -> None:
    in_state(site)
    site.submit("case-2", workdays=20)
    async with site.desk().run_test(size=LARGE) as pilot:
        await sign_in(pilot, site)
        await press(pilot, "enter")
        await do(pilot, Act.MERGE)
        await press(pilot, "enter")
        await write_all(pilot, "同一天交了两次")
        await press(pilot, "down", "enter")
    assert standing(site) is State.MERGED
    assert site.store.case("case-1").summary.goes_on_in == "case-2"


async def test_it_is_withdrawn_for_somebody_who_telephones(site: Site) -> None:
    in_state(site)
    async with site.desk().run_test(size=LARGE) as pilot:
        await sign_in(pilot, site)
        await press(pilot, "enter")
        await do(pilot, Act.WITHDRAW_FOR)
        await write_all(pilot, "今天上午来电话，说不办了")
        assert "撤回后不能再办" in seen(pilot)
        await press(pilot, "down", "enter")
    assert standing(site) is State.WITHDRAWN


async def test_after_the_decision_the_person_is_told_and_the_case_closed(site: Site) -> None:
    in_state(site)
    site.store.complete("case-1", site.actor(WANG), 1, "每月五十元")
    async with site.desk().run_test(size=LARGE) as pilot:
        await sign_in(pilot, site)
        await press(pilot, "7", "enter")
        await press(pilot, "f")
        await write_all(pilot, "打了电话")
        assert standing(site) is State.TOLD
        await press(pilot, "f")
    assert standing(site) is State.CLOSED


async def test_a_manager_gives_a_case_to_somebody_else(site: Site) -> None:
    site.pins[ZHOU] = Accounts(site.store, site.clock).add(ZHOU, Role.MANAGER)
    in_state(site)
    async with site.desk().run_test(size=LARGE) as pilot:
        await sign_in(pilot, site, ZHOU)
        await press(pilot, "enter")
        await do(pilot, Act.ASSIGN)
        await press(pilot, "enter")
        await write_all(pilot, "王丽请病假")
        await press(pilot, "down", "enter")
    assert site.store.case("case-1").summary.owner in {CHEN, WANG}


async def test_whoever_takes_a_case_out_of_turn_says_why(site: Site) -> None:
    """K39: the oldest due comes first, unless there is a reason."""
    site.submit("urgent", workdays=2)
    site.submit("slow", workdays=20)
    async with site.desk().run_test(size=LARGE) as pilot:
        await sign_in(pilot, site)
        await press(pilot, "down", "enter", "c")
        assert isinstance(page(pilot), Writing)
        assert site.kinds("slow") == ["submitted"]
        await write_all(pilot, "老人在窗口等")
        assert isinstance(page(pilot), CasePage)
    assert site.store.case("slow").events[-1].words == "老人在窗口等"


async def test_what_is_missing_is_ticked_in_the_list_of_the_service(site: Site) -> None:
    in_state(site)
    async with site.desk().run_test(size=LARGE) as pilot:
        await sign_in(pilot, site)
        await press(pilot, "enter", "i")
        await press(pilot, "shift+tab", "space")
        assert "[x]缺老人身份证" in seen(pilot)
        await press(pilot, "tab")
        await write(pilot, "还有一张照片")
        await press(pilot, "f10")
    assert site.store.case("case-1").missing == "老人身份证\n还有一张照片"


async def test_a_held_case_is_read_only_and_its_holder_is_asked_to_let_go(site: Site) -> None:
    in_state(site)
    async with site.desk().run_test(size=LARGE) as other, site.desk().run_test(size=LARGE) as hers:
        await sign_in(other, site, CHEN)
        await press(other, "enter")
        assert f"{WANG}（还有30分）正在办这一件" in seen(other)
        assert "抄表" not in seen(other)
        await press(other, "l")
        await write(other, "老人在我这里")
        await press(other, "f10")
        assert "已经告诉同事" in told(other)
        await sign_in(hers, site)
        assert f"{CHEN}想接A001：老人在我这里" in seen(hers)


async def test_words_under_a_lost_claim_are_there_when_the_case_is_opened_again(site: Site) -> None:
    in_state(site)
    async with site.desk().run_test(size=LARGE) as pilot:
        await sign_in(pilot, site)
        await press(pilot, "enter", "j")
        await write(pilot, "户口不在本区")
        await press(pilot, "escape", "escape")
    site.clock.forward(minutes=31)
    site.store.claim("case-1", site.actor(CHEN))
    site.clock.forward(minutes=31)
    async with site.desk().run_test(size=LARGE) as pilot:
        await sign_in(pilot, site)
        await press(pilot, "enter", "c", "j")
        writing = page(pilot)
        assert isinstance(writing, Writing)
        assert writing.texts[0] == "户口不在本区"


async def test_a_text_that_was_refused_can_be_taken_back_into_the_field(site: Site) -> None:
    in_state(site)
    actor = site.actor(WANG)
    site.clock.forward(minutes=31)
    site.store.claim("case-1", site.actor(CHEN))
    with pytest.raises(Exception, match="stale"):
        site.store.ask_info("case-1", actor, 1, "户口本")
    site.clock.forward(minutes=31)
    async with site.desk().run_test(size=LARGE) as pilot:
        await sign_in(pilot, site)
        await press(pilot, "enter", "c", "i", "f8")
        writing = page(pilot)
        assert isinstance(writing, Writing)
        assert writing.texts[0] == "户口本"
