"""Whether the memory holds one more listening model beside the one that is loaded."""

from __future__ import annotations

from pathlib import Path

RESERVE = 1024
"""MiB that are left to everything else: the pages, a terminal, the desk beside them."""
_PROC = Path("/proc")


def room_for_another(proc: Path = _PROC) -> bool:
    """Is as much free as this process takes now, and the reserve besides? No, where that cannot be known."""
    free, mine = _mebibytes(proc / "meminfo", "MemAvailable"), _mebibytes(proc / "self/status", "VmRSS")
    return free is not None and mine is not None and free >= mine + RESERVE


def _mebibytes(file: Path, name: str) -> int | None:
    """From a line like `MemAvailable:  23681024 kB`."""
    try:
        lines = file.read_text(encoding="ascii", errors="replace").splitlines()
        return next(int(line.split()[1]) // 1024 for line in lines if line.startswith(f"{name}:"))
    except (OSError, ValueError, IndexError, StopIteration):
        return None
