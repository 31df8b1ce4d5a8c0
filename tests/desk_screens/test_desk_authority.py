"""Who acts for another, at the desk: what shows it is noted before the case goes on (K41)."""

from __future__ import annotations

from kiosk.cases.authority import Standing
from kiosk.services.acting import Acting
from tests.desk_screens.desk_people import LETTER, bring
from tests.desk_screens.desk_site import (
    Site,
    press,
    seen,
    sign_in,
    told,
    write,
)


async def test_the_case_page_says_whose_will_is_missing_and_one_key_notes_it(site: Site) -> None:
    bring(site)
    async with site.desk().run_test(size=(80, 40)) as pilot:
        await sign_in(pilot, site)
        await press(pilot, "enter", "c")
        assert "家里人代办：儿子或女儿" in seen(pilot) and "还没看到本人的意思" in seen(pilot)
        await press(pilot, "u")
        assert LETTER[0]["zh"] in seen(pilot)
        await press(pilot, "enter")
        assert told(pilot) == "记下了。"
        assert "委托有效，到2026-12-31为止" in seen(pilot)
    authority = site.store.authority("case-1")
    assert authority is not None and authority.standing is Standing.GIVEN


async def test_what_the_person_takes_back_is_noted_with_how_they_said_so(site: Site) -> None:
    bring(site)
    async with site.desk().run_test(size=(80, 40)) as pilot:
        await sign_in(pilot, site)
        await press(pilot, "enter", "c", "u", "end", "enter", "f10")
        assert "请写一句本人是怎么说的" in told(pilot)
        await write(pilot, "今天上午打电话来，说自己办")
        await press(pilot, "f10")
        assert "本人收回了委托" in seen(pilot)
    kinds = site.kinds()
    assert kinds[-1] == "authority_withdrawn"


async def test_a_guardian_shows_their_own_paper(site: Site) -> None:
    bring(site, acting=Acting.GUARDIAN)
    async with site.desk().run_test(size=(80, 40)) as pilot:
        await sign_in(pilot, site)
        await press(pilot, "enter", "c", "u")
        assert "看了监护证明" in seen(pilot) and "签名或手印" not in seen(pilot)


async def test_who_helps_many_is_a_note_that_keeps_nothing_from_going_on(site: Site) -> None:
    for number in range(5):
        bring(site, f"case-{number}", f"{number:064x}")
    async with site.desk().run_test(size=(80, 40)) as pilot:
        await sign_in(pilot, site)
        await press(pilot, "enter", "c")
        assert "帮了5个人" in seen(pilot)


async def test_a_matter_of_ones_own_offers_no_such_key(site: Site) -> None:
    site.submit()
    async with site.desk().run_test(size=(80, 40)) as pilot:
        await sign_in(pilot, site)
        await press(pilot, "enter", "c")
        assert "U委托" not in seen(pilot)
        await press(pilot, "u")
        assert "看过什么" not in seen(pilot)
