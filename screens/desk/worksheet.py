"""The answers in the order of the official form: copy one, tick it, go on to the next."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Digits

from kiosk.cases.moves import Act
from kiosk.cases.possible import next_step
from kiosk.cases.submission import AnswerRecord
from kiosk.cases.views import CaseView
from kiosk.text import Text
from screens.desk.answers import for_form, hidden, masked
from screens.desk.counter import Counter
from screens.desk.doing import Doing
from screens.desk.lines import Kind, Line, Lines
from screens.desk.page import DeskPage, key, letter
from screens.desk.pick_list import PickList
from screens.desk.table import Column, Row

LARGE = re.compile(r"[0-9 .:-]{1,19}")
"""What can be drawn in large digits, on the narrowest screen too."""

GROUP = 4
DIGIT_CELLS = 3
MARGIN = 2


def _grouped(number: str, width: int) -> str:
    """In groups of four, where there is room for the gaps: a long number is copied group by group."""
    groups = " ".join(number[start : start + GROUP] for start in range(0, len(number), GROUP))
    fits = number.isdigit() and DIGIT_CELLS * len(groups) <= width
    return groups if fits and len(number) > 2 * GROUP else number


class Worksheet(DeskPage[None]):
    """One field a line. A tick is kept at once and outlives this page."""

    KEYS: ClassVar[Sequence[Binding]] = (
        letter("c", "copy"),
        letter("f", "step"),
        key("space", "tick", "Space"),
        letter("s", "show"),
        key("escape", "leave", "Esc"),
    )

    def __init__(self, counter: Counter, view: CaseView) -> None:
        super().__init__(counter)
        self._view = view
        self._shown: frozenset[str] = frozenset()
        self._resumed = False
        self._begun: dict[Act, tuple[str, ...]] = {}

    def body(self) -> ComposeResult:
        yield PickList(id="fields")
        yield Lines(id="field")
        yield Digits(id="large")

    def on_mount(self) -> None:
        self.query_one(PickList).focus()

    def title_words(self) -> str:
        fields = [answer.field for answer in self._view.answers]
        done = sum(field in self._view.ticks for field in fields)
        return self.counter.words(
            "worksheet.title", ticket=self._view.summary.ticket, done=done, n=len(fields)
        )

    def draw(self) -> None:
        words = self.counter.words
        columns = [
            Column(words("worksheet.tick")),
            Column(words("worksheet.field"), least=16),
            Column(words("worksheet.value"), least=12),
        ]
        rows = [self._row(answer) for answer in self._view.answers]
        fields = self.query_one(PickList)
        fields.show(columns, rows, words("worksheet.empty"))
        if not self._resumed:
            self._resumed = True
            fields.put_cursor(self._first_open)
        self._draw_field()

    @property
    def _first_open(self) -> str:
        """Where whoever was interrupted goes on."""
        return next((one.field for one in self._view.answers if one.field not in self._view.ticks), "")

    @property
    def _step(self) -> Act | None:
        """Keying in begins here and ends here, with the portal's reference."""
        step = next_step(self._view.summary, self.counter.staff, self.counter.clock.now())
        return step if step in {Act.FILE, Act.CONFIRM_FILING} else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self._step is not None if action == "step" else True

    def hint(self, binding: Binding) -> str:
        """Which step it is."""
        step = self._step if binding.action == "step" else None
        return self.counter.words(f"act.{step}") if step else super().hint(binding)

    def action_step(self) -> None:
        if self._step is None:
            return

        def done(act: Act) -> None:
            ticket = self._view.summary.ticket
            told = "worksheet.begun" if act is Act.FILE else f"done.{act}"
            self.tell(self.counter.text(told, ticket=ticket), Kind.HEADING)

        self.tell(None)
        Doing(self, self._view, self._begun, done).begin(self._step)

    async def look(self) -> None:
        case_id = self._view.summary.case_id
        self._view = await self.counter.records.do(lambda store: store.case(case_id))
        self.retell()

    def on_screen_suspend(self) -> None:
        """Whatever comes in front, also the lock: what was shown is masked again."""
        self._shown = frozenset()

    def on_resize(self) -> None:
        self._draw_field()

    def action_leave(self) -> None:
        self.dismiss(None)

    def action_copy(self) -> None:
        self.begin(self._copy)

    async def _copy(self) -> None:
        answer = self._here()
        if answer is None:
            return
        covered = hidden(answer) and answer.field not in self._shown
        if covered:
            await self._record(answer)
        self.app.copy_to_clipboard(for_form(answer))
        told = "worksheet.copied_covered" if covered else "worksheet.copied"
        self.tell(self.counter.text(told, field=Text(answer.label)), Kind.HEADING)

    def action_show(self) -> None:
        self.begin(self._show)

    async def _show(self) -> None:
        answer = self._here()
        if answer is None or not hidden(answer):
            return
        if answer.field in self._shown:
            self._shown -= {answer.field}
        else:
            await self._record(answer)
            self._shown |= {answer.field}
        self.draw()

    async def _record(self, answer: AnswerRecord) -> None:
        """Recorded first, shown or copied after."""
        case_id, actor = self._view.summary.case_id, self.counter.staff
        await self.counter.records.do(lambda store: store.record_view(case_id, actor, answer.field))

    def action_tick(self) -> None:
        self.begin(self._tick)

    @on(PickList.Picked)
    def _picked(self) -> None:
        self.begin(self._tick)

    async def _tick(self) -> None:
        answer = self._here()
        if answer is None:
            return
        case, actor = self._view.summary, self.counter.staff
        ticked = answer.field not in self._view.ticks
        await self.counter.records.do(
            lambda store: store.tick_field(case.case_id, answer.field, actor, case.epoch, ticked=ticked)
        )
        self.tell(None)
        await self.look()
        if ticked:
            self.query_one(PickList).action_step(1)

    @on(PickList.Moved)
    def _draw_field(self) -> None:
        """The value of the row under the cursor, large where it is a number."""
        answer = self._here()
        if answer is None:
            return
        value = self._value(answer)
        large = bool(LARGE.fullmatch(value))
        head = Line(self.counter.read(answer.label), Kind.QUIET)
        self.query_one("#field", Lines).show([head] if large else [head, Line(value, Kind.HEADING)])
        digits = self.query_one("#large", Digits)
        digits.display = large
        digits.update(_grouped(value, self.size.width - MARGIN) if large else "")

    def _here(self) -> AnswerRecord | None:
        field = self.query_one(PickList).cursor
        return next((one for one in self._view.answers if one.field == field), None)

    def _value(self, answer: AnswerRecord) -> str:
        return masked(answer) if hidden(answer) and answer.field not in self._shown else for_form(answer)

    def _row(self, answer: AnswerRecord) -> Row:
        tick = self.counter.words("worksheet.done" if answer.field in self._view.ticks else "worksheet.open")
        return Row(answer.field, (tick, self.counter.read(answer.label), self._value(answer)))
