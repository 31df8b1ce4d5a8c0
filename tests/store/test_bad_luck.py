"""The plug is pulled, the disk is full, the folder cannot be written: nothing is lost, nothing is half."""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import tempfile
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from kiosk.cases.moves import IllegalMove
from kiosk.cases.states import Actor, State
from kiosk.store import Store, StoreTrouble, Trouble, open_store
from kiosk.store.migrations import MIGRATIONS
from kiosk.store.schema import migrate
from kiosk.store.sqlite import Database
from tests.store.children import Say, start
from tests.store.people import (
    MONDAY,
    WANG,
    HandClock,
    WallClock,
    application,
    draft,
    new_id,
    shipped_calendar,
)
from tests.store.raw import raw

KILLS = 80
CALENDAR = shipped_calendar()


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that other users may reach, unlike pytest's own."""
    made = Path(tempfile.mkdtemp(prefix="store-"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made)


def opened(folder: Path) -> Store:
    return open_store(folder, clock=WallClock(), calendar=CALENDAR)


def test_whoever_was_given_a_receipt_has_a_case_after_a_kill_at_any_moment(folder: Path) -> None:
    """K44: random kills, 0 lost or doubled, 0 half."""
    dice = random.Random(44)
    received: set[str] = set()
    for _ in range(KILLS):
        child = start(partial(_submit_forever, folder))
        received |= _kill_after(child.pid, child.lines, dice.uniform(0.001, 0.06))
        child.lines.close()
    store = opened(folder)
    store.check()
    found = [case.case_id for case in store.all_cases(MONDAY)]
    assert len(received) > KILLS
    assert len(found) == len(set(found))
    assert received <= set(found)
    for table, each in (("event", 1), ("outbox", 1), ("consent", 2)):
        assert store._db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == each * len(found)
    submitted_drafts = "SELECT count(*) FROM draft JOIN cases ON cases.id = draft.id"
    assert store._db.execute(submitted_drafts).fetchone()[0] == 0
    assert len({case.number for case in store.all_cases(MONDAY)}) == len(found)
    store.close()


def _submit_forever(folder: Path, say: Say) -> None:
    store = opened(folder)
    while True:
        sent = application()
        store.save_draft(draft(sent.id))
        store.submit(sent)
        store.submit(sent)
        say(sent.id)


def _kill_after(pid: int, lines: Iterator[str], seconds: float) -> set[str]:
    """Lets the child live that long after its first receipt, then kills it; all receipts it gave."""
    first = next(lines)
    timer = threading.Timer(seconds, os.kill, (pid, signal.SIGKILL))
    timer.start()
    rest = list(lines)
    os.waitpid(pid, 0)
    timer.join()
    return {line.strip() for line in (first, *rest) if line.endswith("\n")}


def test_eight_staff_members_never_hold_the_same_case(folder: Path) -> None:
    store = opened(folder)
    wanted = {store.submit(application()).case_id for _ in range(200)}
    store.close()
    children = [start(partial(_claim_all, folder, Actor(f"员工{n}", WANG.role))) for n in range(8)]
    claimed = [line for child in children for line in child.finish()]
    assert len(claimed) == 200
    assert set(claimed) == wanted


def _claim_all(folder: Path, actor: Actor, say: Say) -> None:
    store = opened(folder)
    while waiting := [c for c in store.open_cases(MONDAY) if c.state is State.QUEUED]:
        for case in waiting:
            try:
                store.claim(case.case_id, actor)
            except IllegalMove:
                continue
            say(case.case_id)


def test_three_programs_starting_together_make_one_store(folder: Path) -> None:
    for attempt in range(15):
        state = folder / f"s{attempt}"
        children = [start(partial(_open_and_submit, state)) for _ in range(3)]
        tickets = sorted(line for child in children for line in child.finish())
        assert tickets == ["A001", "A002", "A003"]


def _open_and_submit(folder: Path, say: Say) -> None:
    say(opened(folder).submit(application()).ticket)


def test_a_full_disk_takes_nothing_half_and_keeps_what_was_acknowledged(folder: Path) -> None:
    store = opened(folder)
    store.save_draft(draft("kept"))
    store.close()
    *received, trouble, again, still_read, draft_kept = start(partial(_fill, folder)).finish()
    assert received
    assert (trouble, again) == ("full", "full")
    assert (int(still_read), draft_kept) == (len(received), "True")
    store = opened(folder)
    store.check()
    assert {case.case_id for case in store.all_cases(MONDAY)} == set(received)
    assert store._db.execute("SELECT count(*) FROM event").fetchone()[0] == len(received)
    store.close()


def _fill(folder: Path, say: Say) -> None:
    store = opened(folder)
    resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, resource.RLIM_INFINITY))
    kind = ""
    while not kind:
        sent = application()
        try:
            say(store.submit(sent).case_id)
        except StoreTrouble as trouble:
            kind = trouble.kind
    say(kind)
    try:
        store.submit(sent)
    except StoreTrouble as trouble:
        say(trouble.kind)
    say(str(len(store.open_cases(MONDAY))))
    say(str(store.find_draft("a1" * 32, MONDAY) is not None))


def test_a_full_disk_still_lets_the_desk_open_the_store_and_read(folder: Path) -> None:
    store = opened(folder)
    store.submit(application())
    store.close()
    assert start(partial(_read_when_full, folder)).finish() == ["1"]


def _read_when_full(folder: Path, say: Say) -> None:
    keeper = opened(folder)
    resource.setrlimit(resource.RLIMIT_FSIZE, (32_768, resource.RLIM_INFINITY))
    say(str(len(opened(folder).open_cases(MONDAY))))
    keeper.close()


@pytest.mark.parametrize("shut", ["folder", "file"])
def test_a_store_that_cannot_be_written_says_so(folder: Path, shut: str) -> None:
    store = opened(folder)
    store.submit(application())
    store.close()
    (folder / "store.sqlite3").chmod(0o444)
    folder.chmod(0o555 if shut == "folder" else 0o777)
    assert start(partial(_write_as_nobody, folder)).finish() == ["read_only"]


def _write_as_nobody(folder: Path, say: Say) -> None:
    if os.getuid() == 0:
        os.setuid(65534)
    try:
        opened(folder).submit(application())
    except StoreTrouble as trouble:
        say(trouble.kind)


def test_a_folder_that_cannot_be_made_says_so(folder: Path) -> None:
    (folder / "state").write_text("in the way")
    with pytest.raises(StoreTrouble) as trouble:
        opened(folder / "state")
    assert trouble.value.kind is Trouble.READ_ONLY


def test_a_file_that_is_no_store_is_called_damaged(folder: Path) -> None:
    (folder / "store.sqlite3").write_bytes(b"this was a store once " * 500)
    with pytest.raises(StoreTrouble) as trouble:
        opened(folder)
    assert trouble.value.kind is Trouble.DAMAGED


def test_flipped_bytes_are_found_by_the_check(folder: Path) -> None:
    store = opened(folder)
    for _ in range(30):
        store.submit(application())
    store.close()
    path = folder / "store.sqlite3"
    content = bytearray(path.read_bytes())
    for page in range(2, len(content) // 4096):
        content[page * 4096 : page * 4096 + 16] = b"\xff" * 16
    path.write_bytes(content)
    with pytest.raises(StoreTrouble) as trouble:
        opened(folder).check()
    assert trouble.value.kind is Trouble.DAMAGED


def test_another_program_holding_the_store_too_long_is_called_busy(folder: Path) -> None:
    store, other = opened(folder), opened(folder)
    store._patience = 0.05
    with other._writing(), pytest.raises(StoreTrouble) as trouble:
        store.submit(application())
    assert trouble.value.kind is Trouble.BUSY
    assert store.submit(application()).ticket == "A001"
    store.close()
    other.close()


def test_an_older_program_does_not_touch_a_newer_store(folder: Path) -> None:
    opened(folder).close()
    db = raw(folder)
    db.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    db.close()
    before = (folder / "store.sqlite3").read_bytes()
    with pytest.raises(StoreTrouble) as trouble:
        opened(folder)
    assert trouble.value.kind is Trouble.NEWER
    assert (folder / "store.sqlite3").read_bytes() == before


def test_a_migration_that_fails_in_the_middle_leaves_the_old_form(folder: Path) -> None:
    def _second(db: Database) -> None:
        db.execute("CREATE TABLE added (x INTEGER) STRICT")
        raise KeyboardInterrupt

    opened(folder).close()
    db = raw(folder)
    with pytest.raises(KeyboardInterrupt):
        migrate(db, "2026-11-22", (*MIGRATIONS, _second))
    assert db.execute("PRAGMA user_version").fetchone()[0] == len(MIGRATIONS)
    assert db.execute("SELECT count(*) FROM migration").fetchone()[0] == len(MIGRATIONS)
    assert db.execute("SELECT count(*) FROM sqlite_master WHERE name = 'added'").fetchone()[0] == 0
    db.close()


def test_clocks_that_jump_neither_lose_nor_double(folder: Path) -> None:
    clock = HandClock()
    store = open_store(folder, clock=clock, calendar=CALENDAR)
    for days in (40, -80, -20_000, 20_040):
        clock.forward(days=days)
        store.submit(application(new_id()))
    assert len(store.open_cases(clock.now())) == 4
    held = store.claim(store.open_cases(clock.now())[0].case_id, WANG)
    clock.forward(days=-40)
    store.complete(held.case_id, WANG, held.epoch, "批准")
    store.close()


def test_only_the_owner_can_read_the_file(folder: Path) -> None:
    store = opened(folder)
    store.submit(application())
    modes = {path.name: path.stat().st_mode & 0o077 for path in folder.iterdir()}
    assert set(modes.values()) == {0}
    assert "store.sqlite3-wal" in modes
    store.close()
