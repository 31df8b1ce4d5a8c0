"""What a person typed is in memory as long as their sitting: no program of the same account may read it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.kiosk_terminal import KIOSK, ROOT, KioskTerminal
from tests.journeys.resident import words

NO_CORE = ["0", "0"]
SOUND = {"KIOSK_SOUND": "on"}
LESS = ("setpriv", "--bounding-set", "-sys_ptrace", "--inh-caps", "-sys_ptrace")
RIGHTS = LESS if os.getuid() == 0 else ()
"""The administrator may read everything, so both sides have less to say then."""
ASKS_AND_FORKS = """
import os
from kiosk.undumpable import keep_memory_to_itself
print("open", flush=True)
input()
keep_memory_to_itself()
pid = os.fork()
if pid:
    print(pid, flush=True)
    os.waitpid(pid, 0)
else:
    os.read(0, 1)
"""
YAMA = Path("/proc/sys/kernel/yama/ptrace_scope")
"""Where this is not 0, the kernel shuts everybody's memory."""

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="who may read a process is asked of Linux here"),
    pytest.mark.skipif(os.getuid() == 0 and shutil.which("setpriv") is None, reason="setpriv is missing"),
    pytest.mark.skipif(
        YAMA.exists() and YAMA.read_text().strip() != "0", reason="Yama shuts all memory here"
    ),
]


def neighbour_reads(pid: int) -> bool:
    """May another program of this account open its memory?"""
    opened = subprocess.run([*RIGHTS, "head", "-c0", f"/proc/{pid}/mem"], capture_output=True, check=False)
    return opened.returncode == 0


def core_limits_of(pid: int) -> list[str]:
    """The soft limit and the hard one, in bytes."""
    lines = Path(f"/proc/{pid}/limits").read_text().splitlines()
    return next(line for line in lines if line.startswith("Max core file size")).split()[4:6]


def test_a_process_is_read_by_its_neighbours_until_it_asks_not_to_be() -> None:
    with program("-c", ASKS_AND_FORKS) as asking:
        assert asking.stdin is not None and asking.stdout is not None
        assert asking.stdout.readline() == b"open\n"
        assert neighbour_reads(asking.pid)
        asking.stdin.write(b"\n")
        asking.stdin.flush()
        fork = int(asking.stdout.readline())
        assert not neighbour_reads(asking.pid)
        assert not neighbour_reads(fork), "and so are its forks"


def program(*words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*RIGHTS, sys.executable, *words],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT, bufsize=0,
    )  # fmt: skip


@pytest.mark.parametrize("module", ["voice.child", "voice.listening.child"])
def test_what_speaks_and_what_listens_ask_for_it_themselves(module: str) -> None:
    """They are programs of their own: what their starter asked for ended with their start."""
    with program("-m", module) as child:
        assert child.stdout is not None
        assert child.stdout.readline(), "its first report"
        assert not neighbour_reads(child.pid)
        assert core_limits_of(child.pid) == NO_CORE


@pytest.mark.slow
def test_a_running_kiosk_is_read_by_no_neighbour(tmp_path: Path) -> None:
    """K44: the supervisor, the sitting and what speaks; the demo's reader knows nobody real."""
    (tmp_path / "data").mkdir(mode=0o700)
    with KioskTerminal(tmp_path / "data", "--demo", program=(*RIGHTS, *KIOSK), more=SOUND) as terminal:
        terminal.shows(words("language.heading")[:8])
        terminal.until(lambda _: _speaking(terminal.tree()), what="what speaks")
        family = terminal.tree()
        mine = [pid for pid in family if "emulate" not in _command_line(pid)]
        assert len(mine) == 3
        # what speaks asks for it once Python has begun
        terminal.until(lambda _: not any(map(neighbour_reads, mine)), what="a family that nobody reads")
        assert [core_limits_of(pid) for pid in family] == [NO_CORE] * len(family)


def _speaking(pids: list[int]) -> bool:
    return any("voice.child" in _command_line(pid) for pid in pids)


def _command_line(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
