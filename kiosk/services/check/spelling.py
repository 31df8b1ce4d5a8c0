"""E1: slips of the pen in a text that cannot be read as TOML, each with its place.

The parser stops at the first; the marks of a Chinese keyboard are looked for in every line, because
whoever wrote one of them wrote more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kiosk.services.positions import Position, PositionIndex

_TEXT = re.compile(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'')
_COMMENT = re.compile(r"#.*")
_OPEN = re.compile(r"[\"'].*")
_PLAIN = {
    "“": '"',
    "”": '"',
    "‘": "'",
    "’": "'",
    "、": ",",
    "。": ".",
    "「": '"',
    "」": '"',
    "【": "[",
    "】": "]",
}
_PLAIN |= {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_CURLY = re.compile("[“”＂]")
INVISIBLE = re.compile("[\u00a0\u00ad\u200b-\u200f\u2028\u2029\u202a-\u202e\u2060-\u2064\u3000\ufeff]")
"""Spaces that are not plain ones (U+3000 is that of a Chinese keyboard), and characters without width."""
_SHOWN = "▢"
"""Stands for a character that cannot be seen, among those around it."""
_AROUND = 6
_HEADING = re.compile(r"\s*\[+\s*([\w.]+)\s*\]+\s*(#.*)?")
_DAY = re.compile(r"=\s*\d{4}[/.年]\d{1,2}[/.月]\d{1,2}")
_QUOTED = re.compile(r"[^=]*=\s*[\"']")
_SAID = (
    ("Cannot overwrite|Cannot declare|Cannot mutate|Duplicate", "E105"),
    ("Illegal character '\\\\n'|Unterminated", "E106"),
    ("Expected newline or end of document", "E107"),
    ("Invalid date|month must|day is out|Expected month", "E111"),
    ("Expected '=' after", "E109"),
    ("Unclosed|Expected '\\]|end of document", "E110"),
    ("Invalid value", "E108"),
)
"""What the parser says, by the rule that says it in words."""


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip of the pen."""

    code: str
    at: Position
    values: Mapping[str, str] = field(default_factory=dict)


def unseen(text: str, start: int = 0) -> dict[str, str] | None:
    """The first character from there on that cannot be seen, with those around it; None without one."""
    found = INVISIBLE.search(text, start)
    if found is None:
        return None
    before = text[max(0, found.start() - _AROUND) : found.start()]
    after = text[found.end() : found.end() + _AROUND]
    return {"mark": f"U+{ord(found.group()):04X}", "where": INVISIBLE.sub("", f"{before}{_SHOWN}{after}")}


def full_width(line: str) -> dict[str, str] | None:
    """The first full-width mark outside the texts of a line, with the plain one it stands for."""
    found = next((slip for slip in _marks_of(line, 1) if slip.code == "E101"), None)
    return dict(found.values) if found else None


def slips(message: str, index: PositionIndex) -> tuple[Slip, ...]:
    """Every slip in a text, from what the parser said about the first. At least one."""
    marks = list(_marks(index))
    stopped = index.of_parser(message)
    # The parser stops at or just after the slip.
    if any(slip.at.line in (stopped.line, stopped.line - 1) for slip in marks):
        return tuple(marks)
    code = next((code for said, code in _SAID if re.search(said, message)), "E102")
    first = _closer(Slip(code, stopped), index)
    if code == "E106":
        marks = [slip for slip in marks if slip.at.line not in _broken_text(stopped.line, index.lines)]
    return tuple(sorted([first, *marks], key=lambda slip: slip.at.line))


def _closer(slip: Slip, index: PositionIndex) -> Slip:
    """The same slip by a rule that says more, where the line itself shows what was meant."""
    line = index.line(slip.at.line)
    if slip.code == "E105":
        return _two_ways(line, index) or slip
    if _DAY.search(_TEXT.sub(_blank, line)):
        return Slip("E111", slip.at)
    if slip.code == "E107" and not _QUOTED.match(line):
        return Slip("E108", slip.at)
    return slip


def _two_ways(line: str, index: PositionIndex) -> Slip | None:
    """A list begun with `[[name]]`, and written with one bracket or as `name = [` elsewhere."""
    found = _HEADING.fullmatch(line)
    if found is None:
        return None
    name = re.escape(found.group(1))
    if not any(re.match(rf"\s*\[\[\s*{name}\s*\]\]", other) for other in index.lines):
        return None
    odd = re.compile(rf"\s*(\[\s*{name}\s*\](?!\])|{name}\s*=\s*\[)")
    for number, other in enumerate(index.lines, 1):
        if odd.match(other):
            return Slip("E112", Position(number, 1), {"key": found.group(1)})
    return None


def _broken_text(line: int, lines: Sequence[str]) -> range:
    """The lines on which a text goes on that was broken by Enter: they hold words, and no slips."""
    for number, other in enumerate(lines[line:], line + 1):
        if other.count('"') % 2:
            return range(line + 1, number + 1)
        if "=" in other:
            break
    return range(0)


def _marks(index: PositionIndex) -> Iterator[Slip]:
    """The first mark of each line that has one outside its texts."""
    in_long_text = False
    for number, line in enumerate(index.lines, 1):
        if line.count('"""') % 2 or line.count("'''") % 2:
            in_long_text = not in_long_text
        elif not in_long_text:
            yield from _marks_of(line, number)


def _marks_of(line: str, number: int) -> Iterator[Slip]:
    bare = _COMMENT.sub(_blank, _TEXT.sub(_blank, line))
    if open_text := _OPEN.search(bare):
        curly = _CURLY.search(bare, open_text.start())
        bare = bare[: curly.end()] if curly else bare[: open_text.start()]
    for column, mark in enumerate(bare, 1):
        if mark in _PLAIN and not _inside_text(bare, column - 1):
            yield Slip("E101", Position(number, column), {"mark": mark, "plain": _PLAIN[mark]})
            return
        if INVISIBLE.match(mark):
            yield Slip("E104", Position(number, column), unseen(line, column - 1) or {})
            return


def _inside_text(bare: str, at: int) -> bool:
    """After a plain quote that was never closed: words, unless this is the quote that should close it."""
    opened = _OPEN.search(bare)
    return opened is not None and opened.start() < at and not _CURLY.match(bare[at])


def _blank(found: re.Match[str]) -> str:
    return " " * len(found.group())
