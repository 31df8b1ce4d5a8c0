"""A program on a pseudo-terminal that answers as a real terminal does, and what can be measured from outside.

Latency seen here is the program's own: pseudo-terminal in, pseudo-terminal out. What a real terminal needs to
draw the bytes is not in it. Linux only: it reads /proc.
"""

from __future__ import annotations

import fcntl
import os
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

CELL_WIDTH_PX, CELL_HEIGHT_PX = 10, 20
CLOCK_TICK = os.sysconf("SC_CLK_TCK")

KEYS = {
    "up": b"\x1b[A",
    "down": b"\x1b[B",
    "right": b"\x1b[C",
    "left": b"\x1b[D",
    "enter": b"\r",
    "tab": b"\t",
}

ESCAPE = re.compile(
    rb"\x1b\[[0-9;:<=>?]*[ -/]*[@-~]"  # control sequences
    rb"|\x1b[\]PX^_].*?(?:\x07|\x1b\\)"  # strings (title, graphics, ...)
    rb"|\x1b[ -/]*[0-~]",
    re.DOTALL,
)
STYLE = re.compile(rb"\x1b\[[0-9;:]*m")
QUERY = re.compile(
    rb"\x1b\[(?:\?(?P<mode>\d+)\$p|(?P<attributes>>?0?)c|(?P<status>[56])n|(?P<window>1[468])t)"
    rb"|\x1b\](?P<colour>1[012]);\?(?:\x07|\x1b\\)"
)
MODES_IT_HAS = (b"2026", b"1006", b"1016")
FRAME_BEGINS, FRAME_ENDS = b"\x1b[?2026h", b"\x1b[?2026l"
DRAWN_ROW = re.compile(rb"\x1b\[(\d+);\d+H(?=.)", re.DOTALL)
"""Textual goes to every line that it draws; at the end of a frame it only parks the cursor."""


@dataclass
class Burst:
    """What came back after one stimulus. Times are seconds after it."""

    first: float | None = None
    last: float | None = None
    matched: float | None = None
    cpu_at_match: float | None = None
    written: bytearray = field(default_factory=bytearray)
    pieces: list[tuple[int, float]] = field(default_factory=list)
    """How much was written by when."""

    def complete(self, beside: range = range(0)) -> float | None:
        """When the last frame was there that draws more than the rows `beside`, counted from 1."""
        ends = [end for end, rows in _frames(bytes(self.written)) if any(row not in beside for row in rows)]
        return next((at for length, at in self.pieces if length >= ends[-1]), None) if ends else None


def _frames(written: bytes) -> Iterator[tuple[int, list[int]]]:
    """Where each frame ends, and the rows it draws."""
    begin = 0
    while (end := written.find(FRAME_ENDS, begin)) >= 0:
        frame = written[written.rfind(FRAME_BEGINS, begin, end) + len(FRAME_BEGINS) : end]
        begin = end + len(FRAME_ENDS)
        yield begin, [int(row) for row in DRAWN_ROW.findall(frame)]


def visible_text(written: bytes) -> str:
    """The words among the bytes: styling removed, cursor movement turned into line breaks."""
    return ESCAPE.sub(b"\n", STYLE.sub(b"", written)).decode("utf-8", "replace")


class Terminal:
    """A child process on a pseudo-terminal of a given size."""

    def __init__(self, command: list[str], columns: int, rows: int, environment: dict[str, str]) -> None:
        self.columns, self.rows = columns, rows
        self.ended = False
        self._unanswered = b""
        self.started = time.monotonic()
        self.pid, self._terminal = os.forkpty()
        if self.pid == 0:
            try:
                self._set_size(0)
                os.execvpe(command[0], command, environment)
            except OSError as error:
                os.write(2, f"{command[0]}: {error.strerror}\n".encode())
            os._exit(127)

    def _set_size(self, descriptor: int) -> None:
        pixels = self.columns * CELL_WIDTH_PX, self.rows * CELL_HEIGHT_PX
        fcntl.ioctl(descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", self.rows, self.columns, *pixels))

    def _reply(self, query: re.Match[bytes]) -> bytes:
        found = query.groupdict()
        if found["mode"]:
            return b"\x1b[?%s;%d$y" % (found["mode"], 2 if found["mode"] in MODES_IT_HAS else 0)
        if found["status"]:
            return b"\x1b[0n" if found["status"] == b"5" else b"\x1b[1;1R"
        if found["window"]:
            height, width = self.rows * CELL_HEIGHT_PX, self.columns * CELL_WIDTH_PX
            return {
                b"14": b"\x1b[4;%d;%dt" % (height, width),
                b"16": b"\x1b[6;%d;%dt" % (CELL_HEIGHT_PX, CELL_WIDTH_PX),
                b"18": b"\x1b[8;%d;%dt" % (self.rows, self.columns),
            }[found["window"]]
        if found["colour"]:
            level = b"ffff" if found["colour"] == b"10" else b"0000"
            return b"\x1b]%s;rgb:%s/%s/%s\x1b\\" % (found["colour"], level, level, level)
        return b"\x1b[>0;379;0c" if found["attributes"].startswith(b">") else b"\x1b[?62;22c"

    def _answer(self, written: bytes) -> None:
        """A program that waits for its terminal's answers must not be charged for the wait."""
        written = self._unanswered + written
        used = 0
        for query in QUERY.finditer(written):
            used = query.end()
            os.write(self._terminal, self._reply(query))
        self._unanswered = written[used:][-32:]

    def _read(self, timeout: float) -> bytes:
        """What was written within `timeout`; nothing on silence; sets `ended` when the program has gone."""
        ready, _, _ = select.select([self._terminal], [], [], max(timeout, 0))
        if not ready:
            return b""
        try:
            written = os.read(self._terminal, 1 << 16)
        except OSError:
            written = b""
        if written:
            self._answer(written)
        self.ended = not written
        return written

    def press(self, key: str) -> float:
        """Send a key; gives the moment it was sent."""
        origin = time.monotonic()
        os.write(self._terminal, KEYS.get(key, key.encode()))
        return origin

    def until_shown(self, pattern: re.Pattern[str], limit: float) -> Burst:
        """Read from the start until `pattern` was written or `limit` seconds have gone."""
        burst = Burst()
        while not self.ended and time.monotonic() - self.started < limit:
            self._take(burst, self.started, 0.05)
            if pattern.search(visible_text(bytes(burst.written))):
                burst.matched = time.monotonic() - self.started
                burst.cpu_at_match = self.cpu_seconds()
                break
        return burst

    def until_quiet(self, origin: float, quiet: float, limit: float, beside: range | None = None) -> Burst:
        """Read until nothing was written for `quiet` seconds, at most for `limit` seconds after `origin`.

        `beside`: rows of which a frame is no answer yet.
        """
        burst = Burst()
        while not self.ended and (now := time.monotonic() - origin) < limit:
            answered = beside is None or burst.complete(beside) is not None
            if answered and burst.last is not None and now - burst.last >= quiet:
                break
            self._take(burst, origin, 0.02)
        return burst

    def _take(self, burst: Burst, origin: float, timeout: float) -> None:
        written = self._read(timeout)
        if written:
            burst.last = time.monotonic() - origin
            burst.first = burst.last if burst.first is None else burst.first
            burst.written += written
            burst.pieces.append((len(burst.written), burst.last))

    def tree(self) -> list[int]:
        """The process and all that descend from it."""
        children: dict[int, list[int]] = {}
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit() and (fields := _stat_fields(entry)):
                children.setdefault(int(fields[1]), []).append(int(entry.name))
        found, queue = [], [self.pid]
        while queue:
            found.append(queue.pop())
            queue.extend(children.get(found[-1], []))
        return found

    def cpu_seconds(self) -> float:
        """CPU time of the tree: living threads to the nanosecond, ended children to the clock tick."""
        nanoseconds = ticks = 0
        for pid in self.tree():
            for thread in Path(f"/proc/{pid}/task").glob("*/schedstat"):
                nanoseconds += int((_words(thread) or ["0"])[0])
            if fields := _stat_fields(Path(f"/proc/{pid}")):
                ticks += int(fields[13]) + int(fields[14])
        return nanoseconds / 1e9 + ticks / CLOCK_TICK

    def resident_mib(self) -> float:
        """Memory of the process that draws: the program itself, or the one that it runs for that."""
        tree = self.tree()
        fields = _words(Path(f"/proc/{tree[min(1, len(tree) - 1)]}/statm"))
        return int(fields[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20

    def close(self) -> None:
        """End the whole tree: politely, then not."""
        pids = self.tree()
        for sign in (signal.SIGHUP, signal.SIGTERM, signal.SIGKILL):
            for pid in pids:
                _send(pid, sign)
            if self._gone_within(1.0):
                break
        for pid in pids[1:]:
            _send(pid, signal.SIGKILL)
        os.close(self._terminal)

    def _gone_within(self, seconds: float) -> bool:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            self._read(0.02)
            if os.waitpid(self.pid, os.WNOHANG)[0]:
                return True
        return False


def _words(path: Path) -> list[str]:
    try:
        return path.read_text().split()
    except OSError:
        return []


def _stat_fields(process: Path) -> list[str]:
    """Fields of /proc/PID/stat from the state on (index 0), or nothing when the process has gone."""
    try:
        return (process / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _send(pid: int, sign: signal.Signals) -> None:
    try:
        os.kill(pid, sign)
    except ProcessLookupError:
        return
