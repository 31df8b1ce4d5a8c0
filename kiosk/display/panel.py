"""The glass: how wide and high in millimetres, and of how many pixels."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace

_BY_HAND = re.compile(r"(\d{2,4})x(\d{2,4}) *mm,? *(\d{3,5})x(\d{3,5})")


@dataclass(frozen=True, slots=True)
class Panel:
    """A screen that somebody stands before."""

    name: str
    width: float
    """Millimetres of the lit part."""
    height: float
    across: int
    """Pixels."""
    down: int

    @property
    def inches(self) -> float:
        """The diagonal."""
        return math.hypot(self.width, self.height) / 25.4

    @property
    def per_mm(self) -> float:
        """Pixels in a millimetre, up and down."""
        return self.down / self.height

    def measured(self, line: int) -> Panel:
        """The same panel, where a line that should be 100 mm long measures `line` with a ruler."""
        return replace(self, width=self.width * line / 100, height=self.height * line / 100)


def panel_by_hand(words: str) -> Panel | None:
    """A panel as it is written in the settings: "344x194 mm, 1920x1080". None where it is not."""
    found = _BY_HAND.fullmatch(words.strip())
    if found is None:
        return None
    width, height, across, down = map(int, found.groups())
    return Panel(words.strip(), width, height, across, down)
