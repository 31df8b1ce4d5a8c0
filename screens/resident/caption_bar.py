"""The rows below the page: what is being said, or, while the microphone is open, that somebody may speak."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from rich.cells import cell_len

from kiosk.text import Catalogue, Text
from screens.captions import Mark, caption_pieces, caption_spans, level_line, marks_in, seconds_for
from screens.grid import Grid
from screens.spans import Look, Span

if TYPE_CHECKING:
    from textual.timer import Timer


class CaptionBar:
    """Piece by piece where a sentence is longer than the rows; nothing on the page interrupts it."""

    def __init__(
        self,
        texts: Catalogue,
        set_timer: Callable[[float, Callable[[], None]], Timer],
        redraw: Callable[[], None],
    ) -> None:
        self._texts, self._set_timer, self._redraw = texts, set_timer, redraw
        self._grid: Grid | None = None
        self.language = "zh"
        self.silent = self.deaf = False
        """There is no sound; nobody is listened to. Captions say so from now on."""
        self._said = ""
        self._word: tuple[int, int] | None = None
        self._lines: list[str] = []
        self._marks: list[Mark] = []
        self._next_piece: Timer | None = None
        self._level: float | None = None
        self._held = ""
        self._let_go: Timer | None = None

    @property
    def open(self) -> bool:
        """Does it say that somebody may speak?"""
        return self._level is not None

    def fit(self, grid: Grid | None) -> None:
        """The screen has another size; None: it is too small for a page."""
        self._grid = grid
        self._begin_at(0)
        self._mark()

    def say(self, words: str, word: tuple[int, int] | None = None) -> None:
        """What is being said. `word`: the one that sounds, from and how long; it leads on to its piece."""
        remark = self._remark
        said, ends = remark + words, word is None and self._word is not None
        self._word = (word[0] + len(remark), word[1]) if word is not None else None
        if said != self._said or (word is None and not ends):
            self._said = said
            self._begin_at(0)
        self._mark()

    def show_level(self, height: float | None) -> None:
        """The microphone is open, and so loud it is there, 0 to 1; None: it is shut."""
        if height != self._level:
            self._level = height
            self._redraw()

    def hold(self, words: Text, seconds: float) -> None:
        """For so long these words stand there, whatever is said meanwhile."""
        if self._let_go is not None:
            self._let_go.stop()
        self._held = words.show(self.language)
        self._let_go = self._set_timer(seconds, self._let_it_go)
        self._redraw()

    def _let_it_go(self) -> None:
        self._held = ""
        self._redraw()

    def row(self, number: int, grid: Grid) -> list[Span]:
        """One row of it, counted from 0."""
        if self._level is not None:
            words = self._texts["listen.speak"].show(self.language)
            line = level_line(words if number == 0 else " " * cell_len(words), self._level, grid.width)
            margin = " " * grid.margin
            return [Span(0, margin + line + margin, Look.FOCUS)]
        if self._held:
            margin = " " * grid.margin
            return [Span(0, margin + self._held + margin, Look.FOCUS)] if number == 0 else []
        if number >= len(self._lines):
            return []
        return caption_spans(
            self._lines[number], grid.margin, [mark for mark in self._marks if mark.line == number]
        )

    @property
    def _remark(self) -> str:
        """What is lacking here."""
        keys = [key for key, lacks in (("bar.silent", self.silent), ("listen.deaf", self.deaf)) if lacks]
        return "".join(self._texts[key].show(self.language) for key in keys)

    def _pieces(self, grid: Grid) -> list[list[str]]:
        return caption_pieces(self._said, grid.width, grid.caption_rows)

    def _begin_at(self, piece: int) -> None:
        self._stop_pieces()
        if self._grid is None:
            return
        pieces = self._pieces(self._grid)
        if piece + 1 < len(pieces):
            self._next_piece = self._set_timer(seconds_for(pieces[piece]), lambda: self._begin_at(piece + 1))
        self._show(pieces[piece], [])

    def _stop_pieces(self) -> None:
        if self._next_piece is not None:
            self._next_piece.stop()
            self._next_piece = None

    def _mark(self) -> None:
        if self._grid is None:
            return
        if self._word is None:
            self._show(self._lines, [])
            return
        pieces = self._pieces(self._grid)
        marks = marks_in(pieces, self._said, self._word)
        if marks:
            self._stop_pieces()
            shown = marks[0].piece
            self._show(pieces[shown], [mark for mark in marks if mark.piece == shown])

    def _show(self, lines: list[str], marks: list[Mark]) -> None:
        if (lines, marks) != (self._lines, self._marks):
            self._lines, self._marks = lines, marks
            self._redraw()
