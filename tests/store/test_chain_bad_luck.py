"""Kills at random moments, two programs at once, a disk that flips bits: whole books, or it is told."""

from __future__ import annotations

import os
import random
import shutil
import signal
import threading
from functools import partial
from pathlib import Path

from kiosk.cases.chain_check import Wrong
from kiosk.cases.moves import IllegalMove
from kiosk.security.device_key import device_key
from kiosk.store import Store, StoreTrouble, open_store
from kiosk.store.heads import NOTED
from kiosk.store.verifying import Trusted, Verdict
from tests.store.children import Say, start
from tests.store.people import CHEN, WANG, WallClock, application, shipped_calendar

CALENDAR = shipped_calendar()
KILLS = 40
FLIPS = 60


def opened(folder: Path) -> Store:
    return open_store(folder, clock=WallClock(), calendar=CALENDAR)


def read_through(store: Store, folder: Path) -> Verdict:
    own = device_key(folder)
    return store.verify(Trusted({own.id: own.public}))


def _work_forever(folder: Path, say: Say) -> None:
    store = opened(folder)
    while True:
        sent = application()
        receipt = store.submit(sent)
        held = store.claim(sent.id, WANG)
        store.tick_field(sent.id, "name", WANG, held.epoch)
        try:
            store.reject(sent.id, CHEN, held.epoch, "写到一半的话")
        except IllegalMove:
            store.complete(sent.id, WANG, held.epoch, "批准了")
        say(receipt.head)


def test_a_kill_at_any_moment_leaves_books_that_are_whole(tmp_path: Path) -> None:
    """K41, K44: whoever was given a receipt finds its head in the book."""
    dice = random.Random(41)
    given: list[str] = []
    for _ in range(KILLS):
        child = start(partial(_work_forever, tmp_path))
        first = next(child.lines)
        timer = threading.Timer(dice.uniform(0.001, 0.05), os.kill, (child.pid, signal.SIGKILL))
        timer.start()
        given += [line.strip() for line in (first, *child.lines) if line.endswith("\n")]
        os.waitpid(child.pid, 0)
        child.lines.close()
        timer.join()
    store = opened(tmp_path)
    verdict = read_through(store, tmp_path)
    store.close()
    assert verdict.faults == ()
    assert verdict.heads >= len(given) >= KILLS
    noted = (tmp_path / NOTED).read_text()
    assert all(f"bangban-head 1 {head.split()[0]} " in noted for head in given)


def _work_a_while(folder: Path, say: Say) -> None:
    store = opened(folder)
    for _ in range(25):
        sent = application()
        store.submit(sent)
        store.claim(sent.id, WANG)
    store.close()
    say("done")


def test_programs_that_write_at_once_keep_one_book(tmp_path: Path) -> None:
    children = [start(partial(_work_a_while, tmp_path)) for _ in range(4)]
    assert [child.finish() for child in children] == [["done"]] * 4
    store = opened(tmp_path)
    verdict = read_through(store, tmp_path)
    store.close()
    assert verdict.faults == ()
    assert (verdict.lines, verdict.heads, verdict.house_lines) == (200, 100, 1)


def test_a_bit_that_flips_anywhere_in_an_encrypted_file_is_told(tmp_path: Path) -> None:
    """Whatever it hits, answers and settings, too: by the books, or by the file's own seals."""
    store = opened(tmp_path / "whole")
    for _ in range(8):
        store.submit(application())
    store.tidy()
    store.close()
    size = (tmp_path / "whole" / "store.sqlite3").stat().st_size
    dice = random.Random(7)
    for _ in range(FLIPS):
        copy = tmp_path / "copy"
        shutil.copytree(tmp_path / "whole", copy)
        _flip(copy / "store.sqlite3", dice.randrange(size * 8))
        assert _is_told(copy)
        shutil.rmtree(copy)


def _flip(path: Path, bit: int) -> None:
    with path.open("r+b") as file:
        file.seek(bit // 8)
        (old,) = file.read(1)
        file.seek(bit // 8)
        file.write(bytes([old ^ 1 << bit % 8]))


def _is_told(folder: Path) -> bool:
    try:
        store = opened(folder)
    except StoreTrouble:
        return True
    try:
        verdict = read_through(store, folder)
    finally:
        store.close()
    return {one.fault.wrong for one in verdict.faults} >= {Wrong.FILE}
