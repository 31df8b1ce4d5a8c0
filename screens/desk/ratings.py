"""Bad ratings that somebody should look into: the list of them, the one due first on top."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding

from kiosk.cases.rating import RatingTask
from kiosk.text import Text
from screens.desk.counter import Counter
from screens.desk.lines import Kind
from screens.desk.page import DeskPage, key
from screens.desk.pick_list import PickList
from screens.desk.rating import RatingPage, days_left, what_it_is_about
from screens.desk.table import Column, Row


class RatingList(DeskPage[None]):
    """What is open, without what is about the work of whoever sits here."""

    KEYS: ClassVar[Sequence[Binding]] = (
        Binding("enter", "pick", description="open", key_display="Enter"),
        key("escape", "leave", "Esc"),
    )

    def __init__(self, counter: Counter) -> None:
        super().__init__(counter)
        self._tasks: list[RatingTask] = []
        self._seen = False

    def body(self) -> ComposeResult:
        yield PickList(id="tasks")

    def on_mount(self) -> None:
        self.query_one(PickList).focus()

    def title_words(self) -> str:
        late = sum(task.late for task in self._tasks)
        return self.counter.words("ratings.title", n=len(self._tasks), late=late)

    def draw(self) -> None:
        words = self.counter.words
        columns = [
            Column(words("ratings.level")),
            Column(words("board.service"), least=12),
            Column(words("board.urgency")),
            Column(words("board.due"), drop=2),
            Column(words("ratings.call"), drop=3),
            Column(words("board.holder"), drop=1, least=8),
        ]
        empty = words("ratings.empty" if self._seen else "board.reading")
        self.query_one(PickList).show(columns, [self._row(task) for task in self._tasks], empty)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return bool(self._tasks) if action == "pick" else True

    async def look(self) -> None:
        actor = self.counter.staff
        self._tasks = await self.counter.records.do(lambda store: store.rating_tasks(actor))
        self._seen = True
        self.retell()

    def action_pick(self) -> None:
        self.query_one(PickList).action_pick()

    def action_leave(self) -> None:
        self.dismiss(None)

    @on(PickList.Picked)
    def _open(self, picked: PickList.Picked) -> None:
        def back(told: Text | None) -> None:
            self.tell(told, Kind.HEADING)

        self.app.push_screen(RatingPage(self.counter, int(picked.key)), back)

    def _row(self, task: RatingTask) -> Row:
        words = self.counter.words
        wanted = "ratings.called" if task.called_back else "ratings.to_call"
        cells = (
            words(f"level.{task.level}"),
            what_it_is_about(self.counter, task),
            days_left(self.counter, task),
            task.due.isoformat(),
            words(wanted) if task.case_id else "",
            task.taken_by or "",
        )
        return Row(str(task.id), cells)
