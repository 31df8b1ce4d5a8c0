"""Staff at the desk: who has which case, what happens to late saves, and what the resident sees."""

from __future__ import annotations

from datetime import date

import pytest

from kiosk.cases.moves import IllegalMove
from kiosk.cases.states import State, Why
from kiosk.store import Store
from tests.store.people import CHEN, GUIFANG, WANG, XIAOLIN, ZHOU, HandClock, application

ON_BOTH_ENGINES = True
QUICK_ON_BOTH = True


@pytest.fixture
def case_id(store: Store) -> str:
    return store.submit(application()).case_id


def test_the_case_that_is_due_first_stands_first(store: Store, clock: HandClock) -> None:
    slow = store.submit(application(workdays=20))
    quick = store.submit(application(workdays=5))
    clock.forward(days=1)
    later = store.submit(application(workdays=5))
    order = [case.case_id for case in store.open_cases(clock.now())]
    assert order == [quick.case_id, later.case_id, slow.case_id]


def test_a_claimed_case_cannot_be_claimed_by_another(store: Store, case_id: str) -> None:
    store.claim(case_id, WANG)
    with pytest.raises(IllegalMove) as refused:
        store.claim(case_id, CHEN)
    assert (refused.value.why, refused.value.holder) == (Why.HELD, "王丽")


def test_after_half_an_hour_of_nothing_another_may_take_it(
    store: Store, case_id: str, clock: HandClock
) -> None:
    first = store.claim(case_id, WANG)
    clock.forward(minutes=30)
    assert store.claim(case_id, CHEN).epoch == first.epoch + 1


@pytest.mark.parametrize("activity", ["renew", "tick", "view"])
def test_working_on_a_case_keeps_it(store: Store, case_id: str, clock: HandClock, activity: str) -> None:
    held = store.claim(case_id, WANG)
    clock.forward(minutes=29)
    match activity:
        case "renew":
            store.renew(case_id, WANG, held.epoch)
        case "tick":
            store.tick_field(case_id, "name", WANG, held.epoch)
        case _:
            store.record_view(case_id, WANG, "id_number")
    clock.forward(minutes=29)
    with pytest.raises(IllegalMove):
        store.claim(case_id, CHEN)


def test_an_overdue_lease_nobody_took_still_counts(store: Store, case_id: str, clock: HandClock) -> None:
    held = store.claim(case_id, WANG)
    clock.forward(hours=3)
    store.complete(case_id, WANG, held.epoch, "批准")
    assert store.case(case_id).summary.state is State.DECIDED


def test_a_save_after_the_case_was_taken_over_is_refused_and_its_text_kept(
    store: Store, case_id: str, clock: HandClock
) -> None:
    old = store.claim(case_id, WANG)
    clock.forward(minutes=31)
    new = store.claim(case_id, CHEN)
    with pytest.raises(IllegalMove) as refused:
        store.reject(case_id, WANG, old.epoch, "户口不在本区，写了很久的说明")
    assert refused.value.why is Why.STALE
    store.complete(case_id, CHEN, new.epoch, "批准")
    with pytest.raises(IllegalMove):
        store.ask_info(case_id, WANG, old.epoch, "户口本")
    file = store.case(case_id)
    assert file.summary.state is State.DECIDED
    assert file.result == "批准"
    kept = [(note.actor, note.act, note.text) for note in file.side_notes]
    assert kept == [
        ("王丽", "reject", "户口不在本区，写了很久的说明"),
        ("王丽", "ask_info", "户口本"),
    ]


def test_ticks_under_a_lost_claim_are_refused(store: Store, case_id: str, clock: HandClock) -> None:
    old = store.claim(case_id, WANG)
    clock.forward(minutes=31)
    store.claim(case_id, CHEN)
    with pytest.raises(IllegalMove):
        store.tick_field(case_id, "name", WANG, old.epoch)
    assert store.case(case_id).ticks == frozenset()


def test_ticks_stay_and_can_be_taken_back(store: Store, case_id: str) -> None:
    held = store.claim(case_id, WANG)
    for field in ("name", "name", "id_number"):
        store.tick_field(case_id, field, WANG, held.epoch)
    store.tick_field(case_id, "name", WANG, held.epoch, ticked=False)
    assert store.case(case_id).ticks == {"id_number"}


def test_asking_for_information_stops_the_promised_time(store: Store, case_id: str, clock: HandClock) -> None:
    held = store.claim(case_id, WANG)
    clock.forward(days=1)
    store.ask_info(case_id, WANG, held.epoch, "户口本，本人照片")
    clock.forward(days=30)
    (waiting,) = store.cases_of(GUIFANG)
    assert (waiting.stage, waiting.missing, waiting.paused) == (State.NEEDS_INFO, "户口本，本人照片", True)
    assert not store.case(case_id).summary.deadline.late
    clock.at = clock.at.replace(month=12, day=7)
    store.receive_info(case_id, CHEN, "户口本和照片都带来了")
    (going,) = store.cases_of(GUIFANG)
    # asked on Tuesday 3 November with one workday used; nine are left after 7 December
    assert (going.stage, going.due, going.missing) == (State.CHECKING, date(2026, 12, 18), None)


def test_the_board_and_the_progress_page_name_the_same_day(
    store: Store, case_id: str, clock: HandClock
) -> None:
    held = store.claim(case_id, WANG)
    clock.forward(days=2)
    store.ask_info(case_id, WANG, held.epoch, "户口本")
    clock.forward(days=2)
    store.receive_info(case_id, WANG, "带来了")
    (board,) = store.open_cases(clock.now())
    (told,) = store.cases_of(GUIFANG)
    assert board.deadline.due == told.due == store.case(case_id).summary.deadline.due == date(2026, 11, 18)


def test_the_resident_sees_the_result(store: Store, case_id: str) -> None:
    held = store.claim(case_id, WANG)
    store.complete(case_id, WANG, held.epoch, "每月五十元，从十二月起")
    (told,) = store.cases_of(GUIFANG)
    assert (told.stage, told.result) == (State.DECIDED, "每月五十元，从十二月起")
    assert store.cases_of("b2" * 32) == []


@pytest.mark.parametrize("words", ["", "  \n"])
def test_nothing_is_refused_without_a_reason(store: Store, case_id: str, words: str) -> None:
    held = store.claim(case_id, WANG)
    with pytest.raises(IllegalMove) as refused:
        store.reject(case_id, WANG, held.epoch, words)
    assert refused.value.why is Why.TEXT
    assert store.case(case_id).summary.state is State.CLAIMED


def test_released_cases_are_free_at_once(store: Store, case_id: str) -> None:
    held = store.claim(case_id, WANG)
    store.release(case_id, WANG, held.epoch, "下班")
    assert store.claim(case_id, CHEN).epoch == 2


def test_only_the_person_may_withdraw_and_only_before_the_decision(store: Store, case_id: str) -> None:
    """K41: the right to withdraw."""
    with pytest.raises(IllegalMove) as refused:
        store.withdraw(case_id, "b2" * 32)
    assert refused.value.why is Why.SUBJECT
    store.withdraw(case_id, GUIFANG)
    assert store.case(case_id).summary.state is State.WITHDRAWN
    with pytest.raises(IllegalMove):
        store.claim(case_id, WANG)


def test_a_volunteer_neither_claims_nor_looks_into_finished_cases(store: Store, case_id: str) -> None:
    """K42"""
    with pytest.raises(IllegalMove):
        store.claim(case_id, XIAOLIN)
    held = store.claim(case_id, ZHOU)
    store.complete(case_id, ZHOU, held.epoch, "批准")
    with pytest.raises(IllegalMove):
        store.record_view(case_id, XIAOLIN, "id_number")


def test_who_did_and_looked_at_what_stands_in_the_history(store: Store, case_id: str) -> None:
    """K39: every move has who, when, why."""
    held = store.claim(case_id, WANG)
    store.record_view(case_id, WANG, "id_number")
    store.tick_field(case_id, "id_number", WANG, held.epoch)
    store.reject(case_id, WANG, held.epoch, "不满八十岁")
    events = store.case(case_id).events
    assert [(e.seq, e.actor, e.kind, e.note or e.words) for e in events] == [
        (1, "resident", "submitted", ""),
        (2, "王丽", "claimed", ""),
        (3, "王丽", "viewed", "id_number"),
        (4, "王丽", "ticked", "id_number"),
        (5, "王丽", "rejected", "不满八十岁"),
    ]


def test_an_unknown_case_is_said_to_be_unknown(store: Store) -> None:
    for act in (lambda: store.case("none"), lambda: store.claim("none", WANG)):
        with pytest.raises(IllegalMove) as refused:
            act()
        assert refused.value.why is Why.UNKNOWN


def test_a_call_from_the_kiosk_reaches_the_desk_once_and_is_answered_once(
    store: Store, clock: HandClock
) -> None:
    call = store.call_person("question:hukou", clock.now())
    assert store.call_person("question:hukou", clock.now()) == call
    assert store.open_calls() == [call]
    assert store.answer_call(call.id, WANG)
    assert not store.answer_call(call.id, CHEN)
    assert store.open_calls() == []
    assert store.call_person("home", clock.now()).id != call.id
