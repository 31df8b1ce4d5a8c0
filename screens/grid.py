"""How a page is divided at a given size: which rows belong to what. Pure."""

from __future__ import annotations

from dataclasses import dataclass

SMALLEST = (40, 10)
"""Columns and rows; below it only "the screen is too small" is shown."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A terminal of so many cells."""

    columns: int
    rows: int

    @property
    def too_small(self) -> bool:
        """Nothing can be shown whole."""
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
        return 1 if self.rows < 16 else 2

    @property
    def bar_rows(self) -> int:
        """Rows of the bar with Back, Help, Again, Person (touch targets, K19)."""
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
    def tallest_choice(self) -> int:
        """Rows a choice may grow to where there is room."""
        if self.rows < 20:
            return 1
        return 3 if self.rows < 40 else 5
