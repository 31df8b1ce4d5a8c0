"""The eleven traps of sqlite-utils 4.2 and its SQLite, each tried against our store."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
import sqlcipher3  # type: ignore[import-untyped]
import sqlite_utils.db

from kiosk.cases.moves import IllegalMove
from kiosk.store import Store, StoreTrouble, Trouble, open_store
from kiosk.store.migrations import MIGRATIONS
from kiosk.store.preferences import KeptPreferences
from kiosk.store.sqlite import SqliteError, versions
from tests.store.children import Say, start
from tests.store.people import (
    CHEN,
    MONDAY,
    WANG,
    WallClock,
    application,
    draft,
    shipped_calendar,
)

LIKING = "letters as large as they go"


def opened(folder: Path, encrypt: bool = True) -> Store:
    return open_store(folder, clock=WallClock(), calendar=shipped_calendar(), encrypt=encrypt)


def test_1_what_gives_rows_back_is_committed_all_the_same(store: Store, reopen: Callable[[], Store]) -> None:
    """A submit asks for its row with RETURNING: another program sees the case at once, and may write."""
    receipt = store.submit(application())
    other = reopen()
    assert other.case_id_of(receipt.number) == receipt.case_id
    other._db.execute("PRAGMA busy_timeout = 0")
    assert other.claim(receipt.case_id, WANG).epoch == 1


def test_2_who_reads_first_and_writes_later_waits_and_does_not_fail(
    store: Store, reopen: Callable[[], Store]
) -> None:
    """A transaction that begins deferred would fail in the very moment it wants to write."""
    case_id = store.submit(application()).case_id
    other, begun = reopen(), threading.Event()

    def slowly() -> None:
        with other._writing() as db:
            db.execute("UPDATE cases SET desk = 'another'")
            begun.set()
            time.sleep(0.1)  # the time for which the other program works, not one that is waited for

    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(slowly)
        assert begun.wait(30)
        assert store.claim(case_id, WANG).epoch == 1
        writing.result()


def test_3_of_all_who_want_a_case_at_once_one_has_it(store: Store, reopen: Callable[[], Store]) -> None:
    case_id = store.submit(application()).case_id
    others, together = [reopen() for _ in range(4)], threading.Barrier(4)

    def claim(one: Store, actor: object) -> bool:
        together.wait(30)
        try:
            one.claim(case_id, actor)  # type: ignore[arg-type]
        except IllegalMove:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        won = list(pool.map(claim, others, [WANG, CHEN] * 2))
    assert store.case(case_id).summary.epoch == won.count(True) >= 1
    assert store.case(case_id).summary.holder in {WANG.name, CHEN.name}
    winners = {actor.name for actor, one in zip([WANG, CHEN] * 2, won, strict=True) if one}
    assert winners == {store.case(case_id).summary.holder}


def test_4_programs_that_start_at_once_bring_the_file_forward_once(tmp_path: Path) -> None:
    children = [start(partial(_start, tmp_path)) for _ in range(5)]
    assert [child.finish() for child in children] == [["here"]] * 5
    store = opened(tmp_path)
    done = store._db.execute("SELECT count(*) FROM migration").fetchone()[0]
    assert done == len(MIGRATIONS)
    assert len(store.centre_keys()) == 1
    store.close()


def _start(folder: Path, say: Say) -> None:
    opened(folder).close()
    say("here")


@pytest.mark.parametrize(
    "wrong",
    [
        "INSERT INTO tick (case_id, field) VALUES ('no such case', 'name')",
        "UPDATE cases SET epoch = 'many'",
        "UPDATE event SET sealed = 'text'",
    ],
    ids=["a case that is not there", "words for a number", "text for bytes"],
)
def test_5_references_and_types_are_checked(store: Store, wrong: str) -> None:
    store.submit(application())
    with pytest.raises(SqliteError):
        store._db.execute(wrong)


def test_6_any_thread_may_use_the_store(store: Store) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: store.submit(application()).case_id, range(24)))
    assert {case.case_id for case in store.all_cases(MONDAY)} == set(made)


def test_7_there_is_one_sqlite_and_rows_come_back_through_the_library(store: Store) -> None:
    assert vars(sqlite_utils.db)["sqlite3"] is sqlcipher3
    rows = list(store._db.query("INSERT INTO call (page_id, at) VALUES ('home', 'now') RETURNING page_id"))
    assert [dict(row) for row in rows] == [{"page_id": "home"}]
    assert not store._db.conn.in_transaction


def test_8_no_action_leaves_a_transaction_open(store: Store) -> None:
    """Transactions are begun and ended by us alone; a connection that commits by itself is refused."""
    sent = application()
    acts: list[Callable[[], object]] = [
        lambda: store.save_draft(draft(sent.id)),
        lambda: store.submit(sent),
        lambda: store.submit(sent),
        lambda: store.case(sent.id),
        lambda: store.claim(sent.id, WANG),
        store.tidy,
        store.check,
    ]
    for act in acts:
        act()
        assert not store._db.conn.in_transaction
    with pytest.raises(IllegalMove):
        store.claim("no such case", WANG)
    assert not store._db.conn.in_transaction


def test_9_on_a_full_disk_nothing_is_lost_or_half_there_and_room_is_enough_to_go_on(store: Store) -> None:
    kept = [store.submit(application()).case_id for _ in range(3)]
    store.tidy()
    pages = store._db.execute("PRAGMA page_count").fetchone()[0]
    store._db.execute(f"PRAGMA max_page_count = {pages}")
    full = partial(_submit_all, store, kept)
    with pytest.raises(StoreTrouble) as trouble:
        full()
    assert trouble.value.kind is Trouble.FULL
    assert {case.case_id for case in store.all_cases(MONDAY)} == set(kept)
    assert store._db.execute("SELECT count(*) FROM consent").fetchone()[0] == 2 * len(kept)
    store._db.execute("PRAGMA max_page_count = 1000000")
    kept.append(store.submit(application()).case_id)
    store.check()


def _submit_all(store: Store, kept: list[str]) -> None:
    while len(kept) < 200:
        kept += [store.submit(application()).case_id]


def test_10_what_is_erased_is_in_no_file(tmp_path: Path) -> None:
    store = opened(tmp_path, encrypt=False)
    for number in range(50):
        key = f"{number:064d}"
        store.keep_preferences(KeptPreferences(key, LIKING, MONDAY, {"zh": "好", "en": "Yes"}))
    assert LIKING.encode() in readable(tmp_path)
    for number in range(50):
        store.forget_preferences(f"{number:064d}")
    store.tidy()
    assert LIKING.encode() not in readable(tmp_path)
    store.close()


def readable(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.glob("store.sqlite3*"))


def test_11_a_long_log_left_by_a_kill_is_taken_up_whole(tmp_path: Path) -> None:
    opened(tmp_path).close()
    child = start(partial(_submit, tmp_path))
    given = [next(child.lines).strip() for _ in range(12)]
    os.kill(child.pid, signal.SIGKILL)
    os.waitpid(child.pid, 0)
    child.lines.close()
    assert (tmp_path / "store.sqlite3-wal").stat().st_size > 0
    store = opened(tmp_path)
    store.check()
    assert set(given) <= {case.case_id for case in store.all_cases(MONDAY)}
    assert (tmp_path / "store.sqlite3-wal").stat().st_size < 2 << 20
    store.close()


def _submit(folder: Path, say: Say) -> None:
    store = opened(folder)
    while True:
        say(store.submit(application()).case_id)


def test_the_sqlite_in_use_is_one_without_the_race_of_its_log() -> None:
    sqlite, cipher = versions()
    assert tuple(map(int, sqlite.split("."))) >= (3, 51, 3)
    assert cipher.startswith("4.")


def test_the_connection_syncs_wipes_and_checks(store: Store) -> None:
    found = {
        name: store._db.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("synchronous", "secure_delete", "foreign_keys", "journal_mode")
    }
    assert found == {"synchronous": 2, "secure_delete": 1, "foreign_keys": 1, "journal_mode": "wal"}
