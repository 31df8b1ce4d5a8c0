"""The parts of the page on the screen, which of them is shown, and where the focus is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kiosk.flow.page import Choice, Page, PageKind, Role
from kiosk.text import Catalogue
from screens.grid import Grid
from screens.layout import CHOOSE, FIELD, PRESS, TYPE
from screens.pad import Pad
from screens.paginate import MORE, paginate

DRAWN, CLEAR = "drawn", "clear"
"""Choices that a signature page has only once something is drawn; the screen's own."""


def stops(page: Page, pad: Pad) -> list[str]:
    """Where the focus can be on a part, in order, by what a touch there would do (`screens.layout`)."""
    field = [FIELD] if page.kind is PageKind.ENTRY else []
    return [
        *field,
        *(f"{TYPE}{key}" for key in (pad.names if page.entry else ())),
        *(f"{CHOOSE}{choice.id}" for choice in page.choices),
    ]


class Parts:
    """Follows the person through one page."""

    def __init__(self, texts: Catalogue) -> None:
        self._texts = texts
        self._parts: tuple[Page, ...] = ()
        self._at = 0
        self._moved = False
        """The person has gone elsewhere on the page than where it began."""
        self._stop = FIELD
        self.page: Page | None = None
        self.pad = Pad()
        """The keys on the screen under the field of this page."""

    @property
    def part(self) -> Page:
        """What is shown. Raises IndexError before the first page."""
        return self._parts[self._at]

    @property
    def focus(self) -> int | None:
        """Index among the choices of this part; None while the field, or a key under it, has it."""
        acts = [f"{CHOOSE}{choice.id}" for choice in self.part.choices]
        return acts.index(self._stop) if self._stop in acts else None

    @property
    def key(self) -> str:
        """The key on the screen that has the focus."""
        return self._stop.removeprefix(TYPE) if self._stop.startswith(TYPE) else ""

    @property
    def button(self) -> str:
        """The button of the bar that has the focus, by what a touch there would do."""
        return self._stop if self._stop.startswith(PRESS) else ""

    @property
    def choice(self) -> Choice | None:
        """The choice that has the focus."""
        focus = self.focus
        return None if focus is None else self.part.choices[focus]

    def show(
        self,
        page: Page,
        grid: Grid,
        language: str,
        *,
        drawn: bool = False,
        keys: Callable[[Page], Pad] | None = None,
    ) -> None:
        """Take a page; the same page again keeps its part and focus. `keys` on the part with the field."""
        same = self.page is not None and page.id == self.page.id and page.error is None
        kept = self._stop if same and self._moved else None
        self.page = page
        shown = self._with_mark(page) if drawn else page
        self._parts = paginate(
            shown, grid, language, self._texts["common.more"], self._texts["bar.chosen"].show(language)
        )
        if keys is not None:
            self.pad = keys(self._parts[-1])
        if kept is None or not self._hold(kept):
            self._at, self._moved = self._opened(page), False
            self._focus_first()

    def _opened(self, page: Page) -> int:
        """The part that a page opens with."""
        for at, part in enumerate(self._parts):
            if page.opens_at in [choice.id for choice in part.choices]:
                return at
        return 0

    def _hold(self, held: str) -> bool:
        """Put the focus back on it, perhaps on another part at another size; False where it is gone."""
        last = len(self._parts) - 1
        if held.startswith(PRESS):
            self._at, self._stop = min(self._at, last), held
            return True
        for at in sorted(range(len(self._parts)), key=lambda at: abs(at - min(self._at, last))):
            if held in stops(self._parts[at], self.pad):
                self._at, self._stop = at, held
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
        wanted, there = f"{CHOOSE}{self.part.focus}", stops(self.part, self.pad)
        inside = self.part.kind is PageKind.ENTRY or wanted not in there
        self._stop = (there or [FIELD])[0] if inside else wanted

    def turn_over(self, by: int) -> bool:
        """To the next or the last part; False where there is none."""
        if not 0 <= self._at + by < len(self._parts):
            return False
        self._at += by
        self._moved = True
        self._focus_first()
        return True

    def move(self, by: int) -> bool:
        """The focus up or down: field, the rows of keys, choices. False where it cannot go."""
        there = stops(self.part, self.pad)
        rows = [[stop] for stop in there if not stop.startswith(TYPE)]
        if self.part.entry is not None:
            rows[1:1] = [[f"{TYPE}{key}" for key in line] for line in self.pad.ways_through]
        if self.button:
            return self._to(rows[-1], 0)
        at = next((n for n, row in enumerate(rows) if self._stop in row), None)
        if at is None or not 0 <= at + by < len(rows):
            return False
        here, row = rows[at], rows[at + by]
        if len(here) == 1:
            return self._to(row, 0)
        # Straight up or down, as far as rows with other keys allow it.
        return self._to(row, (2 * here.index(self._stop) + 1) * len(row) // (2 * len(here)))

    def along_keys(self, by: int) -> bool:
        """From one key on the screen to the next on its left or right."""
        keys = [stop for stop in stops(self.part, self.pad) if stop.startswith(TYPE)]
        return self._stop in keys and self._to(keys, keys.index(self._stop) + by)

    def to_key(self, key: str) -> None:
        """The focus to a key on the screen, or where that is gone, into the field."""
        wanted = f"{TYPE}{key}"
        self._stop, self._moved = (wanted if wanted in stops(self.part, self.pad) else FIELD), True

    def scan(self, buttons: list[str]) -> bool:
        """The focus to the next of all, after the last to the first: for one switch, which comes to the
        `buttons` of the bar, too."""
        there = [*stops(self.part, self.pad), *buttons]
        return self._stop in there and self._to(there, (there.index(self._stop) + 1) % len(there))

    @property
    def at_first(self) -> bool:
        """Is the focus on the first of all?"""
        return self._stop == stops(self.part, self.pad)[0]

    def to_first(self) -> None:
        """The focus to the first of all."""
        self._to(stops(self.part, self.pad), 0)

    def enter_field(self) -> bool:
        """The focus into the field; False where it is there, or none is."""
        return self._stop != FIELD and FIELD in stops(self.part, self.pad) and self._to([FIELD], 0)

    def take(self, choice: Choice) -> None:
        """The focus to a choice of this part."""
        self._stop, self._moved = f"{CHOOSE}{choice.id}", True

    def _to(self, row: list[str], at: int) -> bool:
        if not 0 <= at < len(row):
            return False
        self._stop, self._moved = row[at], True
        return True

    def numbered(self, number: int) -> Choice | None:
        """The choice with that number, counted from 1."""
        choices = self.part.choices
        return choices[number - 1] if 1 <= number <= len(choices) else None


__all__ = ["CLEAR", "DRAWN", "MORE", "Parts"]
