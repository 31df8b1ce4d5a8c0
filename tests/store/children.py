"""Other programs, as forked children that report over a pipe."""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

Say = Callable[[str], None]


@dataclass
class Child:
    """A running child; `lines` is what it reports."""

    pid: int
    lines: IO[str]

    def finish(self) -> list[str]:
        """Wait for its end; everything it said. Fails when the child failed."""
        said = [line.rstrip("\n") for line in self.lines]
        self.lines.close()
        _, status = os.waitpid(self.pid, 0)
        assert os.waitstatus_to_exitcode(status) == 0, said
        return said


def start(work: Callable[[Say], None]) -> Child:
    """Run `work` in a child process; what it passes to `say` arrives line by line."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        code = 0
        try:
            work(lambda line: _write(writing, line))
        except BaseException:
            _write(writing, traceback.format_exc())
            code = 1
        os._exit(code)
    os.close(writing)
    return Child(pid, os.fdopen(reading))


def _write(handle: int, line: str) -> None:
    os.write(handle, (line + "\n").encode())
