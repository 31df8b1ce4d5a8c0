"""Counts by day: each line of the books once, whoever counts and however often."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kiosk.cases.authority import Agreed, AuthorityRecord, digest_of
from kiosk.cases.counts import Statistics
from kiosk.cases.rating import Rating
from kiosk.cases.states import Role, State
from kiosk.services.acting import Acting
from kiosk.store import Store
from tests.store.people import MONDAY, WANG, XIAOLIN, ZHOU, HandClock, application

ON_BOTH_ENGINES = True

FIRST, LAST = date(2026, 11, 1), date(2026, 12, 31)
LETTER = ({"zh": "张桂芳请李梅帮忙办。", "en": "Zhang Guifang asks Li Mei."},)


@pytest.fixture
def staffed(store: Store) -> Store:
    for actor in (WANG, XIAOLIN, ZHOU):
        store.add_account(actor.name, Role(actor.role), "hash")
    return store


def counted(store: Store) -> Statistics:
    while store.count_on(3):
        pass
    return store.statistics(FIRST, LAST)


def decide(store: Store, case: str, granted: bool = True) -> None:
    epoch = store.claim(case, WANG).epoch
    if granted:
        store.complete(case, WANG, epoch, "办好了")
    else:
        store.reject(case, WANG, epoch, "户口不在本区")


def test_cases_are_counted_with_how_long_they_took_and_how_they_ended(
    staffed: Store, clock: HandClock
) -> None:
    cases = [staffed.submit(application(workdays=3)).case_id for _ in range(15)]
    clock.forward(days=1)
    for case in cases[:5]:
        decide(staffed, case)
    clock.forward(days=6)
    for case in cases[5:10]:
        decide(staffed, case, granted=False)
    told = counted(staffed)
    (service,) = told.services
    assert (told.handed_in, service.open, service.decided, service.refused) == (15, 5, 10, 5)
    assert (told.median, told.ninetieth, told.late) == (1, 5, 50)
    assert told.states == {State.QUEUED: 5}


def test_counting_again_adds_nothing_and_takes_up_what_came_since(staffed: Store, clock: HandClock) -> None:
    for _ in range(6):
        staffed.submit(application())
    before = counted(staffed)
    assert counted(staffed) == before
    staffed.submit(application())
    staffed.rate(Rating(5), clock.now())
    assert counted(staffed).handed_in == 7


def test_who_had_to_bring_more_is_told_as_a_share(staffed: Store, clock: HandClock) -> None:
    for place in range(10):
        case = staffed.submit(application()).case_id
        if place < 5:
            epoch = staffed.claim(case, WANG).epoch
            staffed.ask_info(case, WANG, epoch, "户口簿")
            clock.forward(days=1)
            staffed.receive_info(case, WANG, "带来了")
            staffed.complete(case, WANG, staffed.case(case).summary.epoch, "办好了")
        else:
            decide(staffed, case)
    assert counted(staffed).asked == 50


def test_who_came_with_somebody_is_counted_as_helped_also_after_erasing(
    staffed: Store, clock: HandClock
) -> None:
    letter = AuthorityRecord(
        Acting.FAMILY, date(2026, 12, 31), LETTER, digest_of(LETTER), Agreed.SAID, MONDAY, {"zh": "女儿"}
    )
    for _ in range(6):
        staffed.submit(replace(application(), authority=letter, agent_key="b2" * 32))
        staffed.submit(application())
    with staffed._writing() as db:
        db.execute("UPDATE cases SET agent_key = NULL, person_key = NULL")
    told = counted(staffed)
    assert (told.alone, told.helped) == (6, 6)


def test_a_case_opened_again_counts_its_second_decision_from_there(staffed: Store, clock: HandClock) -> None:
    cases = [staffed.submit(application()).case_id for _ in range(6)]
    clock.forward(days=14)
    for case in cases:
        decide(staffed, case)
        staffed.reopen(case, ZHOU, "算错了")
        decide(staffed, case)
    told = counted(staffed)
    assert (told.decided, told.median, told.ninetieth) == (12, 0, 10)


def test_ratings_are_counted_by_level_month_and_service(staffed: Store, clock: HandClock) -> None:
    for _ in range(6):
        staffed.rate(Rating(5, "elderly-allowance", {"zh": "高龄津贴"}), clock.now())
        staffed.rate(Rating(1, "elderly-allowance", {"zh": "高龄津贴"}), clock.now())
    told = counted(staffed)
    assert (told.levels[5], told.levels[1]) == (6, 6)
    assert [(one.month, one.service_id, one.times, one.content) for one in told.rated] == [
        (date(2026, 11, 1), "elderly-allowance", 12, 50)
    ]
