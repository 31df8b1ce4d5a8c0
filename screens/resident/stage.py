"""What is on the screen and in the air: one part of one page, drawn and said together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.geometry import Offset

from kiosk.flow.page import Choice, Entry, Page, PageKind, Role
from kiosk.ports import Speaker
from kiosk.text import Catalogue, Text
from screens.grid import Grid
from screens.layout import CHOOSE, FIELD, TYPE
from screens.pad import ERASE, NEXT_BOX, called
from screens.resident.field import Field
from screens.resident.page_view import PageView
from screens.resident.parts import Parts
from screens.resident.visit_thread import Shown
from screens.theme import Palette

if TYPE_CHECKING:
    from kiosk.flow.sitting import Sitting


def _tries(shown: Shown) -> tuple[str, int]:
    """What makes the same page one to be said again: its language, and one more refused input."""
    return shown.sitting.language, shown.sitting.misses


_TICKS = {True: "bar.ticked", False: "bar.unticked"}


def _ticked(before: Shown | None, shown: Shown) -> Choice | None:
    """The one choice that was ticked or is so no more, where nothing else has changed but words beside it."""
    if before is None or shown.page.error is not None or before.sitting.language != shown.sitting.language:
        return None
    old, new = before.page, shown.page
    if (old.id, old.heading) != (new.id, new.heading) or len(old.choices) != len(new.choices):
        return None
    changed = [after for was, after in zip(old.choices, new.choices, strict=True) if was != after]
    one = changed[0] if len(changed) == 1 else None
    return one if one is not None and one.role is Role.TOGGLE else None


def _only_less(before: Shown | None, shown: Shown) -> bool:
    """Has nothing changed but that a line went, as a card was taken away? What is still there was said."""
    if before is None or _tries(before) != _tries(shown):
        return False
    old, new = before.page, shown.page
    if replace(old, body=()) != replace(new, body=()):
        return False
    return len(new.body) < len(old.body) and all(line in old.body for line in new.body)


def _covered(sitting: Sitting) -> bool:
    """Does another page lie over the one that is filled in?"""
    return bool(sitting.overlay) or sitting.newcomer is not None or sitting.said_back is not None


def _missed(before: Shown | None, shown: Shown) -> bool:
    """Has listening led to nothing once more? The page need not be said again for that."""
    if before is None or shown.sitting.overlay or _tries(before) != _tries(shown):
        return False
    return shown.sitting.unheard > before.sitting.unheard


def _nothing() -> None:
    """Nobody wants to be told."""


class Stage:
    """Shows pages. What is drawn is what is said, because both come from the same part (K04)."""

    def __init__(self, texts: Catalogue, view: PageView, field: Field, speaker: Speaker) -> None:
        self.view, self.field = view, field
        self._speaker = speaker
        self.texts = texts
        self._parts = Parts(texts)
        self._shown: Shown | None = None
        self._asked: tuple[str, Entry] | None = None
        """The page and the entry whose answer stands in the field."""
        self._value = ""
        """What that entry began with."""
        self.on_presented: Callable[[], None] = _nothing
        """Told when a part is said from its heading: what was being said to the last one is over."""
        self.on_missed: Callable[[], None] = _nothing
        """Told when listening led to nothing, and the page stays."""

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
        return self._parts.part

    @property
    def focused(self) -> Choice | None:
        """The choice with the focus; None while the field has it."""
        return self._parts.choice

    @property
    def in_field(self) -> bool:
        """Letters and digits are typed now, by hand or with the keys on the screen."""
        return self._parts.focus is None and self.part.kind is PageKind.ENTRY

    @property
    def key(self) -> str:
        """The key on the screen that has the focus."""
        return self._parts.key

    def show(self, shown: Shown) -> bool:
        """Put up a page. False, and nothing said again, where nothing has changed."""
        before, self._shown = self._shown, shown
        missed = _missed(before, shown)
        if before is not None and before.page == shown.page and _tries(before) == _tries(shown):
            if missed:
                self.on_missed()
            return False
        self._split()
        self._serve_field(shown)
        ticked = _ticked(before, shown)
        if missed:
            self.present()
            self.on_missed()
        elif _only_less(before, shown):
            self.draw()
        elif ticked is None:
            self.present()
        else:
            self.draw()
            self.announce(self.texts.text(_TICKS[ticked.chosen], label=ticked.label))
        return True

    def _serve_field(self, shown: Shown) -> None:
        """What is half typed outlives help and a change of language, and nothing else."""
        entry = shown.page.entry
        if entry is not None:
            asked = (shown.page.id, replace(entry, value=""))
            # What was dictated stands in the entry, and not yet in the field.
            dictated = shown.sitting.refused is None and entry.value != self._value
            self.field.take(entry, self.language, fresh=dictated or self._asked != asked)
            self._asked, self._value = asked, entry.value
        elif not _covered(shown.sitting):
            self.field.wipe()
            self._asked = None

    def present(self) -> None:
        """Draw this part and say it from its heading."""
        self.draw()
        self._speaker.present(self.part, self.language)
        self.on_presented()

    def draw(self) -> None:
        """Draw this part as it is."""
        self.view.show_page(self.part, self.language, self._parts.focus, self.key)
        layout = self.view.layout_now
        typing = self.in_field and not self.key and layout is not None
        self.field.place(layout.field if layout else None, served=self.in_field, focused=typing)
        (self.field if typing else self.view).focus()
        self._park_cursor()

    def fit_again(self) -> None:
        """The grid has changed: the same page in other parts."""
        if self._shown is not None:
            self._split()
            self.draw()

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
        self._focus_moved(self._parts.move(by))

    def move_along_keys(self, by: int) -> None:
        """To the key on the screen on the left or the right."""
        self._focus_moved(self._parts.along_keys(by))

    def scan(self) -> None:
        """On to the next of all that can be chosen: the one switch."""
        self._focus_moved(self._parts.scan())

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
            self._say_beside(f"{TYPE}{self.key}", called(self.key, self.texts))
        else:
            self._say_beside(FIELD, self.texts["bar.field"])

    @property
    def typed(self) -> str:
        """What stands in the field of this page, if it has one."""
        return self.field.value if self.part.entry is not None else ""

    def write(self, words: str) -> None:
        """Words that were said go where the caret stands."""
        self.enter_field()
        self.field.write(words)

    def strike_focused(self) -> None:
        """The focused key on the screen is pressed; the ear is told, but not which figure of a secret."""
        self.field.strike(self.key)
        secret = self.part.entry is not None and self.part.entry.secret
        taken = secret and self.key not in (ERASE, NEXT_BOX)
        words = self.texts["bar.key_taken"] if taken else called(self.key, self.texts)
        self._say_beside(f"{TYPE}{self.key}", words)

    def box_reached(self, box: int) -> None:
        """Another box is typed into: its name is said."""
        entry = self.part.entry
        if entry is not None and box < len(entry.boxes):
            self._say_beside(FIELD, entry.boxes[box])

    def _say_beside(self, act: str, words: Text) -> None:
        """What has the focus and is no choice."""
        self._speaker.focus(self.part, Choice(act, words), self.language)

    def numbered(self, number: int) -> Choice | None:
        """The choice with that number on the screen."""
        return self._parts.numbered(number)

    def recolour(self, palette: Palette) -> None:
        """Page and field in other colours."""
        self.view.recolour(palette)
        self.field.recolour(palette)
        self.view.app.theme = palette.name

    def announce(self, text: Text) -> None:
        """Say and caption something beside the page."""
        self._speaker.notice(text, self.language)

    def _split(self) -> None:
        assert self._shown is not None
        size = self.view.size
        grid = Grid(max(size.width, 40), max(size.height, 10))
        page = self._shown.page
        drawn = page.kind is PageKind.SIGN and bool(self.view.strokes)
        self._parts.show(page, grid, self.language, drawn=drawn)

    def _park_cursor(self) -> None:
        """The terminal's cursor stands at the focused item, for braille displays and input methods."""
        layout = self.view.layout_now
        act = f"{CHOOSE}{self.focused.id}" if self.focused else f"{TYPE}{self.key}"
        for target in layout.targets if layout else ():
            if target.act == act:
                self.view.app.cursor_position = Offset(target.column, target.row)
