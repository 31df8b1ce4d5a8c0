"""Where each key of a TOML text stands, so that a fault names its line and column.

`tomllib` gives no positions; service files are flat enough for a small index: table headers,
keys at the start of a line, and keys inside inline tables.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_HEADER = re.compile(r"^\s*(\[\[?)\s*([A-Za-z0-9_.\-]+)\s*\]\]?")
_KEY = re.compile(r"^(\s*)([A-Za-z0-9_.\-]+)\s*=")
_INLINE_KEY = re.compile(r"[{,]\s*([A-Za-z0-9_.\-]+)\s*=")

Part = str | int


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a file, both counted from 1."""

    line: int
    column: int


class PositionIndex:
    """Looks up the place of a key by its path (`("question", 3, "options", 1, "value")`)."""

    def __init__(self, source: str) -> None:
        self._lines = [line.removesuffix("\r") for line in source.split("\n")]
        self._places: dict[tuple[Part, ...], Position] = {(): Position(1, 1)}
        self._read()

    def _read(self) -> None:
        counts: dict[tuple[str, ...], int] = {}
        table: tuple[Part, ...] = ()
        for number, line in enumerate(self._lines, 1):
            header = _HEADER.match(line)
            if header:
                table = self._enter(header, counts)
                self._places[table] = Position(number, header.start(1) + 1)
                continue
            key = _KEY.match(line)
            if key:
                self._note(table, tuple(key.group(2).split(".")), number, len(key.group(1)) + 1)
            self._note_inline(table, key, line, number)

    @staticmethod
    def _enter(header: re.Match[str], counts: dict[tuple[str, ...], int]) -> tuple[Part, ...]:
        names = tuple(header.group(2).split("."))
        if header.group(1) == "[[":
            counts[names] = counts.get(names, -1) + 1
        path: list[Part] = []
        for depth, name in enumerate(names, 1):
            path.append(name)
            if names[:depth] in counts:
                path.append(counts[names[:depth]])
        return tuple(path)

    def _note(self, table: tuple[Part, ...], names: tuple[str, ...], line: int, column: int) -> None:
        for depth in range(1, len(names) + 1):
            self._places.setdefault((*table, *names[:depth]), Position(line, column))

    def _note_inline(
        self, table: tuple[Part, ...], key: re.Match[str] | None, line: str, number: int
    ) -> None:
        """Items of an array that stands one to a line, and the keys in an inline table."""
        if key is not None:
            self._array = (*table, *key.group(2).split("."))
            self._item = -1
        owner: tuple[Part, ...] = getattr(self, "_array", table)
        if line.lstrip().startswith("{"):
            self._item += 1
            owner = (*owner, self._item)
            self._places.setdefault(owner, Position(number, len(line) - len(line.lstrip()) + 1))
        elif key is None:
            return
        for inner in _INLINE_KEY.finditer(line):
            self._note(owner, tuple(inner.group(1).split(".")), number, inner.start(1) + 1)

    def find(self, path: Sequence[Part]) -> Position:
        """The place of the key, or of the nearest part around it that is known."""
        parts = tuple(path)
        while parts not in self._places:
            parts = parts[:-1]
        return self._places[parts]

    @property
    def last_line(self) -> int:
        """The number of the last line with anything on it, 1 for an empty text."""
        return max((n for n, line in enumerate(self._lines, 1) if line.strip()), default=1)

    def line(self, number: int) -> str:
        """The text of a line, empty past the end."""
        return self._lines[number - 1] if 0 < number <= len(self._lines) else ""
