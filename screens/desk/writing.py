"""Words that go with an act: what is missing, the result, the reason. What was typed is never lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import TextArea

from kiosk.cases.states import Act
from kiosk.cases.views import CaseView
from kiosk.store import Store
from screens.desk.confirm import Confirm
from screens.desk.counter import Counter
from screens.desk.lines import Kind, Line, Lines
from screens.desk.page import DeskPage, key

RENEW_EVERY = 60.0
"""Seconds between two renewals of the claim while somebody types."""


@dataclass(frozen=True, slots=True)
class Form:
    """What is written for an act. The labels stand in the catalogue under `writing.`."""

    fields: tuple[str, ...]
    required: bool = True
    told: bool = True
    """The resident reads it."""
    confirmed: bool = False
    """The act cannot be taken back, so it is asked once more."""


FORMS = {
    Act.ASK_INFO: Form(("missing",)),
    Act.RECEIVE_INFO: Form(("received",), told=False),
    Act.COMPLETE: Form(("result",), confirmed=True),
    Act.REJECT: Form(("reason", "instead"), confirmed=True),
    Act.RELEASE: Form(("why_release",), required=False, told=False),
}


class Writing(DeskPage[bool]):
    """Ends with whether the act was done."""

    KEYS: ClassVar[Sequence[Binding]] = (
        key("f10,ctrl+s", "go", "F10"),
        key("tab", "next_field", "Tab"),
        key("escape", "leave", "Esc"),
    )

    def __init__(self, counter: Counter, view: CaseView, act: Act, before: Sequence[str] = ()) -> None:
        super().__init__(counter)
        self._view = view
        self._act = act
        self._form = FORMS[act]
        self.texts: tuple[str, ...] = tuple(before) or ("",) * len(self._form.fields)
        """What stands in the fields."""
        self._renewed_at = counter.clock.monotonic()

    def body(self) -> ComposeResult:
        yield Lines(id="read_by")
        for name, text in zip(self._form.fields, self.texts, strict=True):
            yield Lines(id=f"{name}_label")
            area = TextArea(text, id=name, highlight_cursor_line=False, tab_behavior="focus")
            area.cursor_blink = False
            yield area

    def on_mount(self) -> None:
        self.query(TextArea).first().focus()

    def title_words(self) -> str:
        return self.counter.words(f"writing.{self._act}", ticket=self._view.summary.ticket)

    def draw(self) -> None:
        for name in self._form.fields:
            label = Line(self.counter.words(f"writing.{name}"))
            self.query_one(f"#{name}_label", Lines).show([label])
        read_by = self.counter.words(f"writing.read_in_{self._view.submission.language}")
        self.query_one("#read_by", Lines).show([Line(read_by, Kind.QUIET)] if self._form.told else [])

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return len(self._form.fields) > 1 if action == "next_field" else True

    def action_next_field(self) -> None:
        self.focus_next(TextArea)

    def action_leave(self) -> None:
        self.dismiss(False)

    def action_go(self) -> None:
        empty = next((area for area in self.query(TextArea) if not area.text.strip()), None)
        if self._form.required and empty is not None:
            self.tell(self.counter.text(f"writing.empty_{empty.id}"))
            empty.focus()
            return
        if not self._form.confirmed:
            self.begin(self._do)
            return
        self.app.push_screen(Confirm(self.counter, self._view, self._act, self._words()), self._confirmed)

    def _confirmed(self, sure: bool | None) -> None:
        if sure:
            self.begin(self._do)

    async def _do(self) -> None:
        await self.counter.records.do(self._act_on(self._words()))
        self.dismiss(True)

    def _act_on(self, words: str) -> Callable[[Store], object]:
        case, actor = self._view.summary, self.counter.staff
        match self._act:
            case Act.ASK_INFO:
                return lambda store: store.ask_info(case.case_id, actor, case.epoch, words)
            case Act.RECEIVE_INFO:
                return lambda store: store.receive_info(case.case_id, actor, words)
            case Act.COMPLETE:
                return lambda store: store.complete(case.case_id, actor, case.epoch, words)
            case Act.REJECT:
                return lambda store: store.reject(case.case_id, actor, case.epoch, words)
            case _:
                return lambda store: store.release(case.case_id, actor, case.epoch, words)

    def _words(self) -> str:
        """As one text, in the language the resident reads."""
        texts = [text.strip() for text in self.texts]
        if self._act is not Act.REJECT:
            return texts[0]
        joined = self.counter.text("writing.rejected", reason=texts[0], instead=texts[1])
        return joined.show(self._view.submission.language)

    @on(TextArea.Changed)
    def _typed(self) -> None:
        self.texts = tuple(area.text for area in self.query(TextArea))
        now = self.counter.clock.monotonic()
        if now - self._renewed_at >= RENEW_EVERY and self._act is not Act.RECEIVE_INFO:
            self._renewed_at = now
            self.begin(self._renew)

    async def _renew(self) -> None:
        case, actor = self._view.summary, self.counter.staff
        await self.counter.records.do(lambda store: store.renew(case.case_id, actor, case.epoch))
