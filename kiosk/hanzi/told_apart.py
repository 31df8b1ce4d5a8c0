"""How a character is told from those that sound alike, as people do: 张 is 弓长张, 银 is 银行的银."""

from __future__ import annotations

import mmap
from functools import cache
from pathlib import Path

from kiosk.paths import data_file


def told_apart(text: str) -> str:
    """The customary way to name a character; words, and what no way is known for, as they are."""
    if len(text) != 1:
        return text
    return _known(text) or text


def _known(character: str) -> str:
    lines = _lines(data_file("hanzi/told_apart.txt"))
    mark = f"\n{character} ".encode()
    at = lines.find(mark)
    if at < 0:
        return ""
    start = at + len(mark)
    return lines[start : lines.find(b"\n", start)].decode()


@cache
def _lines(path: Path) -> mmap.mmap:
    """`张 弓长张`, a line each, after one line that says what it is."""
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
