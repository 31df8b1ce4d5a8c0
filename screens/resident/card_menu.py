"""Demo only: a menu of fictional people whose card can be laid on the emulated reader."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.events import Key
from textual.screen import ModalScreen
from textual.widgets import Static

from kiosk.text import Catalogue
from screens.resident.fittings import CardTable, Fittings

KEYS = "123456789abcdefghijkmnpqrstuvwxyz"
"""For one card each. 0 lifts it; no l and no o, which look like digits."""
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
    CardMenu VerticalScroll { width: auto; height: auto; max-height: 100%; scrollbar-size: 0 0; }
    CardMenu Static { width: auto; padding: 0 1; background: $focus-ground; color: $focus-text; }
    """

    def __init__(self, texts: Catalogue, language: str, cards: CardTable) -> None:
        super().__init__()
        self._texts, self._language, self._cards = texts, language, cards

    def compose(self) -> ComposeResult:
        lines = [self._texts["demo.heading"].show(self._language)]
        lines += [f"{key} {name}" for key, name in zip(KEYS, self._cards.names, strict=False)]
        lines += [self._texts[f"demo.{name}"].show(self._language) for name in ("lift", "leave")]
        with VerticalScroll(can_focus=False):
            yield Static("\n".join(lines), markup=False)

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
