"""A page of which one corner is lit, for a finger that tries whether the panel feels it there."""

from __future__ import annotations

from rich.segment import Segment
from textual.events import MouseDown
from textual.message import Message
from textual.strip import Strip

from kiosk.selftest.guided import CORNERS
from screens.layout import Look
from screens.resident.page_view import PageView


class CornerView(PageView):
    """A page whose corners can be touched, wherever its own targets lie."""

    class Cornered(Message):
        """A finger, while corners are tried: which one, or nowhere near one."""

        def __init__(self, corner: str, at: float) -> None:
            super().__init__()
            self.corner, self.at = corner, at

    corner = ""
    """The one that is lit."""

    def light(self, corner: str) -> None:
        """Light this one, or none."""
        if corner != self.corner:
            self.corner = corner
            self.refresh()

    @property
    def zone(self) -> tuple[int, int]:
        """Columns and rows of a corner: as large as a finger (K19), on any grid. Below it is as high as the
        bar, above which the captions begin."""
        bar = self.layout_now.grid.bar_rows if self.layout_now is not None else 1
        if self.pitch is not None:
            return self.pitch.touch_columns, bar
        return max(self.size.width // 10, 4), bar

    def render_line(self, y: int) -> Strip:
        """On the line at the top and in the bar below the corner lies over what is there; words between make
        room for it."""
        drawn = super().render_line(y)
        columns, rows = self.zone
        width, low = self.size.width, y >= self.size.height - rows
        if not self.corner or not (low if "bottom" in self.corner else y < rows):
            return drawn
        lit = Strip([Segment("█" * columns, self.palette.style(Look.TEXT))])
        under = self._under(y, columns)
        blank = Strip([Segment(" " * max(under - columns, 0), self.palette.style(Look.BAR))])
        if "right" in self.corner:
            return Strip.join([drawn.crop(0, width - max(under, columns)), blank, lit])
        if low or y == 0:
            return Strip.join([lit, blank, drawn.crop(max(under, columns), width)])
        return Strip.join([lit, drawn.crop(0, width - columns)])

    def _under(self, y: int, columns: int) -> int:
        """Columns, from the edge, of the button under the lit corner: half of its words would be no words."""
        targets = self.layout_now.targets if self.layout_now is not None else []
        here = [target for target in targets if target.holds(target.column, y)]
        if "right" in self.corner:
            width = self.size.width
            return max(
                (width - one.column for one in here if one.column + one.columns > width - columns), default=0
            )
        return max((one.column + one.columns for one in here if one.column < columns), default=0)

    def on_mouse_down(self, event: MouseDown) -> None:
        if not self.corner:
            return
        corner = self._corner_at(event.x, event.y)
        if corner or self._target_at(event.x, event.y) is None:
            event.prevent_default()
            self.post_message(self.Cornered(corner, event.time))

    def _corner_at(self, x: int, y: int) -> str:
        """The lit one is taken for touched a little beside itself, too."""
        for corner in CORNERS:
            times = 2 if corner == self.corner else 1
            columns, rows = (times * one for one in self.zone)
            across = x < columns if "left" in corner else x >= self.size.width - columns
            down = y < rows if "top" in corner else y >= self.size.height - rows
            if across and down:
                return corner
        return ""
