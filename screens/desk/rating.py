"""One bad rating: what it is about, whether somebody wants a call, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll

from kiosk.cases.rating import RatingTask
from kiosk.cases.roles import Right, may
from kiosk.store import Store
from kiosk.text import Text
from screens.desk.case import CasePage
from screens.desk.counter import Counter
from screens.desk.lines import Kind, Line, Lines
from screens.desk.page import DeskPage, key, letter
from screens.desk.rating_note import RatingNote


def what_it_is_about(counter: Counter, task: RatingTask) -> str:
    """The service, or the visit as a whole."""
    return counter.read(task.title) or counter.words("ratings.visit")


def days_left(counter: Counter, task: RatingTask) -> str:
    """How near the date is, with a mark and a word where it is past (K18)."""
    days = (task.due - counter.today()).days
    if task.late:
        return counter.words("due.late", n=-days)
    return counter.words("due.today") if days == 0 else counter.words("due.in", n=days)


class RatingPage(DeskPage[Text | None]):
    """Ends with what was done, in words, or None."""

    KEYS: ClassVar[Sequence[Binding]] = (
        letter("c", "take_rating"),
        letter("o", "open_case"),
        letter("b", "called_back"),
        letter("d", "finish_rating"),
        letter("r", "release"),
        key("escape", "leave", "Esc"),
    )

    def __init__(self, counter: Counter, task_id: int) -> None:
        super().__init__(counter)
        self._task_id = task_id
        self._rating: RatingTask | None = None
        self._note = ""
        """What was written and not sent."""

    def body(self) -> ComposeResult:
        with VerticalScroll(id="scroll"):
            yield Lines(id="task")

    def on_mount(self) -> None:
        self.query_one("#scroll").focus()

    def title_words(self) -> str:
        if self._rating is None:
            return self.counter.words("board.reading")
        return self.counter.words("rating.title", what=what_it_is_about(self.counter, self._rating))

    def draw(self) -> None:
        task, words = self._rating, self.counter.words
        if task is None:
            return
        rows = [
            ("ratings.level", words(f"level.{task.level}")),
            ("rating.why", words(f"rating.why_{task.reason}" if task.reason else "rating.why_untold")),
            ("rating.opened", task.opened_on.isoformat()),
            ("board.due", f"{task.due.isoformat()} {days_left(self.counter, task)}"),
            ("board.holder", task.taken_by or words("rating.nobody")),
        ]
        wish = "rating.anonymous" if task.case_id is None else "rating.wants_call"
        wish = "rating.was_called" if task.called_back else wish
        kind = Kind.ALERT if wish == "rating.wants_call" else Kind.TEXT
        shown = [Line(value, lead=f"{words(label)}  ") for label, value in rows]
        advice = Line(words("rating.advice"), Kind.QUIET)
        self.query_one("#task", Lines).show([*shown, Line(""), Line(words(wish), kind), Line(""), advice])

    @property
    def held(self) -> bool:
        """Whether whoever sits here looks into it."""
        return bool(self._rating and self._rating.taken_by == self.counter.staff.name)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        task = self._rating
        if action not in {"take_rating", "open_case", "called_back", "finish_rating", "release"}:
            return True
        if task is None:
            return False
        if action == "take_rating":
            over = may(self.counter.staff.role, Right.TAKE_RATING_OVER) and not self.held
            return task.taken_by is None or over
        if action in {"open_case", "called_back"}:
            return self.held and task.case_id is not None
        return self.held

    async def look(self) -> None:
        actor = self.counter.staff
        self._rating = await self.counter.records.do(lambda store: store.rating_task(self._task_id, actor))
        self.retell()

    def action_leave(self) -> None:
        self.dismiss(None)

    def action_take_rating(self) -> None:
        actor = self.counter.staff
        self._act(lambda store: store.take_rating_task(self._task_id, actor), "rating.taken")

    def action_release(self) -> None:
        actor = self.counter.staff
        self._act(lambda store: store.release_rating_task(self._task_id, actor), "rating.released")

    def action_called_back(self) -> None:
        actor = self.counter.staff
        self._act(lambda store: store.note_call_back(self._task_id, actor), "rating.call_noted")

    def action_open_case(self) -> None:
        if self._rating and self._rating.case_id:
            self.app.push_screen(CasePage(self.counter, self._rating.case_id))

    def action_finish_rating(self) -> None:
        self.tell(None)
        page = RatingNote(self.counter, self._task_id, self._note)

        def written(done: bool | None) -> None:
            self._note = page.text
            if done:
                self.dismiss(self.counter.text("rating.done"))

        self.app.push_screen(page, written)

    def _act(self, act: Callable[[Store], None], told: str) -> None:
        async def carry_out() -> None:
            await self.counter.records.do(act)
            await self.look()
            self.tell(self.counter.text(told), Kind.HEADING)

        self.begin(carry_out)
