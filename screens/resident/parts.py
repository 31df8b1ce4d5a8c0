"""The parts of the page on the screen, which of them is shown, and where the focus is."""

from __future__ import annotations

from dataclasses import replace

from kiosk.flow.page import Choice, Page, PageKind, Role
from kiosk.text import Catalogue
from screens.grid import Grid
from screens.paginate import MORE, paginate

DRAWN, CLEAR = "drawn", "clear"
"""Choices that a signature page has only once something is drawn; the screen's own."""
_FIELD = ""
"""Stands for the field where the name of a choice would."""


class Parts:
    """Follows the person through one page."""

    def __init__(self, texts: Catalogue) -> None:
        self._texts = texts
        self._parts: tuple[Page, ...] = ()
        self._at = 0
        self._moved = False
        """The person has gone elsewhere on the page than where it began."""
        self.page: Page | None = None
        self.focus: int | None = 0
        """Index among the choices of this part; None while the field has it."""

    @property
    def part(self) -> Page:
        """What is shown. Raises IndexError before the first page."""
        return self._parts[self._at]

    @property
    def choice(self) -> Choice | None:
        """The choice that has the focus."""
        if self.focus is None or not self.part.choices:
            return None
        return self.part.choices[min(self.focus, len(self.part.choices) - 1)]

    def show(self, page: Page, grid: Grid, language: str, *, drawn: bool = False) -> None:
        """Take a page; the same page again keeps its part and focus."""
        same = self.page is not None and page.id == self.page.id and page.error is None
        kept = self._held() if same and self._moved else None
        self.page = page
        shown = self._with_mark(page) if drawn else page
        self._parts = paginate(
            shown, grid, language, self._texts["common.more"], self._texts["bar.chosen"].show(language)
        )
        if kept is None or not self._hold(kept):
            self._at, self._moved = 0, False
            self._focus_first()

    def _held(self) -> str:
        """What has the focus, by name: at another size it has another number, perhaps on another part."""
        return self.choice.id if self.choice else _FIELD

    def _hold(self, held: str) -> bool:
        """Put the focus back on it; False where it is gone."""
        last = len(self._parts) - 1
        for at in sorted(range(len(self._parts)), key=lambda at: abs(at - min(self._at, last))):
            ids = [choice.id for choice in self._parts[at].choices]
            if held in ids or (held == _FIELD and self._parts[at].kind is PageKind.ENTRY):
                self._at, self.focus = at, ids.index(held) if held in ids else None
                return True
        return False

    def _with_mark(self, page: Page) -> Page:
        """Instead of the page's own choices: with a mark there, the key is not needed, the room is."""
        own = (
            Choice(DRAWN, self._texts["bar.drawn"], Role.GO),
            Choice(CLEAR, self._texts["bar.clear"], Role.GO),
        )
        return replace(page, choices=own)

    def _focus_first(self) -> None:
        ids = [choice.id for choice in self.part.choices]
        if self.part.kind is PageKind.ENTRY:
            self.focus = None
        else:
            self.focus = ids.index(self.part.focus) if self.part.focus in ids else 0

    def turn_over(self, by: int) -> bool:
        """To the next or the last part; False where there is none."""
        if not 0 <= self._at + by < len(self._parts):
            return False
        self._at += by
        self._moved = True
        self._focus_first()
        return True

    def move(self, by: int, *, around: bool = False) -> bool:
        """The focus up or down (the field is above the choices); False where it cannot go."""
        first = -1 if self.part.kind is PageKind.ENTRY else 0
        last = len(self.part.choices) - 1
        now = -1 if self.focus is None else self.focus
        target = now + by
        if around and target > last:
            target = first
        if not first <= target <= last:
            return False
        self.focus = None if target < 0 else target
        self._moved = True
        return True

    def numbered(self, number: int) -> Choice | None:
        """The choice with that number, counted from 1."""
        choices = self.part.choices
        return choices[number - 1] if 1 <= number <= len(choices) else None


__all__ = ["CLEAR", "DRAWN", "MORE", "Parts"]
