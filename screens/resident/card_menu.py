"""Demo only: a menu of fictional people whose card can be laid on the emulated reader."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from textual.app import ComposeResult
from textual.events import Key
from textual.screen import ModalScreen
from textual.widgets import Static

from kiosk.text import Catalogue


class Cards(Protocol):
    """The cards on the table."""

    @property
    def names(self) -> Sequence[str]: ...
    def lay(self, number: int) -> None: ...
    def lift(self) -> None: ...


class CardMenu(ModalScreen[None]):
    """Number keys or a click lay a card, 0 lifts it, Esc closes."""

    CSS = """
    CardMenu { align: center middle; }
    CardMenu Static { width: auto; padding: 0 1; background: $focus-ground; color: $focus-text; }
    """

    def __init__(self, texts: Catalogue, language: str, cards: Cards) -> None:
        super().__init__()
        self._texts, self._language, self._cards = texts, language, cards

    def compose(self) -> ComposeResult:
        lines = [self._texts["demo.heading"].show(self._language)]
        lines += [f"{number} {name}" for number, name in enumerate(self._cards.names, 1)]
        lines += [self._texts[f"demo.{name}"].show(self._language) for name in ("lift", "leave")]
        yield Static("\n".join(lines), markup=False)

    def on_key(self, event: Key) -> None:
        event.stop()
        if event.key.isdigit():
            number = int(event.key)
            if number > len(self._cards.names):
                return
            self._cards.lift() if number == 0 else self._cards.lay(number)
        elif event.key not in ("escape", "f10", "enter"):
            return
        self.dismiss()

    def on_click(self, event: object) -> None:
        self.dismiss()
