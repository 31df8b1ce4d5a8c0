"""Which pages of the file one submit, one claim and one saved answer write, counted in the write-ahead log.

    .venv/bin/python -m bench.pages_written [--cases 3000] [--acts 60] [--json]

No clock is in it: it says the same on a busy machine. The store is the kiosk's, but not encrypted, so that
Python's own sqlite3 can say which table or index a page belongs to; encryption changes no page's owner.
"""

from __future__ import annotations

import argparse
import json
import os
import sqlite3
import struct
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from kiosk.cases.submission import Submission
from kiosk.store import Store, open_store
from kiosk.store.store import FILE_NAME
from tests.store.people import WANG, WallClock, application, draft, shipped_calendar

_PAGE, _LOG_HEAD, _FRAME_HEAD = 4096, 32, 24
_FRAME = _FRAME_HEAD + _PAGE
_FIRST_PAGE = "the file's first page"
"""Written whenever the file grows."""


@dataclass(frozen=True)
class Line:
    """Pages that one act writes to one table or index, in the middle of many acts."""

    act: str
    owner: str
    pages: float

    def __str__(self) -> str:
        return f"{self.act:<8} {self.owner:<28} {self.pages:5.2f}"


class Watched:
    """A store whose log is read after each act."""

    def __init__(self, folder: Path, cases: int) -> None:
        self.store: Store = open_store(folder, clock=WallClock(), calendar=shipped_calendar(), encrypt=False)
        self._file = folder / FILE_NAME
        self._log = self._file.with_name(FILE_NAME + "-wal")
        with self.store.together():
            for _ in range(cases):
                self.store.submit(_somebodys())

    def written_by(self, act: Callable[[], object]) -> Counter[str]:
        """How many pages of each table and index it writes."""
        self.store.tidy()
        before = self._frames()
        act()
        after = self._frames()
        fresh = [frame for place, frame in enumerate(after) if before[place : place + 1] != [frame]]
        self.store.tidy()
        owners = self._owners()
        numbers = [struct.unpack(">I", frame[:4])[0] for frame in fresh]
        return Counter(owners.get(number, "free") for number in numbers)

    def _frames(self) -> list[bytes]:
        log = self._log.read_bytes()
        return [log[at : at + _FRAME] for at in range(_LOG_HEAD, len(log) - _FRAME + 1, _FRAME)]

    def _owners(self) -> dict[int, str]:
        looking = sqlite3.connect(f"file:{self._file}?mode=ro", uri=True)
        try:
            pages = dict(looking.execute("SELECT pageno, name FROM dbstat").fetchall())
        finally:
            looking.close()
        return pages | {1: _FIRST_PAGE}


def _somebodys() -> Submission:
    return application(person_key=os.urandom(32).hex())


def lines(folder: Path, cases: int, acts: int) -> Iterator[Line]:
    """Of each act all owners, and their sum."""
    watched = Watched(folder, cases)
    store = watched.store
    sums: dict[str, Counter[str]] = {"draft": Counter(), "submit": Counter(), "claim": Counter()}
    for _ in range(acts):
        sent = _somebodys()
        sums["draft"] += watched.written_by(partial(store.save_draft, draft(sent.id)))
        sums["submit"] += watched.written_by(partial(store.submit, sent))
        sums["claim"] += watched.written_by(partial(store.claim, sent.id, WANG))
    store.close()
    for act, owners in sums.items():
        yield Line(act, "all", owners.total() / acts)
        for owner, pages in owners.most_common():
            yield Line(act, owner, pages / acts)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cases", type=int, default=3000, help="already in the store (default %(default)s)")
    parser.add_argument("--acts", type=int, default=60, help="of each (default %(default)s)")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for line in lines(Path(folder), options.cases, options.acts):
            print(json.dumps(asdict(line)) if options.json else line)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
