"""The Wayland session of a box, as `kiosk install` writes it, on a screen that lies in memory."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kiosk.cli import main
from kiosk.display.panel import Panel
from tests.journeys.virtual_screen import PATIENCE

ROOT = Path(__file__).resolve().parents[2]
PANEL = Panel("294x165 mm, 1280x720", 294, 165, 1280, 720)
"""As many pixels as a headless output has when nobody tells it."""
_EDGE = 4
"""Pixels from the left edge: nothing is written there, and the bar on top shows its colour."""
_ROWS = 8
"""No type size has fewer."""
_PPM = re.compile(rb"P6\s(\d+) (\d+)\s255\s")
_SETTINGS = """
[site]
name = {{ zh = "幸福路社区服务中心", en = "Xingfu Road Community Centre" }}
phone = "000-12345"
[screen]
display = "{display}"
terminal = "{terminal}"
"""
_PROGRAM = '#!/bin/sh\necho $$ > "{told}"\nexec "{python}" -m kiosk.cli "$@" {more}\n'
"""The kiosk's command on this box; it leaves the number of its process."""
_HEADLESS = {
    "WLR_BACKENDS": "headless",
    "WLR_LIBINPUT_NO_DEVICES": "1",
    "WLR_RENDERER": "pixman",
    "LIBGL_ALWAYS_SOFTWARE": "1",
}
"""No card draws for sway, and none for kitty, which needs OpenGL."""


class SwaySession:
    """One box's screen: what is on it, and its processes."""

    def __init__(
        self, folder: Path, short: Path, terminal: str, more: str, around: Mapping[str, str]
    ) -> None:
        """`short` is the runtime folder, for this account only: a socket's path may not be long."""
        self.world = {**_world(folder, short, terminal), **around}
        """The environment of all that is in this session."""
        self._short, self._told, self._log = short, folder / "told", folder / "sway.log"
        command = [*_not_as_root(), "sway", "--config", str(_installed(folder, self._told, more))]
        self._manager = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._manager.bind(self.world["NOTIFY_SOCKET"])
        with self._log.open("wb") as log:
            self.sway = subprocess.Popen(command, env=self.world, stdout=log, stderr=log)

    # what is on it

    def ready(self) -> None:
        """The kiosk inside has told systemd so."""
        self._manager.settimeout(1)
        heard: list[bytes] = []

        def told() -> bool:
            with suppress(TimeoutError):
                heard.append(self._manager.recv(64))
            return b"READY=1" in heard

        self.until(told, "READY=1")
        self.world["WAYLAND_DISPLAY"] = next(self._short.glob("wayland-?")).name
        self.world["SWAYSOCK"] = str(next(self._short.glob("sway-ipc*")))

    def picture(self) -> bytes:
        """Three bytes for each pixel, line by line."""
        drawn = subprocess.run(
            ["grim", "-t", "ppm", "-"], env=self.world, check=True, capture_output=True, timeout=PATIENCE
        ).stdout
        header = _PPM.match(drawn)
        assert header is not None and (int(header[1]), int(header[2])) == (PANEL.across, PANEL.down)
        return drawn[header.end() :]

    def row(self) -> int:
        """Pixels of the bar on top, which is one row high; nought where there is none."""
        seen, line = self.picture(), PANEL.across * 3
        column = [seen[at : at + 3] for at in range(_EDGE * 3, len(seen), line)]
        height = next((y for y, colour in enumerate(column) if colour != column[0]), 0)
        return height if height < PANEL.down // _ROWS else 0

    def upper_part(self) -> bytes:
        """Captions come and go below it."""
        return self.picture()[: PANEL.across * 3 * (PANEL.down * 2 // 5)]

    def at_rest(self) -> bytes:
        """The upper part, once nothing changes in it any more."""
        seen = [b"", b""]

        def still() -> bool:
            time.sleep(0.5)
            seen[:] = [seen[1], self.upper_part()]
            return seen[0] == seen[1]

        self.until(still, "an end of all changes")
        return seen[1]

    def windows(self) -> list[dict[str, Any]]:
        """All that sway shows, as it tells them."""
        return [*_windows_in(json.loads(self._asked("get_tree")))]

    def bars(self) -> list[Any]:
        return list(json.loads(self._asked("get_bar_config")))

    def inputs(self) -> list[str]:
        """Kinds of what keys and pointers come from."""
        return [one["type"] for one in json.loads(self._asked("get_inputs"))]

    def bindings(self) -> list[str]:
        """The lines of the configuration that give a key, a switch or a gesture something to do."""
        lines = json.loads(self._asked("get_config"))["config"].splitlines()
        return [line for line in lines if line.strip().startswith(("bind", "include", "mode"))]

    def _asked(self, *kind: str) -> str:
        return subprocess.run(
            ["swaymsg", "--raw", "-t", *kind],
            env=self.world,
            check=True,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        ).stdout

    def until(self, seen: Callable[[], bool], what: str) -> None:
        limit = time.monotonic() + PATIENCE
        while not seen():
            said = self._log.read_text(encoding="utf-8", errors="replace")
            assert self.sway.poll() is None, said
            assert time.monotonic() < limit, f"{what}; sway and the kiosk said:\n{said}"
            time.sleep(0.05)

    # its processes

    @property
    def launch(self) -> int:
        """`kiosk launch`, as sway has started it."""
        return int(self._told.read_text())

    def processes(self) -> list[int]:
        """What systemd would find in the unit: sway does not stay the parent of what it starts."""
        return [self.sway.pid, *_family(_parent(self.launch))]

    def ended(self, processes: Sequence[int], limit: float) -> int:
        """What sway says in the end; all of them have gone by then, and no socket of sway is left."""
        until = time.monotonic() + limit
        status = self.sway.wait(limit)
        while any(_lives(pid) for pid in processes):
            assert time.monotonic() < until, [pid for pid in processes if _lives(pid)]
            time.sleep(0.05)
        assert {one.name for one in self._short.iterdir()} == {"notify"}
        return status

    def close(self) -> None:
        """Whatever became of the test."""
        self._manager.close()
        left = self.processes() if self._told.exists() and _lives(self.launch) else [self.sway.pid]
        for pid in left:
            if self.sway.returncode is None or pid != self.sway.pid:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGTERM)
        self.sway.wait(PATIENCE)


@contextmanager
def sway_session(
    folder: Path, terminal: str, *, more: str = "", around: Mapping[str, str] | None = None
) -> Iterator[SwaySession]:
    """As long as the block lasts. `more` is added to `kiosk launch`, `around` to the environment."""
    short = Path(tempfile.mkdtemp(prefix="sway-", dir="/tmp"))
    try:
        session = SwaySession(folder, short, terminal, more, around or {})
        try:
            yield session
        finally:
            session.close()
    finally:
        shutil.rmtree(short)


def _world(folder: Path, short: Path, terminal: str) -> dict[str, str]:
    for name in ("home", "tmp"):
        (folder / name).mkdir()
    settings = _SETTINGS.format(display=PANEL.name, terminal=terminal)
    (folder / "kiosk.toml").write_text(settings, encoding="utf-8")
    others = re.compile("KIOSK_|TEXTUAL|XDG_|WAYLAND_|SWAY|WLR_|DISPLAY$")
    return {
        **{name: value for name, value in os.environ.items() if not others.match(name)},
        **_HEADLESS,
        "HOME": str(folder / "home"),
        "TMPDIR": str(folder / "tmp"),
        "XDG_RUNTIME_DIR": str(short),
        "XDG_SESSION_TYPE": "wayland",
        "NOTIFY_SOCKET": str(short / "notify"),
        "KIOSK_SOUND": "off",
        "KIOSK_DATA": str(folder / "data"),
        "KIOSK_CONFIG": str(folder / "kiosk.toml"),
        "PYTHONPATH": str(ROOT),
        "LANG": "C.UTF-8",
    }


def _installed(folder: Path, told: Path, more: str) -> Path:
    """The configuration as it lies on a box; the kiosk's command there is that of this checkout."""
    program, box = folder / "kiosk", folder / "box"
    program.write_text(_PROGRAM.format(told=told, python=sys.executable, more=more), encoding="utf-8")
    program.chmod(0o755)
    box.mkdir()
    words = ["install", "--root", str(box), "--shell", "sway", "--program", str(program)]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 0, done.output
    return box / "etc/bangban/sway.conf"


def _not_as_root() -> list[str]:
    """sway refuses to be root. Here it is an ordinary account that owns the same files."""
    if os.geteuid() != 0:
        return []
    other = ["unshare", "--user", "--map-user=1000", "--map-group=1000"]
    if subprocess.run([*other, "true"], check=False, stderr=subprocess.DEVNULL).returncode:
        pytest.skip("sway does not run as root, and there are no user namespaces here")
    return other


def _windows_in(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if "pid" in node:
        yield node
    for child in (*node["nodes"], *node["floating_nodes"]):
        yield from _windows_in(child)


def _stat(pid: int) -> list[str]:
    """From the state on; empty where there is no such process."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return []


def _lives(pid: int) -> bool:
    return _stat(pid)[:1] not in ([], ["Z"])


def _parent(pid: int) -> int:
    return int(_stat(pid)[1])


def _family(pid: int) -> list[int]:
    """The process and all that it has started, however far down."""
    found = [pid]
    with suppress(OSError):
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            found += _family(int(child))
    return found
