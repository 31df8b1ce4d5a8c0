"""Pictures of papers: from a scanner or camera into memory, and from memory to a program that shows them.

No picture is ever a file on a disk: the scanner's program writes to its standard output, or like the viewer
into a file that exists in memory only and is gone with the program.
"""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable, Sequence
from contextlib import suppress
from enum import StrEnum

from kiosk.cases.materials import Copy
from kiosk.paper.copies import LARGEST_RAW

FILE = "{file}"
"""Stands in a command where the name of the picture's file belongs."""
LONGEST = 120.0
"""Seconds that a scanner may take for a page; one that waits for its lamp takes 60."""
_READ_AT_ONCE = 1 << 16


class Fault(StrEnum):
    """Why there is no picture: each asks for something else to be done."""

    MISSING = "missing"
    """The program is not on this machine."""
    LATE = "late"
    """It took too long, and was stopped."""
    FAILED = "failed"
    """It gave up: the device is off, unplugged or busy."""
    NOTHING = "nothing"
    """It ended well, and there was no picture."""


class NotTaken(Exception):
    """Scanner or camera brought no picture."""

    def __init__(self, why: Fault) -> None:
        super().__init__(f"not taken: {why}")
        self.why = why


class NotShown(Exception):
    """There is no program that shows it, or it could not be started."""


def taken(
    command: Sequence[str],
    longest: float = LONGEST,
    begun: Callable[[subprocess.Popen[bytes]], None] | None = None,
) -> bytes:
    """What the command wrote to its standard output, or into the file that it was told for {file}.

    It runs without a shell. `begun` is given what runs, for whoever wants to `end` it early. Raises NotTaken.
    """
    memory = os.memfd_create("bangban", os.MFD_CLOEXEC)
    try:
        words = [word.replace(FILE, f"/proc/self/fd/{memory}") for word in command]
        said = _run(words, memory, longest, begun)
        content = _written(memory) if any(FILE in word for word in command) else said
    finally:
        os.close(memory)
    if not content:
        raise NotTaken(Fault.NOTHING)
    return content


def _run(
    words: Sequence[str],
    memory: int,
    longest: float,
    begun: Callable[[subprocess.Popen[bytes]], None] | None,
) -> bytes:
    try:
        running = subprocess.Popen(
            words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            pass_fds=(memory,),
        )
    except OSError:
        raise NotTaken(Fault.MISSING) from None
    if begun is not None:
        begun(running)
    with running:
        said, late = _read(running, longest)
    if late:
        raise NotTaken(Fault.LATE)
    if running.returncode != 0:
        raise NotTaken(Fault.FAILED)
    return said


def _written(memory: int) -> bytes:
    os.lseek(memory, 0, os.SEEK_SET)
    with os.fdopen(os.dup(memory), "rb") as file:
        return file.read(LARGEST_RAW + 1)


def _read(running: subprocess.Popen[bytes], longest: float) -> tuple[bytes, bool]:
    """All of it, and whether it took too long; that, and one that writes without an end, is stopped."""
    from threading import Event, Timer

    over = Event()

    def stop() -> None:
        over.set()
        end(running)

    late = Timer(longest, stop)
    late.daemon = True
    late.start()
    found = bytearray()
    try:
        while running.stdout is not None and (some := running.stdout.read(_READ_AT_ONCE)):
            found += some
            if len(found) > LARGEST_RAW:
                end(running)
                break
        running.wait()
    finally:
        late.cancel()
    return bytes(found), over.is_set()


def end(running: subprocess.Popen[bytes]) -> None:
    """With all that it has started: what a script leaves behind would hold its output open."""
    with suppress(ProcessLookupError):
        os.killpg(running.pid, signal.SIGKILL)


class Shown:
    """A picture in a window of its own, until that is closed or `put_away`."""

    def __init__(self, command: Sequence[str], copy: Copy) -> None:
        """Raises NotShown."""
        if FILE not in command:
            raise NotShown
        memory = os.memfd_create("bangban", os.MFD_CLOEXEC)
        try:
            with os.fdopen(os.dup(memory), "wb") as file:
                file.write(copy.content)
            os.lseek(memory, 0, os.SEEK_SET)
            words = [word.replace(FILE, f"/proc/self/fd/{memory}") for word in command]
            silent = subprocess.DEVNULL
            self._program = subprocess.Popen(
                words, stdin=silent, stdout=silent, stderr=silent, pass_fds=(memory,)
            )
        except OSError:
            raise NotShown from None
        finally:
            os.close(memory)

    @property
    def open(self) -> bool:
        """Does it still stand on the screen?"""
        return self._program.poll() is None

    def put_away(self) -> None:
        """Close it, where it is still open."""
        if self.open:
            self._program.kill()
        self._program.wait()
