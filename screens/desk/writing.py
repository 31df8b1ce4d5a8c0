"""Words that go with an act: what is missing, the result, the reason. What was typed is never lost."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Input, TextArea

from kiosk.cases.moves import MOVES, Act, Need
from kiosk.cases.possible import FINAL
from kiosk.cases.search import read_day
from kiosk.cases.views import CaseView
from kiosk.store import StoreTrouble
from screens.desk.acts import DO, FORMS, Given
from screens.desk.confirm import Confirm
from screens.desk.counter import Counter
from screens.desk.lines import Kind, Line, Lines
from screens.desk.missing import MissingList
from screens.desk.page import DeskPage, key
from screens.desk.table import Row

RENEW_EVERY = 60.0
"""Seconds between two renewals of the claim while somebody types."""
KEEP_EVERY = 5.0
"""Seconds of typing that a box without power can cost."""

UNTIL = "until"


class Writing(DeskPage[bool]):
    """Ends with whether the act was done."""

    KEYS: ClassVar[Sequence[Binding]] = (
        key("f10,ctrl+s", "go", "F10"),
        key("tab", "next_field", "Tab"),
        key("f8", "take_back", "F8"),
        key("escape", "leave", "Esc"),
    )

    def __init__(
        self,
        counter: Counter,
        view: CaseView,
        act: Act,
        before: Sequence[str] = (),
        chosen: Row | None = None,
    ) -> None:
        super().__init__(counter)
        self._view = view
        self._act = act
        self._form = FORMS[act]
        self._chosen = chosen
        names = (*self._form.fields, *self._form.lines)
        self.texts: tuple[str, ...] = tuple(before) if len(before) == len(names) else ("",) * len(names)
        """What stands in the fields."""
        self._renewed_at = self._kept_at = counter.clock.monotonic()
        self._ended = False

    def body(self) -> ComposeResult:
        texts = iter(self.texts)
        with VerticalScroll(id="scroll", can_focus=False):
            yield Lines(id="read_by")
            if self._act is Act.ASK_INFO:
                view = self._view
                yield MissingList(self.counter, view.submission.materials, view.missing_materials)
            for name in self._form.fields:
                yield Lines(id=f"{name}_label")
                area = TextArea(next(texts), id=name, highlight_cursor_line=False, tab_behavior="focus")
                area.cursor_blink = False
                yield area
            for name in self._form.lines:
                with Horizontal(classes="line"):
                    yield Lines(id=f"{name}_label")
                    line = Input(next(texts), id=name, select_on_focus=False)
                    line.cursor_blink = False
                    yield line

    def on_mount(self) -> None:
        self.query("TextArea, Input").first().focus()

    def title_words(self) -> str:
        case = self._view.summary
        return self.counter.words(f"writing.{self._act}", ticket=case.ticket, whom=self._chosen_as)

    def draw(self) -> None:
        for name in (*self._form.fields, *self._form.lines):
            self.query_one(f"#{name}_label", Lines).show([Line(self._label(name))])
        read_by = self.counter.words(f"writing.read_in_{self._view.submission.language}")
        self.query_one("#read_by", Lines).show([Line(read_by, Kind.QUIET)] if self._form.told else [])
        for ticks in self.query(MissingList):
            ticks.retell()

    def _label(self, name: str) -> str:
        """A day that one need not give says so."""
        spared = name in self._form.lines and name in self._form.optional
        return self.counter.words(f"writing.{name}_if_any" if spared else f"writing.{name}")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "next_field":
            return len(self.texts) > 1 or self._act is Act.ASK_INFO
        return self._lost is not None if action == "take_back" else True

    def action_next_field(self) -> None:
        self.focus_next()

    def action_leave(self) -> None:
        self.begin(self._leave)

    def action_take_back(self) -> None:
        """What could not be saved when the case was lost, into the field again."""
        if self._lost is not None:
            self.query(TextArea).first().insert(self._lost)

    @property
    def _chosen_as(self) -> str:
        return self._chosen.cells[0] if self._chosen else ""

    @property
    def _lost(self) -> str | None:
        if not self._form.fields:
            return None
        mine = [note for note in self._view.side_notes if note.actor == self.counter.staff.name]
        return mine[-1].text if mine else None

    def action_go(self) -> None:
        empty = self._first_empty()
        if empty is not None:
            self.tell(self.counter.text(f"writing.empty_{empty}"))
            self.query_one(f"#{empty}").focus()
        elif self._typed_day() and self._given().day is None:
            self.tell(self.counter.text("writing.which_day"))
        elif self._act not in FINAL:
            self.begin(self._do)
        else:
            page = Confirm(self.counter, self._view, self._act, self._given())
            self.app.push_screen(page, self._confirmed)

    def _first_empty(self) -> str | None:
        names = (*self._form.fields, *self._form.lines)
        for name, text in zip(names, self.texts, strict=True):
            ticked = name == "missing" and self._ticked()
            if not text.strip() and name not in self._form.optional and not ticked:
                return name
        return None

    def _confirmed(self, sure: bool | None) -> None:
        if sure:
            self.begin(self._do)

    async def _do(self) -> None:
        case, actor, given = self._view.summary, self.counter.staff, self._given()
        await self.counter.records.do(lambda store: DO[self._act](store, case, actor, given))
        self._ended = True
        # it is done and kept, whatever becomes of what was begun
        with suppress(StoreTrouble):
            await self._keep_texts(())
        self.dismiss(True)

    async def _leave(self) -> None:
        self._ended = True
        # where it cannot be kept the page before still has the words: whoever wants to go is not held up
        with suppress(StoreTrouble):
            await self._keep_texts(self.texts)
        self.dismiss(False)

    async def _keep_texts(self, texts: Sequence[str]) -> None:
        """Theirs alone, until it is sent: also over a lost claim, a lock, a power cut."""
        case_id, actor = self._view.summary.case_id, self.counter.staff
        await self.counter.records.do(lambda store: store.keep_note(case_id, actor, self._act, texts))

    def _given(self) -> Given:
        texts = [text.strip() for text in self.texts]
        lines = texts[len(self._form.fields) :]
        return Given(
            words=self._words(texts),
            chosen=self._chosen.key if self._chosen else None,
            chosen_as=self._chosen_as,
            day=read_day(self._typed_day(), self.counter.today(), ahead=True),
            reference=(lines[0], lines[1]) if self._act is Act.CONFIRM_FILING else ("", ""),
        )

    def _typed_day(self) -> str:
        names = (*self._form.fields, *self._form.lines)
        return self.texts[names.index(UNTIL)].strip() if UNTIL in names else ""

    def _words(self, texts: Sequence[str]) -> str:
        """As one text, in the language the resident reads."""
        if self._act is Act.REJECT:
            joined = self.counter.text("writing.rejected", reason=texts[0], instead=texts[1])
            return joined.show(self._view.submission.language)
        if self._act is Act.HAND_OVER:
            joined = self.counter.text("writing.handed_over", reason=texts[0], said=texts[1])
            return joined.show(self.counter.language)
        if not self._form.fields:
            return ""
        return "\n".join([*self._ticked(), *([texts[0]] if texts[0] else [])])

    def _ticked(self) -> list[str]:
        language = self._view.submission.language
        return [name for ticks in self.query(MissingList) for name in ticks.ticked(language)]

    @on(TextArea.Changed)
    @on(Input.Changed)
    def _typed(self) -> None:
        areas = [self.query_one(f"#{name}", TextArea).text for name in self._form.fields]
        lines = [self.query_one(f"#{name}", Input).value for name in self._form.lines]
        self.texts = (*areas, *lines)
        now = self.counter.clock.monotonic()
        if now - self._kept_at >= KEEP_EVERY:
            self._kept_at = now
            self.begin(self._keep)

    @on(Input.Submitted)
    def _next_line(self) -> None:
        self.action_next_field()

    async def _keep(self) -> None:
        await self._keep_texts(self.texts)
        now = self.counter.clock.monotonic()
        if now - self._renewed_at >= RENEW_EVERY and Need.HOLD in MOVES[self._act].needs:
            self._renewed_at = now
            case, actor = self._view.summary, self.counter.staff
            await self.counter.records.do(lambda store: store.renew(case.case_id, actor, case.epoch))

    def on_screen_suspend(self) -> None:
        """Whatever comes in front, also the lock: what was written is kept."""
        if not self._ended:
            self.begin(self._keep)
