"""What a file and a hub have in common, and what happens where several desks of one centre work at once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest

from kiosk.cases.states import Actor, Role
from kiosk.hub.dialect import translated
from kiosk.hub.store import HubStore, open_hub_store
from kiosk.store import StoreTrouble, open_store
from kiosk.store.trouble import Trouble
from tests.hub.hubs import Hub
from tests.store.people import WANG, HandClock, application, shipped_calendar

NewDesk = Callable[[], HubStore]

ONLY_HERE = {"migration", "room", "tidied", "parcel_out", "news_in", "hub_reached"}
"""Tables of a file, and of a kiosk that sends; a hub has none of them."""


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def desks(hub: Hub, tmp_path: Path, clock: HandClock) -> Iterator[NewDesk]:
    """Desks of one centre, one after another."""
    address, opened = hub.centre("north"), list[HubStore]()

    def another() -> HubStore:
        opened.append(open_hub_store(address, tmp_path / "desk", clock=clock, calendar=shipped_calendar()))
        return opened[-1]

    yield another
    for store in opened:
        store.close()


def test_every_table_of_the_file_is_in_the_hub_with_the_same_columns(
    hub: Hub, tmp_path: Path, clock: HandClock
) -> None:
    kinds = {"TEXT": "text", "INTEGER": "bigint", "BLOB": "bytea"}
    with hub.owner() as owner:
        rows = owner.execute(
            "SELECT table_name, column_name, data_type FROM information_schema.columns"
            " WHERE table_schema = 'office' AND column_name <> 'centre'"
        ).fetchall()
    store = open_store(tmp_path / "file", clock=clock, calendar=shipped_calendar())
    tables = set(store._db.table_names()) - ONLY_HERE
    here = {
        (table, column.name, kinds[column.type]) for table in tables for column in store._db[table].columns
    }
    store.close()
    assert set(rows) == here


def test_no_text_of_a_hub_sorts_as_a_language_does(hub: Hub) -> None:
    with hub.owner() as owner:
        wrong = owner.execute(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_schema = 'office' AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C'"
        ).fetchall()
    assert wrong == []


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("WHERE act LIKE 'draft:%' AND id = ?", "WHERE act LIKE 'draft:%%' AND id = %s"),
        ("VALUES (?1, ?2, ?1)", "VALUES (%(p1)s, %(p2)s, %(p1)s)"),
        ("FROM cases INDEXED BY cases_open WHERE due < :today", "FROM cases  WHERE due < %(today)s"),
        ("SELECT CAST(cases.id AS BLOB)", "SELECT convert_to(cases.id, 'UTF8')"),
        ("ON CONFLICT (id) DO NOTHING", "ON CONFLICT (centre, id) DO NOTHING"),
        ("(n - :ticket) % 26 = 0", "(n - %(ticket)s) %% 26 = 0"),
        ("SELECT 'it''s ? and :name'", "SELECT 'it''s ? and :name'"),
    ],
)
def test_a_statement_says_the_same_in_the_other_dialect(here: str, there: str) -> None:
    assert translated(here) == there


def test_no_case_is_given_to_two_desks_however_many_ask_at_once(desks: NewDesk) -> None:
    stores = [desks() for _ in range(4)]
    cases = {stores[0].submit(application()).case_id for _ in range(12)}
    given: list[str] = []

    def work(number: int, store: HubStore) -> None:
        actor = Actor(f"员工{number}", Role.STAFF)
        while claim := store.next_case(actor):
            given.append(claim.case_id)
            store.complete(claim.case_id, actor, claim.epoch, "批准")

    threads = [threading.Thread(target=work, args=one) for one in enumerate(stores)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(given) == sorted(cases)


def test_an_action_that_fails_halfway_leaves_nothing_behind(desks: NewDesk) -> None:
    store = desks()
    case = store.submit(application()).case_id

    def breaks() -> None:
        with store.together():
            store.claim(case, WANG)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        breaks()
    view = store.case(case)
    assert view.summary.holder is None
    assert [one.kind for one in view.events] == ["submitted"]


def test_a_desk_whose_hub_goes_says_so_and_goes_on_when_it_is_back(desks: NewDesk, hub: Hub) -> None:
    store = desks()
    case = store.submit(application()).case_id
    hub.cluster.kill()
    with pytest.raises(StoreTrouble) as trouble:
        store.claim(case, WANG)
    assert trouble.value.kind is Trouble.AWAY
    hub.cluster.start()
    assert store.claim(case, WANG).epoch == 1


def test_an_action_whose_session_was_cut_is_never_taken_for_kept(desks: NewDesk, hub: Hub) -> None:
    """Also where somebody went on after the fault: a fresh session would keep nothing, and say it did."""
    store = desks()
    case = store.submit(application()).case_id

    def cut_halfway() -> None:
        with store.together():
            store.claim(case, WANG)
            with hub.owner() as owner:
                owner.execute(
                    "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            with suppress(StoreTrouble):
                store.case(case)

    with pytest.raises(StoreTrouble) as trouble:
        cut_halfway()
    assert trouble.value.kind is Trouble.AWAY
    assert store.case(case).summary.holder is None


def test_a_desk_works_beside_a_newer_one_until_the_hub_has_gone_on(desks: NewDesk, hub: Hub) -> None:
    with hub.owner() as owner:
        with applied(owner, "99_more.pre.sql"):
            assert desks().board().cases == ()
        with applied(owner, "99_more.post.sql"):
            assert trouble_of(desks) is Trouble.NEWER
    assert desks().board().cases == ()


def test_a_desk_that_is_newer_than_its_hub_says_so(desks: NewDesk, hub: Hub) -> None:
    with hub.owner() as owner:
        step = "02_hub.pre.sql"
        rows = owner.execute("DELETE FROM hub.migration WHERE step = %s RETURNING digest", (step,)).fetchall()
        try:
            assert trouble_of(desks) is Trouble.BEHIND
        finally:
            owner.execute("INSERT INTO hub.migration (step, digest) VALUES (%s, %s)", (step, rows[0][0]))


def trouble_of(desks: NewDesk) -> Trouble:
    with pytest.raises(StoreTrouble) as trouble:
        desks()
    return trouble.value.kind


@contextmanager
def applied(owner: psycopg.Connection[Any], step: str) -> Iterator[None]:
    """By a newer program."""
    owner.execute("INSERT INTO hub.migration (step, digest) VALUES (%s, '')", (step,))
    try:
        yield
    finally:
        owner.execute("DELETE FROM hub.migration WHERE step = %s", (step,))


def test_a_desk_that_was_sent_away_gets_nothing_more(desks: NewDesk, hub: Hub) -> None:
    from kiosk.hub.members import Kind, revoke

    store = desks()
    store.submit(application())
    with hub.owner() as owner:
        revoke(owner, Kind.DESK, "north")
    with pytest.raises(StoreTrouble):
        store.board()


def test_what_the_hub_says_of_a_fault_never_quotes_a_value(desks: NewDesk) -> None:
    store = desks()
    with pytest.raises(StoreTrouble) as trouble, store._writing() as db:
        db.execute("INSERT INTO cases (id, number) VALUES (?, ?)", ("990101194403050029", "张桂芳"))
    shown = repr(trouble.value) + str(trouble.value.__cause__)
    assert "990101194403050029" not in shown and "张桂芳" not in shown
    assert trouble.value.__suppress_context__


def test_who_waits_too_long_for_another_desk_is_told_so(desks: NewDesk) -> None:
    first, second = desks(), desks()
    second._patience = 0.2
    with first.together():
        with pytest.raises(StoreTrouble) as trouble:
            second.submit(application())
        assert trouble.value.kind is Trouble.BUSY
    assert second.submit(application()).number


def test_reading_waits_for_nobody_who_writes(desks: NewDesk) -> None:
    first, second = desks(), desks()
    case = first.submit(application()).case_id
    with first.together():
        first.claim(case, WANG)
        assert second.case(case).summary.holder is None
    assert second.case(case).summary.holder == WANG.name


def test_a_look_at_the_board_shows_what_is_there_while_another_desk_writes(desks: NewDesk, hub: Hub) -> None:
    first, second = desks(), desks()
    case = first.submit(application()).case_id
    with hub.owner() as owner:
        owner.execute(
            "INSERT INTO hub.parcel (centre, id, kiosk, kseq, kind, case_id, hash)"
            " VALUES ('north', 'one', 'north_1', 1, 'act', 'none', '')"
        )
    with first.together():
        first.claim(case, WANG)
        assert [one.case_id for one in second.board().cases] == [case]
    assert [one.holder for one in second.board().cases] == [WANG.name]
