"""How a box begins X: the script as it is installed, with neighbours that tell what they were given."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from kiosk.cli import main

TELLS = '#!/bin/sh\nprintf "%s\\n" "$0 $*" >> {log}\nenv | sed "s/^/{name}:/" >> {log}\n'


@pytest.fixture
def told(tmp_path: Path) -> str:
    """What xinit, and xauth before it, were given, where systemd waits for a word on a socket."""
    box, log = tmp_path / "box", tmp_path / "log"
    box.mkdir()
    words = ["install", "--root", str(box), "--program", "/opt/bangban/bin/kiosk"]
    assert CliRunner().invoke(main, words).exit_code == 0
    (tmp_path / "bin").mkdir()
    for name in ("xinit", "xauth"):
        program = tmp_path / "bin" / name
        program.write_text(TELLS.format(log=log, name=name), encoding="utf-8")
        program.chmod(0o755)
    world = {
        "PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}",
        "RUNTIME_DIRECTORY": str(tmp_path),
        "NOTIFY_SOCKET": "/run/systemd/notify",
        "WATCHDOG_USEC": "30000000",
        "PROGRAM": "/opt/bangban/bin/kiosk",
    }
    subprocess.run(["sh", box / "usr/local/lib/bangban/session"], env=world, check=True)
    return log.read_text(encoding="utf-8")


def test_the_kiosk_speaks_to_systemd_and_the_x_server_does_not(told: str) -> None:
    """An X server says that it is ready as soon as its screen is black."""
    started = next(line for line in told.splitlines() if "xinit " in line)
    client, _, server = started.partition(" -- ")
    assert "NOTIFY_SOCKET=/run/systemd/notify /opt/bangban/bin/kiosk launch" in client
    assert "NOTIFY" not in server and "xinit:NOTIFY_SOCKET=" not in told
    assert "xinit:WATCHDOG_USEC=30000000" in told


def test_nothing_blanks_and_nobody_else_may_draw(told: str, tmp_path: Path) -> None:
    server = next(line for line in told.splitlines() if "xinit " in line).partition(" -- ")[2]
    assert f"-auth {tmp_path}/Xauthority" in server
    assert {"-nolisten", "-dpms", "vt1"} <= {*server.split()} and "-s 0" in server
