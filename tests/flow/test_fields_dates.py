"""Dates of today's calendar and of the old one."""

from __future__ import annotations

import datetime

import pytest
from borax.calendars.lunardate import LunarDate  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from kiosk.flow import fields
from kiosk.flow.fields import Taken
from kiosk.services.question import FieldKind
from kiosk.text import Privacy
from tests.flow.asked import NOTHING, TEXTS, TODAY, question, refused, understood


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1944 3 27", "1944-03-27"),
        ("1944年3月27日", "1944-03-27"),
        ("１９４４　３　２７", "1944-03-27"),
        ("19440327", "1944-03-27"),
        (" 1944.03.27。", "1944-03-27"),
        ("1944-3-27\n", "1944-03-27"),
        ("1944\t3\t27", "1944-03-27"),
        ("我是1944年3月27号生的", "1944-03-27"),
        ("一九四四年三月二十七日", "1944-03-27"),
        ("二〇〇〇年二月二十九", "2000-02-29"),
        ("1944年三月二十七", "1944-03-27"),
        ("2000 2 29", "2000-02-29"),
    ],
)
def test_a_date_is_understood_however_it_is_written(typed: str, value: str) -> None:
    assert understood(FieldKind.DATE, typed) == value


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("", "field.date_missing"),
        ("春天", "field.date_missing"),
        ("1944 3", "field.date_three_parts"),
        ("1944 3 27 5", "field.date_three_parts"),
        ("1944 3 " + "7" * 5000, "field.date_three_parts"),
        ("44 3 27", "field.date_year_four_digits"),
        ("1944 13 1", "field.date_month"),
        ("1943 2 29", "field.date_day"),
        ("1944 4 31", "field.date_day"),
        ("1844 3 27", "field.date_year_early"),
        ("农历1944年三月初五", "field.date_solar_only"),
    ],
)
def test_a_slip_in_a_date_is_told_in_words_of_its_own(typed: str, key: str) -> None:
    """K11."""
    assert refused(FieldKind.DATE, typed) == key


OLD = {"calendar": "lunar_ok"}


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("农历 1944 3 5", "1944-03-28"),
        ("农历1944年三月初五", "1944-03-28"),
        ("1944年三月初五", "1944-03-28"),
        ("阴历一九四四年三月初五", "1944-03-28"),
        ("农历 19440305", "1944-03-28"),
        ("1944年正月初一", "1944-01-25"),
        ("农历1944年腊月廿九", "1945-02-11"),
        ("农历 1944 闰4 5", "1944-05-26"),
        ("1944年闰四月初五", "1944-05-26"),
        ("农历1944年四月初五", "1944-04-27"),
        ("lunar 1944 leap 4 5", "1944-05-26"),
        ("农历1943年冬月三十", "1943-12-26"),
    ],
)
def test_a_day_of_the_old_calendar_is_kept_as_its_solar_day(typed: str, value: str) -> None:
    assert understood(FieldKind.DATE, typed, **OLD) == value


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("农历 1944 13 5", "field.date_month"),
        ("农历 1944 闰5 5", "field.lunar_leap"),
        ("农历 1944 3 31", "field.lunar_no_such_day"),
        ("农历 1944 3 0", "field.lunar_no_such_day"),
        ("农历 1944 2 30", "field.lunar_short_month"),
        ("农历 2100 1 1", "field.lunar_year"),
        ("农历 1844 1 1", "field.date_year_early"),
        ("农历", "field.date_missing"),
    ],
)
def test_a_day_the_old_calendar_does_not_have_is_told_plainly(typed: str, key: str) -> None:
    """K11."""
    assert refused(FieldKind.DATE, typed, **OLD) == key


def test_a_day_of_the_old_calendar_is_read_back_for_a_yes() -> None:
    asked = question(FieldKind.DATE, calendar="lunar_ok", privacy=Privacy.MASKED)
    outcome = fields.parse(asked, "农历1944年三月初五", NOTHING, TODAY)
    assert isinstance(outcome, Taken) and outcome.read_back is not None
    told = TEXTS.text(outcome.read_back.key, **outcome.read_back.values)
    assert told.show("zh") == "农历1944年三月初五，就是公历1944年3月28日，对吗？"
    assert told.show("en") == "In the old calendar day 5 of month 3, 1944 is 28 March 1944. Is that right?"
    assert told.privacy is Privacy.MASKED


def test_the_second_of_two_months_is_read_back_as_such() -> None:
    asked = question(FieldKind.DATE, calendar="lunar_ok")
    outcome = fields.parse(asked, "农历 1944 闰4 5", NOTHING, TODAY)
    assert isinstance(outcome, Taken) and outcome.read_back is not None
    told = TEXTS.text(outcome.read_back.key, **outcome.read_back.values)
    assert told.show("zh") == "农历1944年闰四月初五，就是公历1944年5月26日，对吗？"
    assert "leap month 4" in told.show("en")


def test_a_day_of_todays_calendar_needs_no_yes() -> None:
    outcome = fields.parse(question(FieldKind.DATE, calendar="lunar_ok"), "1944年3月28日", NOTHING, TODAY)
    assert outcome == Taken("1944-03-28")


@given(st.dates(datetime.date(1900, 2, 1), datetime.date(2026, 11, 2)))
def test_every_day_of_a_life_finds_its_way_from_the_old_calendar(day: datetime.date) -> None:
    old = LunarDate.from_solar_date(day.year, day.month, day.day)
    leap = "闰" if old.leap else ""
    assert (
        understood(FieldKind.DATE, f"农历 {old.year} {leap}{old.month} {old.day}", **OLD) == day.isoformat()
    )


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("农历 1978 八月初一", "1978-09-03"),
        ("农历 1954 十一月初一", "1954-11-25"),
        ("农历 1933 六月初一", "1933-07-23"),
        ("农历 2020 闰四月初一", "2020-05-23"),
    ],
)
def test_new_moons_close_to_midnight_are_those_of_the_almanac(typed: str, day: str) -> None:
    """Where tables differ by a day, that of the national standard (GB/T 33661-2017, 120° E) counts."""
    assert understood(FieldKind.DATE, typed, **OLD) == day


def test_staff_see_the_words_of_each_language() -> None:
    born = question(FieldKind.DATE, privacy=Privacy.MASKED)
    assert fields.show(born, "1944-03-05").show("zh") == "1944年3月5日"
    assert fields.show(born, "1944-03-05").show("en") == "5 March 1944"
