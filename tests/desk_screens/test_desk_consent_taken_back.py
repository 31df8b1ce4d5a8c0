"""A consent that was taken back: the desk sees at once that it was, which, and when (K35)."""

from __future__ import annotations

from tests.desk_screens.desk_site import GUIFANG, Site, press, seen, sign_in

LARGE = (120, 48)


async def test_the_file_says_so_on_top_at_the_consent_and_in_the_history(site: Site) -> None:
    site.submit()
    site.store.withdraw_consent("case-1", GUIFANG, "use")
    async with site.desk().run_test(size=LARGE) as pilot:
        await sign_in(pilot, site)
        await press(pilot, "enter")
        words = seen(pilot)
        assert "本人撤回了一项同意" in words
        assert "！已撤回我同意社区用这些资料帮我办高龄津贴" in words
        assert "2026-11-0209:30居民撤回同意：我同意社区用这些资料" in words


async def test_a_case_with_its_consents_says_nothing_of_it(site: Site) -> None:
    site.submit()
    async with site.desk().run_test(size=LARGE) as pilot:
        await sign_in(pilot, site)
        await press(pilot, "enter")
        assert "撤回" not in seen(pilot)
