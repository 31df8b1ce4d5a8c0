"""Staff put an answer right: which, what it should say, and why. The person hears it before it is filed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Input

from kiosk.cases.submission import AnswerRecord
from kiosk.cases.views import CaseView
from kiosk.flow import fields
from kiosk.flow.correcting import can_be_corrected, corrected, options
from kiosk.flow.fields import Taken
from kiosk.flow.source import Source
from kiosk.services.question import Question
from screens.desk.answers import hidden, in_full, masked
from screens.desk.counter import Counter
from screens.desk.lines import Kind, Line, Lines
from screens.desk.page import DeskPage, key
from screens.desk.pick_list import PickList
from screens.desk.pick_page import PickPage
from screens.desk.table import Column, Row


def correctable(counter: Counter, view: CaseView) -> dict[str, Question]:
    """The questions of the case whose answers can be typed here, by field."""
    service = counter.services().get(view.submission.service_id)
    asked = service.questions if service else {}
    return {
        answer.field: asked[answer.field]
        for answer in view.answers
        if answer.field in asked and can_be_corrected(asked[answer.field])
    }


class CorrectPage(PickPage[bool]):
    """Which answer. Ends with whether one was put right."""

    def __init__(self, counter: Counter, view: CaseView) -> None:
        super().__init__(counter)
        self._view = view
        self._questions = correctable(counter, view)

    def body(self) -> ComposeResult:
        yield Lines(id="what")
        yield PickList(id="which")

    def title_words(self) -> str:
        return self.counter.words("correct.title", ticket=self._view.summary.ticket)

    def draw(self) -> None:
        words = self.counter.words
        self.query_one("#what", Lines).show(
            [Line(words("correct.what")), Line(words("correct.kept"), Kind.QUIET)]
        )
        columns = [Column(words("worksheet.field"), least=16), Column(words("worksheet.value"), least=12)]
        rows = [
            Row(one.field, (self.counter.read(one.label), _now(self.counter, one)))
            for one in self._view.answers
            if one.field in self._questions
        ]
        self.query_one(PickList).show(columns, rows, words("correct.none"))

    @on(PickList.Picked)
    def _picked(self, picked: PickList.Picked) -> None:
        def back(done: bool | None) -> None:
            if done:
                self.dismiss(True)

        self.app.push_screen(CorrectField(self.counter, self._view, self._questions[picked.key]), back)


class CorrectField(DeskPage[bool]):
    """What it should say, and why. Ends with whether it was kept."""

    KEYS: ClassVar[Sequence[Binding]] = (
        key("f10,ctrl+s", "go", "F10"),
        Binding("tab", "app.focus_next", description="next_field", key_display="Tab"),
        key("escape", "leave", "Esc"),
    )

    def __init__(self, counter: Counter, view: CaseView, question: Question) -> None:
        super().__init__(counter)
        self._view, self._question = view, question
        self._before = next(one for one in view.answers if one.field == question.id)

    def body(self) -> ComposeResult:
        yield Lines(id="label")
        yield Input(id="value", select_on_focus=False)
        yield Lines(id="why")
        yield Input(id="reason", select_on_focus=False)

    def on_mount(self) -> None:
        self.query_one("#value", Input).focus()

    def title_words(self) -> str:
        return self.counter.words("correct.field_title", field=self.counter.read(self._before.label))

    def draw(self) -> None:
        words, offered = self.counter.words, options(self._question)
        lines = [Line(words("correct.now", value=_now(self.counter, self._before)))]
        lines += [
            Line(f"{number}  {option.text().show(self.counter.language)}", lead="  ")
            for number, option in enumerate(offered, 1)
        ]
        lines.append(Line(words("correct.number" if offered else "correct.value")))
        self.query_one("#label", Lines).show(lines)
        self.query_one("#why", Lines).show([Line(words("correct.reason"))])

    def action_leave(self) -> None:
        self.dismiss(False)

    @on(Input.Submitted, "#value")
    def _to_reason(self) -> None:
        self.query_one("#reason", Input).focus()

    @on(Input.Submitted, "#reason")
    def action_go(self) -> None:
        reason = self.query_one("#reason", Input).value.strip()
        answers = {answer.field: answer.value for answer in self._view.answers}
        typed = self.query_one("#value", Input).value
        taken = corrected(self._question, typed, answers, self.counter.today())
        if not isinstance(taken, Taken):
            # the service's own words say more than ours, where a rule of it was broken
            self.tell(taken.text or self.counter.text("correct.not_taken"))
        elif taken.value == self._before.value:
            self.tell(self.counter.text("correct.same"))
        elif not reason:
            self.tell(self.counter.text("correct.no_reason"))
        else:
            after = self._answer(taken.value)

            async def keep() -> None:
                await self._keep(after, reason)

            self.begin(keep)

    async def _keep(self, after: AnswerRecord, reason: str) -> None:
        case, actor = self._view.summary, self.counter.staff
        await self.counter.records.do(
            lambda store: store.correct(case.case_id, actor, case.epoch, after, reason)
        )
        self.dismiss(True)

    def _answer(self, value: str) -> AnswerRecord:
        shown = fields.show(self._question, value)
        label = self._before.label
        return AnswerRecord(self._question.id, label, value, dict(shown.shown), Source.STAFF, shown.privacy)


def _now(counter: Counter, answer: AnswerRecord) -> str:
    return masked(answer) if hidden(answer) else in_full(answer, counter.language)
