"""How a page is divided at a given size: which rows belong to what. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.display.type_size import SMALLEST, Pitch

LINE_ROWS = 8
"""Rows of a line of large characters (`screens.glyphs`)."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A terminal of so many cells."""

    columns: int
    rows: int
    pitch: Pitch | None = None
    """A cell in millimetres, where it is known: then what can be touched is large enough and stands apart."""
    glyphs: bool = False
    """Headings and the focused choice are drawn large, where there is room: the font cannot be changed."""

    @property
    def too_small(self) -> bool:
        """Nothing can be shown whole: only "the screen is too small" is."""
        return self.columns < SMALLEST[0] or self.rows < SMALLEST[1]

    @property
    def margin(self) -> int:
        """Cells left free on both sides."""
        return 1 if self.columns < 57 else max(2, self.columns // 20)

    @property
    def width(self) -> int:
        """Cells for text."""
        return self.columns - 2 * self.margin

    @property
    def caption_rows(self) -> int:
        """Rows for what is being said."""
        scarce = 16 if self.pitch is None else 20
        return 1 if self.rows < scarce else 2

    @property
    def bar_rows(self) -> int:
        """Rows of the bar with Back, Help, Again, Person (touch targets, K19)."""
        if self.pitch is not None:
            return self.pitch.touch_rows
        if self.rows < 16:
            return 1
        return 2 if self.rows < 24 else 3

    @property
    def content_rows(self) -> int:
        """Rows between the top bar and the caption."""
        return self.rows - 1 - self.caption_rows - self.bar_rows

    @property
    def roomy(self) -> bool:
        """Room for free lines between things."""
        return self.rows >= 16

    @property
    def choice_rows(self) -> int:
        """Rows of a choice at the least (K19)."""
        return 1 if self.pitch is None else self.pitch.touch_rows

    @property
    def gap_rows(self) -> int:
        """Rows that stay free between one thing to touch and the next (K19)."""
        return 0 if self.pitch is None else self.pitch.gap_rows

    @property
    def gap_columns(self) -> int:
        """Columns that stay free between one thing to touch and the next (K19)."""
        return 0 if self.pitch is None else self.pitch.gap_columns

    @property
    def key_columns(self) -> int:
        """Columns of a key on the screen at the least (K19)."""
        return 1 if self.pitch is None else self.pitch.touch_columns

    @property
    def keys_in_a_line(self) -> int:
        """Keys beside one another, at the most, with the gaps between them."""
        return max((self.width + self.gap_columns) // (self.key_columns + self.gap_columns), 1)

    @property
    def tallest_choice(self) -> int:
        """Rows a choice may grow to where there is room."""
        if self.pitch is not None:
            return self.pitch.touch_rows + 1
        if self.rows < 20:
            return 1
        return 3 if self.rows < 40 else 5
