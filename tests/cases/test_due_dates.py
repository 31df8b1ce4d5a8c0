"""The working calendar and due dates, against days counted by hand on the printed notice of 2026."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.cases.calendar import WorkCalendar
from kiosk.cases.deadline import deadline, pauses
from kiosk.paths import data_file
from kiosk.store.calendars import load_calendar

CALENDAR = load_calendar(data_file("calendars"))
DAYS = st.dates(date(2026, 1, 1), date(2026, 11, 30))


@pytest.mark.parametrize(
    ("start", "workdays", "due"),
    [
        ("2026-11-02", 10, "2026-11-16"),  # two plain weeks
        ("2026-02-13", 1, "2026-02-14"),  # the Saturday before the Spring Festival is worked
        ("2026-02-14", 1, "2026-02-24"),  # then nine days off
        ("2026-02-24", 5, "2026-03-02"),  # 25, 26, 27, Saturday 28 worked, Monday
        ("2026-04-30", 4, "2026-05-09"),  # 6, 7, 8 May and the Saturday that makes up
        ("2026-09-18", 5, "2026-09-24"),  # Sunday 20 September is worked
        ("2026-09-30", 3, "2026-10-10"),  # 8, 9 and Saturday 10 October
        ("2026-06-18", 1, "2026-06-22"),
        ("2026-11-07", 1, "2026-11-09"),  # from a Saturday
        ("2026-11-02", 0, "2026-11-02"),
    ],
)
def test_due_dates_match_the_notice(start: str, workdays: int, due: str) -> None:
    assert CALENDAR.add_workdays(date.fromisoformat(start), workdays) == date.fromisoformat(due)


def test_the_year_has_the_workdays_of_the_notice() -> None:
    """365 days less 104 weekend days less 19 weekdays off plus 6 weekend days worked, by hand."""
    first = date(2026, 1, 1)
    days = [first + timedelta(days=n) for n in range(365)]
    weekdays_off = sum(day.weekday() < 5 and not CALENDAR.is_workday(day) for day in days)
    weekends_on = [day for day in days if day.weekday() >= 5 and CALENDAR.is_workday(day)]
    # 2 New Year, 6 Spring Festival, 1 Qingming, 3 Labour Day, 1 Dragon Boat, 1 Mid-Autumn, 5 National Day
    assert weekdays_off == 19
    assert [f"{day:%m%d}" for day in weekends_on] == ["0104", "0214", "0228", "0509", "0920", "1010"]
    assert sum(map(CALENDAR.is_workday, days)) == 365 - 104 - 19 + 6


def test_a_year_without_a_notice_counts_weekends_and_is_marked_unsure() -> None:
    bare = WorkCalendar({}, ZoneInfo("Asia/Shanghai"))
    assert bare.add_workdays(date(2026, 2, 13), 1) == date(2026, 2, 16)
    assert not deadline(date(2026, 12, 28), 10, (), date(2026, 12, 28), CALENDAR).sure
    assert deadline(date(2026, 12, 1), 10, (), date(2026, 12, 1), CALENDAR).sure


def test_from_november_on_next_years_notice_is_missed() -> None:
    assert not CALENDAR.next_year_missing(date(2026, 10, 31))
    assert CALENDAR.next_year_missing(date(2026, 11, 1))


def test_a_day_begins_at_the_sites_midnight() -> None:
    assert CALENDAR.date_of(datetime(2026, 11, 2, 15, 59, tzinfo=UTC)) == date(2026, 11, 2)
    assert CALENDAR.date_of(datetime(2026, 11, 2, 16, 0, tzinfo=UTC)) == date(2026, 11, 3)


@given(DAYS, st.integers(0, 40))
def test_without_a_pause_a_deadline_is_plain_workday_counting(start: date, workdays: int) -> None:
    assert deadline(start, workdays, (), start, CALENDAR).due == CALENDAR.add_workdays(start, workdays)


@given(DAYS, st.integers(1, 30), st.integers(0, 20), st.integers(0, 40))
def test_a_pause_moves_the_deadline_by_its_workdays(
    start: date, workdays: int, after: int, length: int
) -> None:
    since = start + timedelta(days=after)
    until = since + timedelta(days=length)
    plain = CALENDAR.add_workdays(start, workdays)
    found = deadline(start, workdays, ((since, until),), until, CALENDAR).due
    paused = sum(CALENDAR.is_workday(since + timedelta(days=n + 1)) for n in range(length))
    expected = plain if since >= plain else CALENDAR.add_workdays(start, workdays + paused)
    assert found == expected


@given(DAYS, st.integers(1, 30), st.integers(0, 60))
def test_while_paused_a_case_is_never_late(start: date, workdays: int, waited: int) -> None:
    today = start + timedelta(days=waited)
    found = deadline(start, workdays, ((start, None),), today, CALENDAR)
    assert found.paused
    assert not found.late
    assert found.due > today


def test_pauses_are_read_from_the_history() -> None:
    at = datetime(2026, 11, 3, 2, tzinfo=UTC)
    events = [
        ("submitted", at),
        ("claimed", at),
        ("info_asked", at),
        ("viewed", at + timedelta(days=1)),
        ("info_received", at + timedelta(days=2)),
        ("info_asked", at + timedelta(days=3)),
    ]
    assert pauses(events, CALENDAR) == (
        (date(2026, 11, 3), date(2026, 11, 5)),
        (date(2026, 11, 6), None),
    )


def test_late_means_after_the_due_day() -> None:
    start, due = date(2026, 11, 2), date(2026, 11, 16)
    assert not deadline(start, 10, (), due, CALENDAR).late
    assert deadline(start, 10, (), due + timedelta(days=1), CALENDAR).late
