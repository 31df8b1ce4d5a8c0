"""By whose will somebody acts: what staff have seen of it, and taking it back for the person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.widgets import Input

from kiosk.cases.authority import Shows, Standing
from kiosk.cases.views import CaseView
from kiosk.services.acting import Acting
from screens.desk.counter import Counter
from screens.desk.lines import Kind, Line, Lines
from screens.desk.page import DeskPage, key
from screens.desk.pick_list import PickList
from screens.desk.pick_page import PickPage
from screens.desk.table import Column, Row

_TAKE_BACK = "take_back"


class AuthorityPage(PickPage[bool]):
    """The letter as it was read back, and what may be noted of it. Ends with whether anything was."""

    def __init__(self, counter: Counter, view: CaseView) -> None:
        super().__init__(counter)
        self._view = view
        self._reason = ""
        """What was written and not sent."""

    def body(self) -> ComposeResult:
        with VerticalScroll(id="scroll"):
            yield Lines(id="letter")
        yield PickList(id="shown")

    def title_words(self) -> str:
        return self.counter.words("authority.title", ticket=self._view.summary.ticket)

    def draw(self) -> None:
        words, letter = self.counter.words, self._view.submission.authority
        lines = [Line(words("authority.what"), Kind.QUIET)]
        lines += [Line(self.counter.read(line)) for line in (letter.letter if letter else ())]
        self.query_one("#letter", Lines).show(lines)
        rows = [Row(shows, (words(f"authority.shows_{shows}"),)) for shows in self._ways()]
        state = self._view.authority
        if state is not None and state.standing is not Standing.WITHDRAWN:
            rows.append(Row(_TAKE_BACK, (words("authority.take_back"),)))
        self.query_one(PickList).show([Column("")], rows)

    def _ways(self) -> tuple[Shows, ...]:
        state = self._view.authority
        guardian = state is not None and state.acting is Acting.GUARDIAN
        return (Shows.GUARDIAN,) if guardian else (Shows.LETTER, Shows.IN_PERSON)

    @on(PickList.Picked)
    def _picked(self, picked: PickList.Picked) -> None:
        if picked.key == _TAKE_BACK:
            self._ask_why()
            return
        shows, case, actor = Shows(picked.key), self._view.summary, self.counter.staff

        async def note() -> None:
            await self.counter.records.do(
                lambda store: store.note_authority(case.case_id, actor, case.epoch, shows)
            )
            self.dismiss(True)

        self.begin(note)

    def _ask_why(self) -> None:
        page = TakenBack(self.counter, self._view, self._reason)

        def back(done: bool | None) -> None:
            self._reason = page.text
            if done:
                self.dismiss(True)

        self.app.push_screen(page, back)


class TakenBack(DeskPage[bool]):
    """How the person said that nobody is to act for them any more. Ends with whether it was noted."""

    KEYS: ClassVar[Sequence[Binding]] = (key("f10,ctrl+s", "go", "F10"), key("escape", "leave", "Esc"))

    def __init__(self, counter: Counter, view: CaseView, before: str) -> None:
        super().__init__(counter)
        self._view = view
        self.text = before
        """What stands in the field."""

    def body(self) -> ComposeResult:
        yield Lines(id="label")
        yield Input(self.text, id="reason", select_on_focus=False)

    def on_mount(self) -> None:
        self.query_one(Input).focus()

    def title_words(self) -> str:
        return self.counter.words("authority.take_back_title", ticket=self._view.summary.ticket)

    def draw(self) -> None:
        words = self.counter.words
        lines = [Line(words("authority.why")), Line(words("authority.why_hint"), Kind.QUIET)]
        self.query_one("#label", Lines).show(lines)

    def action_leave(self) -> None:
        self.dismiss(False)

    @on(Input.Changed)
    def _typed(self) -> None:
        self.text = self.query_one(Input).value

    @on(Input.Submitted)
    def action_go(self) -> None:
        if not self.text.strip():
            self.tell(self.counter.text("authority.why_empty"))
            return
        self.begin(self._take_back)

    async def _take_back(self) -> None:
        case, actor, words = self._view.summary, self.counter.staff, self.text
        await self.counter.records.do(
            lambda store: store.withdraw_authority_for(case.case_id, actor, case.epoch, words)
        )
        self.dismiss(True)
