"""The type size of a visit: which there are, which it is, and how the terminal is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from kiosk.display.type_size import Face, Fit, Pitch, Size, usual
from screens.terminals import TellsSize, terminal_for

GLYPH_COLUMNS, GLYPH_ROWS = 80, 24
NEAR = 2
"""Columns by which a terminal may miss the grid that was computed for it."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """What this box offers: found once, before the first visit."""

    terminal: str
    reached: str
    face: Face
    offered: tuple[Fit, ...]
    wished: int
    """The size that a visit begins with, where the panel has it."""


class HasPitch(Protocol):
    """What lays out pages."""

    pitch: Pitch | None


class ChangesSize(Protocol):
    """What the key for larger letters asks."""

    @property
    def can_change(self) -> bool: ...
    @property
    def size(self) -> Size | None: ...
    @property
    def chosen(self) -> Size | None: ...
    def choose(self, size: Size | None) -> None: ...
    def next(self) -> Size | None: ...
    def begin(self, columns: int) -> None: ...
    def end(self) -> None: ...


class HasGlyphs(Protocol):
    """What draws large characters from blocks."""

    glyphs: bool
    linear: bool
    """Plain lines: nothing is drawn in them."""

    @property
    def size(self) -> Extent: ...


class Extent(Protocol):
    """Columns and rows."""

    @property
    def width(self) -> int: ...
    @property
    def height(self) -> int: ...


class GlyphSizes:
    """In a terminal whose font cannot be changed: headings from blocks, or plain."""

    def __init__(self, view: HasGlyphs, refit: Callable[[], None]) -> None:
        """`refit` lays the page out again."""
        self._view, self._refit = view, refit

    @property
    def can_change(self) -> bool:
        """Is there room for a heading of four characters, and as much again below it?"""
        return (
            not self._view.linear
            and self._view.size.width >= GLYPH_COLUMNS
            and self._view.size.height >= GLYPH_ROWS
        )

    @property
    def size(self) -> Size:
        """The one it is now."""
        return Size.LARGE if self._view.glyphs else Size.USUAL

    @property
    def chosen(self) -> Size | None:
        """What is not as a visit begins."""
        return self.size if self._view.glyphs else None

    def choose(self, size: Size | None) -> None:
        """As it was kept for somebody; nothing is laid out again by this. None: as a visit begins."""
        self._view.glyphs = size is not None and size >= Size.LARGE and self.can_change

    def next(self) -> Size:
        """Large, or as before."""
        self._view.glyphs = not self._view.glyphs
        self._refit()
        return self.size

    def begin(self, columns: int) -> None:
        """Every visit begins plain."""

    def end(self) -> None:
        """Nothing is left behind: the terminal is as it was."""


class TypeSizes:
    """Four sizes by one key; the last is followed by the first."""

    def __init__(self, sizes: Sizes, write: Callable[[str], None], view: HasPitch) -> None:
        """`write` puts control sequences on the terminal; `view` lays out by the millimetres of a cell."""
        self._view = view
        self._offered = sizes.offered
        self._first = usual(sizes.offered, sizes.wished)
        self._now = self._first
        self._terminal: TellsSize | None = terminal_for(sizes.terminal, sizes.reached, write, sizes.face)
        view.pitch = self._first.pitch if self._first else None

    @property
    def can_change(self) -> bool:
        """Is there another size, and can the terminal be told?"""
        return self._terminal is not None and len(self._offered) > 1

    @property
    def size(self) -> Size | None:
        """The one it is now."""
        return self._now.size if self._now else None

    @property
    def chosen(self) -> Size | None:
        """What is not as a visit begins."""
        return self.size if self._now != self._first else None

    def choose(self, size: Size | None) -> None:
        """As it was kept for somebody, where this panel has it. None: as a visit begins."""
        fit = next((one for one in self._offered if one.size is size), self._first)
        if fit is not None and fit != self._now and self.can_change:
            self._write_at(fit)

    def next(self) -> Size | None:
        """One larger, and after the largest the smallest."""
        if self._now is not None and self.can_change:
            at = self._offered.index(self._now)
            self._write_at(self._offered[(at + 1) % len(self._offered)])
        return self.size

    def begin(self, columns: int) -> None:
        """As a visit begins: a size that a visit before, cut short, has left is set right (K33)."""
        if self._first is not None and abs(columns - self._first.columns) > NEAR:
            self._write_at(self._first)

    def end(self) -> None:
        """As the next visit is to find it (K33)."""
        if self._first is not None and self._now != self._first:
            self._write_at(self._first)

    def _write_at(self, fit: Fit) -> None:
        if self._terminal is not None:
            self._now, self._view.pitch = fit, fit.pitch
            self._terminal.write_at(fit)
