"""What is being said, below everything else; a sentence longer than the rows there comes in pieces. Pure."""

from __future__ import annotations

from rich.cells import cell_len

from screens.line_break import break_lines

SECONDS_PER_CELL = 0.13
"""How long a piece stays: a little less than it takes to say at the usual speed."""


def caption_pieces(words: str, columns: int, rows: int) -> list[list[str]]:
    """The lines of each piece, in order; one piece where all fits."""
    lines = break_lines(words, columns)
    return [lines[at : at + rows] for at in range(0, len(lines), rows)]


def seconds_for(lines: list[str]) -> float:
    """How long to leave a piece before the next one."""
    return SECONDS_PER_CELL * sum(map(cell_len, lines))
