"""Where each key of a TOML text stands, so that a fault names its line and column.

`tomllib` gives no positions. This index reads the same text once more for the places of its keys,
lists and tables only, and reads on where the text is no TOML: then the places before it are right.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

Part = str | int

_GAP = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_NAME = re.compile(r'[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'')
_STRING = re.compile(r'"""(?:[^\\]|\\.)*?"""|\'\'\'.*?\'\'\'|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'', re.DOTALL)
_BARE = re.compile(r"[^,\[\]{}\n#]+")
_NAMED = re.compile(r"\(at line (\d+), column (\d+)\)")
_DEEPEST = 40
"""Lists in lists: no service file comes near, and a text of nothing but brackets ends here."""


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a file, both counted from 1."""

    line: int
    column: int


class PositionIndex:
    """Looks up the place of a key by its path (`("question", 3, "options", 1, "value")`)."""

    def __init__(self, source: str) -> None:
        self._lines = [line.removesuffix("\r") for line in source.split("\n")]
        starts = [0]
        for line in source.split("\n"):
            starts.append(starts[-1] + len(line) + 1)
        self._starts = starts
        self._source = source

    @cached_property
    def _places(self) -> dict[tuple[Part, ...], int]:
        """Found when first asked for: a file without faults needs none of it."""
        return _Scanner(self._source).run()

    def find(self, path: Sequence[Part]) -> Position:
        """The place of the key, or of the nearest part around it that is known."""
        parts = tuple(path)
        while parts and parts not in self._places:
            parts = parts[:-1]
        return self.at(self._places.get(parts, 0))

    def at(self, offset: int) -> Position:
        """The place of a character counted from 0."""
        number = bisect_right(self._starts, offset) - 1
        return Position(number + 1, offset - self._starts[number] + 1)

    def of_parser(self, message: str) -> Position:
        """The place that `tomllib` names in its message; where it names none, the end or the beginning."""
        found = _NAMED.search(message)
        if found:
            return Position(int(found[1]), int(found[2]))
        return Position(self.last_line if "end of document" in message else 1, 1)

    def offset(self, at: Position) -> int:
        """The character at a place, counted from 0."""
        return self._starts[at.line - 1] + at.column - 1

    @property
    def last_line(self) -> int:
        """The number of the last line with anything on it, 1 for an empty text."""
        return max((n for n, line in enumerate(self._lines, 1) if line.strip()), default=1)

    @property
    def lines(self) -> Sequence[str]:
        """All lines, without their ends."""
        return self._lines

    def line(self, number: int) -> str:
        """The text of a line, empty past the end."""
        return self._lines[number - 1] if 0 < number <= len(self._lines) else ""


class _Lost(Exception):
    """The text is no TOML here."""


class _Scanner:
    """One reading of a text, for the offsets of its keys."""

    def __init__(self, source: str) -> None:
        self._text, self._at = source, 1 if source.startswith("\ufeff") else 0
        self._table: tuple[Part, ...] = ()
        self._counts: dict[tuple[Part, ...], int] = {}
        self._places: dict[tuple[Part, ...], int] = {}

    def run(self) -> dict[tuple[Part, ...], int]:
        """Statement by statement, to the end."""
        while True:
            self._take(_GAP)
            if self._at >= len(self._text):
                return self._places
            try:
                self._statement()
            except _Lost:
                end = self._text.find("\n", self._at)
                self._at = len(self._text) if end < 0 else end

    def _statement(self) -> None:
        if self._text.startswith("[", self._at):
            self._header()
        else:
            self._pair(self._table, 0)

    def _header(self) -> None:
        start, listed = self._at, self._text.startswith("[[", self._at)
        self._at += 2 if listed else 1
        names = self._names()
        self._expect("]")
        if listed:
            self._expect("]")
        path: tuple[Part, ...] = ()
        for name, _ in names[:-1]:
            path = (*path, name)
            if path in self._counts:
                path = (*path, self._counts[path])
        path = (*path, names[-1][0])
        if listed:
            self._places.setdefault(path, start)
            self._counts[path] = self._counts.get(path, -1) + 1
            path = (*path, self._counts[path])
        self._table = path
        self._places.setdefault(path, start)

    def _pair(self, table: tuple[Part, ...], depth: int) -> None:
        path = table
        for name, start in self._names():
            path = (*path, name)
            self._places.setdefault(path, start)
        self._expect("=")
        self._take(_SPACE)
        self._value(path, depth)

    def _names(self) -> list[tuple[str, int]]:
        """A dotted key: each name with where it starts."""
        found = []
        while True:
            self._take(_SPACE)
            start, name = self._at, self._take(_NAME)
            if not name:
                raise _Lost
            found.append((name.strip("\"'"), start))
            self._take(_SPACE)
            if not self._text.startswith(".", self._at):
                return found
            self._at += 1

    def _value(self, path: tuple[Part, ...], depth: int) -> None:
        if depth > _DEEPEST:
            raise _Lost
        match self._text[self._at : self._at + 1]:
            case "{":
                self._at += 1
                self._list_of("}", lambda number: self._pair(path, depth + 1))
            case "[":
                self._at += 1
                self._list_of("]", lambda number: self._item((*path, number), depth + 1))
            case _:
                if not self._take(_STRING) and not self._take(_BARE):
                    raise _Lost

    def _item(self, path: tuple[Part, ...], depth: int) -> None:
        self._places.setdefault(path, self._at)
        self._value(path, depth)

    def _list_of(self, end: str, one: Callable[[int], None]) -> None:
        """What stands between commas, up to the bracket that closes it."""
        number = 0
        while True:
            self._take(_GAP)
            if self._text.startswith(end, self._at):
                self._at += 1
                return
            one(number)
            number += 1
            self._take(_GAP)
            if self._text.startswith(",", self._at):
                self._at += 1
            elif not self._text.startswith(end, self._at):
                raise _Lost

    def _take(self, form: re.Pattern[str]) -> str:
        found = form.match(self._text, self._at)
        if not found:
            return ""
        self._at = found.end()
        return found.group()

    def _expect(self, mark: str) -> None:
        self._take(_SPACE)
        if not self._text.startswith(mark, self._at):
            raise _Lost
        self._at += 1
