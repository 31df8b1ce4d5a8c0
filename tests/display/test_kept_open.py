"""Terminals that end are opened again; three ends in a minute show a page, and what comes of that."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from kiosk.display import kept_open
from kiosk.display.falls import FALL_SECONDS, Falls

PATIENCE = 60.0
KEEPER = """
import json, os, sys
from kiosk.display import kept_open
kept_open.PAUSE, kept_open.STANDS = 0.05, float(sys.argv[2])
sys.exit(kept_open.KeptOpen(*json.loads(sys.argv[1]), dict(os.environ)).run())
"""
STAYS = 'echo "$0 $$" >> {log}; exec sleep 1000'
"""A terminal that tells its name and process, and stays."""
FALLS = 'echo "$0 $$" >> {log}; exit 1'


class Kept:
    """One that keeps shell scripts open, each of which stands for a terminal."""

    def __init__(self, process: subprocess.Popen[bytes], log: Path) -> None:
        self.process, self._log = process, log

    @property
    def shown(self) -> list[tuple[str, int]]:
        """Name and process of each that was opened, in their order."""
        lines = self._log.read_text().splitlines() if self._log.exists() else []
        return [(name, int(pid)) for name, pid in (line.split() for line in lines)]

    @property
    def names(self) -> list[str]:
        return [name for name, _ in self.shown]

    def until(self, seen: Callable[[], bool]) -> None:
        limit = time.monotonic() + PATIENCE
        while not seen():
            assert time.monotonic() < limit, self.shown
            assert self.process.poll() is None, self.shown
            time.sleep(0.01)

    def kill_last(self) -> None:
        os.kill(self.shown[-1][1], signal.SIGKILL)


@pytest.fixture
def keep(tmp_path: Path) -> Iterator[Callable[..., Kept]]:
    log = tmp_path / "shown"
    begun: list[Kept] = []

    def keeps(program: str, *pages: str, stands: float = 0.0) -> Kept:
        def terminal(name: str, script: str) -> list[str]:
            return ["sh", "-c", script.format(log=log), name]

        commands = [
            terminal("kiosk", program),
            [terminal(f"page{number}", page) for number, page in enumerate(pages)],
        ]
        words = [sys.executable, "-c", KEEPER, json.dumps(commands), str(stands)]
        begun.append(Kept(subprocess.Popen(words), log))
        return begun[-1]

    yield keeps
    for one in begun:
        one.process.terminate()
        one.process.wait(PATIENCE)
        for _, pid in one.shown:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


@contextmanager
def watched(pid: int) -> Iterator[Callable[[], bool]]:
    """Has this process ended? Asked within the block, it is waited for."""
    descriptor = os.pidfd_open(pid)
    try:
        yield lambda: bool(select.select([descriptor], [], [], PATIENCE)[0])
    finally:
        os.close(descriptor)


def test_what_ends_is_opened_again(keep: Callable[..., Kept]) -> None:
    kept = keep(STAYS, STAYS)
    for count in (1, 2):
        kept.until(lambda count=count: len(kept.shown) == count)  # type: ignore[misc]
        kept.kill_last()
    kept.until(lambda: len(kept.shown) == 3)
    assert kept.names == ["kiosk"] * 3
    assert kept_open.PAUSE < 5, "within five seconds"


def test_after_three_ends_the_page_stands_then_the_kiosk_is_tried_once(keep: Callable[..., Kept]) -> None:
    kept = keep(FALLS, STAYS)
    kept.until(lambda: len(kept.shown) == 4)
    assert kept.names == ["kiosk", "kiosk", "kiosk", "page0"]
    kept.kill_last()
    kept.until(lambda: len(kept.shown) == 6)
    assert kept.names[4:] == ["kiosk", "page0"]


def test_where_no_terminal_stands_it_gives_up(keep: Callable[..., Kept]) -> None:
    """Whoever started it is to begin the whole screen anew: never a code that means all is well."""
    kept = keep(FALLS, FALLS, FALLS, stands=PATIENCE)
    assert kept.process.wait(PATIENCE) == 1
    assert kept.names == ["kiosk"] * 3 + ["page0", "page1"]


def test_a_program_that_is_not_there_is_a_fall_too(keep: Callable[..., Kept]) -> None:
    kept = keep("exec /nowhere/kitty", STAYS)
    kept.until(lambda: kept.names == ["page0"])


@pytest.mark.parametrize("program", [STAYS, FALLS])
def test_told_to_end_it_ends_what_it_shows(program: str, keep: Callable[..., Kept]) -> None:
    kept = keep(program, STAYS)
    last = "kiosk" if program == STAYS else "page0"
    kept.until(lambda: kept.names[-1:] == [last])
    with watched(kept.shown[-1][1]) as ended:
        kept.process.terminate()
        assert kept.process.wait(PATIENCE) == 0
        assert ended()


def test_killed_it_leaves_no_terminal_behind(keep: Callable[..., Kept]) -> None:
    kept = keep(STAYS, STAYS)
    kept.until(lambda: len(kept.shown) == 1)
    with watched(kept.shown[-1][1]) as ended:
        kept.process.kill()
        assert ended()


@pytest.mark.parametrize(
    ("at", "many"),
    [
        ((0.0, 1.0, FALL_SECONDS), False),
        ((0.0, 1.0, FALL_SECONDS - 0.5), True),
        ((0.0, 30.0, FALL_SECONDS + 1.0, FALL_SECONDS + 2.0), True),
    ],
)
def test_three_falls_count_within_a_minute(at: tuple[float, ...], many: bool) -> None:
    falls = Falls()
    for now in at:
        falls.one(now)
    assert falls.too_many is many


@pytest.mark.parametrize(("later", "many"), [(1.0, True), (FALL_SECONDS, False)])
def test_after_the_page_one_fall_is_too_many_until_it_has_stood(later: float, many: bool) -> None:
    falls = Falls()
    falls.try_again(100.0)
    falls.one(100.0 + later)
    assert falls.too_many is many
