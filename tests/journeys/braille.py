"""A Linux console with the kiosk on it, and brltty reading it to a braille display that a test can read.

Only the display is not a real one: it is brltty's own virtual display, told over a socket what its cells show
(Drivers/Braille/Virtual/README of brltty). Console, kiosk and brltty are what a person has.
"""

from __future__ import annotations

import fcntl
import os
import select
import shutil
import signal
import socket
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

from tests.journeys.kiosk_terminal import PATIENCE, PRESS_AGAIN, ROOT, NeverShown
from tests.slowness import slowness

CELLS = 40
"""As most braille displays for a desk have."""
FIRST_FREE, GIVE_BACK = 0x5600, 0x5608
"""VT_OPENQRY and VT_DISALLOCATE of linux/vt.h."""
FILLER = "\u200b"
"""What the kernel keeps in the second cell of a wide character."""
VIEW = Path("/dev/vcsu")
"""The kernel's view of the characters of a console."""
SENDS_KEYS = Path("/proc/sys/dev/tty/legacy_tiocsti")


def lacking() -> str:
    """What is missing here for brltty to read a console; empty if nothing is."""
    if not shutil.which("brltty"):
        return "brltty is not installed"
    if os.geteuid() != 0:
        return "a console of one's own needs root"
    if not VIEW.exists() or not SENDS_KEYS.exists() or SENDS_KEYS.read_text().strip() != "1":
        return "the kernel has no consoles that keys can be sent to"
    try:
        _free_console()
    except OSError as error:
        return f"no console can be had: {error.strerror}"
    return ""


def _free_console() -> int:
    front = os.open("/dev/tty0", os.O_RDWR | os.O_NOCTTY)
    try:
        number: int = struct.unpack("i", fcntl.ioctl(front, FIRST_FREE, struct.pack("i", 0)))[0]
    finally:
        os.close(front)
    if number < 1:
        raise OSError(0, "all are taken")
    return number


class Console:
    """The first free console of this machine, with a kiosk on it. It never comes to the front."""

    def __init__(self, data: Path, *words: str) -> None:
        self.number = _free_console()
        self._screen = os.open(f"/dev/tty{self.number}", os.O_RDWR | os.O_NOCTTY)
        environment = {name: value for name, value in os.environ.items() if not name.startswith("KIOSK_")}
        environment |= {"TERM": "linux", "LANG": "C.UTF-8", "KIOSK_DATA": str(data), "KIOSK_SOUND": "off"}
        environment.pop("COLORTERM", None)
        self._kiosk = subprocess.Popen(
            ["setsid", "--ctty", sys.executable, "-m", "kiosk.cli", "run", *words],
            stdin=self._screen, stdout=self._screen, stderr=self._screen, cwd=ROOT, env=environment,
        )  # fmt: skip

    def type(self, keys: str) -> None:
        """As from the keyboard of this console: all bytes of a key at once, however busy the machine."""
        os.killpg(self._kiosk.pid, signal.SIGSTOP)
        while not all(_stands_still(thread) for thread in _threads(self._kiosk.pid)):
            os.sched_yield()
        try:
            for key in keys.encode():
                fcntl.ioctl(self._screen, termios.TIOCSTI, bytes([key]))
        finally:
            os.killpg(self._kiosk.pid, signal.SIGCONT)

    def close(self) -> None:
        """End the kiosk and give the console back."""
        self._kiosk.terminate()
        self._kiosk.wait(PATIENCE)
        os.close(self._screen)
        front = os.open("/dev/tty0", os.O_RDWR | os.O_NOCTTY)
        with suppress(OSError):
            fcntl.ioctl(front, GIVE_BACK, self.number)
        os.close(front)


def _threads(group: int) -> Iterator[list[str]]:
    """State, parent, group and more of each thread in a group of processes (proc(5))."""
    for file in Path("/proc").glob("[0-9]*/task/*/stat"):
        with suppress(FileNotFoundError, ProcessLookupError):
            told = file.read_text().rpartition(")")[2].split()
            if int(told[2]) == group:
                yield told


def _stands_still(thread: list[str]) -> bool:
    return thread[0] in "TZX"


class BrailleDisplay:
    """brltty reading a console, and what stands on its display."""

    def __init__(self, console: Console, folder: Path) -> None:
        place = folder / "display"
        with socket.socket(socket.AF_UNIX) as waiting:
            waiting.bind(str(place))
            waiting.listen()
            waiting.settimeout(PATIENCE)
            self._brltty = subprocess.Popen(
                ["brltty", "--no-daemon", "--quiet", "--no-api", "--standard-error",
                 "--configuration-file=/dev/null", "--braille-driver=vr", f"--braille-device=client:{place}",
                 "--screen-driver=lx", f"--screen-parameters=vt={console.number}", "--speech-driver=no",
                 "--text-table=en-nabcc", f"--updatable-directory={folder}",
                 f"--writable-directory={folder}", f"--pid-file={folder / 'pid'}"],
                env={**os.environ, "LC_ALL": "C.UTF-8"}, stderr=subprocess.DEVNULL,
            )  # fmt: skip
            try:
                self._told, _ = waiting.accept()
            except TimeoutError:
                self._brltty.kill()
                raise
        self._told.sendall(f"cells {CELLS}\n".encode())
        self._half = b""
        self.line = ""

    def take(self, patience: float) -> bool:
        """Read what brltty has to say; False where it says nothing for that long."""
        if not select.select([self._told], [], [], patience)[0]:
            return False
        *told, self._half = (self._half + self._told.recv(4096)).split(b"\n")
        for line in told:
            command, _, shown = line.decode().strip().partition(" ")
            if command == "Visual":
                self.line = shown[1:-1].replace(FILLER, "").rstrip()
        return True

    def shows(self, line: str) -> None:
        """Wait until exactly that line stands on the display, from its first cell on."""
        until = time.monotonic() + PATIENCE
        while self.line != line:
            if time.monotonic() > until:
                raise NeverShown(f"{line!r} never stood on the braille display, but {self.line!r}")
            self.take(0.2)

    def shows_after(self, console: Console, key: str, line: str) -> None:
        """Press a key until that line stands there: a page takes none that is older than itself."""
        limit = time.monotonic() + PATIENCE
        while self.line != line:
            console.type(key)
            until = time.monotonic() + PRESS_AGAIN * slowness()
            while self.line != line and time.monotonic() < until:
                self.take(0.2)
            if time.monotonic() > limit:
                raise NeverShown(f"{key!r} never brought {line!r} to the braille display, but {self.line!r}")

    def close(self) -> None:
        """Switch it off."""
        self._brltty.terminate()
        self._brltty.wait(PATIENCE)
        self._told.close()


def braille(stack: ExitStack, data: Path, *words: str) -> tuple[Console, BrailleDisplay]:
    """A kiosk with a braille display, until the stack is left."""
    console = Console(data, *words)
    stack.callback(console.close)
    display = BrailleDisplay(console, data.parent)
    stack.callback(display.close)
    return console, display
