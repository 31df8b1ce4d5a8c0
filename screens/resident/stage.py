"""What is on the screen and in the air: one part of one page, drawn and said together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.geometry import Offset

from kiosk.flow.page import Choice, Page, PageKind
from kiosk.ports import Speaker
from kiosk.text import Catalogue, Text
from screens.grid import Grid
from screens.layout import CHOOSE
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


class Stage:
    """Shows pages. What is drawn is what is said, because both come from the same part (K04)."""

    def __init__(self, texts: Catalogue, view: PageView, field: Field, speaker: Speaker) -> None:
        self.view, self.field = view, field
        self._speaker = speaker
        self._parts = Parts(texts)
        self._shown: Shown | None = None
        self._field_of = ""
        """The place whose answer stands in the field."""

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
        """Letters and digits are typed now."""
        return self._parts.focus is None and self.part.kind is PageKind.ENTRY

    def show(self, shown: Shown) -> bool:
        """Put up a page. False, and nothing said again, where nothing has changed."""
        before, self._shown = self._shown, shown
        if before is not None and before.page == shown.page and _tries(before) == _tries(shown):
            return False
        self._split()
        self._serve_field(shown)
        self.present()
        return True

    def _serve_field(self, shown: Shown) -> None:
        """What is half typed outlives help and a change of language, and nothing else."""
        place = shown.sitting.place
        if shown.page.entry is not None:
            self.field.take(shown.page.entry, fresh=self._field_of != place)
            self._field_of = place
        elif not shown.sitting.overlay:
            self.field.wipe()
            self._field_of = ""

    def present(self) -> None:
        """Draw this part and say it from its heading."""
        self.draw()
        self._speaker.present(self.part, self.language)

    def draw(self) -> None:
        """Draw this part as it is."""
        self.view.show_page(self.part, self.language, self._parts.focus)
        layout = self.view.layout_now
        self.field.place(layout.field if layout else None)
        if self.in_field and layout is not None:
            self.field.focus()
        else:
            self.view.focus()
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

    def move_focus(self, by: int, *, around: bool = False) -> None:
        """Up or down; what has the focus is drawn and said (K20)."""
        if not self._parts.move(by, around=around):
            return
        self.draw()
        choice = self.focused
        if choice is not None:
            self._speaker.focus(self.part, choice, self.language)

    def numbered(self, number: int) -> Choice | None:
        """The choice with that number on the screen."""
        return self._parts.numbered(number)

    def recolour(self, palette: Palette) -> None:
        """Page and field in other colours."""
        self.view.recolour(palette)
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
        layout, choice = self.view.layout_now, self.focused
        if layout is None or choice is None:
            return
        for target in layout.targets:
            if target.act == f"{CHOOSE}{choice.id}":
                self.view.app.cursor_position = Offset(target.column, target.row)
