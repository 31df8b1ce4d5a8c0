"""One widget that draws a part of a page on all of the screen, and tells what was touched."""

from __future__ import annotations

import json
import math

from rich.segment import Segment
from textual.events import MouseDown, MouseMove, MouseUp
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from kiosk.flow.page import Page
from kiosk.text import Catalogue
from screens.grid import Grid
from screens.layout import TYPE, Layout, Look, Target, lay_out
from screens.line_break import break_lines
from screens.resident.caption_bar import CaptionBar
from screens.theme import PALETTES, Palette

TOUCH_GUARD = 0.3
"""Seconds in which a second touch in the same place is ignored (K19)."""

_TOO_SMALL = "bar.too_small"


def _between(start: tuple[int, int], end: tuple[int, int]) -> list[tuple[int, int]]:
    """The cells after `start` up to `end`: a quick finger reports only some of them."""
    across, down = end[0] - start[0], end[1] - start[1]
    steps = max(abs(across), abs(down))
    return [
        (start[0] + round(across * n / steps), start[1] + round(down * n / steps))
        for n in range(1, steps + 1)
    ]


def _place(page: Page) -> str:
    """The place a page belongs to, below an overlay."""
    return page.id.rpartition("@")[2]


class PageView(Widget, can_focus=True):
    """Draws; knows no rule of any page.

    Everything on a page is one widget, so that a change is one repaint and a touch is looked
    up in the same layout that was drawn.
    """

    DEFAULT_CSS = "PageView { width: 100%; height: 100%; }"

    class Touched(Message):
        """Press and release inside one target. `act` as in `screens.layout`."""

        def __init__(self, act: str, at: float) -> None:
            super().__init__()
            self.act, self.at = act, at

    class Resized(Message):
        """The grid is another one."""

    class Drawn(Message):
        """A stroke of a mark is finished."""

    def __init__(self, texts: Catalogue, colours: str) -> None:
        super().__init__()
        self._texts = texts
        self._page: Page | None = None
        self._language = "zh"
        self._listens = False
        self.caption = CaptionBar(texts, self.set_timer, self._redraw_caption)
        self._layout: Layout | None = None
        self._focus: int | None = 0
        self._key = ""
        self._pressed: Target | None = None
        self._last: tuple[Target | None, float] = (None, -math.inf)
        self._strokes: list[list[tuple[int, int]]] = []
        self.palette = next(palette for palette in PALETTES if palette.name == colours)

    @property
    def layout_now(self) -> Layout | None:
        """What is on the screen; None before the first page, or where it is too small."""
        return self._layout

    @property
    def strokes(self) -> str:
        """The drawn mark as JSON, empty if nothing was drawn."""
        return json.dumps(self._strokes) if self._strokes else ""

    def show_page(self, page: Page, language: str, focus: int | None, key: str = "") -> None:
        """Draw this part, with the focus on that choice (None: in the field, or on `key` under it)."""
        if self._page is None or _place(page) != _place(self._page):
            self._strokes = []
        self._page, self._language, self._focus, self._key = page, language, focus, key
        self.caption.language = language
        self._set()

    def offer_listening(self) -> None:
        """There is a key to speak, and a place to touch for it."""
        self._listens = True
        self._set()

    def show_deaf(self, *, deaf: bool) -> None:
        """Nobody can be heard, or they can again: the page and the captions to come say so."""
        if deaf != self.caption.deaf:
            self.caption.deaf = deaf
            self._set()

    def _redraw_caption(self) -> None:
        if self._layout is not None:
            grid = self._layout.grid
            self.refresh(Region(0, self._layout.caption_row, grid.columns, grid.caption_rows))

    def recolour(self, palette: Palette) -> None:
        """Draw in other colours."""
        self.palette = palette
        self.refresh()

    def clear_mark(self) -> None:
        """Forget what was drawn."""
        self._strokes = []
        self.refresh()

    def _set(self) -> None:
        grid = Grid(self.size.width, self.size.height)
        self._layout = None
        if self._page is not None and not grid.too_small:
            place = (self._focus, self._key)
            self._layout = lay_out(
                self._page,
                grid,
                self._language,
                self._texts,
                *place,
                listens=self._listens,
                deaf=self.caption.deaf,
            )
        self.refresh()

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if self._layout is None or y >= self._layout.grid.rows:
            return self._bare_line(y, width)
        caption = y - self._layout.caption_row
        below = 0 <= caption < self._layout.grid.caption_rows
        spans = self.caption.row(caption, self._layout.grid) if below else self._layout.painted(y)
        segments = [Segment(span.words, self.palette.style(span.look)) for span in spans]
        return self._inked(Strip(segments), y).adjust_cell_length(width, self.palette.style(Look.TEXT))

    def _bare_line(self, y: int, width: int) -> Strip:
        """Below the smallest grid: one message, nothing else."""
        lines: list[str] = []
        if self._page is not None and width > 1:
            lines = break_lines(self._texts[_TOO_SMALL].show(self._language), width)
        words = lines[y] if y < len(lines) else ""
        style = self.palette.style(Look.TEXT)
        return Strip([Segment(words, style)]).adjust_cell_length(width, style)

    def _inked(self, strip: Strip, y: int) -> Strip:
        canvas = self._layout.canvas if self._layout else None
        if canvas is None or not canvas.holds(canvas.column, y):
            return strip
        inked = {x for stroke in self._strokes for x, row in stroke if row == y - canvas.row}
        cells = "".join("█" if x in inked else "·" for x in range(canvas.columns))
        margin = Segment(" " * canvas.column, self.palette.style(Look.TEXT))
        return Strip([margin, Segment(cells, self.palette.style(Look.TEXT))])

    def on_resize(self) -> None:
        self._set()
        self.caption.fit(self._layout.grid if self._layout else None)
        self.post_message(self.Resized())

    def get_content_width(self, container: Size, viewport: Size) -> int:
        return container.width

    def on_mouse_down(self, event: MouseDown) -> None:
        self._pressed = self._target_at(event.x, event.y)
        if self._on_canvas(event.x, event.y):
            self.capture_mouse()
            self._strokes.append([])
            self._draw(event.x, event.y)

    def on_mouse_move(self, event: MouseMove) -> None:
        if self.app.mouse_captured is self:
            self._draw(event.x, event.y)

    def on_mouse_up(self, event: MouseUp) -> None:
        if self.app.mouse_captured is self:
            self.release_mouse()
            self.post_message(self.Drawn())
            return
        target = self._target_at(event.x, event.y)
        if target is None or target != self._pressed:
            return
        # Where the finger was a moment ago another page may stand by now: the place counts, not its meaning.
        last, at = self._last
        again = last is not None and last.holds(event.x, event.y) and event.time - at < TOUCH_GUARD
        self._last = (target, event.time)
        if not again or target.act.startswith(TYPE):
            self.post_message(self.Touched(target.act, event.time))

    def _target_at(self, x: int, y: int) -> Target | None:
        targets = self._layout.targets if self._layout else []
        return next((target for target in targets if target.holds(x, y)), None)

    def _on_canvas(self, x: int, y: int) -> bool:
        canvas = self._layout.canvas if self._layout else None
        return canvas is not None and canvas.holds(x, y)

    def _draw(self, x: int, y: int) -> None:
        if not self._on_canvas(x, y) or self._layout is None or self._layout.canvas is None:
            return
        canvas, stroke = self._layout.canvas, self._strokes[-1]
        point = (x - canvas.column, y - canvas.row)
        for step in _between(stroke[-1], point) if stroke else [point]:
            stroke.append(step)
            self.refresh(Region(0, canvas.row + step[1], self.size.width, 1))
