"""What the service asks for, to tick what is missing of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType

from kiosk.cases.submission import MaterialRecord
from kiosk.text import Text
from screens.desk.counter import Counter
from screens.desk.pick_list import PickList
from screens.desk.table import Column, Row


class MissingList(PickList):
    """One paper a line; Space, Enter or a second click ticks it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "pick", show=False)]

    def __init__(
        self, counter: Counter, materials: Sequence[MaterialRecord], missing: Collection[str] = ()
    ) -> None:
        """`missing`: those that were ticked as missing on the page of the papers."""
        super().__init__(id="papers")
        self._counter = counter
        self._materials = materials
        self._missing = {one.id for one in materials if one.id in missing}
        self.display = bool(materials)

    def retell(self) -> None:
        """Draw the list, in the language of the moment."""
        words = self._counter.words
        rows = [
            Row(one.id, (words("missing.yes" if one.id in self._missing else "missing.no"), self._named(one)))
            for one in self._materials
        ]
        self.styles.height = min(len(rows), 4)
        self.show([Column(""), Column("")], rows)

    def ticked(self, language: str) -> list[str]:
        """The names of what is missing, as the resident reads them."""
        return [Text(one.label).show(language) for one in self._materials if one.id in self._missing]

    def _named(self, material: MaterialRecord) -> str:
        return self._counter.read(material.label)

    @on(PickList.Picked)
    def _tick(self, picked: PickList.Picked) -> None:
        picked.stop()
        self._missing ^= {picked.key}
        self.retell()
