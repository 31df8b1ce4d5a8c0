"""The desk opens with the keys of who signs in, and with nobody else's; it drops them as it locks."""

from __future__ import annotations

from kiosk.security.custody import Custody, Member
from kiosk.security.staff_keys import Stretch
from screens.desk.counter import IDLE
from tests.desk_screens.desk_site import WANG, Site, press, seen, settle, sign_in

TOKEN = bytes(range(16))


def protect(site: Site) -> str:
    """Wang holds the keys, with a stick; where it shows."""
    Custody(site.store, Stretch(1, 8, 1)).protect([Member(WANG, site.pins[WANG], TOKEN)])
    site.store.keyring.lie_open({})
    return str(site.folder / "stick-*")


async def test_a_box_that_is_not_locked_says_so_on_the_board(site: Site) -> None:
    site.submit()
    async with site.desk().run_test(size=(80, 24)) as pilot:
        await sign_in(pilot, site)
        assert "还没有上锁" in seen(pilot)
        await press(pilot, "enter")
        assert "封着" not in seen(pilot)


async def test_with_the_stick_in_cases_are_read_and_without_it_the_board_says_why_not(site: Site) -> None:
    pattern = protect(site)
    site.submit()
    desk = site.desk()
    desk.counter.key_stick = pattern
    async with desk.run_test(size=(80, 24)) as pilot:
        await sign_in(pilot, site)
        assert "钥匙没有打开" in seen(pilot)
        await press(pilot, "q")
        (site.folder / "stick-wang").write_text(TOKEN.hex(), encoding="ascii")
        await sign_in(pilot, site)
        assert "钥匙没有打开" not in seen(pilot)
        assert await desk.counter.records.do(lambda store: store.can_open())


async def test_a_desk_that_locks_or_is_left_drops_the_keys(site: Site) -> None:
    """K42."""
    pattern = protect(site)
    (site.folder / "stick-wang").write_text(TOKEN.hex(), encoding="ascii")
    desk = site.desk()
    desk.counter.key_stick = pattern
    async with desk.run_test(size=(80, 24)) as pilot:
        await sign_in(pilot, site)
        assert await desk.counter.records.do(lambda store: store.can_open())
        site.clock.forward(seconds=IDLE + 1)
        desk.look_at_clock()
        await settle(pilot)
        assert not await desk.counter.records.do(lambda store: store.can_open())
