"""What a program did to some files, read from strace; and what a disk holds of it when the plug is pulled."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

SECTOR = 512
_MARK = "mark "
_CALL = re.compile(r"^\d+\s+(\w+)\((.*)\)\s+=\s+(-?\d+)")
_FILE = re.compile(r"^\d+<((?:\\x[0-9a-f]{2})+)>")
_QUOTED = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Act:
    """A mark of the program itself: it begins an act, or has been promised that it is done."""

    name: str
    of: str
    done: bool


@dataclass(frozen=True, slots=True)
class Write:
    path: str
    offset: int
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Cut:
    path: str
    size: int


@dataclass(frozen=True, slots=True)
class Sync:
    path: str


@dataclass(frozen=True, slots=True)
class Gone:
    path: str


Call = Act | Write | Cut | Sync | Gone


def marked(name: str, of: str, act: Callable[[], T]) -> T:
    """Do it between two marks on standard output, which strace sees."""
    os.write(1, f"{_MARK}{name} {of} begun\n".encode())
    done = act()
    os.write(1, f"{_MARK}{name} {of} done\n".encode())
    return done


def calls_of(trace: Path, paths: list[str]) -> list[Call]:
    """In order: marks, and what was done to these files."""
    with trace.open(encoding="ascii", errors="replace") as lines:
        return [call for line in _whole(lines) if (call := _call(line, paths)) is not None]


def _whole(lines: Iterator[str]) -> Iterator[str]:
    """Calls of which strace wrote the beginning and the end apart, put together where they ended."""
    begun: dict[str, str] = {}
    for line in lines:
        pid = line.split(" ", 1)[0]
        if "<unfinished ...>" in line:
            begun[pid] = line.replace("<unfinished ...>", "").rstrip()
        elif resumed := re.match(r"^\d+\s+<\.\.\. \w+ resumed>(.*)$", line):
            yield begun.pop(pid, "") + resumed[1]
        else:
            yield line


def _call(line: str, paths: list[str]) -> Call | None:
    found = _CALL.match(line)
    if found is None or int(found[3]) < 0:
        return None
    name, arguments, result = found[1], found[2], int(found[3])
    if name in {"unlink", "unlinkat"}:
        path = _bytes(arguments).decode()
        return Gone(path) if path in paths else None
    file = _FILE.match(arguments)
    path = bytes.fromhex(file[1].replace("\\x", "")).decode() if file else ""
    if name == "write" and arguments.startswith("1<"):
        return _mark(_bytes(arguments).decode(errors="replace"))
    if path not in paths:
        return None
    if name in {"fsync", "fdatasync"}:
        return Sync(path)
    last = int(arguments.rsplit(",", 1)[1])
    if name == "ftruncate":
        return Cut(path, last)
    if name == "pwrite64":
        return Write(path, last, _bytes(arguments)[:result])
    raise AssertionError(f"{name} on {path}: it is not known where that writes")


def _mark(said: str) -> Act | None:
    if not said.startswith(_MARK):
        return None
    name, of, when = said.removeprefix(_MARK).split()
    return Act(name, of, when == "done")


def _bytes(arguments: str) -> bytes:
    quoted = _QUOTED.search(arguments)
    return bytes.fromhex(quoted[1].replace("\\x", "")) if quoted else b""


@dataclass
class Kept:
    """Files on a disk: what is there for certain, and what was done since and may be there, or in part."""

    certain: dict[str, bytearray]
    since: dict[str, list[Write | Cut]] = field(default_factory=dict)

    @classmethod
    def of(cls, contents: dict[str, bytes]) -> Kept:
        """As it began, all of it certain."""
        return cls({path: bytearray(content) for path, content in contents.items()})

    def happens(self, call: Write | Cut | Sync | Gone) -> None:
        if isinstance(call, Sync):
            for one in self.since.pop(call.path, []):
                _put(self.certain.setdefault(call.path, bytearray()), one)
        elif isinstance(call, Gone):
            self.since.pop(call.path, None)
            self.certain.pop(call.path, None)
        else:
            self.since.setdefault(call.path, []).append(call)

    def after_a_cut(self, chance: random.Random) -> Iterator[tuple[str, bytes]]:
        """Each file as it may be found: all that was not synced is there, or none of it, or torn parts."""
        for path in sorted({*self.certain, *self.since}):
            image, luck = bytearray(self.certain.get(path, b"")), chance.choice(("none", "all", "torn"))
            for one in self.since.get(path, []) if luck != "none" else []:
                if luck == "all":
                    _put(image, one)
                elif isinstance(one, Write):
                    for part in _sectors(one):
                        if chance.random() < 0.5:
                            _put(image, part)
                elif chance.random() < 0.5:
                    _put(image, one)
            yield path, bytes(image)


def _put(image: bytearray, one: Write | Cut) -> None:
    if isinstance(one, Cut):
        del image[one.size :]
        image.extend(bytes(one.size - len(image)))
        return
    image.extend(bytes(max(0, one.offset - len(image))))
    image[one.offset : one.offset + len(one.content)] = one.content


def _sectors(one: Write) -> Iterator[Write]:
    for at in range(0, len(one.content), SECTOR):
        yield Write(one.path, one.offset + at, one.content[at : at + SECTOR])
