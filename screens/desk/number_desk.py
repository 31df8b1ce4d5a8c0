"""What a desk needs to call people by number."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kiosk.cases.calling import Numbers, Window
from kiosk.flow.document import Document
from kiosk.flow.moves import NumberDrawn
from kiosk.text import Text


@dataclass
class NumberDesk:
    """The centre's windows, and which of them this desk is."""

    numbers: Numbers
    names: Mapping[str, Text]
    """What people come for, by letter."""
    slip: Callable[[NumberDrawn], Document]
    window: Window | None = None
    """None until somebody has said it; it stays while the program runs."""

    def __post_init__(self) -> None:
        if len(self.numbers.windows) == 1:
            self.window = self.numbers.windows[0]
