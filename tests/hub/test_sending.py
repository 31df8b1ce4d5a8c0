"""A kiosk and its hub, whatever happens between them: each parcel arrives once and in order, as mail does."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.cases.parcels import (
    MOST,
    CentreKey,
    Kind,
    News,
    NoProgress,
    Parcel,
    Progress,
    Receipt,
    Unread,
    fits,
    hash_of,
    pause_before,
)
from kiosk.cases.states import State
from kiosk.editions.edition import Holding, Signed
from kiosk.hub.certificates import make_authority
from kiosk.hub.direct import DirectLink, Entry, entering, parameters
from kiosk.hub.link import Fault, Link, LinkTrouble
from kiosk.hub.members import Kind as Member
from kiosk.hub.members import revoke
from kiosk.hub.report import Report, Seen
from kiosk.hub.sending import Courier, Exchanged, received
from kiosk.hub.watching import ASK, LOOK, Watch
from kiosk.security.centre_keys import new_pair
from kiosk.security.envelope import key_id
from kiosk.store import Store, open_store
from tests.hub.hubs import Hub
from tests.store.people import GUIFANG, HandClock, application, shipped_calendar


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def store(tmp_path: Path, clock: HandClock) -> Iterator[Store]:
    opened = open_store(tmp_path / "kiosk", clock=clock, calendar=shipped_calendar())
    opened.send_to_hub()
    yield opened
    opened.close()


@pytest.fixture
def link(hub: Hub) -> Iterator[DirectLink]:
    hub.centre("east")
    opened = DirectLink(entering(Entry(hub.kiosk("east_1", "east"))))
    yield opened
    opened.close()


@dataclass
class Lossy:
    """The same way, on which some answers never arrive: what was asked was done."""

    way: Link
    loses: Callable[[], bool]
    lost: int = field(default=0)

    def _answered(self) -> None:
        if self.loses():
            self.lost += 1
            raise LinkTrouble(Fault.AWAY)

    def offer(self, parcels: Sequence[Parcel]) -> list[Receipt]:
        receipts = self.way.offer(parcels)
        self._answered()
        return receipts

    def mail(self, most: int = 100, after: int = 0, have: int | None = None) -> list[News | Unread]:
        news = self.way.mail(most, after, have)
        self._answered()
        return news

    def acknowledge(self, ids: Sequence[int], have: int | None = None) -> None:
        self.way.acknowledge(ids, have)
        self._answered()

    def progress(self, number: str) -> Progress | NoProgress:
        return self.way.progress(number)

    def key(self) -> CentreKey | None:
        return self.way.key()

    def tell(self, report: Report) -> None:
        self.way.tell(report)
        self._answered()

    def call(self, name: str, waits: float) -> Seen | None:
        seen = self.way.call(name, waits)
        self._answered()
        return seen

    def edition(self, holding: Holding) -> Signed | None:
        return self.way.edition(holding)

    def close(self) -> None:
        self.way.close()


def at_hub(hub: Hub) -> list[tuple[int, str]]:
    """What has arrived, in the order in which it did."""
    with hub.owner() as owner:
        return owner.execute("SELECT kseq, id FROM hub.parcel ORDER BY n").fetchall()


def put_into_mailbox(hub: Hub, case_id: str, seq: int, kind: str, **shown: object) -> None:
    """As a desk does with what it changes."""
    plain = {"epoch": 1, "state": "claimed", "due": "2026-11-16", "outcome": None, "desk": "民政", **shown}
    with hub.owner() as owner:
        owner.execute(
            "INSERT INTO hub.mailbox (centre, kiosk, case_id, seq, kind, at, body)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s)",
            ("east", "east_1", case_id, seq, kind, "2026-11-03T02:00:00.000000+00:00", json.dumps(plain)),
        )


def test_what_was_handed_in_while_the_hub_was_away_arrives_in_order_and_once(
    hub: Hub, store: Store, link: DirectLink, clock: HandClock
) -> None:
    ids = [store.submit(application()).case_id for _ in range(3)]
    store.withdraw(ids[1], GUIFANG)
    sent = store.parcels_waiting()
    done = Courier(store, link, clock).round()
    assert (done.sent, done.set_aside) == (4, 0)
    assert at_hub(hub) == [(one.kseq, one.id) for one in sent]
    assert store.parcels_waiting() == []
    assert Courier(store, link, clock).round().sent == 0
    with hub.owner() as owner:
        assert owner.execute("SELECT count(*) FROM hub.alarm").fetchone() == (0,)


def test_answers_that_are_lost_double_and_lose_nothing(
    hub: Hub, store: Store, link: DirectLink, clock: HandClock
) -> None:
    """Receipts, mail and acknowledgements, a third of them, by chance."""
    chance = random.Random(8)
    lossy = Lossy(link, lambda: chance.random() < 0.35)
    courier = Courier(store, lossy, clock)
    ids = []
    for day in range(12):
        case_id = store.submit(application()).case_id
        ids.append(case_id)
        put_into_mailbox(hub, case_id, 2, "claimed")
        if day % 3 == 0:
            store.withdraw(case_id, GUIFANG)
        try_once(courier)
    while store.parcels_waiting() or link.mail():
        try_once(courier)
    arrived = at_hub(hub)
    assert [kseq for kseq, _ in arrived] == list(range(1, 17))
    assert lossy.lost > 5
    with hub.owner() as owner:
        assert owner.execute("SELECT count(*) FROM hub.alarm").fetchone() == (0,)
    claims = store._db.execute("SELECT case_id FROM event WHERE kind = 'claimed' ORDER BY n").fetchall()
    assert sorted(row[0] for row in claims) == sorted(ids)


def try_once(courier: Courier) -> None:
    with suppress(LinkTrouble):
        courier.round()


def test_a_receipt_of_something_else_counts_for_nothing() -> None:
    parcels = [Parcel(n, f"p{n}", Kind.CASE, f"p{n}", hash_of(b"x"), b"x") for n in (1, 2)]
    at = HandClock().at
    right = Receipt("p1", hash_of(b"x"), 1, at)
    others = [
        Receipt("p2", hash_of(b"y"), 2, at),
        Receipt("p2", hash_of(b"x"), 7, at),
        Receipt("p3", hash_of(b"x"), 2, at),
    ]
    for other in others:
        assert received(parcels, [other, right, right]) == [right]
        assert not fits(parcels[1], other)


def test_a_hub_that_gives_no_receipt_is_noted_and_the_parcel_stays(
    store: Store, link: DirectLink, clock: HandClock
) -> None:
    class Silent(Lossy):
        def offer(self, parcels: Sequence[Parcel]) -> list[Receipt]:
            return []

    store.submit(application())
    with pytest.raises(LinkTrouble) as trouble:
        Courier(store, Silent(link, lambda: False), clock).round()
    assert trouble.value.fault is Fault.STRANGE
    assert len(store.parcels_waiting()) == 1
    assert store.waiting_for_hub().fault == "strange"


def test_the_same_id_with_other_bytes_is_looked_at_by_people_and_stops_nothing(
    hub: Hub, store: Store, link: DirectLink, clock: HandClock
) -> None:
    first, second = (store.submit(application()).case_id for _ in range(2))
    other = b'{"other":1}'
    link.offer([Parcel(1, first, Kind.CASE, first, hash_of(other), other)])
    done = Courier(store, link, clock).round()
    assert (done.sent, done.set_aside) == (2, 1)
    assert store.waiting_for_hub().set_aside == 1
    assert [one for _, one in at_hub(hub)] == [first, second]
    with hub.owner() as owner:
        assert owner.execute("SELECT body FROM hub.parcel WHERE id = %s", (first,)).fetchone() == (other,)


def test_a_hub_that_is_down_is_away_and_comes_back(
    hub: Hub, store: Store, link: DirectLink, clock: HandClock
) -> None:
    courier = Courier(store, link, clock)
    courier.round()
    store.submit(application())
    hub.cluster.kill()
    with pytest.raises(LinkTrouble) as trouble:
        courier.round()
    assert trouble.value.fault is Fault.AWAY
    assert store.waiting_for_hub().fault == "away"
    hub.cluster.start()
    assert courier.round().sent == 1
    assert store.waiting_for_hub().fault == ""


def test_whoever_answers_with_another_certificate_is_not_the_hub_and_staff_hear_of_it(
    hub: Hub, store: Store, clock: HandClock, tmp_path: Path
) -> None:
    """It is not away: that would be told as something that passes by itself."""
    hub.centre("east")
    other, missing = tmp_path / "other.crt", tmp_path / "missing.crt"
    other.write_bytes(make_authority("Somebody", datetime.now(UTC)).certificate)
    address = hub.kiosk("east_1", "east")
    for authority in (other, missing):
        way = DirectLink(entering(Entry(address, authority=authority)))
        with pytest.raises(LinkTrouble) as trouble:
            Courier(store, way, clock).round()
        assert trouble.value.fault is Fault.STRANGE


def test_a_kiosk_without_its_password_is_not_let_in(hub: Hub, tmp_path: Path) -> None:
    hub.centre("east")
    way = DirectLink(entering(Entry(hub.kiosk("east_1", "east"), password_file=tmp_path / "none")))
    with pytest.raises(LinkTrouble) as trouble:
        way.key()
    assert trouble.value.fault is Fault.REFUSED


@pytest.mark.parametrize(
    ("hosts", "is_checked"),
    [
        ("/run/postgresql", False),
        ("hub.example", True),
        ("/run/postgresql,hub.example", True),
        ("/run/postgresql&hostaddr=192.0.2.1", True),
    ],
)
def test_a_server_on_another_machine_must_show_who_it_is_whatever_the_address_says(
    hosts: str, is_checked: bool
) -> None:
    found = parameters(Entry(f"postgresql://bb_kiosk_east_1@/bangban?sslmode=disable&host={hosts}"))
    assert found["sslmode"] == ("verify-full" if is_checked else "disable")


def test_a_kiosk_that_was_sent_away_keeps_what_it_has_and_says_that_it_is_not_let_in(
    hub: Hub, store: Store, link: DirectLink, clock: HandClock
) -> None:
    store.submit(application())
    with hub.owner() as owner:
        revoke(owner, Member.KIOSK, "east_1")
    with pytest.raises(LinkTrouble) as trouble:
        Courier(store, link, clock).round()
    assert trouble.value.fault is Fault.REFUSED
    assert len(store.parcels_waiting()) == 1
    assert "east_1" not in str(trouble.value)


def test_the_key_of_the_centre_comes_with_the_first_round(
    hub: Hub, store: Store, link: DirectLink, clock: HandClock
) -> None:
    pair = new_pair()
    with hub.desk("east") as desk:
        desk.execute("INSERT INTO office.centre (one, id) VALUES (1, 'c1')")
        desk.execute(
            "INSERT INTO office.centre_key (n, id, public, made_at, protected) VALUES (1, %s, %s, '', 1)",
            (pair.id, pair.public),
        )
    assert not store.has_key_of_hub()
    Courier(store, link, clock).round()
    assert store.has_key_of_hub() and store.protected
    assert store.centre() == "c1"


@pytest.mark.parametrize(("key_of", "public"), [(b"12345678", bytes(32)), (key_id(b"short"), b"short")])
def test_a_key_that_nothing_could_be_sealed_to_is_not_taken(
    store: Store, link: DirectLink, clock: HandClock, key_of: bytes, public: bytes
) -> None:
    """People can go on handing in under the key of before."""

    class Broken(Lossy):
        def key(self) -> CentreKey | None:
            return CentreKey("c1", key_of, public, True)

    with pytest.raises(LinkTrouble) as trouble:
        Courier(store, Broken(link, lambda: False), clock).round()
    assert trouble.value.fault is Fault.STRANGE
    assert not store.has_key_of_hub()
    assert store.submit(application()).number


def test_who_waits_in_vain_waits_longer_up_to_five_minutes_and_never_all_at_once() -> None:
    """Full jitter: whoever lost the hub together comes back as a slope."""
    assert [pause_before(tries, 1.0) for tries in (0, 1, 2, 5, 9, 500)] == [1, 2, 4, 32, 300, 300]
    assert all(pause_before(tries, 0.0) == 1.0 for tries in range(12))
    drawn = sorted(pause_before(9, random.Random(n).random()) for n in range(1000))
    assert drawn[100] < 60 < 240 < drawn[-100]


class Counting:
    """A courier that comes back with what is planned."""

    def __init__(self, plan: Sequence[Fault | None], waiting: Sequence[bool] = ()) -> None:
        self.plan, self.waiting = list(plan), list(waiting)
        self.ringing = False

    def round(self) -> Exchanged:
        fault = self.plan.pop(0)
        if fault is not None:
            raise LinkTrouble(fault)
        return Exchanged()

    def waits(self) -> bool:
        return self.waiting.pop(0) if self.waiting else False

    def rings(self) -> bool:
        return self.ringing


def test_after_a_fault_the_pause_grows_and_after_a_good_round_it_is_short_again() -> None:
    pauses: list[float] = []
    courier = Counting([Fault.AWAY, Fault.AWAY, Fault.AWAY, None, Fault.AWAY], [True])
    watch = Watch(courier, pauses.append, lambda: 1.0)  # type: ignore[arg-type]
    after: list[float] = []
    for _ in range(5):
        before = sum(pauses)
        watch.turn()
        after.append(sum(pauses) - before)
    assert after == [1, 2, 4, 0, 1]


def test_who_calls_for_a_person_is_not_kept_waiting_while_the_hub_is_away() -> None:
    pauses: list[float] = []
    courier = Counting([Fault.AWAY] * 10)
    watch = Watch(courier, pauses.append, lambda: 1.0)  # type: ignore[arg-type]
    for _ in range(9):
        watch.turn()
    pauses.clear()
    courier.ringing = True
    watch.turn()
    assert sum(pauses) == LOOK


def test_what_is_handed_in_goes_at_once_and_mail_is_looked_for_now_and_then() -> None:
    pauses: list[float] = []
    watch = Watch(Counting([None, None], [False, False, True]), pauses.append, lambda: 0.5)  # type: ignore[arg-type]
    watch.turn()
    assert pauses == [1.0, 1.0]
    watch.turn()
    assert sum(pauses[2:]) == pytest.approx(ASK)


def test_news_of_a_case_is_what_the_resident_sees_next(
    hub: Hub, store: Store, link: DirectLink, clock: HandClock
) -> None:
    case_id = store.submit(application()).case_id
    put_into_mailbox(hub, case_id, 2, "claimed")
    put_into_mailbox(hub, case_id, 3, "info_asked", state="needs_info", missing="请带户口簿")
    assert Courier(store, link, clock).round().news == 2
    (seen,) = store.cases_of(GUIFANG)
    assert (seen.stage, seen.missing, seen.paused) == (State.NEEDS_INFO, "请带户口簿", True)
    assert link.mail() == []


def test_news_of_a_later_version_waits_at_the_hub_and_holds_up_no_other(
    hub: Hub, store: Store, link: DirectLink, clock: HandClock
) -> None:
    """Also where there is more of it than goes at a time."""
    case_id, other = (store.submit(application()).case_id for _ in range(2))
    for seq in range(2, MOST + 4):
        put_into_mailbox(hub, case_id, seq, "laid_by", state="a_state_of_next_year")
    put_into_mailbox(hub, other, 2, "a_kind_of_next_year", state="claimed")
    done = Courier(store, link, clock).round()
    assert (done.news, done.unread) == (1, MOST + 2)
    assert {one.case_id: one.stage for one in store.cases_of(GUIFANG)} == {
        case_id: State.QUEUED,
        other: State.CLAIMED,
    }
    with hub.owner() as owner:
        assert owner.execute("SELECT count(*) FROM hub.mailbox").fetchone() == (MOST + 2,)
        owner.execute("UPDATE hub.mailbox SET body = replace(body, 'a_state_of_next_year', 'checking')")
    assert Courier(store, link, clock).round().unread == 0
    assert {one.stage for one in store.cases_of(GUIFANG)} == {State.CHECKING, State.CLAIMED}


def test_a_hub_that_gives_the_same_mail_for_ever_is_no_hub(
    hub: Hub, store: Store, link: DirectLink, clock: HandClock
) -> None:
    class Repeating(Lossy):
        def mail(self, most: int = MOST, after: int = 0, have: int | None = None) -> list[News | Unread]:
            return [Unread(n + 1) for n in range(most)]

    with pytest.raises(LinkTrouble) as trouble:
        Courier(store, Repeating(link, lambda: False), clock).round()
    assert trouble.value.fault is Fault.STRANGE
