"""What a desk sees of what others do, though it reads its whole board only where something has happened."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.cases.board import Heap
from kiosk.cases.states import State
from kiosk.hub.glancing import GOOD_FOR_S
from kiosk.hub.store import HubStore
from tests.hub.centre_with_hub import CentreWithHub
from tests.hub.hubs import Hub
from tests.store.people import WANG, HandClock, application


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def centre(hub: Hub, tmp_path: Path, clock: HandClock) -> Iterator[CentreWithHub]:
    with ExitStack() as closing:
        yield CentreWithHub(hub, tmp_path, clock, "east", closing)


@pytest.fixture
def desk(centre: CentreWithHub) -> HubStore:
    return centre.desk()


def test_what_a_colleague_or_a_kiosk_does_is_on_the_board_at_the_next_look(
    centre: CentreWithHub, desk: HubStore
) -> None:
    colleague, kiosk = centre.desk(2), centre.kiosk()
    assert desk.board().cases == ()
    case = kiosk.store.submit(application()).case_id
    kiosk.exchange()
    assert [one.case_id for one in desk.board().cases] == [case]
    assert colleague.claim(case, WANG).epoch == 1
    (line,) = desk.board().cases
    assert (line.state, line.holder) == (State.CLAIMED, WANG.name)


def test_a_lease_that_a_colleague_has_renewed_is_seen_at_the_next_look(
    centre: CentreWithHub, desk: HubStore, clock: HandClock
) -> None:
    colleague, kiosk = centre.desk(2), centre.kiosk()
    case = kiosk.store.submit(application()).case_id
    kiosk.exchange()
    desk.board()
    claim = colleague.claim(case, WANG)
    before = desk.board().cases[0].lease_until
    clock.forward(seconds=5)
    colleague.renew(case, WANG, claim.epoch)
    after = desk.board().cases[0].lease_until
    assert before is not None and after == before + timedelta(seconds=5)


def test_where_nothing_has_happened_the_board_is_not_read_anew_and_each_heap_is_its_own(
    centre: CentreWithHub, desk: HubStore, clock: HandClock
) -> None:
    kiosk = centre.kiosk()
    kiosk.store.submit(application())
    kiosk.exchange()
    desk.board()
    first = desk.board()
    clock.forward(seconds=GOOD_FOR_S / 2)
    assert desk.board() is first
    assert desk.board(Heap.LATE).cases == ()
    assert desk.board().cases == first.cases


def test_what_only_time_changes_is_seen_soon(centre: CentreWithHub, desk: HubStore, clock: HandClock) -> None:
    kiosk = centre.kiosk()
    kiosk.store.submit(application())
    kiosk.exchange()
    desk.board()
    clock.forward(hours=24, seconds=-1)
    assert desk.board().counts[Heap.UNCLAIMED] == 0
    clock.forward(seconds=GOOD_FOR_S + 1)
    assert desk.board().counts[Heap.UNCLAIMED] == 1
    clock.forward(days=20)
    assert desk.board().counts[Heap.LATE] == 1
