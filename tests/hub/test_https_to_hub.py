"""Over HTTPS as to the database itself: the same parcels arrive, and no kiosk comes as another."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import pytest

from kiosk.hub.direct import Entry, entering
from kiosk.hub.https import HttpsLink
from kiosk.hub.link import Fault, LinkTrouble
from kiosk.hub.members import Kind, revoke, role_of
from kiosk.hub.sending import Courier
from kiosk.hub.speaking_for import SpeakingFor
from kiosk.store import Store, open_store
from tests.hub.https_hub import HOST, Office, open_office, parcel, port_of, serving
from tests.hub.hubs import Hub
from tests.hub.line import Line
from tests.store.people import GUIFANG, HandClock, application, shipped_calendar

SERVER = "front"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return open_office(tmp_path_factory.mktemp("office"))


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def store(tmp_path: Path, clock: HandClock) -> Iterator[Store]:
    opened = open_store(tmp_path / "kiosk", clock=clock, calendar=shipped_calendar())
    opened.send_to_hub()
    yield opened
    opened.close()


@contextmanager
def answering(hub: Hub, office: Office, centre: str | None = None) -> Iterator[str]:
    """The hub over HTTPS, for kiosks of all centres or of one; its address."""
    way = SpeakingFor(entering(Entry(hub.member(Kind.SERVER, SERVER, centre))))
    with serving(office, way) as address:
        yield address
    way.close()


@pytest.fixture
def address(hub: Hub, office: Office) -> Iterator[str]:
    for centre in ("east", "west"):
        hub.centre(centre)
        hub.kiosk(f"{centre}_1", centre)
    with answering(hub, office) as opened:
        yield opened


@contextmanager
def kiosk(office: Office, address: str, name: str) -> Iterator[HttpsLink]:
    """The way of the kiosk that goes by this name."""
    opened = HttpsLink(address, office.papers(role_of(Kind.KIOSK, name)))
    yield opened
    opened.close()


def arrived(hub: Hub) -> list[tuple[str, str, int, str]]:
    with hub.owner() as owner:
        return owner.execute("SELECT centre, kiosk, kseq, id FROM hub.parcel ORDER BY n").fetchall()


def fault_of(link: HttpsLink) -> Fault:
    with pytest.raises(LinkTrouble) as raised:
        link.offer([parcel(99)])
    return raised.value.fault


def test_what_was_handed_in_arrives_in_order_and_once(
    hub: Hub, office: Office, address: str, store: Store, clock: HandClock
) -> None:
    ids = [store.submit(application()).case_id for _ in range(3)]
    store.withdraw(ids[1], GUIFANG)
    sent = store.parcels_waiting()
    with kiosk(office, address, "east_1") as link:
        assert Courier(store, link, clock).round().sent == 4
        assert Courier(store, link, clock).round().sent == 0
    assert arrived(hub) == [("east", "east_1", one.kseq, one.id) for one in sent]


def test_on_a_line_that_is_cut_again_and_again_all_arrives_once(
    hub: Hub, office: Office, address: str, store: Store, clock: HandClock
) -> None:
    chance = random.Random(23)
    with (
        Line(port_of(address)) as line,
        kiosk(office, f"https://{HOST}:{line.port}", "east_1") as link,
    ):
        courier = Courier(store, link, clock)
        for _ in range(8):
            store.submit(application())
            line.cut_after = chance.randrange(1, 6000)
            with suppress(LinkTrouble):
                courier.round()
            line.cut()
        line.cut_after = None
        courier.round()
    assert [kseq for _, _, kseq, _ in arrived(hub)] == list(range(1, 9))
    assert line.cuts > 8
    with hub.owner() as owner:
        assert owner.execute("SELECT count(*) FROM hub.alarm").fetchone() == (0,)


def test_each_kiosk_is_of_its_own_centre_whatever_it_says(hub: Hub, office: Office, address: str) -> None:
    with kiosk(office, address, "east_1") as east, kiosk(office, address, "west_1") as west:
        east.offer([parcel(1)])
        west.offer([parcel(1)])
        east.offer([parcel(2)])
    assert [(centre, one) for centre, one, _, _ in arrived(hub)] == [
        ("east", "east_1"),
        ("west", "west_1"),
        ("east", "east_1"),
    ]


def test_a_kiosk_that_is_revoked_hands_in_nothing_from_then_on(
    hub: Hub, office: Office, address: str
) -> None:
    with kiosk(office, address, "east_1") as stolen, kiosk(office, address, "west_1") as other:
        stolen.offer([parcel(1)])
        with hub.owner() as owner:
            revoke(owner, Kind.KIOSK, "east_1")
        assert fault_of(stolen) is Fault.REFUSED
        assert other.offer([parcel(2)])
    assert len(arrived(hub)) == 2


def test_a_certificate_of_whoever_is_no_kiosk_opens_nothing(hub: Hub, office: Office, address: str) -> None:
    for role in ("bb_kiosk_nobody", "bb_desk_east", "bb_server_front", "postgres", "bb_owner", " "):
        link = HttpsLink(address, office.papers(role))
        assert fault_of(link) is Fault.REFUSED, role
        link.close()
    assert not arrived(hub)


def test_a_server_of_one_centre_does_not_speak_for_kiosks_of_another(hub: Hub, office: Office) -> None:
    for centre in ("east", "west"):
        hub.centre(centre)
        hub.kiosk(f"{centre}_1", centre)
    with answering(hub, office, "east") as address:
        with kiosk(office, address, "west_1") as link:
            assert fault_of(link) is Fault.REFUSED
        with kiosk(office, address, "east_1") as link:
            assert link.offer([parcel()])


def test_a_server_sees_no_table(hub: Hub, address: str) -> None:
    with hub.connect(Kind.SERVER, SERVER) as db:
        db.execute("SELECT set_config('bangban.kiosk', 'bb_kiosk_east_1', false)")
        for table in ("hub.parcel", "hub.member", "hub.mailbox", "office.cases", "office.event"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                db.execute(f"SELECT * FROM {table}")


def test_a_database_that_is_killed_is_away_and_after_its_start_all_goes_on(
    hub: Hub, office: Office, address: str
) -> None:
    with kiosk(office, address, "east_1") as link:
        link.offer([parcel(1)])
        hub.cluster.kill()
        assert fault_of(link) is Fault.AWAY
        hub.cluster.start()
        assert link.offer([parcel(2)])
    assert [kseq for _, _, kseq, _ in arrived(hub)] == [1, 2]
