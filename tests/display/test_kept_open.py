"""Terminals that end are opened again; three ends without standing show a page, and what comes of that."""

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
from kiosk.watchdog import STANDS

PATIENCE = 60.0
KEEPER = """
import json, os, sys
from pathlib import Path
from kiosk.display import kept_open
kept_open.PAUSE, kept_open.STANDS = 0.05, float(sys.argv[2])
stands = Path(os.environ['KIOSK_STANDS'])
noted = stands.with_name('noted').exists
sys.exit(kept_open.KeptOpen(*json.loads(sys.argv[1]), dict(os.environ), stands, noted).run())
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
        environment = {**os.environ, STANDS: str(tmp_path / "stands")}
        begun.append(Kept(subprocess.Popen(words, env=environment), log))
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


NOTES = 'echo "$0 $$" >> {log}; touch "$(dirname "$KIOSK_STANDS")/noted"'
"""What it shows has noted that another version is to run."""


@pytest.mark.parametrize(
    ("program", "page", "shown"),
    [(FALLS, NOTES, ["kiosk"] * 3 + ["page0"]), (NOTES, STAYS, ["kiosk"])],
    ids=["its page for staff", "the program itself"],
)
def test_it_ends_so_that_another_version_can_be_begun(
    program: str, page: str, shown: list[str], keep: Callable[..., Kept]
) -> None:
    kept = keep(program, page)
    assert kept.process.wait(PATIENCE) == 1
    assert kept.names == shown


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


STOOD_LONG = 'echo "$0 $$" >> {log}; echo 0.0 > "$KIOSK_STANDS"; exit 1'
"""One whose page was there since the machine was switched on, as it says."""
STOOD_SHORTLY = """echo "$0 $$" >> {log}; cut -d' ' -f1 /proc/uptime > "$KIOSK_STANDS"; exit 1"""
"""One that falls as soon as its page is there; `time.monotonic` counts from the start of the machine here."""


def test_one_that_has_stood_each_time_is_opened_again_and_again(keep: Callable[..., Kept]) -> None:
    kept = keep(STOOD_LONG, STAYS)
    kept.until(lambda: len(kept.shown) >= 6)
    assert set(kept.names) == {"kiosk"}


def test_a_page_that_was_there_for_a_moment_does_not_count(keep: Callable[..., Kept]) -> None:
    kept = keep(STOOD_SHORTLY, STAYS)
    kept.until(lambda: kept.names[-1:] == ["page0"])
    assert kept.names == ["kiosk", "kiosk", "kiosk", "page0"]
