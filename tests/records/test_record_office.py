"""What the kiosk makes of an office's answer: lines to be shown, in both languages, with who says so."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Mapping

import pytest

from kiosk.catalogue import load_catalogue
from kiosk.flow.records import RecordNews, RecordState
from kiosk.paths import data_file
from kiosk.records.definition import RecordSource
from kiosk.records.driver import Away, Driver, Found, Nothing, Outcome, Why
from kiosk.records.office import Counter, RecordOffice
from kiosk.records.opening import Box, open_office
from kiosk.store import Store
from kiosk.text import Privacy
from tests.conftest import StandingClock
from tests.records.conftest import GUIFANG, SHULAN, SOURCES, UNKNOWN


class Saying:
    """An office that always says the same."""

    def __init__(self, outcome: Outcome | Exception) -> None:
        self._outcome = outcome

    def look_up(self, number: str) -> Outcome:
        if isinstance(self._outcome, Exception):
            raise self._outcome
        return self._outcome


def office(outcome: Outcome | Exception, clock: StandingClock, source: str = "pension") -> RecordOffice:
    def make(_: RecordSource) -> Driver:
        return Saying(outcome)

    def counters() -> Mapping[str, Counter]:
        return {source: Counter(SOURCES[source], make)}

    return RecordOffice(counters, load_catalogue("resident"), clock)


@pytest.fixture
def demo(store: Store, clock: StandingClock, tmp_path: object) -> RecordOffice:
    box = Box(data_file("."), store, b"k" * 32, clock, "Asia/Shanghai")
    return open_office(data_file("records"), box, demo=True)


def shown(news: RecordNews, language: str) -> dict[str, str]:
    return {line.label.show(language): line.value.show(language) for line in news.lines}


def test_in_a_demo_every_source_answers_for_the_fictional_people(demo: RecordOffice) -> None:
    """Tables, services over HTTP, and staff; as it is in earnest, only that nobody real is asked."""
    states = {source: demo.look_up("record", source, GUIFANG).state for source in SOURCES}
    assert states.pop("housing") is RecordState.STAFF
    assert set(states.values()) == {RecordState.FOUND}
    for source in ("social-insurance", "income-tax"):
        assert demo.look_up("record", source, UNKNOWN).state is RecordState.NOTHING


def test_a_record_reads_well_in_both_languages(demo: RecordOffice) -> None:
    news = demo.look_up("record", "pension", GUIFANG)
    assert shown(news, "zh") == {
        "发放状态": "正常发放",
        "上次认证": "2025年11月6日",
        "最近发放": "2026年10月",
        "每月金额": "2865.40元",
        "发到账户": "620***********05",
        "谁记的": "样本市社会保险中心",
    }
    assert shown(news, "en")["Standing"] == "being paid"
    assert news.question == "record"
    assert news.source == "pension"
    assert news.at is not None
    assert news.as_of == datetime.date(2026, 3, 10)


def test_what_is_private_is_masked_before_it_leaves_the_office(demo: RecordOffice) -> None:
    """K26: the evidence of what was shown holds no more than was shown."""
    news = demo.look_up("record", "pension", GUIFANG)
    levels = {line.label.show("en"): line.value.privacy for line in news.lines}
    assert levels["Paid into"] is Privacy.PRIVATE
    assert levels["Each month"] is Privacy.MASKED
    assert "6200000000000005" not in repr([line.value.shown for line in news.lines])
    assert "2865" not in repr(news)


def test_several_rows_are_numbered(demo: RecordOffice) -> None:
    labels = [line.label.show("zh") for line in demo.look_up("record", "court-cases", SHULAN).lines]
    assert labels[0] == "第1条，案号"
    assert "第2条，案号" in labels


def test_rows_that_are_too_many_are_counted(clock: StandingClock) -> None:
    row = {"year": "2025", "income": "1.00", "tax_paid": "0.00", "standing": "done"}
    news = office(Found((row,) * 5), clock, "income-tax").look_up("record", "income-tax", GUIFANG)
    assert shown(news, "zh")["另外"] == "还有3条，可以请工作人员查"


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (Nothing(), RecordState.NOTHING),
        (Away(Why.SLOW), RecordState.AWAY),
        (RuntimeError(GUIFANG), RecordState.AWAY),
    ],
)
def test_nothing_is_never_said_for_an_office_that_was_not_reached(
    outcome: Outcome | Exception, state: RecordState, clock: StandingClock
) -> None:
    news = office(outcome, clock).look_up("record", "pension", GUIFANG)
    assert news.state is state
    assert news.title.show("zh") == "养老金记录"
    assert news.lines == ()


def test_the_log_tells_the_kind_of_trouble_and_nothing_of_anybody(
    clock: StandingClock, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        office(Away(Why.UNEXPECTED), clock).look_up("record", "pension", GUIFANG)
        office(RuntimeError(f"about {GUIFANG}"), clock).look_up("record", "pension", GUIFANG)
    assert "record source pension: unexpected" in caplog.text
    assert "RuntimeError" in caplog.text
    assert GUIFANG not in caplog.text


def test_a_source_that_is_not_there_is_looked_up_by_staff(clock: StandingClock) -> None:
    news = office(Nothing(), clock).look_up("record", "missing", GUIFANG)
    assert news.state is RecordState.STAFF


def test_outside_a_demo_a_source_without_an_address_is_looked_up_by_staff(
    store: Store, clock: StandingClock
) -> None:
    box = Box(data_file("."), store, b"k" * 32, clock, "Asia/Shanghai")
    earnest = open_office(data_file("records"), box, demo=False)
    states = {source: earnest.look_up("record", source, GUIFANG).state for source in SOURCES}
    assert states == {
        "court-cases": RecordState.STAFF,
        "housing": RecordState.STAFF,
        "income-tax": RecordState.STAFF,
        "pension": RecordState.AWAY,
        "social-insurance": RecordState.AWAY,
    }
