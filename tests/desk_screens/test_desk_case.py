"""One case at the desk: what is seen, by whom, and what is recorded of it (K40)."""

from __future__ import annotations

from textual.pilot import Pilot

from kiosk.cases.states import State
from screens.desk.case import CasePage
from screens.desk.pick_list import PickList
from screens.desk.worksheet import Worksheet
from tests.desk_screens.desk_site import (
    CHEN,
    NUMBER,
    WANG,
    Site,
    page,
    press,
    screen_lines,
    seen,
    sign_in,
    told,
    write,
)

LARGE = (120, 48)


async def open_case(pilot: Pilot[None], site: Site, name: str = WANG) -> None:
    await sign_in(pilot, site, name)
    await press(pilot, "enter")
    assert isinstance(page(pilot), CasePage)


async def test_every_answer_says_where_it_came_from(site: Site) -> None:
    site.submit()
    async with site.desk().run_test(size=LARGE) as pilot:
        await open_case(pilot, site)
        lines = screen_lines(pilot)
        assert any("姓名" in line and "张桂芳" in line and "[身份证]" in line for line in lines)
        assert any("户口所在地" in line and "[本人填]" in line for line in lines)


async def test_the_file_has_consents_with_their_words_signature_papers_notes_and_times(site: Site) -> None:
    site.submit()
    async with site.desk().run_test(size=LARGE) as pilot:
        await open_case(pilot, site)
        words = seen(pilot)
        assert "我同意社区用这些资料帮我办高龄津贴" in words
        assert "！不同意我同意拍照" in words
        assert "手写签名,2026-11-0209:30".replace(",", "，") in words
        assert "老人身份证（原件）" in words
        assert "受理前先看户口簿" in words
        assert "2026-11-0209:30居民递交" in words, "times are those of the site, not UTC"


async def test_an_identity_number_is_masked_until_show_and_the_look_is_recorded(site: Site) -> None:
    site.submit()
    async with site.desk().run_test(size=LARGE) as pilot:
        await open_case(pilot, site)
        assert NUMBER not in seen(pilot) and "990*************29" in seen(pilot)
        assert site.kinds() == ["submitted"]
        await press(pilot, "s")
        assert NUMBER in seen(pilot)
        assert site.kinds() == ["submitted", "viewed"]
        await press(pilot, "s")
        assert NUMBER not in seen(pilot)
        assert site.kinds() == ["submitted", "viewed"]


async def test_claiming_gives_the_case_and_the_keys_to_work_on_it(site: Site) -> None:
    site.submit()
    async with site.desk().run_test(size=LARGE) as pilot:
        await open_case(pilot, site)
        assert "办结" not in screen_lines(pilot)[-1]
        await press(pilot, "c")
        assert site.store.case("case-1").summary.holder == WANG
        assert "办结" in "".join(screen_lines(pilot)[-2:])


async def test_of_two_desks_that_claim_the_same_case_one_is_told_who_has_it(site: Site) -> None:
    site.submit()
    async with site.desk().run_test(size=LARGE) as one, site.desk().run_test(size=LARGE) as other:
        await open_case(one, site)
        await open_case(other, site, CHEN)
        await press(one, "c")
        await press(other, "c")
        assert WANG in told(other) and "正在办" in told(other)
        assert site.store.case("case-1").summary.holder == WANG


async def test_a_tick_is_kept_and_seen_by_whoever_opens_the_case_next(site: Site) -> None:
    site.submit()
    async with site.desk().run_test() as pilot:
        await open_case(pilot, site)
        await press(pilot, "c", "w", "space")
        assert isinstance(page(pilot), Worksheet)
        assert site.store.case("case-1").ticks == {"name"}
        assert page(pilot).query_one(PickList).cursor == "id_number", "the cursor goes on to the next field"
        assert "已抄1/共3" in seen(pilot)
    async with site.desk().run_test() as pilot:
        await open_case(pilot, site)
        await press(pilot, "w")
        assert "已抄1/共3" in seen(pilot)


async def test_whoever_was_interrupted_goes_on_at_the_first_open_field(site: Site) -> None:
    site.submit()
    actor = site.actor(WANG)
    epoch = site.store.claim("case-1", actor).epoch
    site.store.tick_field("case-1", "name", actor, epoch)
    async with site.desk().run_test() as pilot:
        await open_case(pilot, site)
        await press(pilot, "w")
        assert page(pilot).query_one(PickList).cursor == "id_number"


async def test_keying_in_begins_and_ends_on_the_worksheet(site: Site) -> None:
    """K39: the reference of the portal is typed twice."""
    site.submit()
    actor = site.actor(WANG)
    site.store.accept("case-1", actor, site.store.claim("case-1", actor).epoch)
    async with site.desk().run_test() as pilot:
        await open_case(pilot, site)
        await press(pilot, "w", "f")
        assert site.store.case("case-1").summary.state is State.FILING
        await press(pilot, "f")
        await write(pilot, "MZ-118")
        await press(pilot, "enter")
        await write(pilot, "MZ-118")
        await press(pilot, "f10")
        assert isinstance(page(pilot), Worksheet)
        assert "受理号记下了" in told(pilot)
    assert site.store.case("case-1").summary.state is State.FILED


async def test_copying_a_number_is_recorded_though_it_stays_masked(site: Site) -> None:
    site.submit()
    async with site.desk().run_test() as pilot:
        await open_case(pilot, site)
        await press(pilot, "c", "w", "down", "c")
        assert pilot.app.clipboard == NUMBER
        assert site.kinds()[-1] == "viewed"
        assert NUMBER not in seen(pilot)


async def test_what_is_copied_is_chinese_as_the_official_form_is(site: Site) -> None:
    site.submit()
    async with site.desk("en").run_test() as pilot:
        await open_case(pilot, site)
        await press(pilot, "c", "w", "end", "c")
        assert pilot.app.clipboard == "本区"


async def test_a_tick_under_a_lost_claim_is_told_and_not_kept(site: Site) -> None:
    site.submit()
    async with site.desk().run_test() as pilot:
        await open_case(pilot, site)
        await press(pilot, "c", "w")
        for _ in range(8):
            site.clock.forward(minutes=4)
            await press(pilot, "down")
        site.store.claim("case-1", site.actor(CHEN))
        await press(pilot, "home", "space")
        assert "不在您手上" in told(pilot)
        assert site.store.case("case-1").ticks == frozenset()
