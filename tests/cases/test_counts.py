"""What a manager is told of many cases: it adds up, and it never points at somebody."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.cases.counts import Span, Statistics, Tally, What, first_day, statistics
from kiosk.cases.small_cells import FEWEST, share, shown, small
from kiosk.cases.states import State

TODAY = date(2026, 11, 18)
FIRST = date(2026, 10, 20)


def told(
    *tallies: tuple[What, int, int], service: str = "allowance", day: date = TODAY, open_now: int = 0
) -> Statistics:
    """Of so many of each: what, size, times."""
    counted = [Tally(day, service, what, size, times) for what, size, times in tallies]
    return statistics(counted, {(service, State.QUEUED): open_now}, FIRST, TODAY)


@pytest.mark.parametrize(
    ("span", "first"),
    [
        (Span.DAYS, date(2026, 10, 20)),
        (Span.MONTH, date(2026, 11, 1)),
        (Span.QUARTER, date(2026, 10, 1)),
        (Span.YEAR, date(2026, 1, 1)),
    ],
)
def test_a_span_ends_today_and_begins_where_people_say_it_does(span: Span, first: date) -> None:
    assert first_day(span, TODAY) == first


def test_who_came_alone_and_who_had_help_is_counted_apart() -> None:
    seen = told((What.HANDED_IN, 0, 9), (What.HANDED_IN, 1, 6))
    assert (seen.handed_in, seen.alone, seen.helped) == (15, 9, 6)


def test_half_were_decided_within_the_median_and_nine_of_ten_within_the_other() -> None:
    seen = told((What.DECIDED, 2, 10), (What.DECIDED, 5, 8), (What.DECIDED, 20, 2), (What.LATE, 0, 5))
    assert (seen.decided, seen.median, seen.ninetieth, seen.late) == (20, 2, 5, 25)


def test_weeks_in_which_nobody_came_are_told_too_and_a_year_is_told_by_month() -> None:
    seen = told((What.HANDED_IN, 0, 7), day=date(2026, 11, 10))
    assert list(seen.in_steps.values()) == [0, 0, 0, 7, 0]
    year = statistics([], {}, date(2026, 1, 1), TODAY)
    assert (year.by_month, len(year.in_steps)) == (True, 11)


def test_what_happened_on_other_days_is_not_told() -> None:
    assert told((What.HANDED_IN, 0, 9), day=date(2026, 10, 19)).handed_in == 0


def test_few_are_never_told_also_not_as_a_share_or_a_time() -> None:
    seen = told(
        (What.HANDED_IN, 0, 3), (What.DECIDED, 4, 2), (What.LATE, 0, 1), (What.RATED, 1, 1), open_now=4
    )
    assert (seen.handed_in, seen.median, seen.ninetieth, seen.late) == (None, None, None, None)
    assert seen.states == {State.QUEUED: None}
    assert [(one.handed_in, one.open, one.decided) for one in seen.services] == [(None, None, None)]
    assert [(one.times, one.content) for one in seen.rated] == [(None, None)]


def test_one_bad_rating_among_many_is_not_told_as_a_share() -> None:
    seen = told((What.RATED, 5, 20), (What.RATED, 1, 1))
    assert seen.rated[0].times == 21
    assert seen.rated[0].content is None
    assert share(20, 20) == 100


@given(st.dictionaries(st.integers(0, 9), st.integers(0, 12)))
def test_no_hidden_count_can_be_worked_out_from_the_sum(counts: dict[int, int]) -> None:
    told = shown(counts)
    hidden = [key for key, count in told.items() if count is None]
    assert all(told[key] == counts[key] for key in counts if key not in hidden)
    assert not any(small(count) for count in told.values() if count is not None)
    people = [counts[key] for key in counts if counts[key]]
    if len(people) > 1:
        assert len(hidden) != 1
    assert FEWEST == 5
