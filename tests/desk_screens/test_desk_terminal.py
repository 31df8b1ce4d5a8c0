"""The command itself, in a real terminal: it opens, takes keys, and leaves the terminal as it was."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from tests.desk_screens.desk_site import Site

PATIENCE = 30.0
LEAVES_FULL_SCREEN = b"\x1b[?1049l"


def read_until(terminal: int, wanted: bytes) -> bytes:
    """What the program wrote, up to and with what is waited for."""
    got, until = b"", time.monotonic() + PATIENCE
    while wanted not in got:
        left = until - time.monotonic()
        assert left > 0 and select.select([terminal], [], [], left)[0], f"{wanted!r} never came"
        got += os.read(terminal, 65536)
    return got


def ask_to_end(process: subprocess.Popen[bytes], terminal: int) -> None:
    process.send_signal(signal.SIGTERM)


def press_ctrl_q(process: subprocess.Popen[bytes], terminal: int) -> None:
    os.write(terminal, b"\x11")


@pytest.mark.parametrize("leave", [press_ctrl_q, ask_to_end], ids=["by key", "when the box shuts down"])
def test_the_desk_opens_in_a_terminal_and_leaves_it_as_it_was(
    site: Site, leave: Callable[[subprocess.Popen[bytes], int], None]
) -> None:
    terminal, inside = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "80", "LINES": "24"}
    command = [sys.executable, "-m", "kiosk.cli", "--data", str(site.folder), "desk"]
    process = subprocess.Popen(command, stdin=inside, stdout=inside, stderr=inside, env=environment)
    os.close(inside)
    try:
        read_until(terminal, "请签到".encode())
        leave(process, terminal)
        read_until(terminal, LEAVES_FULL_SCREEN)
        assert process.wait(PATIENCE) == 0
        assert (site.folder / "desk.log").read_bytes() == b""
    finally:
        process.kill()
        process.wait()
        os.close(terminal)
