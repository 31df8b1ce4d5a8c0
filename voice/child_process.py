"""A process of ours that can be killed without touching the screen: one life after another."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO

LIFE = "KIOSK_CHILD_LIFE"
"""In the child's environment: 1 for the first one of a sitting."""
STOOD_STILL = "KIOSK_CHILD_STOOD_STILL"
"""In the child's environment once an earlier one of the sitting lived, and got nothing done."""
RESTARTS = 3
RESTART_WINDOW = 60.0
"""After three restarts in a minute it is left alone for the rest of the sitting."""


class ChildProcess:
    """All methods belong to one thread, and none but `end` waits; `take` is called by a thread that reads."""

    def __init__(
        self,
        program: tuple[str, ...],
        take: Callable[[int, bytes | None], None],
        inherited: tuple[int, ...] = (),
    ) -> None:
        """`take` gets each line with the number of the life that wrote it; None: that life has ended.
        `inherited`: descriptors that it has, too."""
        self._program = program
        self._inherited = inherited
        self._take = take
        self._process: subprocess.Popen[bytes] | None = None
        self._reader: threading.Thread | None = None
        self._restarts: deque[float] = deque(maxlen=RESTARTS)
        self.falls_still = 0
        """How many of them were replaced because they stood still: after two, the later ones are told,
        as a sound server that has just begun stands still once, too."""
        self.life = 0
        """Counts the processes; a line of an older one means nothing."""

    @property
    def pid(self) -> int | None:
        """Its process id, while there is one."""
        return self._process.pid if self._process else None

    def start(self) -> bool:
        """A new process, with a group of its own. False if that is impossible."""
        self.life += 1
        try:
            self._process = subprocess.Popen(
                self._program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                env=environment(self.life, self.falls_still > 1), start_new_session=True,
                pass_fds=self._inherited,
            )  # fmt: skip
        except OSError:
            self._process = None
            return False
        assert self._process.stdin
        assert self._process.stdout
        os.set_blocking(self._process.stdin.fileno(), False)
        self._reader = threading.Thread(
            target=self._read, args=(self.life, self._process.stdout), daemon=True
        )
        self._reader.start()
        return True

    def _read(self, life: int, lines: IO[bytes]) -> None:
        for line in lines:
            self._take(life, line)
        lines.close()
        self._take(life, None)

    def write(self, line: bytes) -> bool:
        """Hand a line over. False if not all of it was taken: then it does not read, or is gone."""
        if not self._process or not self._process.stdin:
            return False
        try:
            # Unbuffered, so that nothing is left to be written when a hung child is given up.
            return os.write(self._process.stdin.fileno(), line) == len(line)
        except OSError:
            return False

    def replace(self, now: float) -> bool:
        """Kill it with all it started, and begin again. False if that happened too often, or cannot be."""
        self.kill()
        if len(self._restarts) == RESTARTS and now - self._restarts[0] < RESTART_WINDOW:
            return False
        self._restarts.append(now)
        return self.start()

    def end(self, within: float) -> None:
        """It ends with its stdin, and has so many seconds to do what it does then."""
        if self._process and self._process.stdin and self._reader:
            with suppress(OSError):
                self._process.stdin.close()
            self._reader.join(within)
        self.kill()

    def kill(self) -> None:
        """It is not asked."""
        process, self._process = self._process, None
        if process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=1.0)
        if process.stdin:
            with suppress(OSError):
                process.stdin.close()


def environment(life: int, stood_still: bool = False) -> dict[str, str]:
    """The child finds this package wherever the screen's process was started, and knows of a fall before."""
    here = str(Path(__file__).resolve().parent.parent)
    paths = [here, *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths), LIFE: str(life)}
    environment.pop("KIOSK_SPEECH_LOG", None)
    environment.pop(STOOD_STILL, None)
    if stood_still:
        environment[STOOD_STILL] = "1"
    return environment
