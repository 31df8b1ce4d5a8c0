"""The real kiosk in a real terminal: starts it, reads its screen, presses its keys, knows its processes."""

from __future__ import annotations

import fcntl
import os
import re
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

import pyte
from wcwidth import wcwidth

from bench.terminal import CELL_HEIGHT_PX, CELL_WIDTH_PX, Terminal
from tests.slowness import slowness

ROOT = Path(__file__).resolve().parents[2]
KIOSK = (sys.executable, "-m", "kiosk.cli", "run")
BRISK = (sys.executable, str(Path(__file__).with_name("brisk.py")), "run")
"""The same kiosk with no pause after a fall."""
PATIENCE = 120.0
"""Seconds after which what has not come is not coming; a busy machine is slow, not broken."""
APART = 0.14
"""Seconds between two keys."""
PRESS_AGAIN = 3.0
"""Seconds after which a key that did nothing is pressed once more; longer where all is slow: such a key would
answer the next page."""
ENTER, ESCAPE, DOWN, F9, F10, CTRL_Q = "\r", "\x1b", "\x1b[B", "\x1b[20~", "\x1b[21~", "\x11"
CLEARED = b"\x1b[2J\x1b[3J\x1b[H"
"""Written between two sittings."""

_MODES = re.compile(rb"\x1b\[\?([0-9;]+)([hl])")
_NOT_FOR_PYTE = re.compile(rb"\x1b\[[<=>][0-9;]*[a-zA-Z]")
_HALF = re.compile(rb"\x1b[^a-zA-Z\x1b]{0,24}$")


class NeverShown(AssertionError):
    """What was waited for did not come."""


class _Screen(pyte.Screen):
    """A wide character of which one half is written over loses the other, as on a real terminal."""

    @property
    def display(self) -> list[str]:
        """The lines. pyte alone keeps the lost half, and cannot show it."""
        for row in self.buffer.values():
            for column, cell in list(row.items()):
                if not cell.data and wcwidth(row[column - 1].data[:1]) != 2:
                    row[column] = cell._replace(data=" ")
        return super().display


class KioskTerminal(Terminal):
    """A kiosk on a pseudo-terminal with a screen that can be read."""

    def __init__(
        self,
        data: Path,
        *words: str,
        columns: int = 80,
        rows: int = 24,
        program: tuple[str, ...] = KIOSK,
        more: Mapping[str, str] | None = None,
    ) -> None:
        temporary = data.parent / "tmp"
        temporary.mkdir(exist_ok=True)
        self.raw = bytearray()
        self._screen = _Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._half = b""
        self._tapped_at = 0.0
        self._status: int | None = None
        environment = {
            **{
                name: value
                for name, value in os.environ.items()
                if not name.startswith(("KIOSK_", "TEXTUAL"))
            },
            "TERM": "xterm-256color",
            "KIOSK_DATA": str(data),
            "TMPDIR": str(temporary),
            "KIOSK_SOUND": "off",
            "PYTHONPATH": str(ROOT),
            "LANG": "C.UTF-8",
            **(more or {}),
        }
        super().__init__([*program, *words], columns, rows, environment)
        os.set_blocking(self._terminal, False)

    # what is on it

    @property
    def text(self) -> str:
        """The screen without its spaces: what is wrapped, indented or drawn in a box reads as one."""
        return "".join("".join(self._screen.display).split())

    @property
    def lines(self) -> list[str]:
        """The screen as it is."""
        return list(self._screen.display)

    def modes(self) -> dict[int, bool]:
        """Private modes as last set: 1049 the alternate screen, 25 the cursor, 1000 and more the mouse."""
        found: dict[int, bool] = {}
        for mode in _MODES.finditer(self.raw):
            found.update(dict.fromkeys(map(int, mode[1].split(b";")), mode[2] == b"h"))
        return found

    def local_modes(self) -> int:
        """The line discipline's local modes (termios)."""
        modes: int = termios.tcgetattr(self._terminal)[3]
        return modes

    # what is done to it

    def take(self, timeout: float = 0.02) -> bytes:
        """What came within `timeout`, drawn."""
        written = self._read(timeout)
        self.raw += written
        self._half, seen = b"", self._half + written
        cut = _HALF.search(seen)
        whole = min(len(seen) if cut is None else cut.start(), _drawn(seen))
        self._half, seen = seen[whole:], seen[:whole]
        self._stream.feed(_NOT_FOR_PYTE.sub(b"", seen))
        return written

    def until(self, seen: Callable[[str], object], limit: float = PATIENCE, what: str = "") -> float:
        """Read until the screen is as wanted; the seconds that took."""
        begun = time.monotonic()
        while not seen(self.text):
            if self.ended or time.monotonic() - begun > limit:
                raise NeverShown(f"{what or 'what was waited for'} never came; there is:\n" + self.picture())
            self.take()
        return time.monotonic() - begun

    def shows(self, *words: str, limit: float = PATIENCE) -> float:
        """Wait until any of these stands on the screen."""
        wanted = ["".join(word.split()) for word in words]
        return self.until(lambda text: any(word in text for word in wanted), limit, f"{words}")

    def rest(self, quiet: float = 0.15, limit: float = 5.0) -> None:
        """Read until nothing was written for `quiet` seconds."""
        until = time.monotonic() + limit
        while self.take(quiet) and time.monotonic() < until:
            continue

    def type(self, keys: str | bytes) -> None:
        """Send bytes as a keyboard would, whatever the program does meanwhile."""
        left = keys.encode() if isinstance(keys, str) else keys
        until = time.monotonic() + PATIENCE
        while left and time.monotonic() < until:
            try:
                left = left[os.write(self._terminal, left[:1024]) :]
            except BlockingIOError:
                self.take()

    def tap(self, *keys: str) -> None:
        """Press keys as fast as a person can: a key that comes back sooner counts as held down."""
        for key in keys:
            while self.too_soon > 0:
                self.take(self.too_soon)
            self.type(key)
            self._tapped_at = time.monotonic()

    def press_until(self, key: str, seen: Callable[[str], object], what: str = "") -> None:
        """Press a key, as often as people do, until what comes of it is there.

        A page takes no key that is older than itself, and it comes anew with whatever is told of a card, a
        reader or a visit that opens: nobody before the screen can know of that.
        """
        limit = time.monotonic() + PATIENCE
        while not seen(self.text):
            self.tap(key)
            with suppress(NeverShown):
                self.until(seen, PRESS_AGAIN * slowness())
            if self.ended or time.monotonic() > limit:
                raise NeverShown(f"{what or 'what a key does'} never came; there is:\n" + self.picture())

    def press_for(self, key: str, *words: str) -> None:
        """Press a key until any of these stands on the screen."""
        wanted = ["".join(word.split()) for word in words]
        self.press_until(key, lambda text: any(word in text for word in wanted), f"{words}")

    @property
    def too_soon(self) -> float:
        """Seconds until the next key may come."""
        return self._tapped_at + APART - time.monotonic()

    def resize(self, columns: int, rows: int) -> None:
        """Another size; the program is told by signal, as it is by every terminal."""
        self.columns, self.rows = columns, rows
        self._screen.resize(rows, columns)
        pixels = columns * CELL_WIDTH_PX, rows * CELL_HEIGHT_PX
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, *pixels))

    def picture(self) -> str:
        """For a failure's message."""
        return "\n".join(line.rstrip() for line in self._screen.display) + f"\nprocess: {self.status()}"

    # its processes

    def sittings(self) -> list[int]:
        """The forked sittings: children of the supervisor that run the same command line."""
        mine = _command_line(self.pid)
        return [pid for pid in self.tree()[1:] if _parent(pid) == self.pid and _command_line(pid) == mine]

    def kill_sitting(self, sign: signal.Signals = signal.SIGKILL) -> bool:
        """False where there is none just now."""
        for pid in self.sittings():
            with suppress(ProcessLookupError):
                os.kill(pid, sign)
                return True
        return False

    def send(self, sign: signal.Signals) -> None:
        """A signal to the supervisor."""
        os.kill(self.pid, sign)

    def status(self) -> int | None:
        """The exit code, None while it runs; minus the signal's number where one ended it."""
        if self._status is None:
            ended, status = os.waitpid(self.pid, os.WNOHANG)
            self._status = os.waitstatus_to_exitcode(status) if ended else None
        return self._status

    def wait_end(self, limit: float = PATIENCE) -> int:
        """Its exit code, with all that it wrote read."""
        until = time.monotonic() + limit
        while self.status() is None:
            if time.monotonic() > until:
                raise NeverShown("it does not end; there is:\n" + self.picture())
            self.take()
        while not self.ended and self.take(0.05):
            continue
        return self.status() or 0

    def close(self) -> None:
        """End it, however it is."""
        family = self.tree()
        if self.status() is None:
            self.send(signal.SIGTERM)
            with suppress(NeverShown):
                self.wait_end(12.0)
        for pid in family:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        if self._status is None:
            os.waitpid(self.pid, 0)
        os.close(self._terminal)

    def __enter__(self) -> KioskTerminal:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class EmulatedReader:
    """`kiosk reader emulate` beside the kiosk."""

    def __init__(self, port: Path) -> None:
        self.port = port
        command = [sys.executable, "-m", "kiosk.cli", "reader", "emulate", "--link", str(port)]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
        )
        self._hear(" q  quit")

    def press(self, key: str) -> None:
        """Its menu: a person's number lays that card, 0 lifts it."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{key}\n")
        self._process.stdin.flush()
        self._hear("laid down" if key != "0" else "lifted")

    def close(self) -> None:
        """Pull the cable."""
        self._process.terminate()
        self._process.communicate(timeout=PATIENCE)

    def _hear(self, words: str) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if line.startswith(words):
                return
        raise NeverShown(f"the emulator never said {words!r}")

    def __enter__(self) -> EmulatedReader:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _drawn(written: bytes) -> int:
    """How much of it may be shown: a picture is shown when it is whole (mode 2026)."""
    begun = written.rfind(b"\x1b[?2026h")
    return begun if begun > written.rfind(b"\x1b[?2026l") else len(written)


def alive(pid: int) -> bool:
    """Running, and not only waiting to be reaped."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in ("Z", "X")
    except OSError:
        return False


def gone(pid: int, limit: float = PATIENCE) -> bool:
    """Wait until a process has ended."""
    descriptor = None
    with suppress(ProcessLookupError):
        descriptor = os.pidfd_open(pid)
    if descriptor is None:
        return True
    try:
        import select

        return bool(select.select([descriptor], [], [], limit)[0])
    finally:
        os.close(descriptor)


def _parent(pid: int) -> int:
    with suppress(OSError):
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    return 0


def _command_line(pid: int) -> bytes:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    return b""
