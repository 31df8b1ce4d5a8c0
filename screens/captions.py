"""What is being said, below everything else; a sentence longer than the rows there comes in pieces. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len

from screens.line_break import break_lines
from screens.spans import Look, Span

SECONDS_PER_CELL = 0.13
"""How long a piece stays: a little less than it takes to say at the usual speed."""
_FULL, _FREE = "█", "·"
"""Of the level meter: as wide in every terminal, and apart without colours."""


def caption_pieces(words: str, columns: int, rows: int) -> list[list[str]]:
    """The lines of each piece, in order; one piece where all fits."""
    lines = break_lines(words, columns)
    return [lines[at : at + rows] for at in range(0, len(lines), rows)]


def seconds_for(lines: list[str]) -> float:
    """How long to leave a piece before the next one."""
    return SECONDS_PER_CELL * sum(map(cell_len, lines))


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a line, in characters."""

    piece: int
    line: int
    start: int
    end: int


def marks_in(pieces: list[list[str]], words: str, word: tuple[int, int]) -> list[Mark]:
    """Where a word of the caption stands; on two lines where it is broken. `word`: from, how long."""
    start, length = word
    first = _signs(words[:start])
    last = first + _signs(words[start : start + length])
    marks, passed = [], 0
    for number, lines in enumerate(pieces):
        for row, line in enumerate(lines):
            # Only spaces are lost where a line ends, so all other signs can be counted.
            places = [at for at, sign in enumerate(line) if not sign.isspace()]
            inside = [at for count, at in enumerate(places, passed) if first <= count < last]
            if inside:
                marks.append(Mark(number, row, inside[0], inside[-1] + 1))
            passed += len(places)
    return marks


def _signs(words: str) -> int:
    return sum(not sign.isspace() for sign in words)


def caption_spans(line: str, margin: int, marks: list[Mark]) -> list[Span]:
    """A line of a caption, with what is marked on it."""
    pieces, at = [(" " * margin, Look.QUIET)], 0
    for mark in marks:
        pieces += [(line[at : mark.start], Look.QUIET), (line[mark.start : mark.end], Look.MARK)]
        at = mark.end
    pieces.append((line[at:], Look.QUIET))
    spans, column = [], 0
    for words, look in pieces:
        spans.append(Span(column, words, look))
        column += cell_len(words)
    return [span for span in spans if span.words]


def level_line(words: str, height: float, columns: int) -> str:
    """ "请说 ████····": how loud it is at the open microphone, over all of the line."""
    cells = max(columns - cell_len(words) - 1, 0)
    full = round(min(max(height, 0.0), 1.0) * cells)
    return f"{words} {_FULL * full}{_FREE * (cells - full)}"
