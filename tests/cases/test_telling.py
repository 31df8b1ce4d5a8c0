"""Who is told when, how, and in which order; when a message may ring."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.cases.calendar import WorkCalendar
from kiosk.cases.deadline import Deadline
from kiosk.cases.messages import MOST_TRIES, in_daytime, send_again_at
from kiosk.cases.reaching import Phone, phone_fields, phones
from kiosk.cases.states import State
from kiosk.cases.submission import AnswerRecord
from kiosk.cases.telling import (
    BY_STAFF,
    Came,
    HalfDay,
    Rules,
    Step,
    ToTell,
    Try,
    half_of,
    in_order,
    is_told,
    next_half,
    next_step,
    still_counts,
)
from kiosk.cases.views import CaseSummary
from kiosk.flow.source import Source
from kiosk.paths import data_file
from kiosk.services.load import load_shelf
from kiosk.store.calendars import load_calendar
from kiosk.text import Privacy

MONDAY = datetime(2026, 11, 2, 1, 30, tzinfo=UTC)
"""Half past nine in the morning at the site."""
FRIDAY_EVENING = datetime(2026, 11, 6, 9, 0, tzinfo=UTC)
PHONE = ("phone",)
RULES = Rules()


@cache
def calendar() -> WorkCalendar:
    return load_calendar(data_file("calendars"))


def tried(*what: str, at: datetime = MONDAY) -> list[Try]:
    """One after the other, half a day apart."""
    return [Try(kind, at + n * timedelta(hours=5), "王丽") for n, kind in enumerate(what)]


def step(tries: list[Try], now: datetime, phones: tuple[str, ...] = PHONE) -> Step:
    return next_step(tries, phones, now, RULES, calendar()).step


def test_whoever_nobody_has_called_is_called_now() -> None:
    assert next_step([], PHONE, MONDAY, RULES, calendar()).due
    assert step([], MONDAY) is Step.CALL


def test_who_was_not_there_is_called_in_another_half_of_the_day() -> None:
    missed = tried(Came.NOT_THERE)
    found = next_step(missed, PHONE, MONDAY + timedelta(minutes=20), RULES, calendar())
    assert (found.step, found.on) == (Step.LATER, HalfDay(date(2026, 11, 2), True))
    assert step(missed, MONDAY + timedelta(hours=4)) is Step.CALL


def test_after_friday_afternoon_comes_monday_morning() -> None:
    found = next_step(tried(Came.NOT_THERE, at=FRIDAY_EVENING), PHONE, FRIDAY_EVENING, RULES, calendar())
    assert found.on == HalfDay(date(2026, 11, 9), False)


def test_three_calls_that_nobody_took_and_a_letter_is_written() -> None:
    twice, thrice = tried(*[Came.NOT_THERE] * 2), tried(*[Came.NOT_THERE] * 3)
    assert step(twice, MONDAY + timedelta(days=2)) is Step.CALL
    assert step(thrice, MONDAY + timedelta(days=2)) is Step.LETTER


@pytest.mark.parametrize("reason", ["wrong", "none"])
def test_without_a_number_a_letter_is_written_at_once(reason: str) -> None:
    if reason == "wrong":
        assert step(tried(Came.WRONG_NUMBER), MONDAY) is Step.LETTER
    else:
        assert step([], MONDAY, phones=()) is Step.LETTER


def test_a_number_that_was_put_right_is_called() -> None:
    put_right = [*tried(Came.WRONG_NUMBER), Try("corrected", MONDAY, "王丽", "phone")]
    assert step(put_right, MONDAY) is Step.CALL
    other = [*tried(Came.WRONG_NUMBER), Try("corrected", MONDAY, "王丽", "hukou")]
    assert step(other, MONDAY) is Step.LETTER


def test_a_wrong_number_stays_wrong_with_the_next_news_until_it_is_put_right() -> None:
    """Nobody tells a stranger that somebody's papers are missing."""
    wrong = still_counts([*tried(Came.NOT_THERE, Came.WRONG_NUMBER), Try("completed", MONDAY, "王丽")])
    assert [one.kind for one in wrong] == [Came.WRONG_NUMBER]
    corrected = {name: Try("corrected", MONDAY, "王丽", name) for name in ("phone", "hukou")}

    def then(before: list[Try], tries: list[Try]) -> Step:
        return next_step(tries, PHONE, MONDAY, RULES, calendar(), before).step

    assert then([*wrong], []) is Step.LETTER
    assert then([*wrong, corrected["hukou"]], []) is Step.LETTER
    assert then([*wrong, corrected["phone"]], []) is Step.CALL
    assert then([*wrong], [corrected["phone"]]) is Step.CALL
    assert then([*wrong, corrected["phone"]], tried(Came.WRONG_NUMBER)) is Step.LETTER
    assert still_counts([corrected["phone"], *tried(Came.NOT_THERE)]) == ()


def test_who_asks_for_another_time_is_there_and_no_letter_is_written() -> None:
    asked = tried(Came.NOT_THERE, Came.NOT_THERE, Came.CALL_BACK)
    assert step(asked, MONDAY + timedelta(hours=11)) is Step.LATER
    assert step(
        [*asked, *tried(Came.NOT_THERE, at=MONDAY + timedelta(days=2))], MONDAY + timedelta(days=3)
    ) is (Step.CALL)


def test_a_letter_is_waited_for_then_they_are_called_again_and_in_the_end_somebody_goes_there() -> None:
    posted = tried(Came.NOT_THERE, Came.NOT_THERE, Came.NOT_THERE, Came.LETTER)
    wait = next_step(posted, PHONE, MONDAY + timedelta(days=1), RULES, calendar())
    assert (wait.step, wait.on, wait.due) == (Step.WAIT, HalfDay(date(2026, 11, 12), False), False)
    later = MONDAY + timedelta(days=10)
    assert step(posted, later) is Step.CALL
    again = [*posted, *tried(*[Came.NOT_THERE] * 3, at=later)]
    assert step(again, later + timedelta(days=2)) is Step.VISIT
    assert step(tried(Came.WRONG_NUMBER, Came.LETTER), later) is Step.VISIT
    assert step(tried(Came.LETTER), later, phones=()) is Step.VISIT


def test_a_message_that_went_out_tells_nothing_and_changes_nothing() -> None:
    for kind in (Came.MESSAGE, Came.NO_MESSAGE):
        assert not is_told(tried(kind))
        assert step(tried(kind), MONDAY) is Step.CALL


def line(ticket: str, state: State, due: date, since: int = 0, wake: date | None = None) -> ToTell:
    case = CaseSummary(
        ticket, ticket, ticket, "elderly-allowance", {"zh": "高龄津贴"}, "民政", state,
        Deadline(due, paused=False, late=False, sure=True), MONDAY, None, None, 0, wake_on=wake,
    )  # fmt: skip
    return ToTell(case, MONDAY + timedelta(hours=since), 3)


def test_whoever_has_to_bring_something_comes_first_by_the_day_and_what_can_wait_last() -> None:
    late, soon = date(2026, 12, 1), date(2026, 11, 5)
    people = [
        line("done-later", State.DECIDED, soon, since=5),
        line("done", State.DECIDED, late, since=1),
        line("needs-late", State.NEEDS_INFO, late),
        line("needs-soon", State.NEEDS_INFO, late, wake=soon),
    ]
    now = next_step([], PHONE, MONDAY, RULES, calendar())
    wait = next_step(tried(Came.NOT_THERE), PHONE, MONDAY, RULES, calendar())
    found = in_order([*((one, now) for one in people), (line("called", State.NEEDS_INFO, soon), wait)])
    order = [one.case.ticket for one, _ in found]
    assert order == ["needs-soon", "needs-late", "done", "done-later", "called"]


moments = st.integers(0, 2 * 365 * 24 * 60).map(lambda minutes: MONDAY + timedelta(minutes=minutes))


@given(st.lists(st.sampled_from(sorted(BY_STAFF - {Came.TOLD})), max_size=12), moments)
def test_there_is_always_a_next_step_and_what_waits_waits_for_a_workday(
    kinds: list[str], now: datetime
) -> None:
    found = next_step(tried(*kinds, at=now - timedelta(days=3)), PHONE, now, RULES, calendar())
    if found.on is not None:
        assert calendar().is_workday(found.on.day)
        assert found.on > half_of(now, calendar())


@given(moments)
def test_the_next_half_is_later_and_of_a_workday(now: datetime) -> None:
    half = half_of(now, calendar())
    after = next_half(half, calendar())
    assert after > half and calendar().is_workday(after.day)


@given(moments)
def test_no_message_rings_at_night(now: datetime) -> None:
    at = in_daytime(now, calendar())
    assert at >= now and 9 <= at.astimezone(calendar().zone).hour < 18
    assert at - now < timedelta(hours=24)


@given(moments, st.integers(1, 12), st.floats(0, 1))
def test_a_message_is_tried_again_later_each_time_and_not_for_ever(
    now: datetime, tries: int, draw: float
) -> None:
    again = send_again_at(tries, now, draw, calendar())
    assert (again is None) == (tries >= MOST_TRIES)
    assert again is None or again > now


def answer(field: str, value: str) -> AnswerRecord:
    return AnswerRecord(field, {"zh": field}, value, {"zh": value}, Source.RESIDENT, Privacy.PRIVATE)


def test_the_persons_own_number_is_called_before_the_helpers() -> None:
    """Where the service asks for both."""
    service = load_shelf(data_file("services")).services["elderly-allowance"]
    assert service.authority is not None
    own = next(one for one in service.question if one.id == "phone")
    helpers = own.model_copy(update={"id": "agent_phone"})
    authority = service.authority.model_copy(update={"agent_phone": helpers.id})
    both = service.model_copy(update={"authority": authority, "question": (helpers, *service.question)})
    assert phone_fields(both) == ("phone", "agent_phone")
    found = phones(both, [answer("agent_phone", "13900000000"), answer("phone", "13900001234")])
    assert [(one.number, one.agents) for one in found] == [("13900001234", False), ("13900000000", True)]


def test_a_number_that_was_left_out_is_not_called() -> None:
    service = load_shelf(data_file("services")).services["elderly-allowance"]
    assert phones(service, [answer("phone", ""), answer("hukou", "1")]) == ()


def test_a_number_is_read_in_fours_and_never_shows_in_a_repr() -> None:
    phone = Phone("phone", "13900001234")
    assert phone.in_fours == "139 0000 1234" and phone.masked == "139******34"
    assert "1390" not in repr(phone)
    assert Phone("phone", "02012345678").takes_messages is False
    assert Phone("phone", "12345678").in_fours == "1234 5678"
