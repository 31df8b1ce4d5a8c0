"""What a manager does at the desk: switch a service off and on, and see who changed what."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from textual.pilot import Pilot

from kiosk.paths import data_file
from kiosk.services.load import Shelf, load_service
from kiosk.services.model import Checked, Service
from kiosk.services.signing import digest
from screens.desk.app import DeskApp
from tests.desk_screens.desk_site import WANG, Site, press, seen, shelf, sign_in, told, write
from tests.desk_screens.manager import ZHOU, add_manager, assert_fits_everywhere, to_row
from tests.desk_screens.test_desk_fits import assert_fits

ALLOWANCE = "elderly-allowance"


@pytest.fixture
def run_site(site: Site) -> Site:
    return add_manager(site)


def signed(service: Service) -> Service:
    """As somebody would have signed it off today."""
    live = service.model_copy(update={"status": "live"})
    checked = Checked(by="李芳", on=date(2026, 11, 2), digest=digest(live))
    return live.model_copy(update={"checked": checked})


def shelf_of(site: Site) -> Shelf:
    allowance = signed(shelf()[ALLOWANCE])
    others = [one for name, one in shelf().items() if name != ALLOWANCE][:2]
    changed = replace_title(signed(others[0]))
    draft = others[1].model_copy(update={"status": "draft"})
    return Shelf({one.id: one for one in (allowance, changed, draft)}, ())


def replace_title(service: Service) -> Service:
    """Changed after it was signed."""
    return service.model_copy(update={"version": "2027.1.1"})


def desk(site: Site, language: str = "zh") -> DeskApp:
    app = site.desk(language)
    app.counter.shelf = lambda: shelf_of(site)
    return app


async def at_services(pilot: Pilot[None], site: Site) -> None:
    await sign_in(pilot, site, ZHOU)
    await press(pilot, "g")
    await to_row(pilot, "services")


async def test_only_a_manager_has_the_page(run_site: Site) -> None:
    async with desk(run_site).run_test(size=(80, 24)) as pilot:
        await sign_in(pilot, run_site, WANG)
        assert "G站长" not in seen(pilot)
        await press(pilot, "g")
        assert "站长的事" not in seen(pilot)


async def test_each_service_says_whether_it_is_offered_and_why_not(run_site: Site) -> None:
    async with desk(run_site).run_test(size=(80, 24)) as pilot:
        await at_services(pilot, run_site)
        page = seen(pilot)
        assert "事项3个，现在能办1个" in page
        assert "能办" in page and "！" not in page
        assert "!签字失效" in page
        assert "!草稿" in page
        assert "李芳2026-11-02签过字，居民现在可以办" in page
        await press(pilot, "down")
        assert "签字以后，内容又改过" in seen(pilot)


async def test_a_service_is_switched_off_with_a_reason_and_on_again(run_site: Site) -> None:
    async with desk(run_site).run_test(size=(80, 24)) as pilot:
        await at_services(pilot, run_site)
        await press(pilot, "s", "f10")
        assert "请写一句为什么停办" in told(pilot)
        await write(pilot, "区里的系统在升级")
        await press(pilot, "f10")
        assert run_site.store.stopped_services() == {ALLOWANCE}
        assert "停办了" in told(pilot)
        page = seen(pilot)
        assert "周洁2026-11-0209:30停办：区里的系统在升级" in page
        await press(pilot, "g")
        await write(pilot, "系统好了")
        await press(pilot, "f10")
        assert run_site.store.stopped_services() == frozenset()
        await press(pilot, "escape")
        await to_row(pilot, "house_log")
        page = seen(pilot)
        assert "恢复办理：高龄津贴" in page and "停办：高龄津贴" in page and "系统好了" in page


async def test_a_reason_that_is_too_long_is_never_cut(run_site: Site) -> None:
    """Near its end the page counts, and nothing is kept before it fits."""
    async with desk(run_site).run_test(size=(57, 12)) as pilot:
        await at_services(pilot, run_site)
        await press(pilot, "s")
        await write(pilot, "字" * 899)
        assert "还能写" not in seen(pilot)
        await press(pilot, "字")
        assert "还能写100个字" in seen(pilot)
        await write(pilot, "多" * 101)
        assert "多了1个字" in seen(pilot)
        await press(pilot, "f10")
        assert "最多写 1000 个字" in told(pilot)
        assert_fits(pilot)
        assert run_site.store.stopped_services() == frozenset()
        await press(pilot, "backspace")
        assert "还能写0个字" in seen(pilot)
        await press(pilot, "f10")
        assert run_site.store.stopped_services() == {ALLOWANCE}
    (line,) = [one for one in run_site.store.house_lines() if one.kind == "service_stopped"]
    assert line.words == "字" * 900 + "多" * 100


async def test_what_is_no_longer_signed_off_does_not_go_on_again(run_site: Site) -> None:
    run_site.store.stop_service(ALLOWANCE, run_site.actor(ZHOU), "升级")
    app = desk(run_site)
    allowance = replace_title(signed(shelf()[ALLOWANCE]))
    app.counter.shelf = lambda: Shelf({ALLOWANCE: allowance}, ())
    async with app.run_test(size=(80, 24)) as pilot:
        await at_services(pilot, run_site)
        assert "恢复办理" not in seen(pilot)
        await press(pilot, "g")
        assert run_site.store.stopped_services() == {ALLOWANCE}


async def test_a_file_that_cannot_be_used_says_what_is_wrong_with_it(run_site: Site, tmp_path: Path) -> None:
    assert isinstance(load_service(data_file("services") / "elderly-allowance.toml"), Service)
    broken = tmp_path / "broken.toml"
    broken.write_text("format = 1\nid = ", encoding="utf-8")
    problems = load_service(broken)
    assert not isinstance(problems, Service)
    app = desk(run_site)
    app.counter.shelf = lambda: Shelf({}, problems)
    async with app.run_test(size=(80, 24)) as pilot:
        await at_services(pilot, run_site)
        page = seen(pilot)
        assert "broken.toml" in page and "文件有错" in page and "改好文件以前" in page


async def test_the_pages_of_a_manager_fit(run_site: Site) -> None:
    run_site.store.stop_service(ALLOWANCE, run_site.actor(ZHOU), "区里的系统在升级，下午三点以后再看")
    run_site.submit()
    run_site.clock.forward(days=4)
    async with desk(run_site).run_test(size=(80, 24)) as pilot:
        await sign_in(pilot, run_site, ZHOU)
        await assert_fits_everywhere(pilot)
        await press(pilot, "g")
        await assert_fits_everywhere(pilot)
        await to_row(pilot, "services")
        for _ in range(3):
            await assert_fits_everywhere(pilot)
            await press(pilot, "down")
        await press(pilot, "home", "g")
        await assert_fits_everywhere(pilot)
        await press(pilot, "escape", "escape")
        await to_row(pilot, "house_log")
        await assert_fits_everywhere(pilot)
