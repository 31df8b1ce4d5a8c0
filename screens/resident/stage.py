"""What is on the screen and in the air: one part of one page, drawn and said together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.geometry import Offset

from kiosk.flow.page import Choice, Entry, Keyboard, Page, PageKind
from kiosk.ports import Speaker
from kiosk.text import Catalogue, Text
from screens.grid import Grid
from screens.hand_layout import drawing_room
from screens.layout import CHOOSE, FIELD, PRESS, TYPE
from screens.pad import Pad
from screens.resident.by_hand import ByHand
from screens.resident.changes import missed, number_called, only_less, ticked, tries
from screens.resident.field import Field
from screens.resident.half_typed import HalfTyped
from screens.resident.page_view import PageView
from screens.resident.parts import Parts
from screens.resident.pen import Pen
from screens.resident.visit_thread import Shown
from screens.theme import Palette

if TYPE_CHECKING:
    from kiosk.flow.sitting import Sitting


_BY_SWITCH = tuple(f"{PRESS}{name}" for name in ("back", "help", "repeat", "person"))
"""Buttons of the bar that a switch comes to. The language has a page of its own, and speaking is no way for a
switch: each would be a wait more on every page."""
_TICKS = {True: "bar.ticked", False: "bar.unticked"}


def _nothing() -> None:
    """Nobody wants to be told."""


def _as_it_is(page: Page) -> Page:
    """Nobody has asked for anything else."""
    return page


class Stage:
    """Shows pages. What is drawn is what is said, because both come from the same part (K04)."""

    def __init__(self, texts: Catalogue, view: PageView, field: Field, speaker: Speaker) -> None:
        self.view, self.field = view, field
        self._speaker = speaker
        self.texts = texts
        self._parts = Parts(texts)
        self.pen = Pen(self)
        self.by_hand = ByHand(view, self.pen.recognised)
        self._shown: Shown | None = None
        self._half_typed = HalfTyped(field)
        self._mending = False
        """What the field was refused for is being put right."""
        self.amended = False
        """Something on the page is another than when it was said."""
        self.on_presented: Callable[[], None] = _nothing
        """Told when a part is said from its heading: what was being said to the last one is over."""
        self.on_missed: Callable[[], None] = _nothing
        """Told when listening led to nothing, and the page stays."""
        self.dress: Callable[[Page], Page] = _as_it_is
        """How a page is put up for this person."""
        self.new_size: Text | None = None
        """What was said of the type size that is asked for: once more when the page has come in it."""

    @property
    def ready(self) -> bool:
        """A page is there."""
        return self._shown is not None

    @property
    def sitting(self) -> Sitting:
        """The visit as it was when this page came up."""
        assert self._shown is not None
        return self._shown.sitting

    @property
    def language(self) -> str:
        """The language of the page; Chinese before the first one."""
        return self._shown.sitting.language if self._shown else "zh"

    @property
    def part(self) -> Page:
        """What is on the screen."""
        part = self._parts.part
        return replace(part, mending=True) if self._mending else part

    @property
    def focused(self) -> Choice | None:
        """The choice with the focus; None while the field has it."""
        return self._parts.choice

    @property
    def in_field(self) -> bool:
        """Letters and digits are typed now, by hand or with the keys on the screen."""
        return self._parts.focus is None and not self.button and self.part.kind is PageKind.ENTRY

    @property
    def entry(self) -> Entry | None:
        """What the page asks to be filled in, on whichever of its parts."""
        return self._shown.page.entry if self._shown else None

    @property
    def key(self) -> str:
        """The key on the screen that has the focus."""
        return self._parts.key

    @property
    def button(self) -> str:
        """The button of the bar that has the focus, by what a touch there would do."""
        return self._parts.button

    @property
    def pad(self) -> Pad:
        """The keys on the screen."""
        return self._parts.pad

    def show(self, shown: Shown) -> bool:
        """Put up a page. False, and nothing said again, where nothing has changed."""
        before, self._shown = self._shown, shown
        self.new_size = None
        if (call := number_called(before, shown)) is not None:
            self._call_out(call)
            return False
        no_use = missed(before, shown)
        if before is not None and before.page == shown.page and tries(before) == tries(shown):
            if no_use:
                self.on_missed()
            return False
        self._mending = False
        self.pen.lay_down()
        self._half_typed.follow(shown)
        self._split()
        tick = ticked(before, shown)
        if no_use:
            self.present()
            self.on_missed()
        elif only_less(before, shown):
            self.draw()
        elif tick is None:
            self.present()
        else:
            self.draw()
            self.announce(self.texts.text(_TICKS[tick.chosen], label=tick.label))
        return True

    def amend(self, shown: Shown, said: Text) -> None:
        """Put up the same page with something else on it: only this is said of it, now."""
        self._shown, self.amended = shown, True
        self._speaker.stop()
        self._call_out(said)

    def _call_out(self, call: Text) -> None:
        """Nobody is here: a waiting number is called, or the last call goes. The page itself is not said."""
        self._split()
        self.draw()
        if call.shown:
            self.announce(call)

    def present(self) -> None:
        """Draw this part and say it from its heading."""
        self.draw()
        self.amended = False
        self._speaker.present(self.part, self.language)
        self.on_presented()

    def draw(self) -> None:
        """Draw this part as it is."""
        self.view.show_page(self.part, self.language, self._parts.focus, self.key or self.button, self.pad)
        layout = self.view.layout_now
        typing = self.in_field and not self.key and layout is not None
        self.field.place(layout.field if layout else None, served=self.in_field, focused=typing)
        self.field.meant = self.pen.meant()
        # Who writes on while something is offered need not go back into the field.
        (self.field if typing or (self.in_field and self.pen.open) else self.view).focus()
        self._park_cursor()

    def fit_again(self) -> None:
        """The grid has changed: the same page in other parts, said where this one is another."""
        if self._shown is None:
            return
        before = self.part
        self.pen.lay_down()
        self._split()
        if (self.part.body, self.part.choices) == (before.body, before.choices):
            self.draw()
        else:
            self.present()
        if self.new_size is not None:
            self.announce(self.new_size)
            self.new_size = None

    def drawn(self) -> None:
        """A stroke is finished: of a signature, or of a character."""
        if self.pad.canvas:
            self.by_hand.lifted()
        else:
            self.mark_changed()

    def mark_changed(self) -> None:
        """Something was drawn on the page, or wiped off it; said only where that changes the choices."""
        before = self.part.choices
        self._split()
        if self.part.choices == before:
            self.draw()
        else:
            self.present()

    def turn_over(self, by: int) -> bool:
        """Another part of the same page; False where there is none."""
        if not self._parts.turn_over(by):
            return False
        self.present()
        return True

    def move_focus(self, by: int) -> None:
        """Up or down."""
        self.pen.by_switch = False
        self._focus_moved(self._parts.move(by))

    def move_along_keys(self, by: int) -> None:
        """To the key on the screen on the left or the right."""
        self.pen.by_switch = False
        self._focus_moved(self._parts.along_keys(by))

    def scan(self) -> None:
        """On to the next of all that can be chosen, and then of the bar: the one switch."""
        self.pen.by_switch = True
        there = [target.act for target in self.view.layout_now.targets] if self.view.layout_now else []
        self._focus_moved(self._parts.scan([act for act in there if act in _BY_SWITCH]))

    @property
    def at_first(self) -> bool:
        """Is the focus where the one switch begins?"""
        return self._parts.at_first

    def to_first(self) -> None:
        """The focus to where the one switch begins; it is said, also where it was there."""
        self.pen.by_switch = True
        self._parts.to_first()
        self._focus_moved(True)

    def keys_changed(self) -> None:
        """The keys on the screen are others than they were."""
        self._parts.pad = self.pen.pad(self._grid)

    def to_key(self, key: str) -> None:
        """The focus to a key on the screen; into the field, where none is named."""
        self._parts.to_key(key)
        self.draw()

    def enter_field(self) -> None:
        """Into the field, for it was touched or is typed into."""
        if self._parts.enter_field():
            self.draw()

    def point_at(self, choice: Choice) -> None:
        """The focus goes there, and is said; what it does waits for a key."""
        self._parts.take(choice)
        self._focus_moved(True)

    def take(self, choice: Choice) -> None:
        """The focus goes to what was chosen by its number or a touch, and stays there after a tick."""
        self._parts.take(choice)

    def _focus_moved(self, moved: bool) -> None:
        """What has the focus is drawn and said (K20)."""
        if not moved:
            return
        self.draw()
        if self.focused is not None:
            self._speaker.focus(self.part, self.focused, self.language)
        elif self.key:
            self.say_beside(self.key, self.pen.name(self.key))
        elif self.button:
            self.say_beside(self.button, self.texts[f"bar.to_{self.button.removeprefix(PRESS)}"])
        else:
            self.say_beside("", self.texts["bar.field"])

    @property
    def typed(self) -> str:
        """What stands in the field of this page, if it has one."""
        return self.field.value if self.part.entry is not None else ""

    def write(self, words: str) -> None:
        """Words that were said go where the caret stands."""
        self.pen.lay_down()
        self.field.write(words)
        self.keys_changed()
        self.to_key("")

    def mend(self) -> None:
        """Something else stands in the field by now: the error has been read, and need not stay."""
        page = self._shown.page if self._shown else None
        if page is not None and page.error is not None and page.entry is not None and not self._mending:
            self._mending = True
            self.draw()

    def box_reached(self, box: int) -> None:
        """Another box is typed into: its name is said."""
        entry = self.part.entry
        if entry is not None and box < len(entry.boxes):
            self.say_beside("", entry.boxes[box])

    def say_beside(self, key: str, words: Text) -> None:
        """What has the focus and is no choice: a key, or the field where none is named."""
        self._speaker.focus(self.part, Choice(f"{TYPE}{key}" if key else FIELD, words), self.language)

    def numbered(self, number: int) -> Choice | None:
        """The choice with that number on the screen."""
        return self._parts.numbered(number)

    def recolour(self, palette: Palette) -> None:
        """Page and field in other colours."""
        self.view.recolour(palette)
        self.field.recolour(palette)
        self.view.app.theme = palette.name

    def dress_anew(self, *, dark: bool) -> None:
        """Something that a person set for themselves is another: the same page, and nothing said again.
        `dark`: without a picture."""
        self.view.dark = self.field.dark = dark
        if self._shown is not None:
            self._split()
            self.draw()

    def announce(self, text: Text) -> None:
        """Say and caption something beside the page."""
        self._speaker.notice(text, self.language)

    @property
    def _grid(self) -> Grid:
        size = self.view.size
        return Grid(max(size.width, 40), max(size.height, 10), self.view.pitch, self.view.glyphs)

    def _split(self) -> None:
        assert self._shown is not None
        page = self.dress(self._shown.page)
        drawn = page.kind is PageKind.SIGN and bool(self.view.strokes)
        self._parts.show(page, self._grid, self.language, drawn=drawn, keys=self._keys_for)

    def _keys_for(self, part: Page) -> Pad:
        """The keys on the screen, for which there is so much room on the part with the field."""
        drawn_on = self.pad.canvas
        if part.entry is not None:
            # Under help the way of writing stays what it was.
            self.field.fit(self._grid, by_hand=self._can_be_drawn_on(part))
        pad = self.pen.pad(self._grid)
        if drawn_on and not pad.canvas:
            self.by_hand.wipe()
        return pad

    def _can_be_drawn_on(self, part: Page) -> bool:
        """Is there room to draw a character with the finger, as fine as it must be?"""
        if self.view.linear:
            return False
        if part.entry is None or part.entry.keyboard is not Keyboard.TEXT or self.language != "zh":
            return False
        from kiosk.handwriting.recognise import good_enough

        room = drawing_room(part, self._grid, self.language, self.texts["bar.chosen"].show(self.language))
        return good_enough(room.columns, room.rows, pixels=self.view.tells_pixels)

    def _park_cursor(self) -> None:
        """The terminal's cursor stands at the focused item, for braille displays and input methods."""
        layout = self.view.layout_now
        act = f"{CHOOSE}{self.focused.id}" if self.focused else self.button or f"{TYPE}{self.key}"
        for target in layout.targets if layout else ():
            if target.act == act:
                self.view.app.cursor_position = Offset(target.column, target.row)
