"""The copy that somebody asked for of what they handed in: their numbers in full, and who has seen them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kiosk.cases.two_persons import Asked, confirmed
from kiosk.catalogue import load_catalogue
from kiosk.paper.choices import Kind
from kiosk.paper.house import House
from kiosk.paper.letters import letter
from kiosk.paper.plain import plain_text
from kiosk.store import Store, open_store
from kiosk.text import same
from tests.store.people import MONDAY, NUMBER, WANG, ZHOU, HandClock, application, shipped_calendar


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path, clock=HandClock(), calendar=shipped_calendar())
    opened.submit(application("case-1"))
    yield opened
    opened.close()


def paper(store: Store) -> str:
    house = House(same("幸福路社区服务中心"), "000-12345", ZoneInfo("Asia/Shanghai"), load_catalogue("paper"))
    return plain_text(letter(Kind.COPY, store.case("case-1"), house, date(2026, 11, 2)), 64, "zh")


def test_numbers_are_in_full_and_while_nobody_looked_nobody_is_named(store: Store) -> None:
    assert NUMBER in paper(store) and "谁看过您的号码" not in paper(store)


def test_a_look_and_an_export_both_count_as_having_seen_it(store: Store) -> None:
    """PIPL 45: an export is a look at all of it."""
    store.record_view("case-1", WANG, "id_number")
    assert "2026年11月2日，工作人员" in paper(store) and "负责人" not in paper(store)
    store.export(confirmed(Asked(ZHOU, MONDAY), WANG, MONDAY), every=True)
    assert "2026年11月2日，负责人" in paper(store)
