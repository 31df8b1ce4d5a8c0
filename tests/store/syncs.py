"""Counts the disk syncs of each action of the store, by watching its system calls with strace.

As a program it performs the actions, one after another, with a harmless call between them as a mark.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

from kiosk.cases.calling import Lane, Numbers, Step, Window
from kiosk.store import Store, open_store
from tests.store.people import MONDAY, WANG, HandClock, application, draft, shipped_calendar

ROOT = Path(__file__).resolve().parents[2]
TRACED = "trace=fsync,fdatasync,sync_file_range,msync,getpriority"
ROUNDS = 3
WINDOW = Window("1", "A")

P = ParamSpec("P")
T = TypeVar("T")


def strace_refuses() -> str:
    """Why syncs cannot be counted here; empty when they can."""
    if shutil.which("strace") is None:
        return "strace is not installed"
    run = subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True, check=False)
    return "" if run.returncode == 0 else "strace is not permitted here"


def counted() -> list[tuple[str, int]]:
    """Each action by name with its number of syncs."""
    with tempfile.TemporaryDirectory() as folder:
        trace = Path(folder) / "trace"
        strace = ["strace", "-f", "-e", TRACED, "-o", str(trace)]
        program = [sys.executable, "-m", "tests.store.syncs", str(Path(folder) / "state")]
        run = subprocess.run([*strace, *program], check=True, capture_output=True, text=True, cwd=ROOT)
        marked = trace.read_text().split("getpriority(")[1:-1]
    return list(zip(run.stdout.split(), (part.count("sync(") for part in marked), strict=True))


def _marked(act: Callable[P, T], *given: P.args, **named: P.kwargs) -> T:
    print(act.__name__)
    os.getpriority(os.PRIO_PROCESS, 0)
    return act(*given, **named)


def _perform(store: Store) -> None:
    sent = application()
    _marked(store.save_draft, draft(sent.id))
    _marked(store.submit, sent)
    held = _marked(store.claim, sent.id, WANG)
    _marked(store.tick_field, sent.id, "name", WANG, held.epoch)
    _marked(store.record_view, sent.id, WANG, "id_number")
    _marked(store.ask_info, sent.id, WANG, held.epoch, "户口本")
    held = _marked(store.receive_info, sent.id, WANG, "带来了")
    _marked(store.complete, sent.id, WANG, held.epoch, "批准")
    call = _marked(store.call_person, "home", MONDAY)
    _marked(store.answer_call, call.id, WANG)
    _marked(store.draw_number, "A", Lane.ORDINARY, Numbers(("A",), (WINDOW,), cap=2))
    _marked(store.call_next, WINDOW, 2)
    _marked(store.step_number, store.last_calls(1)[0].id, Step.AGAIN, WINDOW)


if __name__ == "__main__":
    opened = open_store(Path(sys.argv[1]), clock=HandClock(), calendar=shipped_calendar())
    for _ in range(ROUNDS):
        _perform(opened)
    os.getpriority(os.PRIO_PROCESS, 0)
