"""A number on a receipt is told at any kiosk of its centre, and trying numbers out leads nowhere."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import psycopg
import pytest

from kiosk.cases.parcels import Kind as Parcels
from kiosk.cases.parcels import NoProgress, Parcel, Progress, hash_of
from kiosk.cases.states import Outcome, State
from kiosk.hub.asking import AskingHub
from kiosk.hub.direct import DirectLink, Entry, entering
from kiosk.hub.https import HttpsLink
from kiosk.hub.link import Link
from kiosk.hub.members import Kind, role_of
from kiosk.hub.speaking_for import SpeakingFor
from kiosk.hub.store import HubStore
from tests.hub.centre_with_hub import CentreWithHub, KioskOfCentre
from tests.hub.free_port import free_port
from tests.hub.https_hub import open_office, serving
from tests.hub.hubs import Hub
from tests.hub.offers import offer
from tests.store.people import WANG, HandClock, application

MOST = 30
"""Numbers that lead to nothing, an hour and kiosk."""


@pytest.fixture
def centre(hub: Hub, tmp_path: Path) -> Iterator[CentreWithHub]:
    with ExitStack() as closing:
        yield CentreWithHub(hub, tmp_path, HandClock(), "east", closing)


@pytest.fixture
def desk(centre: CentreWithHub) -> HubStore:
    return centre.desk()


@pytest.fixture
def kiosk(centre: CentreWithHub, desk: HubStore) -> KioskOfCentre:
    return centre.kiosk(1)


@pytest.fixture
def beside(hub: Hub, kiosk: KioskOfCentre) -> Iterator[DirectLink]:
    """The way of another kiosk of the centre."""
    link = DirectLink(entering(Entry(hub.kiosk("east_2", "east"))))
    yield link
    link.close()


@pytest.fixture(params=["direct", "https"])
def asking(request: pytest.FixtureRequest, hub: Hub, kiosk: KioskOfCentre, tmp_path: Path) -> Iterator[Link]:
    """The same, to the database and over HTTPS."""
    hub.kiosk("east_2", "east")
    with ExitStack() as closing:
        link: Link
        if request.param == "direct":
            link = DirectLink(entering(Entry(hub.address(Kind.KIOSK, "east_2"))))
        else:
            office = open_office(tmp_path / "office")
            way = SpeakingFor(entering(Entry(hub.member(Kind.SERVER, "front"))))
            address = closing.enter_context(serving(office, way))
            closing.callback(way.close)
            link = HttpsLink(address, office.papers(role_of(Kind.KIOSK, "east_2")))
        closing.callback(link.close)
        yield link


def test_a_case_of_another_kiosk_is_told_from_the_moment_it_is_at_the_hub(
    kiosk: KioskOfCentre, desk: HubStore, asking: Link
) -> None:
    receipt = kiosk.store.submit(application())
    assert asking.progress(receipt.number) is NoProgress.UNKNOWN
    kiosk.exchange()
    waiting = Progress(receipt.number, State.QUEUED, receipt.due, None, "elderly-allowance")
    assert asking.progress(receipt.number) == waiting
    desk.take_in()
    assert asking.progress(receipt.number) == waiting
    held = desk.claim(receipt.case_id, WANG)
    desk.ask_info(receipt.case_id, WANG, held.epoch, "请带户口簿")
    told = asking.progress(receipt.number)
    assert isinstance(told, Progress)
    assert (told.state, told.paused) == (State.NEEDS_INFO, True)


def test_how_it_came_out_is_told_and_no_word_of_it(
    kiosk: KioskOfCentre, desk: HubStore, asking: Link
) -> None:
    receipt = kiosk.store.submit(application())
    kiosk.exchange()
    desk.take_in()
    desk.complete(receipt.case_id, WANG, desk.claim(receipt.case_id, WANG).epoch, "每月一百元")
    told = asking.progress(receipt.number)
    assert isinstance(told, Progress)
    assert (told.state, told.outcome, told.paused) == (State.DECIDED, Outcome.GRANTED, False)
    assert "每月一百元" not in str(told)


def test_a_case_of_another_centre_is_as_unknown_as_one_that_is_not_there(
    kiosk: KioskOfCentre, desk: HubStore, hub: Hub
) -> None:
    number = kiosk.store.submit(application()).number
    kiosk.exchange()
    hub.centre("west")
    west = DirectLink(entering(Entry(hub.kiosk("west_1", "west"))))
    assert west.progress(number) is west.progress("2026-1102-00000000") is NoProgress.UNKNOWN
    desk.take_in()
    assert west.progress(number) is NoProgress.UNKNOWN
    west.close()


def test_who_tries_numbers_out_is_told_nothing_more_for_an_hour_and_others_are(
    kiosk: KioskOfCentre, hub: Hub, asking: Link
) -> None:
    number = kiosk.store.submit(application()).number
    kiosk.exchange()
    for wrong in range(MOST):
        assert asking.progress(f"2026-1102-{wrong:08d}") is NoProgress.UNKNOWN
    assert asking.progress(number) is NoProgress.ENOUGH
    third = DirectLink(entering(Entry(hub.kiosk("east_3", "east"))))
    assert isinstance(third.progress(number), Progress)
    third.close()
    with hub.owner() as owner:
        owner.execute("UPDATE hub.asking SET since = since - interval '61 minutes'")
    assert isinstance(asking.progress(number), Progress)


def test_people_who_have_a_receipt_are_never_too_many(kiosk: KioskOfCentre, beside: DirectLink) -> None:
    number = kiosk.store.submit(application()).number
    kiosk.exchange()
    assert all(isinstance(beside.progress(number), Progress) for _ in range(MOST + 5))


def test_a_try_cannot_be_taken_back(hub: Hub, kiosk: KioskOfCentre, beside: DirectLink) -> None:
    """By whoever has the kiosk's password and no use for our program."""
    number = kiosk.store.submit(application()).number
    kiosk.exchange()
    with hub.at_kiosk("east_2") as db:
        with db.transaction(force_rollback=True):
            db.execute("SELECT hub.ask(%s)", (number,))
            assert not is_told(db, number)
        assert not is_told(db, number)
        for _ in range(MOST):
            db.execute("SELECT hub.ask('2026-1102-00000000')")
            with db.transaction(force_rollback=True):
                db.execute("SELECT * FROM hub.progress('2026-1102-00000000')")
    assert beside.progress(number) is NoProgress.ENOUGH


def test_one_try_is_not_given_back_twice(hub: Hub, kiosk: KioskOfCentre) -> None:
    """Two answers at the same moment: with a try gained each time numbers could be tried out."""
    number = kiosk.store.submit(application()).number
    kiosk.exchange()
    hub.kiosk("east_2", "east")
    with hub.at_kiosk("east_2") as one, hub.at_kiosk("east_2") as other, hub.owner() as owner:
        one.execute("SELECT hub.ask(%s)", (number,))
        told = list[bool]()
        beside = threading.Thread(target=lambda: told.append(is_told(other, number)))
        with one.transaction():
            assert is_told(one, number)
            beside.start()
            waits = "SELECT count(*) FROM pg_stat_activity WHERE pid = %s AND wait_event_type = 'Lock'"
            limit = time.monotonic() + 60
            while owner.execute(waits, (other.info.backend_pid,)).fetchone() != (1,):
                assert time.monotonic() < limit, "the second question never came to wait for the first"
        beside.join()
        assert told == [False]
        assert owner.execute("SELECT tries FROM hub.asking").fetchall() == [(0,)]


def is_told(db: psycopg.Connection[Any], number: str) -> bool:
    """Whether the hub answers at all."""
    try:
        with db.transaction():
            db.execute("SELECT * FROM hub.progress(%s)", (number,))
    except psycopg.errors.ObjectNotInPrerequisiteState:
        return False
    return True


def test_a_kiosk_cannot_learn_for_nothing_which_numbers_others_have_by_handing_them_in(
    hub: Hub, kiosk: KioskOfCentre, beside: DirectLink
) -> None:
    body = b'{"case": {"number": "2026-1102-11111111", "due": "2026-11-16", "service_id": "x"}}'
    with hub.at_kiosk("east_2") as db:
        offer(db, [Parcel(1, "made-up", Parcels.CASE, "made-up", hash_of(body), body)])
    for _ in range(MOST):
        assert isinstance(beside.progress("2026-1102-11111111"), Progress)
    assert beside.progress("2026-1102-11111111") is NoProgress.ENOUGH


@pytest.mark.parametrize("body", [b"\xff 2026-1102-11111111", b'["2026-1102-11111111"]'])
def test_a_strange_parcel_hides_no_other_case(
    hub: Hub, kiosk: KioskOfCentre, beside: DirectLink, body: bytes
) -> None:
    with hub.at_kiosk("east_1") as db:
        offer(db, [Parcel(900, "strange", Parcels.CASE, "strange", hash_of(body), body)])
    assert beside.progress("2026-1102-11111111") is NoProgress.UNKNOWN


def test_a_number_that_another_kiosk_uses_too_is_told_of_nobody(
    hub: Hub, kiosk: KioskOfCentre, beside: DirectLink
) -> None:
    number = kiosk.store.submit(application()).number
    kiosk.exchange()
    body = f'{{"case": {{"number": "{number}", "due": "2026-11-16", "service_id": "x"}}}}'.encode()
    with hub.at_kiosk("east_2") as db:
        offer(db, [Parcel(1, "the-same", Parcels.CASE, "the-same", hash_of(body), body)])
    assert beside.progress(number) is NoProgress.UNKNOWN


def test_a_hub_that_nobody_reaches_is_away(tmp_path: Path) -> None:
    address = f"postgresql://bb_kiosk_east_1@127.0.0.1:{free_port()}/bangban"
    asking = AskingHub(lambda: DirectLink(entering(Entry(address, authority=tmp_path / "none.pem"), 2.0)))
    assert asking.progress("2026-1102-00000000") is NoProgress.AWAY
