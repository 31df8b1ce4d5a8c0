"""What only a manager does, as one list: each row opens a page of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.screen import Screen

from screens.desk.accounts import AccountsPage
from screens.desk.checks import ChecksPage
from screens.desk.counter import Counter
from screens.desk.export import ExportPage
from screens.desk.house_log import HouseLogPage
from screens.desk.kiosks import KiosksPage
from screens.desk.pick_list import PickList
from screens.desk.pick_page import PickPage
from screens.desk.ratings import RatingList
from screens.desk.services import ServicesPage
from screens.desk.statistics import StatisticsPage
from screens.desk.table import Column, Row

KIOSKS = "kiosks"
"""Only where the desk is of a hub."""
CHECKS = "checks"
"""Only where it works with the kiosk's own data."""
PAGES: Mapping[str, Callable[[Counter], Screen[Any]]] = {
    KIOSKS: KiosksPage,
    CHECKS: ChecksPage,
    "accounts": AccountsPage,
    "services": ServicesPage,
    "ratings": RatingList,
    "statistics": StatisticsPage,
    "house_log": HouseLogPage,
    "export": ExportPage,
}
"""By the name under which the catalogue has `managing.<name>` and `managing.<name>_about`."""


class ManagingPage(PickPage[None]):
    """Only for whoever is a manager: the board offers it to nobody else."""

    def body(self) -> ComposeResult:
        yield PickList(id="managing")

    def title_words(self) -> str:
        return self.counter.words("managing.title")

    def draw(self) -> None:
        words = self.counter.words
        absent = {KIOSKS: self.counter.kiosks is None, CHECKS: self.counter.checks is None}
        here = [name for name in PAGES if not absent.get(name)]
        rows = [Row(name, (words(f"managing.{name}"), words(f"managing.{name}_about"))) for name in here]
        self.query_one(PickList).show([Column(""), Column("", drop=1, least=12)], rows)

    @on(PickList.Picked)
    def _open(self, picked: PickList.Picked) -> None:
        self.tell(None)
        self.app.push_screen(PAGES[picked.key](self.counter))
