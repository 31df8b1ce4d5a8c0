"""Two cases of one person in one service: each says so, and leads to the other."""

from __future__ import annotations

import pytest

from tests.desk_screens.desk_site import WANG, Site, page, press, seen, sign_in
from tests.desk_screens.test_desk_fits import NEW_SIZES, assert_fits


async def test_the_other_case_of_the_same_person_stands_on_top_and_one_key_opens_it(site: Site) -> None:
    site.submit("case-1")
    site.submit("case-2")
    async with site.desk().run_test(size=(80, 40)) as pilot:
        await sign_in(pilot, site)
        await press(pilot, "enter")
        first = page(pilot).title_words()
        assert "同一个人、同一件事，还有一件：A002" in seen(pilot)
        await press(pilot, "e")
        assert page(pilot).title_words() != first and "还有一件：A001" in seen(pilot)


async def test_one_that_was_taken_back_is_no_second_one(site: Site) -> None:
    site.submit("case-1")
    site.submit("case-2")
    actor = site.actor(WANG)
    epoch = site.store.claim("case-2", actor).epoch
    site.store.merge("case-2", actor, epoch, "case-1", "交了两次")
    async with site.desk().run_test(size=(80, 40)) as pilot:
        await sign_in(pilot, site)
        await press(pilot, "enter")
        assert "还有一件" not in seen(pilot)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", NEW_SIZES, ids=str)
async def test_the_page_of_a_case_with_another_beside_it_fits(
    site: Site, size: tuple[int, int], language: str
) -> None:
    site.submit("case-1")
    site.submit("case-2")
    async with site.desk(language).run_test(size=size) as pilot:
        await sign_in(pilot, site)
        await press(pilot, "enter", "c")
        assert_fits(pilot)
