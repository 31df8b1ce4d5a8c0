"""The hub's server is lost in the middle, another takes over: nothing answered is lost or doubled."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from kiosk.cases.parcels import Parcel, fits
from kiosk.hub.direct import DirectLink, Entry, entering
from kiosk.hub.link import LinkTrouble
from kiosk.hub.members import Kind, role_of
from kiosk.hub.steps import apply, steps_in
from tests.hub.cluster import Cluster, new_cluster
from tests.hub.hubs import Hub
from tests.hub.offers import parcel

KIOSKS = ("east_1", "east_2", "east_3", "east_4")
EACH, AT_A_TIME, BEFORE = 120, 4, 60
"""Parcels of each kiosk, at a time, and of all of them before the server is lost."""
LONGEST_S = 240.0


@pytest.fixture
def leader(tmp_path: Path) -> Iterator[Cluster]:
    """A cluster of this test's own: it will be lost."""
    made = new_cluster()
    if isinstance(made, str):
        pytest.skip(made)
    yield made
    made.throw_away()


@pytest.fixture
def office(leader: Cluster, tmp_path: Path) -> Hub:
    """A hub with one centre. From here on it answers only what a second server has on its disk, too."""
    with leader.as_owner() as owner:
        owner.execute("CREATE DATABASE bangban")
    with leader.as_owner("bangban") as owner:
        apply(owner, steps_in())
    made = Hub(leader, "bangban", tmp_path)
    made.centre("east")
    for kiosk in KIOSKS:
        made.kiosk(kiosk, "east")
    leader.stop()
    leader.set("synchronous_standby_names = 'second'\n")
    leader.start()
    return made


@pytest.fixture
def second(leader: Cluster, office: Hub) -> Iterator[Cluster]:
    made = leader.follower("second")
    try:
        made.start()
        yield made
    finally:
        made.throw_away()


@dataclass
class Visitors:
    """Kiosks that hand in without end, each in its order, and go on when the hub is there again."""

    address: str
    office: Hub
    many: threading.Event = field(default_factory=threading.Event)
    there_again: threading.Event = field(default_factory=threading.Event)
    troubles: int = 0
    _answered: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def hand_in(self, kiosk: str) -> list[str]:
        """The ids it was promised, when it is through."""
        role = role_of(Kind.KIOSK, kiosk)
        entry = Entry(
            self.address.format(role=role),
            password_file=self.office.passfile(Kind.KIOSK, kiosk),
            authority=self.office.cluster.authority,
        )
        link = DirectLink(entering(entry))
        waiting = [parcel(number, f"{kiosk}-{number}") for number in range(1, EACH + 1)]
        promised: list[str] = []
        while waiting:
            some = waiting[:AT_A_TIME]
            if self._sent(link, some):
                promised += [one.id for one in some]
                waiting = waiting[AT_A_TIME:]
        link.close()
        return promised

    def _sent(self, link: DirectLink, some: list[Parcel]) -> bool:
        try:
            receipts = link.offer(some)
        except LinkTrouble:
            with self._lock:
                self.troubles += 1
            assert self.there_again.wait(LONGEST_S)
            return False
        assert all(fits(*pair) for pair in zip(some, receipts, strict=True))
        assert not any(one.set_aside for one in receipts)
        with self._lock:
            self._answered += len(some)
            if self._answered >= BEFORE:
                self.many.set()
        return True


@pytest.mark.slow
def test_a_second_server_takes_over_and_nothing_that_was_answered_is_lost(
    leader: Cluster, office: Hub, second: Cluster
) -> None:
    both = f"{leader.host}:{leader.port},{second.host}:{second.port}"
    address = "postgresql://{role}@" + both + "/bangban?target_session_attrs=read-write"
    visitors = Visitors(address, office)
    with ThreadPoolExecutor(len(KIOSKS)) as threads:
        each = [threads.submit(visitors.hand_in, kiosk) for kiosk in KIOSKS]
        try:
            assert visitors.many.wait(LONGEST_S), [one.exception() for one in each if one.done()]
            leader.kill()
            second.lead()
        finally:
            visitors.there_again.set()
        promised = [name for one in each for name in one.result()]
    assert visitors.troubles > 0  # it was lost in the middle
    assert len(promised) == EACH * len(KIOSKS)
    with second.as_owner("bangban") as owner:
        kept = owner.execute("SELECT id, kiosk, kseq FROM hub.parcel ORDER BY n").fetchall()
        assert sorted(str(name) for name, _kiosk, _kseq in kept) == sorted(promised)
        for kiosk in KIOSKS:
            assert [kseq for _id, whose, kseq in kept if whose == kiosk] == list(range(1, EACH + 1))
        strange = owner.execute(
            "SELECT (SELECT count(*) FROM hub.quarantine), (SELECT count(*) FROM hub.alarm)"
        )
        assert strange.fetchone() == (0, 0)
