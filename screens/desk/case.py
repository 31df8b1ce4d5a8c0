"""One case: everything about it, and what may be done with it now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll

from kiosk.cases.states import DESK, Act, IllegalMove, State, Why, may_see
from kiosk.cases.views import CaseView
from kiosk.store import Store
from kiosk.text import Text
from screens.desk.answers import hidden
from screens.desk.case_file import case_file
from screens.desk.counter import Counter
from screens.desk.lines import Kind, Line, Lines
from screens.desk.page import DeskPage, key, letter
from screens.desk.people import can_be_seen
from screens.desk.seen import SeenPage
from screens.desk.worksheet import Worksheet
from screens.desk.writing import Writing

HOLDER_ACTS = {
    "ask_info": Act.ASK_INFO,
    "complete": Act.COMPLETE,
    "reject": Act.REJECT,
    "release": Act.RELEASE,
}


class CasePage(DeskPage[Text | None]):
    """Ends with what was done to the case, in words, or None."""

    KEYS: ClassVar[Sequence[Binding]] = (
        letter("c", "claim"),
        letter("w", "worksheet"),
        letter("s", "show"),
        letter("p", "seen"),
        letter("i", "ask_info"),
        letter("d", "complete"),
        letter("j", "reject"),
        letter("r", "release"),
        letter("n", "receive_info"),
        key("escape", "leave", "Esc"),
    )

    def __init__(self, counter: Counter, case_id: str) -> None:
        super().__init__(counter)
        self._case_id = case_id
        self._view: CaseView | None = None
        self._shown = False
        self._written: dict[Act, tuple[str, ...]] = {}

    def body(self) -> ComposeResult:
        with VerticalScroll(id="scroll"):
            yield Lines(id="file")

    def on_mount(self) -> None:
        self.query_one("#scroll").focus()

    def title_words(self) -> str:
        if self._view is None:
            return self.counter.words("board.reading")
        case = self._view.summary
        return self.counter.words("case.title", ticket=case.ticket, service=self.counter.read(case.title))

    def draw(self) -> None:
        lines = case_file(self.counter, self._view, self._shown) if self._view else [Line("")]
        self.query_one("#file", Lines).show(lines)

    @property
    def held(self) -> bool:
        """Whether whoever sits here holds the case."""
        case = self._view.summary if self._view else None
        return bool(case and case.state is State.CLAIMED and case.holder == self.counter.staff.name)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action not in {"claim", "worksheet", "show", "receive_info", "seen", *HOLDER_ACTS}:
            return True
        if self._view is None:
            return False
        state, worker = self._view.summary.state, self.counter.staff.role in DESK
        match action:
            case "claim":
                return worker and state in {State.QUEUED, State.CLAIMED} and not self.held
            case "receive_info":
                return worker and state is State.NEEDS_INFO
            case "show":
                return any(hidden(answer) for answer in self._view.submission.answers)
            case "seen":
                return self.held and can_be_seen(self._view)
        return self.held

    async def look(self) -> None:
        view = await self.counter.records.do(lambda store: store.case(self._case_id))
        if not may_see(self.counter.staff.role, view.summary.state):
            raise IllegalMove(Why.ROLE)
        self._view = view
        self.retell()

    def on_screen_suspend(self) -> None:
        """Whatever comes in front, also the lock: what was shown is masked again."""
        self._shown = False

    def action_leave(self) -> None:
        self.dismiss(None)

    def action_claim(self) -> None:
        self.begin(self._claim)

    async def _claim(self) -> None:
        actor = self.counter.staff
        await self.counter.records.do(lambda store: store.claim(self._case_id, actor))
        await self.look()
        self.tell(self.counter.text("case.claimed"), Kind.HEADING)

    def action_show(self) -> None:
        self.begin(self._show)

    async def _show(self) -> None:
        if not self._shown:
            await self.counter.records.do(self._record_look)
        self._shown = not self._shown
        await self.look()

    def _record_look(self, store: Store) -> None:
        """Recorded first, shown after."""
        for answer in self._view.submission.answers if self._view else ():
            if hidden(answer):
                store.record_view(self._case_id, self.counter.staff, answer.field)

    def action_worksheet(self) -> None:
        if self._view:
            self.tell(None)
            self.app.push_screen(Worksheet(self.counter, self._view))

    def action_seen(self) -> None:
        if self._view is None:
            return
        self.tell(None)

        def back(done: bool | None) -> None:
            if done:
                self.tell(self.counter.text("seen.done"), Kind.HEADING)

        self.app.push_screen(SeenPage(self.counter, self._view), back)

    def action_ask_info(self) -> None:
        self._write(Act.ASK_INFO)

    def action_complete(self) -> None:
        """Nobody writes a result that cannot be given yet."""
        if self._view and self._view.unproven:
            self.tell(self.counter.text(f"refused.{Why.PROOF}"))
            return
        self._write(Act.COMPLETE)

    def action_reject(self) -> None:
        self._write(Act.REJECT)

    def action_release(self) -> None:
        self._write(Act.RELEASE)

    def action_receive_info(self) -> None:
        self._write(Act.RECEIVE_INFO)

    def _write(self, act: Act) -> None:
        """Words first. What was written and not sent waits on this page."""
        if self._view is None:
            return
        self.tell(None)
        page = Writing(self.counter, self._view, act, self._written.get(act, ()))

        def written(done: bool | None) -> None:
            self._written[act] = () if done else page.texts
            if done:
                self._done(act)

        self.app.push_screen(page, written)

    def _done(self, act: Act) -> None:
        ticket = self._view.summary.ticket if self._view else ""
        told = self.counter.text(f"done.{act}", ticket=ticket)
        if act is Act.RECEIVE_INFO:
            self.tell(told, Kind.HEADING)
        else:
            self.dismiss(told)
