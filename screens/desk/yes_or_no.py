"""A last look before something is done: what it means, and yes or no."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll

from screens.desk.lines import Line, Lines
from screens.desk.pick_list import PickList
from screens.desk.pick_page import PickPage
from screens.desk.table import Column, Row

_YES, _NO = "yes", "no"


class YesOrNo(PickPage[bool]):
    """Ends with whether they are sure. The cursor stands on "no"."""

    def body(self) -> ComposeResult:
        with VerticalScroll(id="scroll", can_focus=False):
            yield Lines(id="what")
        yield PickList(id="sure")

    @abstractmethod
    def about(self) -> Sequence[Line]:
        """What it is that they are asked."""

    @abstractmethod
    def answers(self) -> tuple[str, str]:
        """The words for no, and for yes."""

    def draw(self) -> None:
        self.query_one("#what", Lines).show(self.about())
        no, yes = self.answers()
        self.query_one(PickList).show([Column("")], [Row(_NO, (no,)), Row(_YES, (yes,))])

    @on(PickList.Picked)
    def _picked(self, picked: PickList.Picked) -> None:
        self.dismiss(picked.key == _YES)
