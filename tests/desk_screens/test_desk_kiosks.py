"""The manager sees which kiosks are alive, behind or out of paper, and what to do, without pressing a key."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from textual.pilot import Pilot

from kiosk.hub.report import Paper, Reader, Report
from kiosk.hub.standing import Kiosks, KioskStanding
from kiosk.store import Store
from screens.desk.app import DeskApp
from screens.desk.kiosks import KiosksPage
from screens.desk.pick_list import PickList
from tests.desk_screens.desk_site import MONDAY, WANG, Site, press, screen_lines, seen, settle, sign_in
from tests.desk_screens.manager import ZHOU, add_manager, assert_fits_everywhere, at_manager_page


@pytest.fixture
def run_site(site: Site) -> Site:
    return add_manager(site)


def standing(
    kiosk: str, *, heard: int = 0, report: Report | None = None, revoked: bool = False
) -> KioskStanding:
    """`heard`: so many minutes ago."""
    at = MONDAY - timedelta(minutes=heard)
    return KioskStanding(
        "east", kiosk, revoked, at, at, 5, 0, None, 0, 0, 0, 0, at if report else None, report
    )


def said(paper: str = Paper.ENOUGH, reader: str = Reader.THERE, calls: int = 0, waiting: int = 0) -> Report:
    oldest = MONDAY - timedelta(hours=2) if waiting else None
    return Report("1.2.3", MONDAY, waiting, oldest, calls, reader, paper)


class Hub:
    """What the desk's store tells of the kiosks, as a test sets it."""

    def __init__(self, *kiosks: KioskStanding) -> None:
        self.kiosks = kiosks
        self.looks = 0

    def look(self, store: Store) -> Kiosks:
        self.looks += 1
        return Kiosks(MONDAY, self.kiosks)


def desk(site: Site, hub: Hub, language: str = "zh") -> DeskApp:
    app = site.desk(language)
    app.counter.kiosks = hub.look
    return app


def many() -> Hub:
    return Hub(
        standing("east_1", report=said()),
        standing("east_2", heard=90, report=said(paper=Paper.OUT)),
        standing("east_3", report=said(paper=Paper.LOW, reader=Reader.AWAY, calls=1, waiting=4)),
        standing("east_4"),
        standing("east_5", revoked=True),
    )


def rows(pilot: Pilot[None]) -> list[str]:
    return [line for line in screen_lines(pilot) if "east_" in line]


async def test_the_silent_one_stands_on_top_and_the_page_says_what_to_do(run_site: Site) -> None:
    async with desk(run_site, many()).run_test(size=(80, 24)) as pilot:
        await at_manager_page(pilot, run_site, "kiosks")
        shown = rows(pilot)
        order = [line.split("east_")[1][0] for line in shown[:5]]
        assert order == ["2", "3", "1", "4", "5"]
        assert "没有消息" in shown[0] and "读卡器不在" in shown[1] and "已停用" in shown[4]
        assert "自助机5台，要看一下的2台" in seen(pilot)
        assert "east_2从2026-11-0208:00起没有消息：看看它开着没有" in seen(pilot)
        await press(pilot, "down")
        assert "那边有人要帮忙" in seen(pilot) and "看看线插好没有" in seen(pilot)
        await press(pilot, "end", "up")
        assert "east_4在2026-11-0209:30有消息，别的没说：它的程序是老版本" in seen(pilot)


async def test_it_says_when_somebody_last_tried_a_kiosk_and_what_was_found(run_site: Site) -> None:
    bad = replace(said(), tried_at=MONDAY - timedelta(days=3), tried="bad", tried_look="printer")
    hub = Hub(
        standing("east_1", report=bad),
        standing("east_2", report=replace(bad, tried="good", tried_look="")),
        standing("east_3", report=said()),
    )
    async with desk(run_site, hub).run_test(size=(80, 24)) as pilot:
        await at_manager_page(pilot, run_site, "kiosks")
        assert "有人在2026-10-30" in seen(pilot) and "要看的是：小票打印机" in seen(pilot)
        await press(pilot, "down")
        assert "一切正常" in seen(pilot) and "上次有人试过：2026-10-30" in seen(pilot)
        await press(pilot, "down")
        assert "还没有人试过" in seen(pilot)


async def test_it_speaks_english_too(run_site: Site) -> None:
    async with desk(run_site, many(), "en").run_test(size=(80, 24)) as pilot:
        await at_manager_page(pilot, run_site, "kiosks")
        assert "5kiosks,2tolookat" in seen(pilot)
        assert "lookwhetheritisonanditsnetwork" in seen(pilot)


async def test_it_looks_again_by_itself_and_the_cursor_stays_on_its_kiosk(run_site: Site) -> None:
    hub = many()
    async with desk(run_site, hub).run_test(size=(80, 24)) as pilot:
        await at_manager_page(pilot, run_site, "kiosks")
        page = pilot.app.screen
        assert isinstance(page, KiosksPage)
        page.query_one(PickList).put_cursor("east_1")
        hub.kiosks = (standing("east_1", report=said(paper=Paper.OUT)), *hub.kiosks[1:])
        looks = hub.looks
        # what the timer does, which a test must not wait for
        page._look_again()
        await settle(pilot)
        assert hub.looks == looks + 1
        assert page.query_one(PickList).cursor == "east_1"
        assert "请换一卷" in seen(pilot)


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_the_page_fits(run_site: Site, language: str) -> None:
    async with desk(run_site, many(), language).run_test(size=(80, 24)) as pilot:
        await at_manager_page(pilot, run_site, "kiosks")
        for key in ("home", "down", "end", "up"):
            await press(pilot, key)
            await assert_fits_everywhere(pilot)


async def test_where_there_is_no_hub_the_page_is_not_offered(run_site: Site) -> None:
    async with run_site.desk().run_test(size=(80, 24)) as pilot:
        await sign_in(pilot, run_site, ZHOU)
        await press(pilot, "g")
        assert "账号" in seen(pilot) and "自助机" not in seen(pilot)


async def test_no_kiosk_yet_is_said(run_site: Site) -> None:
    async with desk(run_site, Hub()).run_test(size=(80, 24)) as pilot:
        await at_manager_page(pilot, run_site, "kiosks")
        assert "还没有这个中心的自助机" in seen(pilot)


async def test_only_a_manager_comes_there(run_site: Site) -> None:
    async with desk(run_site, many()).run_test(size=(80, 24)) as pilot:
        await sign_in(pilot, run_site, WANG)
        await press(pilot, "g")
        assert "站长的事" not in seen(pilot)
