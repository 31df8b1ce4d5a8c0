"""Every act that can be begun with the case now, in groups."""

from __future__ import annotations

from collections.abc import Collection

from textual import on
from textual.app import ComposeResult

from kiosk.cases.moves import Act
from screens.desk.acts import GROUPS
from screens.desk.counter import Counter
from screens.desk.pick_list import PickList
from screens.desk.pick_page import PickPage
from screens.desk.table import Column, Row


class ActList(PickPage[Act | None]):
    """Ends with the act that was chosen, or None."""

    def __init__(self, counter: Counter, ticket: str, acts: Collection[Act]) -> None:
        super().__init__(counter)
        self._ticket = ticket
        self._acts = acts

    def body(self) -> ComposeResult:
        yield PickList(id="acts")

    def title_words(self) -> str:
        return self.counter.words("acts.title", ticket=self._ticket)

    def draw(self) -> None:
        words = self.counter.words
        rows = [
            Row(act, (words(f"acts.{group}"), words(f"act.{act}"), words(f"about_act.{act}")))
            for group, acts in GROUPS.items()
            for act in acts
            if act in self._acts
        ]
        columns = [Column("", drop=1), Column(""), Column("", drop=2, least=20)]
        self.query_one(PickList).show(columns, rows, words("acts.none"))

    @on(PickList.Picked)
    def _picked(self, picked: PickList.Picked) -> None:
        self.dismiss(Act(picked.key))
