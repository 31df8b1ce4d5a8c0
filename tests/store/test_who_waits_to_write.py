"""Several programs write into one store: whoever has waited longer asks more often (K44)."""

from __future__ import annotations

import os
import signal
from functools import partial
from pathlib import Path

from kiosk.store import open_store
from kiosk.store.sqlite import asks_again_in
from tests.store.children import Say, start
from tests.store.people import HandClock, application, shipped_calendar

WAITED = (0.0, 0.001, 0.01, 0.05, 0.2, 1.0, 5.0)


def test_whoever_has_waited_longer_asks_more_often() -> None:
    pauses = [asks_again_in(waited) for waited in WAITED]
    assert pauses == sorted(pauses, reverse=True)
    assert pauses[0] > 3 * pauses[-1]


def test_nobody_asks_so_often_that_it_holds_up_whoever_is_writing() -> None:
    assert all(0.0002 <= asks_again_in(waited) <= 0.005 for waited in WAITED)


def _killed_in_the_middle(folder: Path, say: Say) -> None:
    store = open_store(folder, clock=HandClock(), calendar=shipped_calendar())
    with store.together():
        store.submit(application())
        say("writing")
        os.kill(os.getpid(), signal.SIGKILL)


def test_whoever_is_killed_while_writing_keeps_nobody_from_it(tmp_path: Path) -> None:
    store = open_store(tmp_path, clock=HandClock(), calendar=shipped_calendar())
    child = start(partial(_killed_in_the_middle, tmp_path))
    assert [line.strip() for line in child.lines] == ["writing"]
    child.lines.close()
    os.waitpid(child.pid, 0)
    store.submit(application())
    assert len(store.all_cases(HandClock().at)) == 1
    store.close()
