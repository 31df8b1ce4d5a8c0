"""Demo only: a menu of fictional people whose card can be laid on the emulated reader."""

from __future__ import annotations

from itertools import zip_longest

from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.events import Key
from textual.screen import ModalScreen
from textual.widgets import Static

from kiosk.text import Catalogue
from screens.line_break import fit
from screens.resident.fittings import CardTable, Fittings

KEYS = "123456789abcdefghijkmnpqrstuvwxyz"
"""For one card each. 0 lifts it; no l and no o, which look like digits."""
_BESIDE_THE_LIST = 4
"""Rows of the heading and of what is below the list, at the most."""
LEFT_DEMO = 11
"""Exit code: whoever gives the demo has ended it."""


def demo_key(app: App[None], key: str, fittings: Fittings, language: str) -> None:
    """What only a demo has: cards to lay, and a way out."""
    if key == "ctrl+q":
        app.exit(return_code=LEFT_DEMO)
    elif fittings.cards is not None:
        app.push_screen(CardMenu(fittings.texts, language, fittings.cards))


class CardMenu(ModalScreen[None]):
    """Number keys and letters lay a card, 0 lifts it, arrows scroll, Esc or a click closes."""

    CSS = """
    CardMenu { align: center middle; }
    CardMenu Vertical { width: auto; height: auto; max-height: 100%; background: $focus-ground; }
    CardMenu VerticalScroll { width: auto; height: auto; scrollbar-size: 0 0; }
    CardMenu Static { width: auto; padding: 0 1; background: $focus-ground; color: $focus-text; }
    CardMenu .stays { max-width: 100%; height: auto; }
    """

    def __init__(self, texts: Catalogue, language: str, cards: CardTable) -> None:
        super().__init__()
        self._texts, self._language, self._cards = texts, language, cards

    def compose(self) -> ComposeResult:
        below = "  ".join(self._texts[f"demo.{name}"].show(self._language) for name in ("lift", "leave"))
        size = self.app.size
        room = size.height - _BESIDE_THE_LIST
        with Vertical():
            yield Static(self._texts["demo.heading"].show(self._language), markup=False, classes="stays")
            with VerticalScroll(can_focus=False) as people:
                people.styles.max_height = room
                yield Static("\n".join(self._rows(size.width - 2, room)), markup=False)
            yield Static(below, markup=False, classes="stays")

    def _rows(self, columns: int, room: int) -> list[str]:
        """Each with the key for it; side by side where they are more than the screen is high."""
        people = [f"{key} {name}" for key, name in zip(KEYS, self._cards.names, strict=False)]
        if len(people) <= room:
            return people
        half, width = (len(people) + 1) // 2, (columns - 2) // 2
        pairs = zip_longest(people[:half], people[half:], fillvalue="")
        return [_padded(left, width) + "  " + fit(right, width) for left, right in pairs]

    def on_key(self, event: Key) -> None:
        event.stop()
        if not self.is_current:
            return  # closed by the key before, which came in the same moment
        if event.key == "0":
            self._cards.lift()
        elif event.key in KEYS[: len(self._cards.names)]:
            self._cards.lay(KEYS.index(event.key) + 1)
        elif event.key in ("up", "down"):
            self.query_one(VerticalScroll).scroll_relative(y=1 if event.key == "down" else -1, animate=False)
            return
        elif event.key == "ctrl+q":
            self.app.exit(return_code=LEFT_DEMO)
        elif event.key not in ("escape", "f10", "enter"):
            return
        self.dismiss()

    def on_click(self, event: object) -> None:
        if self.is_current:
            self.dismiss()


def _padded(words: str, columns: int) -> str:
    shown = fit(words, columns)
    return shown + " " * (columns - cell_len(shown))
