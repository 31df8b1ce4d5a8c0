"""The log in quiet moments: wiped of what was, and with room on the disk for the next visit."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kiosk.store import Store
from kiosk.store.log import PAGES
from tests.store.people import MONDAY, NAME, application, draft

ROOM = (PAGES - 20) * 4096
"""What a page cache of ten pages holds back is not in the log."""


def _log(store: Store) -> Path:
    return Path(store._db.execute("PRAGMA database_list").fetchone()["file"] + "-wal")


def test_a_visit_finds_room_on_the_disk_and_writes_over_it(store: Store) -> None:
    before = _log(store).stat().st_size
    assert before > ROOM
    sent = application()
    for _ in range(12):
        store.save_draft(draft(sent.id))
    store.submit(sent)
    assert _log(store).stat().st_size == before


def test_making_room_leaves_nothing_in_the_file_and_never_adds_up(store: Store) -> None:
    file, log = _log(store).with_name("store.sqlite3"), _log(store)
    sizes = {(file.stat().st_size, log.stat().st_size)}
    for _ in range(3):
        store.tidy()
        sizes.add((file.stat().st_size, log.stat().st_size))
    assert len(sizes) == 1
    assert store._db.execute("SELECT count(*) FROM room").fetchone()[0] == 0
    store.check()


def test_a_draft_that_was_dropped_is_nowhere_after_the_sweep(bare_store: Store) -> None:
    """K32: it was never readable there; its key, without which it is noise, is in no file any more."""
    store = bare_store
    store.save_draft(draft("d"))
    kept = store._db.execute("SELECT sealed, wrapped FROM draft").fetchone()
    files = [path for path in _log(store).parent.iterdir() if path.name.startswith("store.")]
    assert not any(NAME.encode() in path.read_bytes() for path in files)
    assert all(any(part in path.read_bytes() for path in files) for part in kept), "it could be found"
    store.drop_draft("d")
    store.sweep_drafts(MONDAY)
    assert not any(part in path.read_bytes() for path in files for part in kept)


def test_while_somebody_reads_the_log_stays_and_work_goes_on(
    store: Store, reopen: Callable[[], Store]
) -> None:
    reader = reopen()
    store._db.execute("PRAGMA busy_timeout = 20")
    store.save_draft(draft("d"))
    with reader._reading() as db:
        db.execute("SELECT count(*) FROM draft").fetchone()
        store.tidy()
        assert store.submit(application()).ticket == "A001"
    store.tidy()
    assert len(store.open_cases(MONDAY)) == 1
