"""Two centres of a hub, a desk program at each: a case is handed over, taken up there, and given back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from textual.pilot import Pilot

from kiosk.cases.states import Role, State
from kiosk.hub.store import HubStore, open_hub_store
from kiosk.paths import data_file
from kiosk.security.accounts import Accounts
from kiosk.security.custody import Custody, Member
from kiosk.security.staff_keys import Stretch
from kiosk.store.calendars import load_calendar
from screens.desk.case_file import case_file
from tests.desk_screens.desk_site import WANG, DeskClock, Site, press, seen, settle, sign_in, told, write
from tests.desk_screens.test_desk_fits import SIZES, assert_fits
from tests.hub.hubs import Hub

LIU = "刘芳"
WEST = {"zh": "河西街道办事处", "en": "Hexi Sub-district Office"}
STREET = {"zh": "柳林路八号", "en": "8 Liulin Road"}


@dataclass
class HubSite(Site):
    """A centre of a hub, with one desk whose staff hold the keys."""

    address: str = ""

    def open(self) -> HubStore:
        return open_hub_store(
            self.address, self.folder, clock=self.clock, calendar=load_calendar(data_file("calendars"))
        )


def centre(hub: Hub, folder: Path, clock: DeskClock, name: str, who: str, closing: ExitStack) -> HubSite:
    address = hub.centre(name)
    calendar = load_calendar(data_file("calendars"))
    store = open_hub_store(address, folder / name, clock=clock, calendar=calendar)
    accounts = Accounts(store, clock, PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    pin = accounts.add(who, Role.STAFF)
    custody = Custody(store, Stretch(1, 8, 1), pin_alone=True)
    custody.protect([Member(who, pin)])
    custody.open_with(who, pin, ())
    site = HubSite(folder / name, clock, store, {who: pin}, address=address)
    closing.callback(store.close)
    closing.callback(close_desks, site)
    return site


def close_desks(site: HubSite) -> None:
    for counter in site.opened:
        counter.records.close()


@pytest.fixture
def two(hub: Hub, tmp_path: Path) -> Iterator[tuple[HubSite, HubSite]]:
    clock = DeskClock()
    with ExitStack() as closing:
        east = centre(hub, tmp_path, clock, "east", WANG, closing)
        west = centre(hub, tmp_path, clock, "west", LIU, closing)
        assert isinstance(east.store, HubStore) and isinstance(west.store, HubStore)
        east.store.introduce({"zh": "河东街道办事处", "en": "Hedong Sub-district Office"}, {}, "000-12345")
        west.store.introduce(WEST, STREET, "000-67890")
        yield east, west


async def hand_over(pilot: Pilot[None], east: HubSite) -> None:
    """From the list, with nothing but keys."""
    await sign_in(pilot, east)
    await press(pilot, "enter", "c", "g", "enter")
    await write(pilot, "她搬到河西了")
    await press(pilot, "tab")
    await write(pilot, "当面说好的")
    await press(pilot, "f10", "down", "enter")


async def test_a_case_is_handed_over_with_a_few_keys_and_leaves_the_list(
    two: tuple[HubSite, HubSite],
) -> None:
    east, west = two
    east.submit()
    async with east.desk().run_test(size=(80, 24)) as pilot:
        await hand_over(pilot, east)
        assert "已转过去" in told(pilot)
        assert "现在没有要办的件" in seen(pilot)
    (line,) = west.store.board().cases
    assert line.state is State.TRANSFERRED
    assert west.store.case("case-1").events[-1].words == "她搬到河西了\n告诉本人：当面说好的"


@pytest.mark.parametrize("size", [(120, 40), (57, 12), (40, 10)], ids=str)
async def test_before_it_goes_staff_see_where_it_goes_and_the_key_it_is_sealed_to(
    two: tuple[HubSite, HubSite], size: tuple[int, int]
) -> None:
    east, west = two
    east.submit()
    async with east.desk().run_test(size=size) as pilot:
        await sign_in(pilot, east)
        await press(pilot, "enter", "c", "g")
        assert "河西街道办事处柳林路八号000-67890" in seen(pilot)
        key = west.store.centre_keys()[-1].id.hex()
        assert f"钥匙{key}" in seen(pilot)


async def test_it_does_not_go_before_the_person_was_told(two: tuple[HubSite, HubSite]) -> None:
    east, west = two
    east.submit()
    async with east.desk().run_test(size=(80, 24)) as pilot:
        await sign_in(pilot, east)
        await press(pilot, "enter", "c", "g", "enter")
        await write(pilot, "她搬到河西了")
        await press(pilot, "f10")
        assert "先告诉本人" in told(pilot)
    assert west.store.board().cases == ()


async def test_the_other_centre_reads_where_it_came_from_and_can_give_it_back(
    two: tuple[HubSite, HubSite],
) -> None:
    east, west = two
    east.submit()
    async with east.desk().run_test(size=(80, 24)) as pilot:
        await hand_over(pilot, east)
    async with west.desk().run_test(size=(120, 40)) as pilot:
        await sign_in(pilot, west, LIU)
        assert "来自河东街道办事处" in seen(pilot)
        await press(pilot, "enter")
        assert "从河东街道办事处转来" in seen(pilot)
        await press(pilot, "end")
        assert "居民递交河东街道办事处" in seen(pilot) and "east" not in seen(pilot)
        # its own key offers nothing: what came from elsewhere goes no further
        await press(pilot, "c", "g")
        assert "从河东街道办事处转来" in seen(pilot)
        await press(pilot, "a")
        assert "退回原中心" in seen(pilot)
        await press(pilot, "end", "enter")
        await write(pilot, "她的户口还在河东")
        await press(pilot, "f10", "down", "enter")
        assert "已退回" in told(pilot)
    (line,) = east.store.board().cases
    assert (line.case_id, line.state) == ("case-1", State.QUEUED)
    async with east.desk().run_test(size=(120, 40)) as pilot:
        await sign_in(pilot, east)
        await press(pilot, "enter")
        assert "河西街道办事处退回来了：她的户口还在河东" in seen(pilot)
        await press(pilot, "end")
        # nowhere by its name in the hub
        assert "转给别的中心：河西街道办事处她搬到河西了" in seen(pilot)
        assert "west" not in seen(pilot)


async def test_what_was_handed_over_by_mistake_is_had_back_from_the_list_of_acts(
    two: tuple[HubSite, HubSite],
) -> None:
    east, west = two
    number = east.store.progress_of(east.submit()).number
    async with east.desk().run_test(size=(80, 24)) as pilot:
        await hand_over(pilot, east)
        await press(pilot, "s")
        await write(pilot, number)
        await press(pilot, "enter", "enter", "a", "enter")
        await write(pilot, "点错了")
        await press(pilot, "f10")
        assert "回到队列" in told(pilot)
    assert west.store.board().cases == ()


async def test_what_nobody_takes_in_there_is_told_the_next_day_and_no_more_once_they_have_it(
    two: tuple[HubSite, HubSite], hub: Hub
) -> None:
    east, west = two
    east.submit()
    async with east.desk().run_test(size=(80, 24)) as pilot:
        await hand_over(pilot, east)
        assert "那边没有接" not in seen(pilot)
    with hub.owner() as owner:
        owner.execute("UPDATE hub.handover SET handed_at = handed_at - interval '3 days'")
    async with east.desk().run_test(size=(80, 24)) as pilot:
        await sign_in(pilot, east)
        assert "A001转给河西街道办事处，3天了那边没有接" in seen(pilot)
    assert west.store.board().cases
    async with east.desk().run_test(size=(80, 24)) as pilot:
        await sign_in(pilot, east)
        assert "那边没有接" not in seen(pilot)


async def test_what_could_not_be_opened_there_comes_back_and_says_why(
    two: tuple[HubSite, HubSite], hub: Hub
) -> None:
    east, west = two
    east.submit()
    async with east.desk().run_test(size=(120, 40)) as pilot:
        await hand_over(pilot, east)
        with hub.owner() as owner:
            owner.execute("UPDATE hub.handover_part SET body = 'something else'")
        assert west.store.board().cases == ()
        await press(pilot, "n")
        assert "那边收到的不全" in seen(pilot)


def test_what_came_through_a_hub_says_at_which_kiosk_it_was_handed_in(site: Site) -> None:
    view, counter = site.store.case(site.submit()), site.desk().counter
    counter.sign_in(site.actor(WANG))
    # as the hub writes it: the kiosk, and where its book stood
    handed_in = replace(view.events[0], note="east_1 7")
    told = [line.text for line in case_file(counter, replace(view, events=(handed_in,)), shown=False)]
    assert "居民  递交  在自助机 east_1" in told


async def test_a_box_for_itself_offers_no_other_centre(site: Site) -> None:
    site.submit()
    async with site.desk().run_test(size=(120, 40)) as pilot:
        await sign_in(pilot, site)
        await press(pilot, "enter", "c")
        assert "别的中心" not in seen(pilot)
        await press(pilot, "a")
        assert "别的中心" not in seen(pilot)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [(57, 12), *SIZES], ids=str)
async def test_every_page_of_it_fits(
    two: tuple[HubSite, HubSite], size: tuple[int, int], language: str
) -> None:
    east, west = two
    east.submit()
    async with east.desk(language).run_test(size=size) as pilot:
        await sign_in(pilot, east)
        for keys in ("enter", "c", "g", "enter"):
            await press(pilot, keys)
            assert_fits(pilot)
        await write(pilot, "moved")
        await press(pilot, "tab")
        await write(pilot, "told, and agreed")
        for keys in ("f10", "down", "enter"):
            await press(pilot, keys)
            assert_fits(pilot)
    async with west.desk(language).run_test(size=size) as pilot:
        await sign_in(pilot, west, LIU)
        await settle(pilot)
        assert ("来自河东街道办事处" if language == "zh" else "fromHedong") in seen(pilot)
        for keys in ("enter", "c", "a", "escape"):
            assert_fits(pilot)
            await press(pilot, keys)
