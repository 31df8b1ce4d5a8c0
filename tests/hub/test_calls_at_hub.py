"""Somebody at a kiosk calls for a person: the desks of the hub hear it, and the kiosk hears who goes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path

import psycopg
import pytest

from kiosk.cases.parcels import Parcel, Receipt
from kiosk.cases.states import Actor, Role
from kiosk.hub.link import Fault, Link, LinkTrouble, NotKnown
from kiosk.hub.ringing import IN_TIME, Ringing
from kiosk.hub.sending import Courier
from kiosk.hub.store import HubStore
from kiosk.store import Store, open_store
from tests.hub.both_ways import WAYS, NewLink, links
from tests.hub.centre_with_hub import CentreWithHub
from tests.hub.hubs import Hub
from tests.store.people import WANG, HandClock, application, shipped_calendar


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def centre(hub: Hub, tmp_path: Path, clock: HandClock) -> Iterator[CentreWithHub]:
    with ExitStack() as closing:
        yield CentreWithHub(hub, tmp_path, clock, "east", closing)


@pytest.fixture
def desk(centre: CentreWithHub) -> HubStore:
    opened = centre.desk()
    opened.add_account(WANG.name, WANG.role, "a hash that no PIN has")
    return opened


@pytest.fixture(params=WAYS)
def new_link(
    request: pytest.FixtureRequest, hub: Hub, centre: CentreWithHub, tmp_path: Path
) -> Iterator[NewLink]:
    """The way of a new kiosk of this name."""
    with links(hub, centre.name, tmp_path / "office", request.param) as made:
        yield made


@pytest.fixture
def store(tmp_path: Path, clock: HandClock) -> Iterator[Store]:
    opened = open_store(tmp_path / "east_1", clock=clock, calendar=shipped_calendar())
    opened.send_to_hub()
    yield opened
    opened.close()


def test_a_call_stands_at_the_desk_with_its_kiosk_and_whoever_goes_is_told_back(
    store: Store, desk: HubStore, new_link: NewLink, clock: HandClock
) -> None:
    courier = Courier(store, new_link("east_1"), clock)
    courier.round()
    assert not courier.waits()
    mine = store.call_person("do:income", clock.now())
    assert courier.waits()
    courier.round()
    (call,) = desk.open_calls()
    assert (call.kiosk, call.page_id) == ("east_1", "")
    assert store.who_came(mine.id) is None
    assert desk.answer_call(call.id, WANG)
    clock.forward(seconds=3)
    assert courier.waits()
    courier.round()
    assert store.who_came(mine.id) == WANG
    assert desk.open_calls() == [] and store.open_calls() == []
    clock.forward(seconds=3)
    assert not courier.waits()


def test_a_call_waits_as_long_by_the_clock_of_the_hub_as_it_did_at_the_kiosk(
    store: Store, desk: HubStore, hub: Hub, new_link: NewLink, clock: HandClock
) -> None:
    """A kiosk's clock may be years off: what travels is how long somebody has waited."""
    store.call_person("home", clock.now())
    clock.forward(minutes=4)
    Ringing(store, new_link("east_1"), clock).turn()
    with hub.owner() as owner:
        waited = owner.execute(
            "SELECT extract(epoch FROM clock_timestamp() - at::timestamptz) FROM office.call"
        )
        assert 240 <= float(waited.fetchall()[0][0]) < 300


def test_two_kiosks_call_and_the_desk_knows_which(
    desk: HubStore, new_link: NewLink, clock: HandClock
) -> None:
    one, other = new_link("east_1"), new_link("east_2")
    for link in (one, other):
        assert link.call("1 a", 0.0) is None
        assert link.call("1 a", 2.0) is None
    first, second = desk.open_calls()
    assert {first.kiosk, second.kiosk} == {"east_1", "east_2"}
    assert desk.answer_call(second.id, WANG)
    answers = {first.kiosk: None, second.kiosk: WANG.name}
    for name, link in (("east_1", one), ("east_2", other)):
        seen = link.call("1 a", 4.0)
        assert (seen and seen.name) == answers[name]
    (gone,) = desk.calls_under_way(IN_TIME)
    assert gone.kiosk == second.kiosk and gone.answered_by == WANG.name


def test_the_next_call_of_a_kiosk_takes_the_place_of_the_one_before(
    desk: HubStore, new_link: NewLink
) -> None:
    link = new_link("east_1")
    for name in ("1 a", "2 b", "3 c"):
        link.call(name, 0.0)
    assert len(desk.open_calls()) == 1
    link.call("", 0.0)
    assert desk.open_calls() == []


def test_a_kiosk_that_calls_without_a_name_fills_no_board(desk: HubStore, hub: Hub) -> None:
    """Whoever took one over calls as often as they like, and is one call at the most."""
    hub.kiosk("east_1", "east")
    with hub.at_kiosk("east_1") as kiosk:
        for _ in range(3):
            with suppress(psycopg.errors.DataError):
                kiosk.execute("SELECT hub.call(NULL, 0)")
    assert len(desk.open_calls()) <= 1


def test_whoever_goes_stays_on_the_board_however_long_others_wait(desk: HubStore, new_link: NewLink) -> None:
    """A kiosk asks every two seconds whether somebody comes."""
    one, other = new_link("east_1"), new_link("east_2")
    one.call("1 a", 0.0)
    (call,) = desk.open_calls()
    desk.answer_call(call.id, WANG)
    for _ in range(30):
        one.call("1 a", 0.0)
    other.call("1 b", 0.0)
    assert [gone.kiosk for gone in desk.calls_under_way(IN_TIME)] == ["east_1"]


def test_somebody_of_the_same_box_went_and_the_desks_need_not(
    store: Store, desk: HubStore, new_link: NewLink, clock: HandClock
) -> None:
    courier = Courier(store, new_link("east_1"), clock)
    call = store.call_person("home", clock.now())
    courier.round()
    assert len(desk.open_calls()) == 1
    store.add_account("小林", Role.VOLUNTEER, "a hash that no PIN has")
    store.answer_call(call.id, Actor("小林", Role.VOLUNTEER))
    clock.forward(seconds=3)
    courier.round()
    assert desk.open_calls() == []
    assert store.who_came(call.id) == Actor("小林", Role.VOLUNTEER)


def test_what_was_called_while_the_hub_was_away_does_not_ring_when_the_person_is_long_gone(
    store: Store, desk: HubStore, new_link: NewLink, clock: HandClock
) -> None:
    """And who calls then is a call of their own."""
    first = store.call_person("home", clock.now())
    clock.forward(hours=3)
    courier = Courier(store, new_link("east_1"), clock)
    courier.round()
    assert desk.open_calls() == [] and store.who_came(first.id) is None
    second = store.call_person("home", clock.now())
    assert second.id != first.id
    clock.forward(seconds=3)
    courier.round()
    assert len(desk.open_calls()) == 1


def test_an_account_that_was_removed_ends_the_call_and_names_nobody(
    store: Store, desk: HubStore, new_link: NewLink, clock: HandClock
) -> None:
    courier = Courier(store, new_link("east_1"), clock)
    mine = store.call_person("home", clock.now())
    courier.round()
    (call,) = desk.open_calls()
    desk.answer_call(call.id, Actor("陈明", Role.STAFF))
    clock.forward(seconds=3)
    courier.round()
    assert store.open_calls() == [] and store.who_came(mine.id) is None


class BeforeCalls:
    """A hub of the version before: it knows parcels and news, and nothing of calls and reports."""

    def __init__(self, link: Link, fault: LinkTrouble | None = None) -> None:
        self._link, self._fault, self.asked = link, fault or NotKnown(), 0

    def __getattr__(self, name: str) -> object:
        return getattr(self._link, name)

    def call(self, name: str, waits: float) -> None:
        self.asked += 1
        raise self._fault


@pytest.mark.parametrize("fault", [NotKnown(), LinkTrouble(Fault.STRANGE)], ids=["old", "strange"])
def test_a_hub_that_takes_no_calls_takes_parcels_all_the_same(
    store: Store, desk: HubStore, new_link: NewLink, clock: HandClock, fault: LinkTrouble
) -> None:
    link = BeforeCalls(new_link("east_1"), fault)
    courier = Courier(store, link, clock)  # type: ignore[arg-type]
    courier.round()
    store.call_person("home", clock.now())
    store.submit(application())
    clock.forward(seconds=6)
    assert courier.round().sent == 1
    asked = link.asked
    assert asked and not courier.waits()
    clock.forward(seconds=1)
    courier.round()
    assert link.asked == asked


def test_at_a_hub_without_this_step_the_question_is_not_known_by_either_way(
    hub: Hub, new_link: NewLink, desk: HubStore
) -> None:
    link = new_link("east_1")
    with hub.owner() as owner:
        owner.execute("ALTER FUNCTION hub.call RENAME TO call_later")
    try:
        with pytest.raises(NotKnown):
            link.call("1 a", 0.0)
        assert link.key() is not None
    finally:
        with hub.owner() as owner:
            owner.execute("ALTER FUNCTION hub.call_later RENAME TO call")


def test_between_two_batches_somebody_who_calls_is_heard(
    store: Store, desk: HubStore, new_link: NewLink, clock: HandClock
) -> None:
    """A month's parcels over a slow line must not keep anybody waiting."""
    heard: list[int] = []

    class Slow:
        def __init__(self, link: Link) -> None:
            self._link = link

        def __getattr__(self, name: str) -> object:
            return getattr(self._link, name)

        def offer(self, parcels: Sequence[Parcel]) -> list[Receipt]:
            heard.append(len(desk.open_calls()))
            if len(heard) == 1:
                store.call_person("home", clock.now())
            clock.forward(minutes=1)
            return self._link.offer(parcels)

    for _ in range(101):
        store.submit(application())
    courier = Courier(store, Slow(new_link("east_1")), clock)  # type: ignore[arg-type]
    courier.round()
    assert heard == [0, 1]


def test_a_kiosk_can_neither_read_calls_nor_answer_them(
    hub: Hub, desk: HubStore, centre: CentreWithHub
) -> None:
    hub.kiosk("east_1", "east")
    with hub.at_kiosk("east_1") as kiosk:
        kiosk.execute("SELECT * FROM hub.call('1 a', 0)")
        for forbidden in ("SELECT * FROM office.call", "UPDATE office.call SET answered_by = '王丽'"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                kiosk.execute(forbidden)
