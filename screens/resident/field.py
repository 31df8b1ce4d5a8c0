"""The field of an entry page. Never scrolls the page, never blinks, keeps what was typed."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from rich.segment import Segment
from textual import events
from textual.geometry import Offset
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from kiosk.flow.page import Entry, Keyboard
from screens.field_layout import FieldDrawing, FieldSize, FieldState, draw_field, line_beside, place_at
from screens.grid import Grid
from screens.key_room import NEXT_BOX, is_small, key_cells, room_above
from screens.keyboard import LEFT_TO_THE_OFFERS, stroke_for, takes
from screens.keys import KeyGuard
from screens.pad import opening
from screens.spans import Look, Target, flatten
from screens.theme import PALETTES, UNLIT, Palette
from screens.typed import Boxes, Line, Typed, typed_in
from screens.ways import ERASE, Way
from screens.writing import Stroke, Writing

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

    class Changed(Message):
        """Something else stands in it than before."""

    class Finished(Message):
        """Enter was pressed."""

    class Touched(Message):
        """A finger has been on it."""

    class BoxReached(Message):
        """Another box is typed into now; its number, counted from 0."""

        def __init__(self, box: int) -> None:
            super().__init__()
            self.box = box

    class Written(Message):
        """A key of a keyboard has changed what is half written, or what is offered for it."""

        def __init__(self, put: str = "", *, taken: bool = False) -> None:
            super().__init__()
            self.put, self.taken = put, taken

    def __init__(self, colours: str) -> None:
        super().__init__()
        self.palette = next(palette for palette in PALETTES if palette.name == colours)
        self._guard = KeyGuard()
        self._entry = Entry(Keyboard.TEXT)
        self._names: tuple[str, ...] = ()
        self._typed: Typed = Line(0)
        self._grid = Grid(80, 24)
        self.writing: Writing | None = None
        """How words are being written; None where figures are put in."""
        self.meant: int | None = None
        """The number of the offer that has the focus."""
        self._place: Target | None = None
        self._drawing: FieldDrawing | None = None
        self.dark = False
        """Nothing is drawn, as on the page around it."""
        self._served = self._focused = False
        self._keyboard = False
        """Letters have come from a keyboard in this visit."""
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
        if entry.keyboard is not Keyboard.TEXT:
            self.writing = None
        elif fresh or self.writing is None or self.writing.language != language:
            self.writing = opening(entry, language, self._grid, keyboard=self._keyboard)

    def give_way(self) -> None:
        """What stands here was refused just now, and more would not mend it."""
        if isinstance(self._typed, Line):
            self._typed = replace(self._typed, gives_way=True)

    def fit(self, grid: Grid, *, by_hand: bool = False) -> None:
        """There is so much room for the keys on the screen; `by_hand`: and to draw a character."""
        self._grid = grid
        if self.writing is not None:
            room = room_above(grid, self.writing.language)
            self.writing = self.writing.fits(
                small=is_small(grid), room=room, key=key_cells(grid), by_hand=by_hand
            )

    def recognise(self, candidates: tuple[str, ...]) -> None:
        """What the character may be that is drawn by now."""
        if self.writing is not None:
            self.writing = self.writing.recognised(candidates)
            self.meant = self.writing.at if self.writing.open else None

    @property
    def before(self) -> str:
        """What stands before the caret."""
        return self._typed.text[: self._typed.caret] if isinstance(self._typed, Line) else ""

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

    def strike(self, key: str) -> str:
        """A key on the screen; what it has put in."""
        if self.writing is not None:
            return self._follow(self.writing.strike(key, self.before))
        match key:
            case str(erase) if erase == ERASE:
                self._become(self._typed.erase())
            case str(following) if following == NEXT_BOX:
                self._become(self._typed.move(+1))
            case character:
                self._become(self._typed.put(character))
        return ""

    def settle(self) -> str:
        """What is half written goes in as the best that is offered for it; what has gone in."""
        return self._follow(self.writing.settle()) if self.writing is not None else ""

    def _follow(self, stroke: Stroke) -> str:
        self.writing = stroke.writing
        self.meant = stroke.writing.at if stroke.writing.open else None
        self._keyboard = stroke.writing.keyboard
        whole = self._typed.holds(stroke.put)
        self._become(self._typed.erase() if stroke.erase else self._typed.put(stroke.put))
        if not whole:
            self.post_message(self.CutShort())
        return stroke.put if whole else ""

    def write(self, words: str) -> None:
        """Words that were said, where the caret stands."""
        self.drop_half_written()
        self._become(self._typed.put(words))

    def drop_half_written(self) -> None:
        """What is not chosen yet is given up."""
        if self.writing is not None:
            self.writing = self.writing.dropped()

    def wipe(self) -> None:
        """Nothing of this field stays."""
        self.writing = None
        self._entry, self._names, self._typed = Entry(Keyboard.TEXT), (), Line(0)
        self._drawing = None

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if self.dark:
            return Strip.blank(width, UNLIT)
        if self._drawing is None or y >= len(self._drawing.rows):
            return Strip.blank(width, self.palette.style(Look.TEXT))
        row = flatten(self._drawing.rows[y], width)
        return Strip([Segment(span.words, self.palette.style(span.look)) for span in row])

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """To the box or the place in the text that was touched."""
        if self._drawing is None:
            return
        self.post_message(self.Touched())
        if self.dark:
            return
        if isinstance(self._typed, Boxes):
            for number, box in enumerate(self._drawing.boxes):
                if box.holds(event.x, box.row):
                    self._become(self._typed.to(number))
        elif self.writing is None or not self.writing.open:
            self._become(self._typed.to(place_at(self._typed, self._drawing, event.x, event.y)))

    def on_paste(self, event: events.Paste) -> None:
        """All lines of a paste as one, and only as much as the field keeps."""
        event.stop()
        self.settle()
        words = " ".join(event.text.split())
        whole = self._typed.holds(words)
        self.post_message(self.Used())
        self._become(self._typed.put(words))
        self.post_message(self.Written())
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
        typed, writing = self._typed, self.writing
        if writing is not None and writing.open and event.key in LEFT_TO_THE_OFFERS:
            return False
        if writing is not None and self._writes(event, writing):
            return True
        if writing is not None and takes(event.key, writing):
            return False
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

    def _writes(self, event: events.Key, before: Writing) -> bool:
        """Where words are written. The page is told where what is on the keys is not what it was."""
        stroke = stroke_for(event.key, event.character, before, self.before, self.meant)
        if stroke is None:
            return False
        put = self._follow(stroke)
        if before.open or stroke.writing != before or before.way is Way.LETTERS:
            self.post_message(self.Written(put, taken=takes(event.key, before)))
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
        if before.value != typed.value:
            self.post_message(self.Changed())
        if isinstance(before, Boxes) and isinstance(typed, Boxes) and before.at != typed.at:
            self.post_message(self.BoxReached(typed.at))
        self._draw()

    def _draw(self) -> None:
        if self._place is None:
            self._drawing = None
            return
        size = FieldSize(self._place.columns, self._place.rows, self._entry.rows)
        half = self.writing.spelled if self.writing is not None else ""
        state = FieldState(self._focused, self._served, self._entry.secret, self._entry.hidden, half)
        self._drawing = draw_field(self._typed, self._names, size, state)
        if self._focused:
            # The terminal's own cursor: input methods put their window there, braille displays read there.
            column, row = self._drawing.caret
            self.app.cursor_position = Offset(self._place.column + column, self._place.row + row)
        self.refresh()
