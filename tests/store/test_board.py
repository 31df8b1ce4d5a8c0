"""The heaps of the desk's board, finding a case again, and words between colleagues."""

from __future__ import annotations

from datetime import date

import pytest

from kiosk.cases.board import Heap
from kiosk.cases.moves import Act, IllegalMove
from kiosk.cases.search import Search
from kiosk.cases.states import State, Why
from kiosk.store import Store
from kiosk.store.shift import Swept
from tests.store.people import CHEN, GUIFANG, WANG, XIAOLIN, ZHOU, HandClock, application

ON_BOTH_ENGINES = True

FRIDAY = date(2026, 11, 6)


@pytest.fixture
def staffed(store: Store) -> Store:
    for actor in (WANG, CHEN, ZHOU, XIAOLIN):
        store.add_account(actor.name, actor.role, "-")
    return store


def heaps(store: Store) -> dict[Heap, int]:
    """Those that are not empty, and each lists what it counts."""
    counts = store.board().counts
    for heap in Heap:
        assert len(store.board(heap).cases) == counts[heap], heap
    return {heap: n for heap, n in counts.items() if n}


def test_what_is_due_today_and_what_is_late_is_counted(store: Store, clock: HandClock) -> None:
    store.submit(application(workdays=2))
    store.submit(application(workdays=3))
    store.submit(application(workdays=20))
    clock.forward(days=3)
    assert heaps(store) == {Heap.ALL: 3, Heap.LATE: 1, Heap.TODAY: 1, Heap.UNCLAIMED: 3}


def test_a_case_that_waits_for_the_person_is_never_late_while_its_clock_stands(
    store: Store, clock: HandClock
) -> None:
    case = store.submit(application(workdays=2)).case_id
    store.ask_info(case, WANG, store.claim(case, WANG).epoch, "户口本", date(2026, 11, 9))
    clock.forward(days=7)
    assert heaps(store) == {Heap.ALL: 1, Heap.WAITING: 1, Heap.WAKING: 1}
    (shown,) = store.board(Heap.WAITING).cases
    assert shown.deadline.paused and not shown.deadline.late


def test_a_case_on_hold_whose_clock_goes_on_is_late_all_the_same(store: Store, clock: HandClock) -> None:
    case = store.submit(application(workdays=2)).case_id
    store.hold(case, WANG, store.claim(case, WANG).epoch, "等盖章", FRIDAY)
    clock.forward(days=4)
    (late,) = store.board(Heap.LATE).cases
    assert late.state is State.ON_HOLD and late.deadline.late
    assert heaps(store) == {Heap.ALL: 1, Heap.LATE: 1, Heap.WAKING: 1}


def test_a_failed_filing_and_a_result_nobody_was_told_have_heaps_of_their_own(store: Store) -> None:
    case = store.submit(application()).case_id
    epoch = store.claim(case, WANG).epoch
    store.accept(case, WANG, epoch)
    store.begin_filing(case, WANG, epoch)
    store.fail_filing(case, WANG, epoch, "网页打不开")
    assert heaps(store) == {Heap.ALL: 1, Heap.FAILED: 1}
    store.begin_filing(case, WANG, epoch)
    store.confirm_filing(case, WANG, epoch, "MZ-1", "MZ-1")
    store.complete(case, WANG, epoch, "好了")
    assert heaps(store) == {Heap.TO_TELL: 1}


def test_a_long_heap_is_read_by_the_page_and_never_beyond_its_end(store: Store) -> None:
    for _ in range(7):
        store.submit(application())
    first, second = store.board(most=5), store.board(start=5, most=5)
    assert (len(first.cases), first.more) == (5, True)
    assert (len(second.cases), second.more) == (2, False)
    assert store.board(start=90, most=5) == second


def test_what_can_be_worked_on_stands_before_what_waits(store: Store) -> None:
    quick = store.submit(application(workdays=1)).case_id
    slow = store.submit(application(workdays=20)).case_id
    store.ask_info(quick, WANG, store.claim(quick, WANG).epoch, "户口本")
    assert [case.case_id for case in store.board().cases] == [slow, quick]


def test_what_would_come_next_can_be_asked_without_taking_it(staffed: Store) -> None:
    staffed.submit(application(workdays=20))
    urgent = staffed.submit(application(workdays=3)).case_id
    assert staffed.up_next(WANG) == urgent
    assert staffed.case(urgent).summary.holder is None


def test_a_case_is_found_by_number_ticket_day_state_service_and_person(
    store: Store, clock: HandClock
) -> None:
    first = store.submit(application())
    clock.forward(days=1)
    second = store.submit(application(person_key="b2" * 32))
    store.withdraw(first.case_id, GUIFANG)

    def ids(asked: Search, person: str | None = None) -> list[str]:
        return [case.case_id for case in store.search(asked, person)]

    assert ids(Search(number=first.number)) == [first.case_id]
    assert ids(Search(ticket=1)) == [second.case_id], "without its day only what is open"
    assert ids(Search(ticket=1, day=date(2026, 11, 2))) == [first.case_id]
    assert ids(Search(states=frozenset({State.WITHDRAWN}))) == [first.case_id]
    assert ids(Search(words=("高龄",))) == [second.case_id]
    assert ids(Search(words=("health",))) == []
    assert ids(Search(id_number="990101194403050029"), GUIFANG) == [first.case_id]
    assert ids(Search()) == [] and ids(Search(id_number="990101194403050029")) == []


def test_what_was_typed_never_becomes_part_of_a_statement(store: Store) -> None:
    store.submit(application())
    assert store.search(Search(words=("') OR ('1'='1",))) == []


def test_who_has_a_case_in_hand_sees_that_somebody_wants_it_until_they_put_it_down(
    staffed: Store, clock: HandClock
) -> None:
    case = staffed.submit(application()).case_id
    with pytest.raises(IllegalMove) as nobody_has_it:
        staffed.ask_to_let_go(case, CHEN, "老人在我这里")
    assert nobody_has_it.value.why is Why.STATE
    epoch = staffed.claim(case, WANG).epoch
    with pytest.raises(IllegalMove) as volunteer:
        staffed.ask_to_let_go(case, XIAOLIN, "老人在我这里")
    assert volunteer.value.why is Why.ROLE
    staffed.ask_to_let_go(case, CHEN, "老人在我这里")
    (wish,) = staffed.wishes(WANG)
    assert (wish.ticket, wish.by, wish.words) == ("A001", CHEN.name, "老人在我这里")
    assert staffed.wishes(CHEN) == []
    staffed.put_down(case, WANG, epoch)
    assert staffed.wishes(WANG) == []


def test_words_begun_wait_for_their_writer_and_for_nobody_else(staffed: Store, clock: HandClock) -> None:
    """The claim runs out, somebody else takes the case: the first one's words are still theirs."""
    case = staffed.submit(application()).case_id
    staffed.claim(case, WANG)
    staffed.keep_note(case, WANG, Act.REJECT, ("户口不在本区", ""))
    staffed.keep_note(case, WANG, Act.REJECT, ("户口不在本区，", "请到街道"))
    clock.forward(minutes=31)
    staffed.claim(case, CHEN)
    assert staffed.notes_begun(case, WANG) == {Act.REJECT: ("户口不在本区，", "请到街道")}
    assert staffed.notes_begun(case, CHEN) == {}
    assert staffed.case(case).side_notes == (), "what is not finished is on nobody's file"
    staffed.keep_note(case, WANG, Act.REJECT, ("", " "))
    assert staffed.notes_begun(case, WANG) == {}


def test_at_the_end_of_a_shift_everything_is_put_down_offered_or_given_back(staffed: Store) -> None:
    cases = [staffed.submit(application()).case_id for _ in range(3)]
    for case in cases:
        staffed.accept(case, WANG, staffed.claim(case, WANG).epoch)
    waiting = cases[0]
    staffed.ask_info(waiting, WANG, staffed.case(waiting).summary.epoch, "户口本")
    assert staffed.put_down_all(WANG) == Swept(2, 0)
    assert staffed.offer_all(WANG, CHEN.name, "下班了") == Swept(2, 1), "who waits for the person stays hers"
    for case in cases[1:]:
        assert staffed.case(case).summary.colleague == CHEN.name
    assert staffed.release_all(WANG, "下班了") == Swept(2, 1)
    assert [case.case_id for case in staffed.cases_with(WANG.name)] == [waiting]


def test_a_manager_moves_everything_of_somebody_who_is_away(staffed: Store) -> None:
    case = staffed.submit(application()).case_id
    staffed.claim(case, WANG)
    assert staffed.assign_all(WANG.name, CHEN, ZHOU.name, "请病假") == Swept(0, 1), "not by a colleague"
    assert staffed.assign_all(WANG.name, ZHOU, CHEN.name, "请病假") == Swept(1, 0)
    assert staffed.case(case).summary.owner == CHEN.name
