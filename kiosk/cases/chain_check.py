"""Reading a book from its first line to its last: what was changed, taken out, put in or cut off (K41)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from kiosk.cases.chain import ERASED, NOTE_KEPT, Line, content_of, link_of
from kiosk.cases.identity import SEEN
from kiosk.cases.materials import ATTACHED, LEFT_OUT

_ERASED, _TICKED, _UNTICKED = ERASED.encode(), b"ticked", b"unticked"
_LEFT_OUT = LEFT_OUT.encode()
_ROWS_BESIDE = {SEEN.encode(): "sighting", NOTE_KEPT.encode(): "side_note", ATTACHED.encode(): "attachment"}
"""Lines that speak of a row of another table, and of which."""


class Wrong(StrEnum):
    """What can be wrong with a book."""

    FILE = "file"
    """SQLite itself finds the file damaged."""
    CHANGED = "changed"
    """A line does not say what it said when it was written, or stands in another's place."""
    CONTENT = "content"
    """What somebody wrote with a line, or the body that was handed in, was changed."""
    MISSING = "missing"
    """A line was taken out."""
    ERASED = "erased"
    """Words or a body are gone, and no line says that they were erased."""
    CASE = "case"
    """A case does not stand as its last line says."""
    BESIDE = "beside"
    """A consent, a level, a seen document, a copy of a paper, a side note or a tick is not as a line says."""
    ACCOUNT = "account"
    """An account or its role is not as the last line about it says."""
    SERVICE = "service"
    """A service is switched off or on, and the last line about it says otherwise."""
    HEAD = "head"
    """A signed head says something else of its line, or does not hold the head before it."""
    HEADLESS = "headless"
    """A case was handed in and no head was signed for it."""
    SIGNATURE = "signature"
    """A head was not signed with the key it names."""
    STRANGER = "stranger"
    """Heads were signed by another box than this one."""
    CUT = "cut"
    """The book ends before a line that a head speaks of."""
    UNSIGNED = "unsigned"
    """There are lines, and no head."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, and where."""

    wrong: Wrong
    n: int = 0
    """The line's number in its book; 0 where it is not about one line."""
    case: bytes = b""
    seq: int = 0
    house: bool = False
    """In the book of the house, not of the cases."""
    what: str = ""
    """A name of ours: a table, a key's id. Never anything that a person wrote."""


@dataclass(slots=True)
class Reading:
    """What is learnt while a book is read."""

    house: bool = False
    whole: bool = True
    """From its first line on."""
    lines: int = 0
    faults: list[Fault] = field(default_factory=list)
    states: dict[bytes, tuple[bytes, int, int]] = field(default_factory=dict)
    """Of each case its newest state, with that line's number and place."""
    submitted: dict[bytes, bytes] = field(default_factory=dict)
    """Of each case the digest of its consents and levels."""
    beside: Counter[tuple[bytes, str, bytes]] = field(default_factory=Counter)
    """Rows that lines speak of: their case, table and digest."""
    ticked: set[tuple[bytes, bytes]] = field(default_factory=set)
    left_out: set[tuple[bytes, bytes]] = field(default_factory=set)
    """Copies of papers that were left out again, by case and number: of these the contents must be gone."""
    erased: set[bytes] = field(default_factory=set)
    gone: dict[tuple[bytes, int], int] = field(default_factory=dict)
    """Lines whose words or body are gone, until a line says why."""
    link: bytes = b""
    last: int = 0

    def read(self, rows: Iterable[tuple[Any, ...]], before: bytes, first: int = 1) -> None:
        """Each row: the columns of `Line`, then words, body, salt and link. A fault is told of its own line
        only: the next one is held against what stands there."""
        expected = first
        for row in rows:
            n, case, seq, link = row[0], row[1], row[2], row[15]
            if n != expected:
                self._gap(expected, n)
            else:
                self._check(Line._make(row[:12]), before, link)
            self._check_content(row)
            self._learn(n, case, seq, row)
            before, expected = link or b"", n + 1
            self.lines += 1
        self.link, self.last = before, expected - 1

    def finish(self) -> list[Fault]:
        """All faults, once no more lines come."""
        untold = (Fault(Wrong.ERASED, n, case, seq, self.house) for (case, seq), n in self.gone.items())
        return [*self.faults, *untold]

    def _gap(self, expected: int, n: int) -> None:
        # One fault however many are gone: the places in their cases tell which.
        self.faults.append(Fault(Wrong.MISSING, expected, house=self.house, what=_span(expected, n - 1)))

    def _check(self, line: Line, before: bytes, link: bytes) -> None:
        try:
            right = link_of(before, line) == link
        except TypeError:
            # a column is empty, or of another kind than it was
            right = False
        if not right:
            self.faults.append(Fault(Wrong.CHANGED, line.n, line.case, line.seq, self.house))

    def _check_content(self, row: tuple[Any, ...]) -> None:
        content, words, body, salt = row[9], row[12], row[13], row[14]
        if salt is None and words is None and body is None:
            if content:
                self.gone[row[1], row[2]] = row[0]
        elif salt is None or content_of(salt, words, body) != content:
            self.faults.append(Fault(Wrong.CONTENT, row[0], row[1], row[2], self.house))

    def _learn(self, n: int, case: bytes, seq: int, row: tuple[Any, ...]) -> None:
        if self.house:
            return
        known = self.states.get(case)
        due = known[2] + 1 if known is not None else 1 if self.whole else seq
        if seq != due:
            self.faults.append(Fault(Wrong.MISSING, n, case, due, what=_span(due, seq - 1)))
        self.states[case] = (row[10], n, seq)
        kind = row[6]
        if seq == 1:
            self.submitted[case] = row[11]
        elif kind == _TICKED:
            self.ticked.add((case, row[8]))
        elif kind == _UNTICKED:
            self.ticked.discard((case, row[8]))
        elif kind == _LEFT_OUT:
            self.left_out.add((case, row[8].partition(b"/")[0]))
        elif kind in _ROWS_BESIDE:
            self.beside[case, _ROWS_BESIDE[kind], row[11]] += 1
        elif kind == _ERASED:
            self.erased.add(case)
            for told in [key for key in self.gone if key[0] == case]:
                del self.gone[told]


def _span(first: int, last: int) -> str:
    return str(first) if last <= first else f"{first}-{last}"


def unlike(
    told: Counter[tuple[bytes, str, bytes]], found: Iterable[tuple[bytes, str, bytes]]
) -> Iterator[tuple[str, bytes]]:
    """The tables and cases in which the rows found are not those that the lines told of."""
    rest = Counter(told)
    rest.subtract(Counter(found))
    for (case, table, _), times in rest.items():
        if times:
            yield table, case
