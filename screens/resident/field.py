"""The field of an entry page. Never scrolls the page, never blinks, keeps what was typed."""

from __future__ import annotations

import time
from collections.abc import Callable

from rich.segment import Segment
from textual import events
from textual.geometry import Offset
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from kiosk.flow.page import Entry, Keyboard
from screens.field_layout import FieldDrawing, FieldSize, FieldState, draw_field, line_beside, place_at
from screens.keys import KeyGuard
from screens.pad import ERASE, NEXT_BOX
from screens.spans import Look, Target, flatten
from screens.theme import PALETTES, Palette
from screens.typed import Boxes, Line, Typed, typed_in

_ENTER = "enter"
_EDITS: dict[str, Callable[[Typed], Typed]] = {
    "backspace": lambda typed: typed.erase(),
    "delete": lambda typed: typed.delete(),
    "left": lambda typed: typed.move(-1),
    "right": lambda typed: typed.move(+1),
    "home": lambda typed: typed.first(),
    "end": lambda typed: typed.last(),
}
"""Keys that change what stands in the field, or move the caret in it."""
_TABS = {"tab": +1, "shift+tab": -1}
_LINES = {"up": -1, "down": +1}


class Field(Widget, can_focus=True):
    """A line, several lines or several boxes to type into, laid over the page where there is room for it.

    Not one of Textual's own: those copy what is typed to the terminal's clipboard, which outlives the visit.
    """

    DEFAULT_CSS = "Field { layer: field; display: none; }"

    class Used(Message):
        """A key, a touch or a paste went into the field."""

        def __init__(self, key: str = "") -> None:
            super().__init__()
            self.key = key

    class CutShort(Message):
        """More was pasted than the field keeps."""

    class Finished(Message):
        """Enter was pressed."""

    class Touched(Message):
        """A finger has been on it."""

    class BoxReached(Message):
        """Another box is typed into now; its number, counted from 0."""

        def __init__(self, box: int) -> None:
            super().__init__()
            self.box = box

    def __init__(self, colours: str) -> None:
        super().__init__()
        self.palette = next(palette for palette in PALETTES if palette.name == colours)
        self._guard = KeyGuard()
        self._entry = Entry(Keyboard.TEXT)
        self._names: tuple[str, ...] = ()
        self._typed: Typed = Line(0)
        self._place: Target | None = None
        self._drawing: FieldDrawing | None = None
        self._served = self._focused = False
        self._since = 0.0

    @property
    def value(self) -> str:
        """What was typed, as the visit is told."""
        return self._typed.value

    @property
    def in_boxes(self) -> bool:
        """Boxes are typed into, not a line."""
        return isinstance(self._typed, Boxes)

    def take(self, entry: Entry, language: str, *, fresh: bool) -> None:
        """Serve this entry; `fresh` for a new page, else what was typed stays."""
        self._entry = entry
        self._names = tuple(name.show(language) for name in entry.boxes)
        self._since = time.monotonic()
        if fresh:
            self._typed = typed_in(entry)

    def place(self, target: Target | None, *, served: bool, focused: bool) -> None:
        """Stand here, or nowhere. `served`: it, or a key on the screen below it, has the focus."""
        self._place, self._served, self._focused = target, served, focused
        self.display = target is not None
        if target is not None:
            self.styles.offset = (target.column, target.row)
            self.styles.width, self.styles.height = target.columns, target.rows
        self._draw()

    def recolour(self, palette: Palette) -> None:
        """Draw in other colours."""
        self.palette = palette
        self.refresh()

    def strike(self, key: str) -> None:
        """A key on the screen."""
        match key:
            case str(erase) if erase == ERASE:
                self._become(self._typed.erase())
            case str(following) if following == NEXT_BOX:
                self._become(self._typed.move(+1))
            case character:
                self._become(self._typed.put(character))

    def write(self, words: str) -> None:
        """Words that were said, where the caret stands."""
        self._become(self._typed.put(words))

    def wipe(self) -> None:
        """Nothing of this field stays."""
        self._entry, self._names, self._typed = Entry(Keyboard.TEXT), (), Line(0)
        self._drawing = None

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if self._drawing is None or y >= len(self._drawing.rows):
            return Strip.blank(width, self.palette.style(Look.TEXT))
        row = flatten(self._drawing.rows[y], width)
        return Strip([Segment(span.words, self.palette.style(span.look)) for span in row])

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """To the box or the place in the text that was touched."""
        if self._drawing is None:
            return
        self.post_message(self.Touched())
        if isinstance(self._typed, Boxes):
            for number, box in enumerate(self._drawing.boxes):
                if box.holds(event.x, box.row):
                    self._become(self._typed.to(number))
        else:
            self._become(self._typed.to(place_at(self._typed, self._drawing, event.x, event.y)))

    def on_paste(self, event: events.Paste) -> None:
        """All lines of a paste as one, and only as much as the field keeps."""
        event.stop()
        words = " ".join(event.text.split())
        whole = self._typed.holds(words)
        self.post_message(self.Used())
        self._become(self._typed.put(words))
        if not whole:
            self.post_message(self.CutShort())

    def on_key(self, event: events.Key) -> None:
        if self._ignores(event):
            event.stop()
            event.prevent_default()
            return
        self.post_message(self.Used(event.key))
        if self._takes(event):
            event.stop()
            event.prevent_default()

    def _ignores(self, event: events.Key) -> bool:
        """What is older than the page, or held down. An input method puts in whole words at once, the same
        character twice among them: only plain keys can be held down."""
        if event.time < self._since:
            return True
        plain = event.character is None or event.character.isascii()
        return plain and not self._guard.lets_through(event.key, event.time, in_field=True)

    def _takes(self, event: events.Key) -> bool:
        """Do what the key means in a field; False for a key that means something elsewhere."""
        typed = self._typed
        if event.key == _ENTER:
            self.post_message(self.Finished())
        elif event.key in _EDITS:
            self._become(_EDITS[event.key](typed))
        elif event.key in _TABS:
            self._become(typed.move(_TABS[event.key]) if isinstance(typed, Boxes) else typed)
        elif event.key in _LINES:
            return self._to_line_beside(_LINES[event.key])
        elif event.is_printable and event.character is not None:
            self._become(typed.put(event.character))
        else:
            return False
        return True

    def _to_line_beside(self, by: int) -> bool:
        """Up or down inside a long text; out of it at its first and last line."""
        if self._place is None or self._entry.rows < 2 or not isinstance(self._typed, Line):
            return False
        beside = line_beside(self._typed, self._place.columns, by)
        if beside is None:
            return False
        self._become(beside)
        return True

    def _become(self, typed: Typed) -> None:
        before, self._typed = self._typed, typed
        if isinstance(before, Boxes) and isinstance(typed, Boxes) and before.at != typed.at:
            self.post_message(self.BoxReached(typed.at))
        self._draw()

    def _draw(self) -> None:
        if self._place is None:
            self._drawing = None
            return
        size = FieldSize(self._place.columns, self._place.rows, self._entry.rows)
        state = FieldState(self._focused, self._served, self._entry.secret)
        self._drawing = draw_field(self._typed, self._names, size, state)
        if self._focused:
            # The terminal's own cursor: input methods put their window there, braille displays read there.
            column, row = self._drawing.caret
            self.app.cursor_position = Offset(self._place.column + column, self._place.row + row)
        self.refresh()
