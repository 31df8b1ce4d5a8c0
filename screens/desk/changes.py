"""What staff changed, read to the person on the telephone or at the counter; noted when they agree to it."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll

from kiosk.cases.corrections import HeardBy, Said
from kiosk.cases.views import CaseView
from kiosk.text import Text
from screens.desk.counter import Counter
from screens.desk.lines import Kind, Line, Lines
from screens.desk.pick_list import PickList
from screens.desk.pick_page import PickPage
from screens.desk.table import Column, Row

_AT_THE_DESK = (HeardBy.TELEPHONE, HeardBy.COUNTER)


class ChangesPage(PickPage[bool]):
    """Ends with whether it was noted that the person heard it."""

    def __init__(self, counter: Counter, view: CaseView) -> None:
        super().__init__(counter)
        self._view = view

    def body(self) -> ComposeResult:
        with VerticalScroll(id="scroll"):
            yield Lines(id="changes")
        yield PickList(id="sure")

    def title_words(self) -> str:
        return self.counter.words("heard.title", ticket=self._view.summary.ticket)

    def draw(self) -> None:
        words = self.counter.words
        lines = [Line(words("heard.read_out"), Kind.HEADING)]
        waiting = {change.field for change in self._view.changes if change.said is not Said.RIGHT}
        last = {one.after.field: one for one in self._view.corrections if one.after.field in waiting}
        for one in last.values():
            said = self.counter.text(
                "heard.change", field=Text(one.after.label), value=Text(one.after.shown), reason=one.reason
            )
            lines.append(Line(said.show(self._view.submission.language)))
        self.query_one("#changes", Lines).show(lines)
        rows = [Row(by, (words(f"heard.{by}"),)) for by in _AT_THE_DESK]
        self.query_one(PickList).show([Column("")], rows)

    @on(PickList.Picked)
    def _picked(self, picked: PickList.Picked) -> None:
        by = HeardBy(picked.key)
        case, actor = self._view.summary, self.counter.staff

        async def note() -> None:
            await self.counter.records.do(lambda store: store.note_heard(case.case_id, actor, case.epoch, by))
            self.dismiss(True)

        self.begin(note)
