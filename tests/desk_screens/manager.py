"""Somebody who manages the site, and how they come to their pages."""

from __future__ import annotations

from argon2 import PasswordHasher
from textual.pilot import Pilot

from kiosk.cases.states import Role
from kiosk.security.accounts import Accounts
from screens.desk.pick_list import PickList
from tests.desk_screens.desk_site import Site, press, settle, sign_in
from tests.desk_screens.test_desk_fits import assert_fits

ZHOU = "周洁"


def add_manager(site: Site) -> Site:
    light = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    site.pins[ZHOU] = Accounts(site.store, site.clock, light).add(ZHOU, Role.MANAGER)
    return site


async def at_manager_page(pilot: Pilot[None], site: Site, name: str) -> None:
    await sign_in(pilot, site, ZHOU)
    await press(pilot, "g")
    await to_row(pilot, name)


async def to_row(pilot: Pilot[None], name: str) -> None:
    """Open the row of that name."""
    pilot.app.screen.query_one(PickList).put_cursor(name)
    await press(pilot, "enter")


async def assert_fits_everywhere(pilot: Pilot[None]) -> None:
    """On the smallest and the usual screen, in both languages; then as it was."""
    for size in ((57, 12), (80, 24)):
        await pilot.resize_terminal(*size)
        for _ in range(2):
            await press(pilot, "f2")
            await settle(pilot)
            assert_fits(pilot)
