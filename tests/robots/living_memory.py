"""What stands in the memory of processes that live: read page by page, as the administrator can."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

PIECE = 8 << 20
OVERLAP = 256
"""Pieces overlap by so much, so that nothing is cut in two."""


def why_not() -> str:
    """Why memory cannot be searched here; empty where it can."""
    return "" if os.geteuid() == 0 else "memory was not searched: only root may read that of others"


def family_of(pid: int) -> list[int]:
    """The process and all that descend from it."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            with suppress(OSError):
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                parents.setdefault(parent, []).append(int(entry.name))
    found = [pid]
    for one in found:
        found += parents.get(one, [])
    return found


def holding(pids: list[int], holds: Callable[[bytes], bool]) -> dict[str, int]:
    """In which processes it is found, by command line, with how many pieces of memory hold it."""
    found: dict[str, int] = {}
    for pid in pids:
        pieces = sum(map(holds, _pieces(pid)))
        if pieces:
            found[f"{pid} {_command_line(pid)}"] = pieces
    return found


def _pieces(pid: int) -> Iterator[bytes]:
    """All that it could have written: whatever of its memory is its own or may be changed by it."""
    with suppress(OSError), open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            span, rights, *_ = line.split()
            start, end = (int(at, 16) for at in span.split("-"))
            if "w" not in rights:
                continue
            for at in range(start, end, PIECE):
                # a mapping may go while it is read
                with suppress(OSError, ValueError, OverflowError):
                    memory.seek(at)
                    yield memory.read(min(PIECE + OVERLAP, end - at))


def _command_line(pid: int) -> str:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    return ""
