"""What the kiosk makes of an office's answer: lines to be shown, in both languages, with who says so."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Mapping

import pytest

from kiosk.catalogue import load_catalogue
from kiosk.flow.records import KeyKind, RecordKey, RecordNews, RecordState
from kiosk.paths import data_file
from kiosk.records.definition import RecordSource
from kiosk.records.driver import Away, Driver, Found, Nothing, Outcome, Why
from kiosk.records.office import Counter, RecordOffice
from kiosk.records.opening import Box, open_office
from kiosk.store import Store
from kiosk.text import Privacy
from tests.conftest import StandingClock
from tests.records.conftest import GUIFANG, SHULAN, SOURCES, UNKNOWN, of, under

CODE = "990120260417"
"""On the licence of Li Mei's shop."""


class Saying:
    """An office that always says the same."""

    def __init__(self, outcome: Outcome | Exception) -> None:
        self._outcome = outcome

    def look_up(self, key: RecordKey) -> Outcome:
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
    own = [name for name, source in SOURCES.items() if source.key is KeyKind.ID_NUMBER]
    states = {source: demo.look_up("record", source, of(GUIFANG)).state for source in own}
    assert states.pop("shop-licences") is RecordState.NOTHING
    assert demo.look_up("record", "licence-codes", under(CODE)).state is RecordState.FOUND
    assert states.pop("housing") is RecordState.STAFF
    assert set(states.values()) == {RecordState.FOUND}
    for source in ("social-insurance", "income-tax"):
        assert demo.look_up("record", source, of(UNKNOWN)).state is RecordState.NOTHING


def test_a_record_reads_well_in_both_languages(demo: RecordOffice) -> None:
    news = demo.look_up("record", "pension", of(GUIFANG))
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
    news = demo.look_up("record", "pension", of(GUIFANG))
    levels = {line.label.show("en"): line.value.privacy for line in news.lines}
    assert levels["Paid into"] is Privacy.PRIVATE
    assert levels["Each month"] is Privacy.MASKED
    assert "6200000000000005" not in repr([line.value.shown for line in news.lines])
    assert "2865" not in repr(news)


def test_several_rows_are_numbered(demo: RecordOffice) -> None:
    labels = [line.label.show("zh") for line in demo.look_up("record", "court-cases", of(SHULAN)).lines]
    assert labels[0] == "第1条，案号"
    assert "第2条，案号" in labels


def test_rows_that_are_too_many_are_counted(clock: StandingClock) -> None:
    row = {"year": "2025", "income": "1.00", "tax_paid": "0.00", "standing": "done"}
    news = office(Found((row,) * 5), clock, "income-tax").look_up("record", "income-tax", of(GUIFANG))
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
    news = office(outcome, clock).look_up("record", "pension", of(GUIFANG))
    assert news.state is state
    assert news.title.show("zh") == "养老金记录"
    assert news.lines == ()


def test_the_log_tells_the_kind_of_trouble_and_nothing_of_anybody(
    clock: StandingClock, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        office(Away(Why.UNEXPECTED), clock).look_up("record", "pension", of(GUIFANG))
        office(RuntimeError(f"about {GUIFANG}"), clock).look_up("record", "pension", of(GUIFANG))
    assert "record source pension: unexpected" in caplog.text
    assert "RuntimeError" in caplog.text
    assert GUIFANG not in caplog.text


def test_a_source_that_is_not_there_is_looked_up_by_staff(clock: StandingClock) -> None:
    news = office(Nothing(), clock).look_up("record", "missing", of(GUIFANG))
    assert news.state is RecordState.STAFF


def test_outside_a_demo_a_source_without_an_address_is_looked_up_by_staff(
    store: Store, clock: StandingClock
) -> None:
    box = Box(data_file("."), store, b"k" * 32, clock, "Asia/Shanghai")
    earnest = open_office(data_file("records"), box, demo=False)
    states = {source: earnest.look_up("record", source, of(GUIFANG)).state for source in SOURCES}
    assert states == {
        "court-cases": RecordState.STAFF,
        "housing": RecordState.STAFF,
        "income-tax": RecordState.STAFF,
        "licence-codes": RecordState.STAFF,
        "pension": RecordState.AWAY,
        "shop-licences": RecordState.AWAY,
        "social-insurance": RecordState.AWAY,
    }


class Listening:
    """An office that remembers what it was asked by."""

    def __init__(self) -> None:
        self.asked: list[RecordKey] = []

    def look_up(self, key: RecordKey) -> Outcome:
        self.asked.append(key)
        return Nothing()


@pytest.mark.parametrize(
    ("source", "key"), [("pension", under(GUIFANG)), ("licence-codes", of(GUIFANG)), ("pension", under(CODE))]
)
def test_a_source_is_never_asked_by_another_kind_of_key(
    source: str, key: RecordKey, clock: StandingClock, caplog: pytest.LogCaptureFixture
) -> None:
    """What was typed opens nobody's record, be it an identity number; a card's number is no code."""
    listening = Listening()
    asked = RecordOffice(
        lambda: {source: Counter(SOURCES[source], lambda _: listening)}, load_catalogue("resident"), clock
    )
    with caplog.at_level(logging.DEBUG):
        news = asked.look_up("record", source, key)
    assert news.state is RecordState.STAFF
    assert listening.asked == []
    assert source in caplog.text
    assert key.value not in caplog.text + repr(key) + repr(news)


@pytest.mark.parametrize(
    "typed", ["9901 2026 0417", "9901-2026-0417", "９９０１２０２６０４１７", " 990120260417 "]
)
def test_a_code_is_found_however_it_was_typed(typed: str, demo: RecordOffice) -> None:
    news = demo.look_up("record", "licence-codes", under(typed))
    assert shown(news, "zh")["店名"] == "样本市幸福路李梅小吃店"
    assert shown(news, "en")["Standing"] == "valid"


def test_what_cannot_be_a_code_is_not_asked_for(clock: StandingClock) -> None:
    listening = Listening()
    asked = RecordOffice(
        lambda: {"licence-codes": Counter(SOURCES["licence-codes"], lambda _: listening)},
        load_catalogue("resident"),
        clock,
    )
    for typed in ("12345", "李梅小吃店的执照", "9" * 31):
        assert asked.look_up("record", "licence-codes", under(typed)).state is RecordState.NOTHING
    assert listening.asked == []
    asked.look_up("record", "licence-codes", under("sd-9901-k7"))
    assert [key.value for key in listening.asked] == ["SD9901K7"]


def test_a_register_that_anybody_may_ask_holds_nothing_of_a_person() -> None:
    """Not the sample's, and no name, number or address among its fields."""
    for source in SOURCES.values():
        if source.key is KeyKind.CODE:
            assert not any(word in field.label.zh for field in source.field for word in "姓身证电址主")
