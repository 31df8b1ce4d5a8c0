"""`kiosk launch` with a kiosk that cannot stand, in a real terminal on a virtual screen."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from venv import EnvBuilder

import pytest

from kiosk.display.tables import panels
from kiosk.update.first_day import FirstDay, note_first_day
from kiosk.update.versions import Versions
from tests.journeys.virtual_screen import PATIENCE, VirtualScreen, needed, virtual_screen

ROOT = Path(__file__).resolve().parents[2]
PANEL = panels()["15.6"]
SETTINGS = """
[site]
name = { zh = "幸福路社区服务中心", en = "Xingfu Road Community Centre" }
phone = "000-12345"
[screen]
display = "15.6"
"""
PAGE = "out-of-order"

pytestmark = pytest.mark.slow


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[VirtualScreen]:
    with virtual_screen(PANEL, tmp_path) as screen:
        yield screen


def programs(pid: int) -> list[str]:
    """What the kiosk's commands are that this process has started, however far down."""
    found = []
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        try:
            words = Path(f"/proc/{child}/cmdline").read_text().split("\0")
            found += (
                [words[words.index("kiosk.cli") + 1]] if words[-2:-1] != ["-e"] and "-m" in words[1:2] else []
            )
            found += programs(int(child))
        except (FileNotFoundError, ProcessLookupError):
            continue
    return found


def world_of(screen: VirtualScreen, folder: Path, data: Path) -> dict[str, str]:
    (folder / "kiosk.toml").write_text(SETTINGS, encoding="utf-8")
    return {
        **{name: value for name, value in os.environ.items() if not re.match("KIOSK_|TEXTUAL", name)},
        "DISPLAY": screen.display,
        "KIOSK_SOUND": "off",
        "KIOSK_DATA": str(data),
        "KIOSK_CONFIG": str(folder / "kiosk.toml"),
        "PYTHONPATH": str(ROOT),
        "LANG": "C.UTF-8",
    }


@pytest.mark.parametrize(
    ("terminal", "more"),
    [("kitty", []), ("xterm", ["--no-restart"]), ("xterm", [])],
    ids=["kitty", "xterm", "anew"],
)
def test_the_watchdog_hears_the_loop_through_the_terminal(
    terminal: str, more: list[str], screen: VirtualScreen, tmp_path: Path
) -> None:
    needed(terminal)
    world = world_of(screen, tmp_path, tmp_path / "data")
    command = [sys.executable, "-m", "kiosk.cli", "launch", "--terminal", terminal, *more]
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(str(tmp_path / "notify"))
        manager.settimeout(PATIENCE)
        told = {"NOTIFY_SOCKET": str(tmp_path / "notify"), "WATCHDOG_USEC": "3000000"}
        with subprocess.Popen(command, env={**world, **told}, stderr=subprocess.DEVNULL) as launch:
            try:
                heard = [manager.recv(64) for _ in range(4)]
                assert "run" in programs(launch.pid)
            finally:
                launch.terminate()
                assert launch.wait(PATIENCE) == 0
    assert heard == [b"READY=1", *[b"WATCHDOG=1"] * 3]


@pytest.mark.parametrize("more", [["--no-restart"], []], ids=["told", "anew"])
def test_a_kiosk_that_cannot_stand_shows_the_page_for_staff(
    more: list[str], screen: VirtualScreen, tmp_path: Path
) -> None:
    needed("xterm")
    blocked = tmp_path / "blocked"
    blocked.write_text("no folder", encoding="utf-8")
    world = world_of(screen, tmp_path, blocked / "data")
    command = [sys.executable, "-m", "kiosk.cli", "launch", "--terminal", "xterm", *more]
    with subprocess.Popen(command, env=world, stderr=subprocess.DEVNULL) as launch:
        try:
            screen.until(lambda: PAGE in programs(launch.pid), "the page for staff")
            screen.until(lambda: any(screen.upper_part()), "words on it")
            blocked.unlink()
            screen.until(lambda: screen.row() > 0 and "run" in programs(launch.pid), "the kiosk, once it can")
        finally:
            launch.terminate()
            assert launch.wait(PATIENCE) == 0


def pid_of_run(pid: int) -> int:
    """The supervisor that this process has started, however far down; 0 where there is none."""
    with suppress(FileNotFoundError, ProcessLookupError):
        for child in map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()):
            words: list[str] = []
            with suppress(FileNotFoundError, ProcessLookupError):
                words = Path(f"/proc/{child}/cmdline").read_text().split("\0")
            if words[-2:-1] == ["run"] and "-e" not in words:
                return child
            if found := pid_of_run(child):
                return found
    return 0


def version_in_its_first_day(folder: Path) -> Path:
    """A folder of versions with one in it that was switched to just now: its Python."""
    versions = Versions(folder)
    made = versions.begin("0.2.0")
    EnvBuilder(symlinks=True).create(made)
    versions.finish("0.2.0")
    versions.switch("0.2.0")
    note_first_day(folder, FirstDay("0.2.0", datetime.now(UTC).isoformat()))
    return made / "bin" / "python"


@pytest.mark.parametrize("more", [["--no-restart"], ["--restart"]], ids=["told", "anew"])
def test_where_another_version_is_to_run_it_ends_after_a_fall_and_is_begun_with_that(
    more: list[str], screen: VirtualScreen, tmp_path: Path
) -> None:
    """Somebody has noted that the version that runs keeps falling in its first day."""
    needed("xterm")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "fallen").touch()
    world = {**world_of(screen, tmp_path, tmp_path / "data"), "NOTIFY_SOCKET": str(tmp_path / "nobody")}
    world["PYTHONPATH"] += f":{sysconfig.get_path('purelib')}"
    python = version_in_its_first_day(tmp_path / "program")
    command = [str(python), "-m", "kiosk.cli", "launch", "--terminal", "xterm", *more]
    with subprocess.Popen(command, env=world, stderr=subprocess.DEVNULL) as launch:
        try:
            screen.until(lambda: screen.row() > 0 and pid_of_run(launch.pid) > 0, "the kiosk")
            supervisor = pid_of_run(launch.pid)
            assert supervisor, "0 would be all of this test run"
            os.kill(supervisor, signal.SIGKILL)
            assert launch.wait(PATIENCE) == 1
        finally:
            launch.terminate()
