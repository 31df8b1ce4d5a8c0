"""Who somebody old is: where they stand, how they see, what they bring, how much goes wrong; by a number."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from random import Random

from kiosk.display.tables import faces, panels
from kiosk.display.type_size import Fit, fits
from screens.resident.type_sizes import Sizes

_TERMINAL = "xterm"


@cache
def _boxes() -> list[tuple[str, Fit]]:
    face = faces()[_TERMINAL]
    return [(name, fit) for name, panel in panels().items() for fit in fits(panel, face)]


@dataclass(frozen=True, slots=True)
class Persona:
    """One old person, by a number."""

    seed: int

    @property
    def chance(self) -> Random:
        """Their luck, from its beginning."""
        return Random(self.seed)

    @property
    def language(self) -> str:
        return "en" if self.seed % 5 == 4 else "zh"

    @property
    def box(self) -> tuple[str, Fit]:
        """Which of the panels that are shipped they stand before, and the size of type on it."""
        return Random(f"box {self.seed}").choice(_boxes())

    @property
    def grid(self) -> tuple[int, int]:
        """Columns and rows."""
        return self.box[1].columns, self.box[1].rows

    @property
    def sizes(self) -> Sizes:
        """As the box finds them: what can be touched is as large as on the glass."""
        panel, fit = self.box
        face = faces()[_TERMINAL]
        return Sizes(_TERMINAL, "", face, fits(panels()[panel], face), fit.size)

    @property
    def touches(self) -> bool:
        return self.seed % 3 != 2

    @property
    def brings_a_card(self) -> bool:
        return self.seed % 2 == 0

    @property
    def forgets_the_card(self) -> bool:
        return self.seed % 8 == 0

    @property
    def clumsiness(self) -> float:
        """How often something goes wrong at a page."""
        return (0.02, 0.06, 0.12)[self.seed % 3]
