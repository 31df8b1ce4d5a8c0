"""A manager counts what was done: numbers that stand there without a picture, and a table to take along."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from textual.widgets import Input

from kiosk.cases.rating import Rating
from kiosk.paper.statistics_file import as_csv, write_csv
from kiosk.store import Store
from screens.desk.statistics import StatisticsPage
from tests.desk_screens.desk_site import WANG, Site, application, page, press, seen, settle, told, write
from tests.desk_screens.manager import add_manager, assert_fits_everywhere, at_manager_page

TITLES: Mapping[str, str] = {"elderly-allowance": "高龄津贴申请"}


@pytest.fixture
def busy(site: Site) -> Site:
    """Twelve cases, six decided, seven ratings, in the week of 2 November."""
    add_manager(site)
    for place in range(12):
        site.store.submit(replace(application(f"case-{place}"), person_key=f"{place:064d}"))
    site.clock.forward(days=1)
    for place in range(6):
        epoch = site.store.claim(f"case-{place}", site.actor(WANG)).epoch
        site.store.complete(f"case-{place}", site.actor(WANG), epoch, "办好了")
    for level in (5, 5, 5, 5, 5, 4, 1):
        site.store.rate(Rating(level, "elderly-allowance", {"zh": "高龄津贴"}), site.clock.now())
    return site


def counted(store: Store) -> bytes:
    while store.count_on():
        pass
    return as_csv(store.statistics(date(2026, 11, 1), date(2026, 11, 30)), TITLES)


async def test_the_page_says_in_numbers_what_was_done(busy: Site) -> None:
    async with busy.desk().run_test(size=(80, 60)) as pilot:
        await at_manager_page(pilot, busy, "statistics")
        text = seen(pilot)
        assert "一共12件：自己办的12，有人帮着办的0" in text
        assert "11-02那一周：12█" in text
        assert "一半的件在这以内办结：1个工作日" in text
        assert "超期的占：0%" in text
        assert "高龄津贴申请：交来12，在办6，办结6（不予办理0），撤回0" in text
        assert "很不满意：少于5" in text, "one bad rating would point at somebody"
        assert "2026-11高龄津贴申请：7次，满意的占太少，不说" in text


async def test_without_bars_the_same_numbers_stand_there(busy: Site) -> None:
    async with busy.desk().run_test(size=(80, 60)) as pilot:
        await at_manager_page(pilot, busy, "statistics")
        assert "█" in seen(pilot)
        await press(pilot, "b")
        assert "█" not in seen(pilot)
        assert "11-02那一周：12" in seen(pilot)


async def test_other_days_are_a_key_away(busy: Site) -> None:
    busy.clock.forward(days=40)
    async with busy.desk().run_test(size=(80, 60)) as pilot:
        await at_manager_page(pilot, busy, "statistics")
        assert "一共0件：自己办的0" in seen(pilot)
        for words in ("本月", "本季度"):
            await press(pilot, "z")
            assert words in seen(pilot)
        assert "一共12件" in seen(pilot)


async def test_a_key_pressed_while_they_are_counted_does_not_change_whose_days_the_title_names(
    busy: Site,
) -> None:
    async with busy.desk().run_test(size=(80, 24)) as pilot:
        await at_manager_page(pilot, busy, "statistics")
        statistics = page(pilot)
        assert isinstance(statistics, StatisticsPage)
        statistics.action_span()
        statistics.action_span()
        await settle(pilot)
        assert "本月" in seen(pilot)


@pytest.mark.parametrize("typed", ["", "~nobody-has-this-name/U", "长" * 10_000], ids=["", "home", "long"])
async def test_what_is_no_folder_at_all_is_told(busy: Site, typed: str) -> None:
    """K14."""
    async with busy.desk().run_test(size=(80, 24)) as pilot:
        await at_manager_page(pilot, busy, "statistics")
        await press(pilot, "x")
        page(pilot).query_one(Input).value = typed
        await press(pilot, "enter")
        assert "没有这个文件夹" in told(pilot)


async def test_the_counts_go_into_the_folder_that_was_named(busy: Site, tmp_path: Path) -> None:
    stick = tmp_path / "U盘"
    stick.mkdir()
    async with busy.desk().run_test(size=(80, 24)) as pilot:
        await at_manager_page(pilot, busy, "statistics")
        await press(pilot, "x", "ctrl+u")
        await write(pilot, str(tmp_path / "没有"))
        await press(pilot, "enter")
        assert "没有这个文件夹" in told(pilot)
        await press(pilot, "ctrl+u")
        await write(pilot, str(stick))
        await press(pilot, "enter")
        assert "存好了" in told(pilot)
    (file,) = stick.iterdir()
    assert file.name == "bangban-2026-10-05-2026-11-03.csv"
    assert b"2026-10-05,2026-11-03,handed_in,,alone,12" in file.read_bytes()


def test_a_spreadsheet_reads_it_and_few_are_not_in_it(busy: Site) -> None:
    written = counted(busy.store)
    assert written.startswith(b"\xef\xbb\xbf"), "without the mark Chinese becomes something else"
    rows = list(csv.DictReader(io.StringIO(written.decode("utf-8-sig"))))
    found = {(row["table"], row["service"], row["of"]): row["count"] for row in rows}
    assert found["handed_in", "", "alone"] == "12"
    assert found["services", "高龄津贴申请", "decided"] == "6"
    assert found["ratings", "", "level_1"] == "<5"
    for name in ("张桂芳", WANG):
        assert name not in written.decode()


def test_no_file_is_written_over_and_no_title_becomes_a_formula(busy: Site, tmp_path: Path) -> None:
    counted(busy.store)
    told = busy.store.statistics(date(2026, 11, 1), date(2026, 11, 30))
    first = write_csv(tmp_path, told, TITLES)
    second = write_csv(tmp_path, told, {"elderly-allowance": "=1+1"})
    assert first != second and first.exists()
    assert ",'=1+1," in second.read_text(encoding="utf-8-sig")


async def test_the_pages_of_statistics_fit(busy: Site) -> None:
    async with busy.desk().run_test(size=(80, 24)) as pilot:
        await at_manager_page(pilot, busy, "statistics")
        await assert_fits_everywhere(pilot)
        for keys in ("z", "z", "b", "x", "enter"):
            await press(pilot, keys)
        await assert_fits_everywhere(pilot)
