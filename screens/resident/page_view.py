"""One widget that draws a part of a page on all of the screen, and tells what was touched."""

from __future__ import annotations

import math
from collections.abc import Callable

from rich.cells import cell_len
from rich.segment import Segment
from textual.events import MouseDown, MouseMove, MouseUp
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from kiosk.display.type_size import Pitch
from kiosk.flow.page import Page
from kiosk.hanzi.strokes import CELL_HEIGHT
from kiosk.text import Catalogue
from screens.grid import Grid
from screens.ink import Ink
from screens.keys import Act
from screens.layout import PRESS, TYPE, Layout, Look, Target, lay_out
from screens.line_break import break_lines
from screens.pad import Pad, is_struck_twice
from screens.resident.caption_bar import CaptionBar
from screens.theme import PALETTES, UNLIT, Palette

TOUCH_GUARD = 0.3
"""Seconds in which a second touch in the same place is ignored (K19)."""

_TOO_SMALL = "bar.too_small"


def _in_the_middle(words: str, cells: str) -> str:
    start = (len(cells) - cell_len(words)) // 2
    return cells[:start] + words + cells[start + cell_len(words) :]


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

    class Knocked(Message):
        """A touch on the name of the centre, on top."""

        def __init__(self, at: float) -> None:
            super().__init__()
            self.at = at

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
        self._pad: Pad | None = None
        self._pressed: Target | None = None
        self._last: tuple[Target | None, float] = (None, -math.inf)
        self.ink = Ink()
        """What is drawn on the place to write."""
        self.pitch: Pitch | None = None
        """A cell in millimetres, where it is known; what it changes shows with the next page or resize."""
        self.glyphs = False
        """Headings and the focused choice are drawn from blocks, as the font stays as it is."""
        self.linear = False
        """As plain lines, for braille displays and screen readers."""
        self.dark = False
        """Nothing is drawn; the voice goes on. A touch is then for bringing the picture back."""
        self.palette = next(palette for palette in PALETTES if palette.name == colours)

    @property
    def layout_now(self) -> Layout | None:
        """What is on the screen; None before the first page, or where it is too small."""
        return self._layout

    @property
    def strokes(self) -> str:
        """The drawn mark as JSON, empty if nothing was drawn."""
        return self.ink.told(self.cell_height)

    @property
    def cell_height(self) -> float:
        """In widths of a cell; as cells usually are, where nothing better is known."""
        return self.pitch.height / self.pitch.width if self.pitch is not None else CELL_HEIGHT

    @property
    def finger_down(self) -> bool:
        """Something is being touched or drawn."""
        return self._pressed is not None or self.app.mouse_captured is self

    @property
    def tells_pixels(self) -> bool:
        """Where a finger is, is told in fractions of a cell."""
        from screens.pixel_driver import PixelDriver

        driver = self.app._driver
        return isinstance(driver, PixelDriver) and driver.tells_pixels

    def show_page(
        self, page: Page, language: str, focus: int | None, key: str = "", pad: Pad | None = None
    ) -> None:
        """Draw this part, with the focus on that choice (None: in the field, or on `key` of the `pad`)."""
        if self._page is None or _place(page) != _place(self._page):
            self.ink.wipe()
        self._page, self._language, self._focus, self._key = page, language, focus, key
        self._pad = pad
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
        self.ink.wipe()
        self.refresh()

    def take_back_stroke(self) -> None:
        """Forget the last stroke."""
        self.ink.take_back()
        self.refresh()

    def _set(self) -> None:
        grid = Grid(self.size.width, self.size.height, self.pitch, self.glyphs)
        self._layout = None
        if self._page is not None and not grid.too_small:
            place = (self._focus, self._key)
            self._layout = self._lay_out(
                self._page,
                grid,
                self._language,
                self._texts,
                *place,
                pad=self._pad,
                listens=self._listens,
                deaf=self.caption.deaf,
            )
        self.refresh()

    @property
    def _lay_out(self) -> Callable[..., Layout]:
        if not self.linear:
            return lay_out
        from screens.linear import lay_out_linear

        return lay_out_linear

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if self.dark:
            return Strip.blank(width, UNLIT)
        if self._layout is None or y >= self._layout.grid.rows:
            return self._bare_line(y, width)
        caption = y - self._layout.caption_row
        below = 0 <= caption < self._layout.grid.caption_rows
        spans = self.caption.row(caption, self._layout.grid) if below else self._layout.painted(y)
        segments = [Segment(span.words, self.palette.style(span.look)) for span in spans]
        return self._inked(Strip(segments), y).adjust_cell_length(width, self.palette.style(Look.TEXT))

    def _bare_line(self, y: int, width: int) -> Strip:
        """Below the smallest grid: one message, nothing else. Before the first page is laid out: nothing."""
        lines: list[str] = []
        if self._page is not None and width > 1 and Grid(width, self.size.height).too_small:
            lines = break_lines(self._texts[_TOO_SMALL].show(self._language), width)
        words = lines[y] if y < len(lines) else ""
        style = self.palette.style(Look.TEXT)
        return Strip([Segment(words, style)]).adjust_cell_length(width, style)

    def _inked(self, strip: Strip, y: int) -> Strip:
        canvas = self._layout.canvas if self._layout else None
        if canvas is None or not canvas.holds(canvas.column, y):
            return strip
        cells = self.ink.look(y - canvas.row, canvas.columns)
        if self._pad is not None and self._pad.canvas and not self.ink and y == canvas.row + canvas.rows // 2:
            cells = _in_the_middle(self._texts["bar.write_here"].show(self._language), cells)
        drawn = Strip([Segment(cells, self.palette.style(Look.TEXT))])
        end = canvas.column + canvas.columns
        return Strip.join([strip.crop(0, canvas.column), drawn, strip.crop(end, strip.cell_length)])

    def on_resize(self) -> None:
        self._set()
        self.caption.fit(self._layout.grid if self._layout else None)
        self.post_message(self.Resized())

    def get_content_width(self, container: Size, viewport: Size) -> int:
        return container.width

    def on_mouse_down(self, event: MouseDown) -> None:
        if self.dark:
            return
        self._pressed = self._target_at(event.x, event.y)
        if self._on_canvas(event.x, event.y):
            self.capture_mouse()
            assert self._layout is not None and self._layout.canvas is not None
            self.ink.begin(self._layout.canvas.columns, fine=self.tells_pixels)
            self._draw(event)

    def on_mouse_move(self, event: MouseMove) -> None:
        if self.app.mouse_captured is self:
            self._draw(event)

    def on_mouse_up(self, event: MouseUp) -> None:
        if self.app.mouse_captured is self:
            self.release_mouse()
            self.post_message(self.Drawn())
            return
        if self.dark:
            self.post_message(self.Touched(f"{PRESS}{Act.PICTURE}", event.time))
            return
        target, pressed = self._target_at(event.x, event.y), self._pressed
        self._pressed = None
        if target is None or target != pressed:
            if target is None and pressed is None and event.y == 0:
                self.post_message(self.Knocked(event.time))
            return
        # Where the finger was a moment ago another page may stand by now: the place counts, not its meaning.
        last, at = self._last
        again = last is not None and last.holds(event.x, event.y) and event.time - at < TOUCH_GUARD
        self._last = (target, event.time)
        if not again or is_struck_twice(target.act.removeprefix(TYPE)):
            self.post_message(self.Touched(target.act, event.time))

    def _target_at(self, x: int, y: int) -> Target | None:
        targets = self._layout.targets if self._layout else []
        return next((target for target in targets if target.holds(x, y)), None)

    def _on_canvas(self, x: int, y: int) -> bool:
        canvas = self._layout.canvas if self._layout else None
        return canvas is not None and canvas.holds(x, y)

    def _draw(self, event: MouseDown | MouseMove) -> None:
        if not self._on_canvas(event.x, event.y) or self._layout is None or self._layout.canvas is None:
            return
        canvas = self._layout.canvas
        x, y = event.pointer_x - canvas.column, event.pointer_y - canvas.row
        for row in self.ink.to(x, y, event.time):
            self.refresh(Region(0, canvas.row + row, self.size.width, 1))
