"""What kiosks hand in arrives once, in order, and is never written over; odd numbers are noted."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege
from psycopg.rows import tuple_row

from kiosk.cases.parcels import Kind, Parcel, hash_of
from tests.hub.hubs import Hub
from tests.hub.offers import offer, parcel

Connection = psycopg.Connection[Any]


@pytest.fixture
def office(hub: Hub) -> Hub:
    """One centre with two kiosks."""
    hub.centre("east")
    hub.kiosk("east_1", "east")
    hub.kiosk("east_2", "east")
    return hub


@pytest.fixture
def kiosk(office: Hub) -> Iterator[Connection]:
    with office.at_kiosk("east_1") as db:
        yield db


@pytest.fixture
def owner(office: Hub) -> Iterator[Connection]:
    with office.owner() as db:
        yield db


def rows(owner: Connection, asked: str) -> list[Any]:
    return owner.cursor(row_factory=tuple_row).execute(asked).fetchall()


def alarms(owner: Connection) -> list[Any]:
    return rows(owner, "SELECT kind, kseq FROM hub.alarm ORDER BY n")


def test_what_arrives_is_answered_number_by_number_in_the_order_it_was_sent(
    kiosk: Connection, owner: Connection
) -> None:
    sent = [parcel(1, "b"), parcel(2, "a", kind=Kind.ACT), parcel(3, "c")]
    answers = offer(kiosk, sent)
    assert [answer[:3] for answer in answers] == [(one.id, one.hash, one.kseq) for one in sent]
    assert not any(answer[4] for answer in answers)
    kept = rows(owner, "SELECT id, kiosk, kseq, kind, case_id, body FROM hub.parcel ORDER BY n")
    assert kept == [(one.id, "east_1", one.kseq, one.kind, one.case_id, one.body) for one in sent]
    assert alarms(owner) == []


def test_what_is_sent_twice_is_there_once_and_has_the_same_receipt(
    kiosk: Connection, owner: Connection
) -> None:
    """The answer was lost on the way: the kiosk sends it again."""
    first = offer(kiosk, [parcel(1), parcel(2)])
    assert offer(kiosk, [parcel(1), parcel(2), parcel(3)])[:2] == first
    assert offer(kiosk, [parcel(2), parcel(2)]) == [first[1], first[1]]
    assert rows(owner, "SELECT kseq FROM hub.parcel ORDER BY n") == [(1,), (2,), (3,)]
    assert alarms(owner) == []


def test_the_same_id_with_other_bytes_is_kept_beside_and_nothing_is_overwritten(
    kiosk: Connection, owner: Connection
) -> None:
    offer(kiosk, [parcel(1, "x", b"first")])
    (answer,) = offer(kiosk, [parcel(1, "x", b"other")])
    assert (answer[0], answer[1], answer[4]) == ("x", hash_of(b"other"), True)
    assert rows(owner, "SELECT body FROM hub.parcel") == [(b"first",)]
    assert rows(owner, "SELECT body, why FROM hub.quarantine") == [(b"other", "same_id")]
    assert alarms(owner) == [("quarantine", 1)]


def test_what_is_in_quarantine_comes_again_without_another_alarm(
    kiosk: Connection, owner: Connection
) -> None:
    offer(kiosk, [parcel(1, "x", b"first")])
    once = offer(kiosk, [parcel(1, "x", b"other")])
    assert offer(kiosk, [parcel(1, "x", b"other")]) == once
    assert rows(owner, "SELECT count(*) FROM hub.quarantine") == [(1,)]
    assert len(alarms(owner)) == 1


def test_bytes_that_are_not_what_they_say_become_no_case_and_stop_nobody(
    kiosk: Connection, owner: Connection
) -> None:
    broken = Parcel(2, "y", Kind.CASE, "y", hash_of(b"whole"), b"half")
    answers = offer(kiosk, [parcel(1), broken, parcel(3)])
    assert [answer[4] for answer in answers] == [False, True, False]
    assert rows(owner, "SELECT why FROM hub.quarantine") == [("broken",)]
    assert rows(owner, "SELECT kseq FROM hub.parcel ORDER BY n") == [(1,), (3,)]


def test_a_parcel_that_arrived_broken_is_taken_when_it_comes_whole(
    kiosk: Connection, owner: Connection
) -> None:
    offer(kiosk, [Parcel(1, "y", Kind.CASE, "y", hash_of(b"whole"), b"half")])
    (answer,) = offer(kiosk, [parcel(1, "y", b"whole")])
    assert answer[4] is False
    assert rows(owner, "SELECT body FROM hub.parcel") == [(b"whole",)]


def test_two_kiosks_cannot_take_each_others_ids(office: Hub, kiosk: Connection, owner: Connection) -> None:
    with office.at_kiosk("east_2") as second:
        offer(kiosk, [parcel(1, "x", b"of the first")])
        (answer,) = offer(second, [parcel(1, "x", b"of the second")])
    assert answer[4] is True
    assert rows(owner, "SELECT kiosk, body FROM hub.parcel") == [("east_1", b"of the first")]
    assert rows(owner, "SELECT kiosk FROM hub.quarantine") == [("east_2",)]


def test_missing_numbers_are_noted_and_what_came_is_kept(kiosk: Connection, owner: Connection) -> None:
    offer(kiosk, [parcel(1), parcel(2)])
    offer(kiosk, [parcel(5), parcel(6), parcel(9)])
    assert alarms(owner) == [("gap", 5)]
    assert rows(owner, "SELECT kseq FROM hub.parcel ORDER BY n") == [(1,), (2,), (5,), (6,), (9,)]


def test_a_kiosk_put_back_from_a_backup_is_noted_and_nothing_is_lost_or_doubled(
    kiosk: Connection, owner: Connection
) -> None:
    """It sends again what it had sent, then gives numbers that were given before to other cases."""
    offer(kiosk, [parcel(1), parcel(2), parcel(3)])
    offer(kiosk, [parcel(2), parcel(3, "another"), parcel(4)])
    assert alarms(owner) == [("backwards", 3)]
    kept = rows(owner, "SELECT kseq, id FROM hub.parcel ORDER BY n")
    assert kept == [(1, "case-1"), (2, "case-2"), (3, "case-3"), (3, "another"), (4, "case-4")]
    assert rows(owner, "SELECT highest FROM hub.seen") == [(4,)]


def test_while_it_catches_up_nobody_is_told_again_of_what_they_have_not_looked_at(
    kiosk: Connection, owner: Connection
) -> None:
    offer(kiosk, [parcel(number) for number in range(1, 6)])
    for number in (2, 3, 4):
        offer(kiosk, [parcel(number, f"another-{number}")])
    assert alarms(owner) == [("backwards", 2)]
    owner.execute("UPDATE hub.alarm SET looked_at = now()")
    offer(kiosk, [parcel(5, "another-5")])
    assert alarms(owner) == [("backwards", 2), ("backwards", 5)]


def test_each_kiosk_counts_for_itself(office: Hub, kiosk: Connection, owner: Connection) -> None:
    with office.at_kiosk("east_2") as second:
        offer(kiosk, [parcel(1, "a"), parcel(2, "b")])
        offer(second, [parcel(1, "c")])
    assert alarms(owner) == []


def test_one_that_cannot_be_at_all_lets_none_of_its_batch_in(kiosk: Connection, owner: Connection) -> None:
    """All of a batch is kept before any of it is answered, or none: the kiosk still has it."""
    with pytest.raises(psycopg.errors.CheckViolation):
        offer(kiosk, [parcel(1), parcel(2, "x" * 65)])
    assert rows(owner, "SELECT count(*) FROM hub.parcel") == [(0,)]
    assert rows(owner, "SELECT count(*) FROM hub.seen") == [(0,)]


def test_two_connections_of_one_kiosk_that_send_the_same_leave_it_there_once(
    office: Hub, owner: Connection
) -> None:
    """Its clone, or its own connection that the hub has not noticed is gone."""
    batch = [parcel(number) for number in range(1, 51)]

    def send(_which: int) -> list[tuple[Any, ...]]:
        with office.at_kiosk("east_1") as db:
            return offer(db, batch)

    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(send, range(4)))
    assert all(one == answers[0] for one in answers)
    assert rows(owner, "SELECT kseq FROM hub.parcel ORDER BY n") == [(one.kseq,) for one in batch]
    assert alarms(owner) == []


def test_nobody_who_is_no_kiosk_hands_anything_in(office: Hub) -> None:
    with office.desk("east") as desk, pytest.raises(InsufficientPrivilege):
        offer(desk, [parcel(1)])


def test_what_was_answered_is_there_after_a_kill(office: Hub) -> None:
    """An answer is a promise: a crash at once afterwards loses nothing of it."""
    with office.at_kiosk("east_1") as db:
        offer(db, [parcel(number) for number in range(1, 101)])
        office.cluster.kill()
    office.cluster.start()
    with office.owner() as owner:
        assert rows(owner, "SELECT count(*), max(kseq) FROM hub.parcel") == [(100, 100)]


def test_news_stays_until_it_is_acknowledged(office: Hub, kiosk: Connection, owner: Connection) -> None:
    """Fetched and lost on the way, it is fetched again."""
    for seq in (4, 5):
        owner.execute(
            "INSERT INTO hub.mailbox (centre, kiosk, case_id, seq, kind, at, body)"
            " VALUES ('east', 'east_1', 'x', %s, 'claimed', '', '{}')",
            (seq,),
        )
    fetched = kiosk.execute("SELECT id, seq FROM hub.mail(9)").fetchall()
    assert [seq for _number, seq in fetched] == [4, 5]
    assert kiosk.execute("SELECT id, seq FROM hub.mail(9)").fetchall() == fetched
    kiosk.execute("SELECT hub.acknowledge(%s)", ([fetched[0][0]],))
    assert kiosk.execute("SELECT id, seq FROM hub.mail(9)").fetchall() == fetched[1:]


def test_what_a_desk_has_to_take_in_is_found_without_reading_what_it_has_taken(owner: Connection) -> None:
    """However many were taken in before."""
    plan = owner.execute(
        "EXPLAIN SELECT * FROM hub.parcel WHERE centre = 'east' AND taken_at IS NULL AND set_aside IS NULL"
        " ORDER BY n LIMIT 100"
    ).fetchall()
    assert "parcel_waiting" in "".join(line for (line,) in plan)


def test_what_is_handed_in_costs_the_same_however_much_is_there(kiosk: Connection, owner: Connection) -> None:
    """Also before the database has counted its rows for the first time, as on the first morning."""
    before = fetched(kiosk, owner)
    for batch in range(20):
        offer(kiosk, [parcel(batch * 50 + number) for number in range(1, 51)])
    assert fetched(kiosk, owner) - before <= 3 * 1000


def fetched(kiosk: Connection, owner: Connection) -> int:
    """How many rows of parcels were read."""
    kiosk.execute("SELECT pg_stat_force_next_flush()")
    kiosk.execute("SELECT 1")
    asked = "SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_all_tables WHERE relid = 'hub.parcel'::regclass"
    return int(rows(owner, asked)[0][0])
