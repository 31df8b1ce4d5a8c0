"""The desk as the command itself, in a terminal of its own."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.desk_screens.desk_site import Site

PATIENCE = 60.0
PRESS_AGAIN = 3.0
"""Seconds of silence after which a key is pressed once more: while an act is under way none is heard."""
CTRL_Q, ESCAPE = b"\x11", b"\x1b"


@dataclass(frozen=True)
class DeskTerminal:
    """The program, and the end of its terminal that a person has."""

    process: subprocess.Popen[bytes]
    descriptor: int

    def types(self, keys: bytes) -> None:
        os.write(self.descriptor, keys)

    def shows(self, wanted: str) -> None:
        """Read on until this was written."""
        self.until(lambda got: wanted.encode() in got, wanted)

    def brings(self, keys: bytes, wanted: str) -> None:
        """Type, and read on until this was written."""
        self.types(keys)
        # a page that is left is never asked twice
        again = b"" if keys == ESCAPE else keys[-1:]
        self.until(lambda got: wanted.encode() in got, wanted, again)

    def until(self, there: Callable[[bytes], bool], wanted: str, again: bytes = b"") -> bytes:
        """What the program wrote from here on, until that is enough.

        `again`: what is typed where it is silent.
        """
        got, until = b"", time.monotonic() + PATIENCE
        while not there(got):
            assert time.monotonic() < until, f"{wanted!r} never came"
            if select.select([self.descriptor], [], [], PRESS_AGAIN)[0]:
                got += os.read(self.descriptor, 65536)
            else:
                self.types(again)
        return got


@contextmanager
def desk_terminal(site: Site, events: Path | None = None) -> Iterator[DeskTerminal]:
    """`events`: the file that its standard error goes to, as in a service; else it is the terminal."""
    terminal, inside = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "80", "LINES": "24"}
    command = [sys.executable, "-m", "kiosk.cli", "--data", str(site.folder), "desk"]
    errors = inside if events is None else os.open(events, os.O_WRONLY | os.O_CREAT, 0o600)
    process = subprocess.Popen(command, stdin=inside, stdout=inside, stderr=errors, env=environment)
    for descriptor in {inside, errors}:
        os.close(descriptor)
    try:
        yield DeskTerminal(process, terminal)
    finally:
        process.kill()
        process.wait()
        os.close(terminal)
