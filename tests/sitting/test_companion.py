"""What runs beside the kiosk is there as long as the kiosk, comes back when it falls, and outlives nobody."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.sitting.companion import AGAIN_AFTER, Companion


class Hand:
    """Seconds that pass only when told."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def seconds() -> Hand:
    return Hand()


@pytest.fixture
def companion(seconds: Hand) -> Iterator[Companion]:
    made = Companion([sys.executable, "-c", "import time; time.sleep(600)"], seconds)
    yield made
    made.end()


def gone(pid: int) -> None:
    """Returns once this child has ended; nobody waits for it by the clock."""
    os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)


def test_it_is_begun_once(companion: Companion) -> None:
    companion.look()
    first = companion.pid
    companion.look()
    assert first is not None and companion.pid == first


def test_when_it_falls_it_comes_back_but_not_at_once(companion: Companion, seconds: Hand) -> None:
    companion.look()
    first = companion.pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    gone(first)
    seconds.at = AGAIN_AFTER - 1
    companion.look()
    assert companion.pid is None
    seconds.at = AGAIN_AFTER
    companion.look()
    assert companion.pid not in {None, first}


def test_it_ends_with_the_kiosk(companion: Companion) -> None:
    companion.look()
    pid = companion.pid
    assert pid is not None
    companion.end()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_it_ends_also_with_a_kiosk_that_is_killed() -> None:
    if sys.platform != "linux":
        pytest.skip("a child is told of its parent's end on Linux only")
    kiosk = (
        "import sys, time; from kiosk.sitting.companion import Companion\n"
        "one = Companion(sys.argv[1:]); one.look(); print(one.pid, flush=True); time.sleep(600)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", kiosk, "sleep", "600"], stdout=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout is not None
        beside = os.pidfd_open(int(running.stdout.readline()))
        running.kill()
        assert select.select([beside], [], [], 60)[0]
    os.close(beside)


def test_what_cannot_be_begun_stops_nobody(tmp_path: Path, seconds: Hand) -> None:
    none = Companion([str(tmp_path / "nothing")], seconds)
    none.look()
    assert none.pid is None
    none.end()
