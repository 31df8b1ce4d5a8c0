"""One action costs exactly one disk sync, counted by watching the system calls."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.store import open_store
from tests.store.people import HandClock, application, shipped_calendar

ACTIONS = """
import os, sys
from pathlib import Path
from kiosk.store import open_store
from tests.store.people import HandClock, MONDAY, WANG, application, draft, shipped_calendar

store = open_store(Path(sys.argv[1]), clock=HandClock(), calendar=shipped_calendar())
for _ in range(3):
    sent = application()
    def marked(act, *given):
        os.getpriority(os.PRIO_PROCESS, 0)
        return act(*given)
    marked(store.save_draft, draft(sent.id))
    marked(store.submit, sent)
    held = marked(store.claim, sent.id, WANG)
    marked(store.tick_field, sent.id, "name", WANG, held.epoch)
    marked(store.record_view, sent.id, WANG, "id_number")
    marked(store.ask_info, sent.id, WANG, held.epoch, "a paper")
    held = marked(store.receive_info, sent.id, WANG, "the paper")
    marked(store.complete, sent.id, WANG, held.epoch, "granted")
    call = marked(store.call_person, "home", MONDAY)
    marked(store.answer_call, call.id, WANG)
os.getpriority(os.PRIO_PROCESS, 0)
"""
TRACED = "trace=fsync,fdatasync,sync_file_range,msync,getpriority"


def _strace_refuses() -> str:
    if shutil.which("strace") is None:
        return "strace is not installed"
    run = subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True, check=False)
    return "" if run.returncode == 0 else "strace is not permitted here"


@pytest.mark.skipif(bool(_strace_refuses()), reason=_strace_refuses() or "strace works")
def test_every_action_syncs_once(tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    command = ["strace", "-f", "-e", TRACED, "-o", str(trace)]
    subprocess.run(
        [*command, sys.executable, "-c", ACTIONS, str(tmp_path / "state")], check=True, capture_output=True
    )
    marked = trace.read_text().split("getpriority(")[1:-1]
    syncs = [part.count("sync(") for part in marked]
    assert syncs == [1] * 30


def test_looking_syncs_nothing_and_reading_needs_no_write(tmp_path: Path) -> None:
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
