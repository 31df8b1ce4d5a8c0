"""The long way of a case: checked, taken on, filed, decided, told, closed; handed over, held, reopened."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from kiosk.cases.moves import IllegalMove
from kiosk.cases.states import Outcome, State, Why
from kiosk.store import Store, open_store
from kiosk.store.migrations import MIGRATIONS
from kiosk.store.schema import migrate
from kiosk.store.sqlite import connect
from kiosk.store.store import FILE_NAME
from tests.store.people import (
    CHEN,
    GUIFANG,
    MONDAY,
    WANG,
    XIAOLIN,
    ZHOU,
    HandClock,
    application,
    shipped_calendar,
)

ON_BOTH_ENGINES = True

FRIDAY = date(2026, 11, 6)
SATURDAY = date(2026, 11, 7)


@pytest.fixture
def staffed(store: Store) -> Store:
    for actor in (WANG, CHEN, ZHOU, XIAOLIN):
        store.add_account(actor.name, actor.role, "-")
    return store


def state(store: Store, case_id: str) -> State:
    return store.case(case_id).summary.state


def refused(store: Store, act: str, *args: object) -> Why:
    with pytest.raises(IllegalMove) as refusal:
        getattr(store, act)(*args)
    return refusal.value.why


def test_the_whole_way_from_the_queue_to_the_archive(staffed: Store) -> None:
    """K39."""
    case = staffed.submit(application()).case_id
    epoch = staffed.claim(case, WANG).epoch
    staffed.begin_check(case, WANG, epoch)
    staffed.accept(case, WANG, epoch)
    staffed.begin_filing(case, WANG, epoch)
    staffed.fail_filing(case, WANG, epoch, "网页打不开")
    staffed.begin_filing(case, WANG, epoch)
    assert refused(staffed, "confirm_filing", case, WANG, epoch, "MZ-118", "MZ-119") is Why.REFERENCE
    staffed.confirm_filing(case, WANG, epoch, "MZ-118", " MZ-118 ")
    assert staffed.case(case).summary.reference == "MZ-118"
    staffed.complete(case, WANG, epoch, "每月五十元")
    assert (state(staffed, case), staffed.case(case).summary.outcome) == (State.DECIDED, Outcome.GRANTED)
    staffed.tell(case, WANG, "打了电话")
    staffed.close_case(case, WANG)
    kinds = [event.kind for event in staffed.case(case).events]
    assert kinds == (
        "submitted claimed checking accepted filing filing_failed filing filed completed told closed".split()
    )


def test_whoever_looks_at_the_result_at_the_kiosk_has_been_told(staffed: Store) -> None:
    case = decided(staffed)
    assert refused(staffed, "hear", case, "somebody else") is Why.SUBJECT
    staffed.hear(case, GUIFANG)
    assert state(staffed, case) is State.TOLD


def test_the_next_case_is_the_oldest_due_and_what_is_in_hand_comes_first(
    staffed: Store, clock: HandClock
) -> None:
    slow = staffed.submit(application(workdays=20)).case_id
    clock.forward(minutes=1)
    urgent = staffed.submit(application(workdays=3)).case_id
    first = staffed.next_case(WANG)
    assert first is not None and first.case_id == urgent
    again = staffed.next_case(WANG)
    assert again is not None and again.case_id == urgent, "what one holds is given back first"
    other = staffed.next_case(CHEN)
    assert other is not None and other.case_id == slow
    assert staffed.next_case(ZHOU) is None
    assert refused(staffed, "next_case", XIAOLIN) is Why.ROLE


def test_whoever_has_filed_a_case_goes_on_to_the_next(staffed: Store) -> None:
    """It waits for another office; nothing can be done about it here."""
    filed, waiting = (staffed.submit(application(workdays=days)).case_id for days in (3, 10))
    epoch = staffed.claim(filed, WANG).epoch
    staffed.accept(filed, WANG, epoch)
    staffed.begin_filing(filed, WANG, epoch)
    staffed.confirm_filing(filed, WANG, epoch, "MZ-118", "MZ-118")
    taken = staffed.next_case(WANG)
    assert taken is not None and taken.case_id == waiting
    staffed.complete(filed, WANG, epoch, "每月五十元")


def test_another_desk_s_queue_is_left_alone(staffed: Store) -> None:
    case = staffed.submit(application()).case_id
    assert staffed.next_case(WANG, "社保") is None
    epoch = staffed.claim(case, WANG).epoch
    staffed.transfer(case, WANG, epoch, "社保", "归社保办")
    assert state(staffed, case) is State.TRANSFERRED
    taken = staffed.next_case(CHEN, "社保")
    assert taken is not None and taken.case_id == case
    assert staffed.case(case).summary.owner == CHEN.name


def test_a_lapsed_claim_goes_to_the_next_who_asks_and_its_text_is_kept(
    staffed: Store, clock: HandClock
) -> None:
    case = staffed.submit(application()).case_id
    old = staffed.claim(case, WANG).epoch
    clock.forward(minutes=31)
    taken = staffed.next_case(CHEN)
    assert taken is not None and taken.epoch == old + 1
    assert refused(staffed, "ask_info", case, WANG, old, "户口本") is Why.STALE
    assert [note.text for note in staffed.case(case).side_notes] == ["户口本"]


def test_a_case_under_way_keeps_its_owner_while_a_colleague_helps(staffed: Store) -> None:
    case = staffed.submit(application()).case_id
    epoch = staffed.claim(case, WANG).epoch
    staffed.accept(case, WANG, epoch)
    staffed.put_down(case, WANG, epoch)
    staffed.claim(case, CHEN, why="王丽在接电话")
    summary = staffed.case(case).summary
    assert (summary.owner, summary.holder) == (WANG.name, CHEN.name)
    assert staffed.case(case).events[-1].words == "王丽在接电话"


def test_handing_over_needs_words_and_somebody_who_accepts(staffed: Store) -> None:
    case = staffed.submit(application()).case_id
    epoch = staffed.claim(case, WANG).epoch
    assert refused(staffed, "offer", case, WANG, epoch, "没有这个人", "下班了") is Why.COLLEAGUE
    assert refused(staffed, "offer", case, WANG, epoch, XIAOLIN.name, "下班了") is Why.COLLEAGUE
    assert refused(staffed, "offer", case, WANG, epoch, CHEN.name, " ") is Why.TEXT
    staffed.offer(case, WANG, epoch, CHEN.name, "下班了")
    assert staffed.case(case).summary.owner == WANG.name
    assert refused(staffed, "take_over", case, ZHOU) is Why.COLLEAGUE
    staffed.take_over(case, CHEN)
    summary = staffed.case(case).summary
    assert (summary.owner, summary.holder, summary.colleague) == (CHEN.name, CHEN.name, None)


def test_a_question_to_a_colleague_holds_the_case_and_the_answer_wakes_it(staffed: Store) -> None:
    case = staffed.submit(application()).case_id
    epoch = staffed.claim(case, WANG).epoch
    staffed.accept(case, WANG, epoch)
    staffed.ask_colleague(case, WANG, epoch, CHEN.name, "这个算本地户口吗", FRIDAY)
    assert state(staffed, case) is State.ON_HOLD
    assert refused(staffed, "answer_colleague", case, ZHOU, "算") is Why.COLLEAGUE
    staffed.answer_colleague(case, CHEN, "算")
    assert (state(staffed, case), staffed.case(case).summary.owner) == (State.ACCEPTED, WANG.name)


def test_no_hold_without_a_workday_to_come_and_it_wakes_by_itself(staffed: Store, clock: HandClock) -> None:
    case = staffed.submit(application()).case_id
    epoch = staffed.claim(case, WANG).epoch
    for day in (SATURDAY, MONDAY.date(), MONDAY.date() + timedelta(days=500)):
        assert refused(staffed, "hold", case, WANG, epoch, "等证明", day) is Why.DAY
    staffed.hold(case, WANG, epoch, "等证明", FRIDAY)
    assert staffed.next_case(WANG) is None
    clock.forward(days=4)
    woken = staffed.next_case(WANG)
    assert woken is not None and woken.case_id == case
    assert state(staffed, case) is State.CLAIMED


def test_whoever_is_away_keeps_nothing_waiting(staffed: Store) -> None:
    case = staffed.submit(application()).case_id
    epoch = staffed.claim(case, WANG).epoch
    staffed.accept(case, WANG, epoch)
    staffed.put_down(case, WANG, epoch)
    assert staffed.next_case(CHEN) is None
    assert refused(staffed, "set_away", WANG.name, CHEN, FRIDAY) is Why.ROLE
    staffed.set_away(WANG.name, WANG, FRIDAY)
    taken = staffed.next_case(CHEN)
    assert taken is not None and taken.case_id == case


def test_the_list_at_the_end_of_a_shift_and_a_manager_who_moves_it(staffed: Store) -> None:
    cases = {staffed.submit(application()).case_id for _ in range(3)}
    for case in cases:
        staffed.put_down(case, WANG, staffed.claim(case, WANG).epoch)
    assert {one.case_id for one in staffed.cases_with(WANG.name)} == cases
    for case in cases:
        assert refused(staffed, "assign", case, CHEN, CHEN.name, "病了") is Why.ROLE
        staffed.assign(case, ZHOU, CHEN.name, "王丽病了")
    assert not staffed.cases_with(WANG.name)
    assert {one.case_id for one in staffed.cases_with(CHEN.name)} == cases


def test_the_same_matter_twice_goes_on_as_one(staffed: Store) -> None:
    first, second = (staffed.submit(application()).case_id for _ in range(2))
    other = staffed.submit(application(person_key="b2" * 32)).case_id
    epoch = staffed.claim(second, WANG).epoch
    assert refused(staffed, "merge", second, WANG, epoch, other, "重复") is Why.CASE
    assert refused(staffed, "merge", second, WANG, epoch, second, "重复") is Why.CASE
    staffed.merge(second, WANG, epoch, first, "重复")
    summary = staffed.case(second).summary
    assert (summary.state, summary.goes_on_in) == (State.MERGED, first)


def test_more_is_asked_for_no_oftener_than_the_service_allows(staffed: Store) -> None:
    case = staffed.submit(replace(application(), info_rounds=1)).case_id
    epoch = staffed.claim(case, WANG).epoch
    staffed.ask_info(case, WANG, epoch, "户口本", FRIDAY)
    assert staffed.case(case).summary.wake_on == FRIDAY
    epoch = staffed.receive_info(case, WANG, "户口本来了").epoch
    assert refused(staffed, "ask_info", case, WANG, epoch, "还要照片") is Why.ROUNDS


def test_what_is_opened_again_has_a_new_clock_and_all_its_history(staffed: Store, clock: HandClock) -> None:
    case = decided(staffed)
    due = staffed.case(case).summary.deadline.due
    clock.forward(days=7)
    staffed.reopen(case, WANG, "证明是别人的")
    file = staffed.case(case)
    assert file.summary.state is State.REDO
    assert file.summary.deadline.due > due
    assert [event.kind for event in file.events] == ["submitted", "claimed", "completed", "reopened"]
    assert case in {one.case_id for one in staffed.open_cases(clock.now())}


def test_what_was_decided_in_time_is_not_late_a_month_after(staffed: Store, clock: HandClock) -> None:
    case = decided(staffed)
    clock.forward(days=40)
    assert not staffed.case(case).summary.deadline.late


def test_the_queue_is_sorted_by_the_date_that_the_board_shows(staffed: Store, clock: HandClock) -> None:
    case = staffed.submit(application()).case_id
    epoch = staffed.claim(case, WANG).epoch
    staffed.ask_info(case, WANG, epoch, "户口本")
    clock.forward(days=7)
    staffed.receive_info(case, WANG, "来了")
    with staffed._reading() as db:
        kept = db.execute("SELECT due FROM cases WHERE id = ?", (case,)).fetchone()[0]
    assert kept == staffed.case(case).summary.deadline.due.isoformat()


def test_the_law_s_day_is_known_beside_the_promise(staffed: Store) -> None:
    deadline = staffed.case(staffed.submit(application()).case_id).summary.deadline
    assert deadline.legal is not None and deadline.legal > deadline.due


def test_the_counter_can_take_a_case_back_for_somebody_with_a_reason(staffed: Store) -> None:
    case = staffed.submit(application()).case_id
    epoch = staffed.claim(case, WANG).epoch
    assert refused(staffed, "withdraw_for", case, WANG, epoch, "") is Why.TEXT
    staffed.withdraw_for(case, WANG, epoch, "本人来电话")
    assert state(staffed, case) is State.WITHDRAWN


def decided(store: Store) -> str:
    case = store.submit(application()).case_id
    store.complete(case, WANG, store.claim(case, WANG).epoch, "每月五十元")
    return case


def test_cases_of_an_older_file_stand_where_they_stood(tmp_path: Path) -> None:
    """Done was one state then: it is decided now, granted or refused, and what staff wrote is still there."""
    db = connect(tmp_path / FILE_NAME)
    migrate(db, MONDAY.isoformat(), MIGRATIONS[:5])
    for number, (kind, words) in enumerate({"completed": "每月五十元", "rejected": "不够岁数"}.items()):
        row = (f"case-{number}", f"2026-1102-0000000{number}", number, kind, MONDAY.isoformat(), words)
        db.execute(OLD_CASE, row)
        db.execute(OLD_EVENT, (f"case-{number}", MONDAY.isoformat(), kind, words))
    db.conn.commit()
    db.close()
    store = open_store(tmp_path, clock=HandClock(), calendar=shipped_calendar())
    first, second = store.all_cases(MONDAY)
    assert (first.state, first.outcome) == (State.DECIDED, Outcome.GRANTED)
    assert (second.state, second.outcome) == (State.DECIDED, Outcome.REFUSED)
    kept = store._db.execute("SELECT note, words FROM event ORDER BY n").fetchall()
    assert [tuple(row) for row in kept] == [("", "每月五十元"), ("", "不够岁数")]
    store.close()


OLD_CASE = """
INSERT INTO cases (id, number, day_sequence, state, epoch, received_at, promised_workdays, due, service_id,
  desk, title, result)
VALUES (?, ?, ?, ?, 1, ?, 10, '2026-11-16', 'elderly-allowance', '民政', '{"zh": "高龄津贴"}', ?)
"""
OLD_EVENT = """
INSERT INTO event (case_id, seq, at, actor, role, kind, epoch, note)
VALUES (?, 1, ?, '王丽', 'staff', ?, 1, ?)
"""
