"""Bad ratings and who looks into them: in time, never the person rated, and with no way to who gave them."""

from __future__ import annotations

import datetime
import re

import pytest

from kiosk.cases.moves import IllegalMove
from kiosk.cases.rating import Rating
from kiosk.cases.states import Actor, Role, Why
from kiosk.store import Store
from tests.store.people import (
    CHEN,
    GUIFANG,
    MONDAY,
    NAME,
    NUMBER,
    WANG,
    XIAOLIN,
    ZHOU,
    HandClock,
    application,
)

ON_BOTH_ENGINES = True

TITLE = {"zh": "高龄津贴申请", "en": "Allowance for the elderly"}


def bad(case_id: str | None = None, level: int = 2, workdays: int = 5) -> Rating:
    return Rating(level, "elderly-allowance", TITLE, workdays, case_id, "closed")


def finished(store: Store, by: Actor = WANG) -> str:
    """A case of Zhang Guifang's that somebody has completed."""
    case_id = store.submit(application()).case_id
    claim = store.claim(case_id, by)
    store.complete(case_id, by, claim.epoch, "办好了")
    return case_id


def opened(store: Store, rating: Rating) -> int:
    task = store.rate(rating, store._clock.now())
    assert task is not None
    return task


def refusal(act: object, *given: object) -> Why:
    assert callable(act)
    with pytest.raises(IllegalMove) as refused:
        act(*given)
    return refused.value.why


@pytest.mark.parametrize(("level", "looked_into"), [(1, True), (2, True), (3, False), (4, False), (5, False)])
def test_the_two_bad_levels_open_a_task_and_the_others_do_not(
    store: Store, level: int, looked_into: bool
) -> None:
    """K43."""
    assert (store.rate(bad(level=level), MONDAY) is not None) == looked_into
    assert store.ratings() == {level: 1}
    assert len(store.rating_tasks()) == looked_into


def test_a_task_is_due_after_so_many_workdays_and_then_overdue(store: Store, clock: HandClock) -> None:
    """K43: from Monday 2 November, five workdays later is Monday 9 November."""
    opened(store, bad(workdays=5))
    (task,) = store.rating_tasks()
    assert (task.due, task.late) == (datetime.date(2026, 11, 9), False)
    clock.forward(days=7)
    assert not store.rating_tasks()[0].late
    clock.forward(days=1)
    assert store.rating_tasks()[0].late


def test_the_task_that_is_due_first_stands_first(store: Store) -> None:
    later, sooner = opened(store, bad(workdays=15)), opened(store, bad(workdays=3))
    assert [task.id for task in store.rating_tasks()] == [sooner, later]


def test_who_was_rated_neither_sees_the_task_nor_takes_it(store: Store) -> None:
    """K43: with few cases, seeing that there is one would name the person."""
    task = opened(store, bad(finished(store, by=WANG)))
    assert store.rating_tasks(WANG) == []
    assert refusal(store.rating_task, task, WANG) is Why.RATED
    assert refusal(store.take_rating_task, task, WANG) is Why.RATED
    assert [one.id for one in store.rating_tasks(CHEN)] == [task]
    store.take_rating_task(task, CHEN)
    assert store.rating_task(task, CHEN).taken_by == CHEN.name


def test_who_finished_the_case_is_rated_and_not_who_had_it_before(store: Store, clock: HandClock) -> None:
    case_id = store.submit(application()).case_id
    store.claim(case_id, WANG)
    clock.forward(minutes=31)
    claim = store.claim(case_id, CHEN)
    store.complete(case_id, CHEN, claim.epoch, "办好了")
    task = opened(store, bad(case_id))
    assert refusal(store.take_rating_task, task, CHEN) is Why.RATED
    store.take_rating_task(task, WANG)


def test_volunteers_look_into_no_ratings(store: Store) -> None:
    """K42."""
    task = opened(store, bad())
    assert refusal(store.take_rating_task, task, XIAOLIN) is Why.ROLE
    assert refusal(store.rating_task, task, XIAOLIN) is Why.ROLE


def test_two_take_the_same_task_and_one_has_it(store: Store) -> None:
    task = opened(store, bad())
    store.take_rating_task(task, WANG)
    store.take_rating_task(task, WANG)
    assert refusal(store.take_rating_task, task, CHEN) is Why.HELD
    assert refusal(store.finish_rating_task, task, CHEN, "谈过了") is Why.STALE


def test_a_task_of_somebody_who_left_goes_on(store: Store) -> None:
    """Given back, or taken over by a manager."""
    task = opened(store, bad())
    store.take_rating_task(task, WANG)
    store.take_rating_task(task, ZHOU)
    store.release_rating_task(task, ZHOU)
    store.take_rating_task(task, CHEN)
    assert store.rating_task(task, CHEN).taken_by == CHEN.name


def test_a_task_ends_with_words_and_stays_ended(store: Store) -> None:
    task = opened(store, bad())
    store.take_rating_task(task, CHEN)
    assert refusal(store.finish_rating_task, task, CHEN, "  ") is Why.TEXT
    store.finish_rating_task(task, CHEN, " 等得太久，以后先说明 ")
    assert store.rating_tasks() == []
    done = store.rating_task(task, ZHOU)
    assert (done.done, done.late, done.note) == (True, False, "等得太久，以后先说明")
    assert refusal(store.take_rating_task, task, CHEN) is Why.STATE


def test_what_was_bad_stands_beside_the_task_until_it_is_done(store: Store) -> None:
    task = opened(store, bad())
    assert store.rating_task(task, CHEN).reason == ""
    store.tell_why(task, "waiting")
    store.take_rating_task(task, CHEN)
    store.finish_rating_task(task, CHEN, "以后先说明要等多久")
    store.tell_why(task, "manner")
    assert store.rating_task(task, CHEN).reason == "waiting"


def test_a_call_back_is_noted_by_whoever_has_the_task(store: Store) -> None:
    task = opened(store, bad(finished(store)))
    store.ask_call_back(task, store.all_cases(MONDAY)[0].case_id)
    assert refusal(store.note_call_back, task, CHEN) is Why.STALE
    store.take_rating_task(task, CHEN)
    store.note_call_back(task, CHEN)
    assert store.rating_task(task, CHEN).called_back


def test_a_case_is_rated_once_at_each_stage(store: Store) -> None:
    case_id = finished(store)
    assert not store.rated(case_id, "closed")
    opened(store, bad(case_id))
    assert store.rate(bad(case_id), MONDAY) is None
    assert store.rate(Rating(5, case_id=case_id, stage="closed"), MONDAY) is None
    assert store.rated(case_id, "closed")
    assert not store.rated(case_id, "submitted")
    assert store.ratings() == {2: 1}


def test_nothing_leads_from_a_bad_rating_to_the_person(store: Store) -> None:
    """K43: anonymous means that the rows do not join, and that no minute tells whose it was."""
    case_id = finished(store)
    opened(store, bad(case_id))
    with store._reading() as db:
        found = [*db.execute("SELECT * FROM rating"), *db.execute("SELECT * FROM rating_task")]
    kept = [str(value) for row in found for value in tuple(row)]
    assert not {case_id, GUIFANG, NUMBER, NAME} & set(kept)
    assert not [value for value in kept if re.search(r"\d:\d", value)], "a day, never a minute"
    assert store.rating_tasks()[0].case_id is None


def test_who_asked_to_be_called_is_found_through_the_task(store: Store) -> None:
    case_id = finished(store)
    task = opened(store, bad(case_id))
    store.ask_call_back(task, case_id)
    assert store.rating_tasks()[0].case_id == case_id


def test_a_rating_of_nothing_between_one_and_five_is_never_kept() -> None:
    for level in (0, 6, -1):
        with pytest.raises(ValueError, match="1 to 5"):
            Rating(level)


def test_a_task_that_is_not_there_is_said_to_be_unknown(store: Store) -> None:
    assert refusal(store.rating_task, 99, Actor("周洁", Role.MANAGER)) is Why.UNKNOWN
