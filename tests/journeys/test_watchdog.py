"""The real kiosk before a service manager of the test's own: what it is told, and when it falls silent."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.watchdog import STANDS, Watchdog, standing_since, watchdog_of
from tests.journeys.conftest import StartKiosk
from tests.journeys.kiosk_terminal import PATIENCE, KioskTerminal
from tests.journeys.resident import Resident, words

STUCK = (sys.executable, str(Path(__file__).with_name("stuck.py")), "run")
WAITS = 6.0
"""Seconds after which the manager takes the loop for blocked."""


class Manager:
    """Hears what a service manager hears."""

    def __init__(self, address: str) -> None:
        self._line = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._line.bind(address)

    def hears(self, terminal: KioskTerminal, word: str, limit: float = PATIENCE) -> bool:
        """Wait for that word; the terminal is read meanwhile, as somebody looks at it."""
        until = time.monotonic() + limit
        while time.monotonic() < until:
            terminal.take()
            while (said := self._next()) is not None:
                if said == word:
                    return True
        return False

    def forgets(self) -> None:
        """What was said until now."""
        while self._next() is not None:
            continue

    def _next(self) -> str | None:
        try:
            return self._line.recv(64, socket.MSG_DONTWAIT).decode()
        except BlockingIOError:
            return None

    def close(self) -> None:
        self._line.close()


@pytest.fixture
def address(tmp_path: Path) -> str:
    return str(tmp_path / "notify")


@pytest.fixture
def manager(address: str) -> Iterator[Manager]:
    with closing(Manager(address)) as listening:
        yield listening


def _stopped(pid: int) -> bool:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "T"


def watched(address: str) -> dict[str, str]:
    return {"NOTIFY_SOCKET": address, "WATCHDOG_USEC": str(int(WAITS * 1e6)), "WATCHDOG_PID": "1"}


def test_ready_once_the_first_page_stands_then_fed_until_the_loop_is_blocked(
    kiosk: StartKiosk, manager: Manager, address: str
) -> None:
    terminal = kiosk("--demo", more=watched(address))
    assert manager.hears(terminal, "READY=1")
    terminal.shows(words("language.heading")[:8])
    for _ in range(3):
        assert manager.hears(terminal, "WATCHDOG=1")
    (sitting,) = terminal.sittings()
    os.kill(sitting, signal.SIGSTOP)
    terminal.until(lambda _: _stopped(sitting), what="a sitting that stands still")
    manager.forgets()
    try:
        assert not manager.hears(terminal, "WATCHDOG=1", limit=WAITS)
    finally:
        os.kill(sitting, signal.SIGCONT)
    assert manager.hears(terminal, "WATCHDOG=1")


def test_a_handler_that_never_returns_starves_the_watchdog(
    kiosk: StartKiosk, manager: Manager, address: str
) -> None:
    """Nothing else in the process feeds for the loop: no thread, no supervisor."""
    terminal = kiosk("--demo", more=watched(address), program=STUCK)
    assert manager.hears(terminal, "READY=1")
    terminal.shows(words("language.heading")[:8])
    terminal.type("\x1b[24~")
    # Some feeds may be on their way before the key comes.
    assert any(not manager.hears(terminal, "WATCHDOG=1", limit=WAITS) for _ in range(20))


def test_while_the_page_for_staff_stands_the_manager_leaves_it_alone(
    kiosk: StartKiosk, manager: Manager, address: str
) -> None:
    terminal = kiosk("--demo", more=watched(address), program=STUCK)
    for _ in range(2):
        terminal.shows(words("language.heading")[:8])
        Resident(terminal).fall()
    terminal.shows(words("language.heading")[:8])
    terminal.kill_sitting()
    terminal.shows("call whoever set it up")
    manager.forgets()
    for _ in range(3):
        assert manager.hears(terminal, "WATCHDOG=1")
    assert not terminal.sittings()


def test_the_next_sitting_feeds_as_well(kiosk: StartKiosk, manager: Manager, address: str) -> None:
    terminal = kiosk("--demo", more=watched(address))
    terminal.shows(words("language.heading")[:8])
    Resident(terminal).fall()
    manager.forgets()
    for _ in range(2):
        assert manager.hears(terminal, "WATCHDOG=1")


def test_what_the_manager_said_goes_to_nobody_that_the_kiosk_starts() -> None:
    environment = {"NOTIFY_SOCKET": "@name", "WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "7", "HOME": "/"}
    environment[STANDS] = "/run/stands"
    watchdog = watchdog_of(environment)
    assert watchdog is not None and watchdog.every == 10.0
    assert environment == {"HOME": "/"}


@pytest.mark.parametrize("given", [{}, {"NOTIFY_SOCKET": ""}, {"NOTIFY_SOCKET": "vsock:2:1"}])
def test_without_a_manager_there_is_no_watchdog(given: dict[str, str]) -> None:
    assert watchdog_of(dict(given)) is None


def test_a_manager_that_has_gone_disturbs_nobody(tmp_path: Path) -> None:
    Watchdog(str(tmp_path / "gone"), 30.0).ready()


def test_whoever_started_it_is_told_since_when_the_first_page_stands(
    kiosk: StartKiosk, tmp_path: Path
) -> None:
    """The first one counts: a sitting that comes later does not make it younger."""
    stands = tmp_path / "stands"
    begun = time.monotonic()
    terminal = kiosk("--demo", more={STANDS: str(stands)})
    terminal.until(lambda _: standing_since(stands) is not None, what="a page that stands")
    since = standing_since(stands)
    assert since is not None and begun < since <= time.monotonic()
    terminal.shows(words("language.heading")[:8])
    Resident(terminal).fall()
    terminal.shows(words("language.heading")[:8])
    assert standing_since(stands) == since


def test_who_begins_anew_goes_on_feeding(tmp_path: Path) -> None:
    """Staff have asked for it: the same process, told the same by the same manager."""
    given = {"NOTIFY_SOCKET": "@name", "WATCHDOG_USEC": "30000000", STANDS: str(tmp_path / "stands")}
    anew = "import os, sys; sys.orig_argv[1:] = ['-c', 'import os; print(sorted(os.environ))']; "
    anew += "from kiosk.cli.run import _begin_anew; given = dict(os.environ); "
    anew += "from kiosk.watchdog import watchdog_of; watchdog_of(os.environ); _begin_anew(given)"
    done = subprocess.run([sys.executable, "-c", anew], env=given, capture_output=True, text=True, check=True)
    assert all(name in done.stdout for name in given)
