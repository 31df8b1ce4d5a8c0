"""The manager sees at the desk when somebody last tried the kiosk, what does not work, and what to do."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.cli.desk import _checks
from kiosk.selftest import report
from kiosk.selftest.finding import Finding, State
from kiosk.text import Text
from screens.desk.app import DeskApp
from tests.desk_screens.desk_site import MONDAY, Site, press, seen, settle, sign_in
from tests.desk_screens.manager import ZHOU, add_manager, assert_fits_everywhere, at_manager_page

NO_PAPER = Finding(
    "printer", State.BAD, Text({"zh": "没有纸了。请换纸", "en": "out of paper. Put in a new roll"})
)
GOOD = Finding("touch", State.GOOD, Text({"zh": "四个角都对", "en": "all four corners are right"}))


@pytest.fixture
def run_site(site: Site) -> Site:
    return add_manager(site)


def keep(folder: Path, kind: str, *findings: Finding, days: int) -> None:
    at = MONDAY - timedelta(days=days)
    report.keep(report.record(findings, at), folder, at, kind)


def desk(site: Site, folder: Path, language: str = "zh") -> DeskApp:
    app = site.desk(language)
    app.counter.checks = lambda: _checks(folder)
    return app


async def test_it_says_how_long_ago_somebody_tried_and_what_to_do(run_site: Site, tmp_path: Path) -> None:
    keep(tmp_path, report.BY_HAND, NO_PAPER, GOOD, days=3)
    keep(tmp_path, report.FOLDER, GOOD, days=0)
    async with desk(run_site, tmp_path).run_test(size=(80, 24)) as pilot:
        await at_manager_page(pilot, run_site, "checks")
        await settle(pilot)
        page = seen(pilot)
        assert "有人试过：3天以前（2026-10-30" in page
        assert "✗小票打印机：没有纸了。请换纸" in page
        assert "四个角" not in page and "✓好的：触摸" in page
        assert "自己查的（2026-11-02" in page and "都正常" in page


async def test_where_nobody_has_tried_it_says_how(run_site: Site, tmp_path: Path) -> None:
    async with desk(run_site, tmp_path, "en").run_test(size=(80, 24)) as pilot:
        await at_manager_page(pilot, run_site, "checks")
        await settle(pilot)
        assert "Nobodyhastriedityet" in seen(pilot) and "Trykeys,soundanddevices" in seen(pilot)


async def test_a_report_that_cannot_be_read_is_passed_over(run_site: Site, tmp_path: Path) -> None:
    keep(tmp_path, report.BY_HAND, NO_PAPER, days=1)
    (tmp_path / report.BY_HAND / "2026-11-02-090000.json").write_text(json.dumps({"at": "soon"}))
    async with desk(run_site, tmp_path).run_test(size=(80, 24)) as pilot:
        await at_manager_page(pilot, run_site, "checks")
        await settle(pilot)
        assert "有人试过：昨天" in seen(pilot)


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_the_page_fits(run_site: Site, tmp_path: Path, language: str) -> None:
    keep(tmp_path, report.BY_HAND, NO_PAPER, days=3)
    async with desk(run_site, tmp_path, language).run_test(size=(80, 24)) as pilot:
        await at_manager_page(pilot, run_site, "checks")
        await assert_fits_everywhere(pilot)


async def test_a_desk_of_a_hub_has_no_kiosk_of_its_own_to_tell_of(run_site: Site) -> None:
    async with run_site.desk("zh").run_test(size=(80, 24)) as pilot:
        await sign_in(pilot, run_site, ZHOU)
        await press(pilot, "g")
        assert "站长的事" in seen(pilot) and "自助机查过没有" not in seen(pilot)
