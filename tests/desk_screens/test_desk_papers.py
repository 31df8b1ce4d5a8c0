"""Papers at the desk: those that are due, as they will be printed, and what befalls printers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kiosk.catalogue import load_catalogue
from kiosk.flow.document import Document
from kiosk.paper.case_papers import CasePapers
from kiosk.paper.house import House
from kiosk.paper.printers import FolderPrinter
from kiosk.paths import data_file
from kiosk.ports import Printer, PrintTrouble
from kiosk.services.load import load_shelf
from kiosk.text import same
from screens.desk.app import DeskApp
from screens.desk.papers import PaperList, PaperPage
from tests.desk_screens.desk_site import NUMBER, WANG, XIAOLIN, Site, page, press, seen, sign_in, told
from tests.desk_screens.test_desk_fits import SIZES, assert_fits


class EmptyPrinter:
    """Says what a printer without paper says."""

    def print(self, document: Document, language: str) -> None:
        raise PrintTrouble("trouble.not_printed_no_paper")


class NoRareSigns:
    """Has no font with the sign of a name."""

    def print(self, document: Document, language: str) -> None:
        raise PrintTrouble("trouble.no_such_sign", "𠮷")


def desk(site: Site, printer: Printer | None, language: str = "zh") -> DeskApp:
    shelf = load_shelf(data_file("services")).services
    app = site.desk(language)
    zone, texts = app.counter.zone, load_catalogue("paper")
    app.counter.papers = CasePapers(
        lambda services: House(same("幸福路社区服务中心"), "000-12345", zone, texts, services),
        lambda: shelf,
        lambda: load_catalogue("author"),
        a4=printer,
    )
    return app


def asked_for_more(site: Site) -> None:
    site.submit()
    actor = site.actor(WANG)
    epoch = site.store.claim("case-1", actor).epoch
    site.store.ask_info("case-1", actor, epoch, "户口簿\n银行卡复印件", date(2026, 11, 9))


async def test_the_list_of_what_is_missing_is_read_then_printed(site: Site, tmp_path: Path) -> None:
    """K36: all at once, with the number and whom to ask."""
    asked_for_more(site)
    async with desk(site, FolderPrinter(tmp_path / "out")).run_test(size=(80, 40)) as pilot:
        await sign_in(pilot, site)
        await press(pilot, "enter", "o")
        assert isinstance(page(pilot), PaperList)
        assert "还缺的东西" in seen(pilot) and "高龄津贴申请表" in seen(pilot)
        await press(pilot, "enter")
        assert isinstance(page(pilot), PaperPage)
        for words in ("[]户口簿", "[]银行卡复印件", "000-12345", site.store.case("case-1").summary.number):
            assert words in seen(pilot)
        await press(pilot, "enter")
        assert "打好了" in told(pilot)
    (printed,) = (tmp_path / "out").iterdir()
    assert printed.read_bytes().startswith(b"%PDF")


async def test_the_form_shows_whose_number_it_is_and_that_look_is_recorded(site: Site) -> None:
    """K42."""
    asked_for_more(site)
    async with desk(site, None).run_test(size=(80, 40)) as pilot:
        await sign_in(pilot, site)
        await press(pilot, "enter", "o")
        assert "viewed" not in site.kinds()
        await press(pilot, "end", "enter")
        assert NUMBER in seen(pilot)
        assert site.kinds().count("viewed") == 1
        site.clock.forward(minutes=6)
        await press(pilot, "x")
        assert NUMBER not in seen(pilot)


@pytest.mark.parametrize(("printer", "words"), [(EmptyPrinter(), "没有纸"), (NoRareSigns(), "「𠮷」")])
async def test_what_befalls_the_printer_is_told_with_the_way_on(
    site: Site, printer: Printer, words: str
) -> None:
    asked_for_more(site)
    async with desk(site, printer).run_test(size=(80, 40)) as pilot:
        await sign_in(pilot, site)
        await press(pilot, "enter", "o", "enter", "enter")
        assert words in told(pilot)


async def test_without_a_printer_a_paper_is_read_and_nothing_offers_to_print_it(site: Site) -> None:
    asked_for_more(site)
    async with desk(site, None).run_test(size=(80, 40)) as pilot:
        await sign_in(pilot, site)
        await press(pilot, "enter", "o", "enter")
        assert "Enter" not in seen(pilot) and "户口簿" in seen(pilot)


async def test_a_volunteer_is_offered_no_papers(site: Site) -> None:
    """K42."""
    asked_for_more(site)
    async with desk(site, None).run_test(size=(80, 40)) as pilot:
        await sign_in(pilot, site, XIAOLIN)
        await press(pilot, "enter", "o")
        assert not isinstance(page(pilot), PaperList)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [(57, 12), *SIZES], ids=str)
async def test_the_pages_of_papers_fit(
    site: Site, tmp_path: Path, size: tuple[int, int], language: str
) -> None:
    asked_for_more(site)
    async with desk(site, FolderPrinter(tmp_path / "out"), language).run_test(size=size) as pilot:
        await sign_in(pilot, site)
        for keys in ("enter", "o", "enter", "end", "enter"):
            await press(pilot, keys)
            if isinstance(page(pilot), PaperList | PaperPage):
                assert_fits(pilot)
