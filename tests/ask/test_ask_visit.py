"""A question during a visit, and at the command line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner

from kiosk.cli import main
from kiosk.flow.moves import Choose, Enter
from kiosk.paths import data_file
from kiosk.ports import Asker
from kiosk.sitting.visit import Visit
from kiosk.store import Store, open_store
from kiosk.store.calendars import load_calendar
from tests.ask.guides import asker, world
from tests.conftest import StandingClock
from tests.store.raw import everything

TO_THE_QUESTION = (Choose("zh"), Choose("go"), Choose("without"), Choose("ask"), Choose("ask-type"))


@pytest.fixture
def store(tmp_path: Path, clock: StandingClock) -> Iterator[Store]:
    kept = open_store(tmp_path / "state", clock=clock, calendar=load_calendar(data_file("calendars")))
    yield kept
    kept.close()


def asking(store: Store, clock: StandingClock, asker: Asker | None) -> Visit:
    visit = Visit(world(), store, b"k" * 32, clock, zone=ZoneInfo("Asia/Shanghai"), asker=asker)
    for move in TO_THE_QUESTION:
        visit.do(move)
    return visit


def test_the_answer_is_the_next_page(store: Store, clock: StandingClock) -> None:
    visit = asking(store, clock, asker())
    assert visit.do(Enter("身份证丢了怎么办")).id.startswith("ask-answer:lost-card-report")


def test_the_language_of_the_visit_is_the_language_asked_in(store: Store, clock: StandingClock) -> None:
    visit = asking(store, clock, asker())
    visit.do(Choose("again"))
    assert visit.do(Enter("shenfenzheng diu le")).id in {"ask-found", "ask-answer:lost-card-report"}


def test_a_kiosk_that_cannot_search_offers_a_person(store: Store, clock: StandingClock) -> None:
    page = asking(store, clock, None).do(Enter("身份证丢了怎么办"))
    assert page.id == "ask-found"
    assert "person" in [choice.id for choice in page.choices]


def test_the_question_is_not_in_the_store(store: Store, clock: StandingClock, tmp_path: Path) -> None:
    """K46."""
    asking(store, clock, asker()).do(Enter("高龄津贴怎么领紫砂壶"))
    assert "紫砂壶" not in everything(tmp_path / "state")


def test_the_command_prints_the_places_with_their_source() -> None:
    ran = CliRunner().invoke(main, ["ask", "高龄津贴要多久能办好", "--demo"])
    assert ran.exit_code == 0, ran.output
    assert ran.output.startswith("sure")
    assert "elderly-allowance, faq" in ran.output
    assert "幸福路社区服务中心" in ran.output


def test_the_command_speaks_to_programs_and_in_english() -> None:
    ran = CliRunner().invoke(main, ["ask", "I lost my identity card", "--lang", "en", "--demo", "--json"])
    answer = json.loads(ran.output)
    assert answer["sure"] is True
    assert answer["hits"][0]["service"] == "lost-card-report"
    assert answer["hits"][0]["answer"].isascii()


def test_the_command_ends_with_one_where_nothing_is_written() -> None:
    ran = CliRunner().invoke(main, ["ask", "明天下雨不下雨", "--demo"])
    assert (ran.exit_code, ran.output) == (1, "not sure\n")
