"""One action costs exactly one disk sync, and looking costs none."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.store import open_store
from tests.store.people import HandClock, application, shipped_calendar
from tests.store.syncs import ROUNDS, counted, strace_refuses


@pytest.mark.skipif(bool(strace_refuses()), reason=strace_refuses() or "strace works")
def test_every_action_syncs_once() -> None:
    found = counted()
    assert len(found) == 13 * ROUNDS
    assert {name: syncs for name, syncs in found if syncs != 1} == {}


def test_looking_writes_nothing(tmp_path: Path) -> None:
    store = open_store(tmp_path, clock=HandClock(), calendar=shipped_calendar())
    sent = application()
    store.submit(sent)
    before = (tmp_path / "store.sqlite3-wal").stat()
    store.open_cases(sent.begun_at)
    store.case(sent.id)
    store.cases_of("a1" * 32)
    after = (tmp_path / "store.sqlite3-wal").stat()
    assert (after.st_size, after.st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    store.close()
