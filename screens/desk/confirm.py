"""The last look before a case is decided: whose, which, and the words they will read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll

from kiosk.cases.states import Act
from kiosk.cases.views import CaseView
from screens.desk.answers import masked_name
from screens.desk.counter import Counter
from screens.desk.lines import Kind, Line, Lines
from screens.desk.page import DeskPage, key
from screens.desk.pick_list import PickList
from screens.desk.table import Column, Row

YES, NO = "yes", "no"


class Confirm(DeskPage[bool]):
    """Ends with whether they are sure. The cursor stands on "go back"."""

    KEYS: ClassVar[Sequence[Binding]] = (
        Binding("enter", "pick", description="pick", key_display="Enter"),
        key("escape", "leave", "Esc"),
    )

    def __init__(self, counter: Counter, view: CaseView, act: Act, words: str) -> None:
        super().__init__(counter)
        self._view = view
        self._act = act
        self._words = words

    def body(self) -> ComposeResult:
        with VerticalScroll(id="scroll", can_focus=False):
            yield Lines(id="what")
        yield PickList(id="sure")

    def on_mount(self) -> None:
        self.query_one(PickList).focus()

    def title_words(self) -> str:
        return self.counter.words(f"confirm.{self._act}")

    def draw(self) -> None:
        words, case = self.counter.words, self._view.summary
        whose = masked_name(self._view.submission)
        done = self._act is Act.COMPLETE
        unticked = len(self._view.submission.answers) - len(self._view.ticks) if done else 0
        self.query_one("#what", Lines).show(
            [
                Line(words("confirm.whose", who=whose)),
                Line(words("confirm.service", service=self.counter.read(case.title))),
                Line(words("confirm.number", number=case.number, ticket=case.ticket)),
                *([Line(words("confirm.unticked", n=unticked), Kind.ALERT)] if unticked else []),
                Line(""),
                Line(words("confirm.will_read"), Kind.QUIET),
                Line(self._words, lead="  "),
            ]
        )
        rows = [Row(NO, (words("confirm.no"),)), Row(YES, (words(f"confirm.yes_{self._act}"),))]
        self.query_one(PickList).show([Column("")], rows)

    def action_pick(self) -> None:
        self.query_one(PickList).action_pick()

    def action_leave(self) -> None:
        self.dismiss(False)

    @on(PickList.Picked)
    def _picked(self, picked: PickList.Picked) -> None:
        self.dismiss(picked.key == YES)
