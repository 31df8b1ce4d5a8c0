"""A manager switches a service off, and on again; both stand in the book, and nobody can do it around it."""

from __future__ import annotations

import pytest

from kiosk.cases.chain_check import Wrong
from kiosk.cases.moves import IllegalMove
from kiosk.cases.states import Why
from kiosk.store import Store
from kiosk.store.verifying import Trusted
from tests.store.people import WANG, ZHOU, HandClock

ON_BOTH_ENGINES = True

ALLOWANCE = "elderly-allowance"


def wrong(store: Store) -> set[Wrong]:
    return {found.fault.wrong for found in store.verify(Trusted({})).faults}


def behind_its_back(store: Store, statement: str) -> None:
    with store._writing() as db:
        db.execute(statement)


def test_a_stopped_service_is_known_with_who_when_and_why(store: Store, clock: HandClock) -> None:
    store.stop_service(ALLOWANCE, ZHOU, " 区里的系统在升级 ")
    assert store.stopped_services() == {ALLOWANCE}
    stop = store.service_stops()[ALLOWANCE]
    assert (stop.by, stop.why, stop.at) == (ZHOU.name, "区里的系统在升级", clock.now())
    store.start_service(ALLOWANCE, ZHOU)
    assert store.stopped_services() == frozenset()


def test_only_a_manager_switches_never_without_a_reason_and_never_twice(store: Store) -> None:
    def refused(why: Why, actor: object, reason: str) -> None:
        with pytest.raises(IllegalMove) as told:
            store.stop_service(ALLOWANCE, actor, reason)  # type: ignore[arg-type]
        assert told.value.why is why

    refused(Why.ROLE, WANG, "我想")
    refused(Why.TEXT, ZHOU, "  ")
    with pytest.raises(IllegalMove) as nothing_to_start:
        store.start_service(ALLOWANCE, ZHOU)
    assert nothing_to_start.value.why is Why.STATE
    store.stop_service(ALLOWANCE, ZHOU, "系统升级")
    refused(Why.STATE, ZHOU, "再停一次")
    with pytest.raises(IllegalMove) as not_a_manager:
        store.start_service(ALLOWANCE, WANG)
    assert not_a_manager.value.why is Why.ROLE


def test_a_switch_that_was_turned_behind_the_book_is_found(bare_store: Store) -> None:
    bare_store.stop_service(ALLOWANCE, ZHOU, "系统升级")
    assert Wrong.SERVICE not in wrong(bare_store)
    behind_its_back(bare_store, "UPDATE service_stop SET why = '别的'")
    assert Wrong.SERVICE in wrong(bare_store)
    behind_its_back(bare_store, "DELETE FROM service_stop")
    assert Wrong.SERVICE in wrong(bare_store)
    behind_its_back(bare_store, "UPDATE house_event SET words = '没说' WHERE kind = 'service_stopped'")
    assert Wrong.CONTENT in wrong(bare_store)


def test_a_service_that_went_on_again_is_as_the_book_says(store: Store) -> None:
    store.stop_service(ALLOWANCE, ZHOU, "系统升级")
    store.start_service(ALLOWANCE, ZHOU, "好了")
    assert Wrong.SERVICE not in wrong(store)
