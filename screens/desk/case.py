"""One case: everything about it, and what may be done with it now."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll

from kiosk.cases.centres import LINES, Between
from kiosk.cases.moves import MOVES, Act, IllegalMove
from kiosk.cases.possible import held_by_other, holds, next_step, possible
from kiosk.cases.roles import Right, may, may_see
from kiosk.cases.states import WAITING, State, Why
from kiosk.cases.views import CaseView
from kiosk.store import Store
from kiosk.store.same_cases import Same
from kiosk.store.side_notes import Wish
from kiosk.text import Text
from screens.desk import wording
from screens.desk.act_list import ActList
from screens.desk.acting import HAS
from screens.desk.acts import LEAVES
from screens.desk.answers import hidden
from screens.desk.authority import AuthorityPage
from screens.desk.case_file import case_file
from screens.desk.centres import came_from, gave_back, naming_centres
from screens.desk.changes import ChangesPage
from screens.desk.correct import CorrectPage
from screens.desk.counter import Counter
from screens.desk.doing import Doing
from screens.desk.lines import Kind, Line, Lines
from screens.desk.materials import MaterialsPage
from screens.desk.note import NotePage
from screens.desk.page import CasePicked, DeskPage, key, letter
from screens.desk.papers import PaperList
from screens.desk.people import can_be_seen
from screens.desk.seen import SeenPage
from screens.desk.worksheet import Worksheet

SHORT_WAYS = {
    "ask_info": Act.ASK_INFO,
    "complete": Act.COMPLETE,
    "reject": Act.REJECT,
    "release": Act.RELEASE,
    "receive_info": Act.RECEIVE_INFO,
    "hand_over": Act.HAND_OVER,
}
"""Acts that have a letter of their own; all the others stand in the list of acts."""


class CasePage(DeskPage[Text | None]):
    """Ends with what was done to the case, in words, or None."""

    KEYS: ClassVar[Sequence[Binding]] = (
        letter("c", "claim"),
        letter("f", "step"),
        letter("a", "acts"),
        letter("w", "worksheet"),
        letter("s", "show"),
        letter("p", "seen"),
        letter("u", "authority"),
        letter("k", "correct"),
        letter("h", "heard"),
        letter("i", "ask_info"),
        letter("d", "complete"),
        letter("j", "reject"),
        letter("r", "release"),
        letter("g", "hand_over"),
        letter("n", "receive_info"),
        letter("l", "let_go"),
        letter("o", "papers"),
        letter("m", "materials"),
        letter("e", "other_case"),
        key("escape", "leave", "Esc"),
    )

    def __init__(self, counter: Counter, case_id: str) -> None:
        super().__init__(counter)
        self._case_id = case_id
        self._view: CaseView | None = None
        self._shown = False
        self._written: dict[Act, tuple[str, ...]] = {}
        self._wishes: list[Wish] = []
        self._same: tuple[Same, ...] = ()
        self._up_next: str | None = None
        self._between = Between()
        self._centres: Mapping[str, Mapping[str, str]] = {}

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
        lines = self._between_colleagues()
        if self._view is not None:
            view = naming_centres(self.counter, self._view, self._centres)
            if self._may(Right.SEE_WORDS) and (back := gave_back(self.counter, view)):
                lines.append(Line(back, Kind.ALERT))
            lines += case_file(self.counter, view, self._shown)
        self.query_one("#file", Lines).show(lines or [Line("")])

    def _between_colleagues(self) -> list[Line]:
        """Who has the case, where that is somebody else; who would like to have it."""
        lines = [Line(wording.wish(self.counter, wish), Kind.ALERT) for wish in self._wishes]
        lines += [Line(wording.same(self.counter, one), Kind.ALERT) for one in self._same]
        if self._between.whence is not None:
            lines.append(Line(came_from(self.counter, self._between.whence), Kind.QUIET))
        if self._view and self._is_held_by_other:
            told = self.counter.words("case.read_only", who=wording.holder(self.counter, self._view.summary))
            lines.insert(0, Line(told, Kind.ALERT))
        return lines

    @property
    def held(self) -> bool:
        """Whether whoever sits here holds the case."""
        return bool(self._view and holds(self._view.summary, self.counter.staff))

    @property
    def _is_held_by_other(self) -> bool:
        if self._view is None:
            return False
        return held_by_other(self._view.summary, self.counter.staff, self.counter.clock.now())

    @property
    def acts(self) -> Collection[Act]:
        """What can be begun with the case now."""
        if self._view is None:
            return ()
        now, between = self.counter.clock.now(), self._between.acts
        return possible(self._view.summary, self.counter.staff, now, between)

    @property
    def _step(self) -> Act | None:
        if self._view is None:
            return None
        return next_step(self._view.summary, self.counter.staff, self.counter.clock.now())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in SHORT_WAYS:
            return SHORT_WAYS[action] in self.acts
        match action:
            case "claim":
                # also of a case that somebody else holds: whoever tries is told who, and for how long
                return self._may_try_to_take
            case "step":
                return self._step is not None
            case "acts":
                return bool(self.acts)
            case "worksheet":
                return self.held
            case "show":
                return self._may(Right.SEE_IN_FULL) and self._has_hidden
            case "seen":
                return bool(
                    self._view and self.held and self._may(Right.IDENTITY) and can_be_seen(self._view)
                )
            case "authority" | "correct" | "heard":
                return bool(self._view and self.held and HAS[action](self.counter, self._view))
            case "papers" | "materials":
                there = action == "materials" or self.counter.papers is not None
                return self._view is not None and there and self._may(Right.PAPERS)
            case "other_case":
                return bool(self._same)
            case "let_go":
                return self._is_held_by_other and self._may(Right.WORK)
        return True

    @property
    def _has_hidden(self) -> bool:
        return bool(self._view and any(hidden(one) for one in self._view.submission.answers))

    @property
    def _may_try_to_take(self) -> bool:
        if self._view is None or not self._may(Act.CLAIM):
            return False
        return self._view.summary.state in MOVES[Act.CLAIM].sources and not self.held

    def hint(self, binding: Binding) -> str:
        """The key of the usual next step says which step that is."""
        if binding.action == "step" and self._step is not None:
            return self.counter.words(f"act.{self._step}")
        return super().hint(binding)

    async def look(self) -> None:
        view = await self.counter.records.do(self._read)
        if not may_see(self.counter.staff.role, view.summary.state):
            raise IllegalMove(Why.ROLE)
        self._view = view
        self.retell()

    def _read(self, store: Store) -> CaseView:
        actor = self.counter.staff
        view = store.case(self._case_id)
        self.counter.services()  # the first time they are read from their files: not while the screen waits
        if any(event.kind in LINES for event in view.events):
            self._centres = store.centre_names()
        if self._may(Right.WORK):
            self._same = store.same_beside(self._case_id, self._same_case_days())
            self._wishes = [wish for wish in store.wishes(actor) if wish.case_id == self._case_id]
            self._up_next = store.up_next(actor)
            self._between = store.between(self._case_id)
            self._written = {**store.notes_begun(self._case_id, actor), **self._written}
        return view

    def _same_case_days(self) -> dict[str, int]:
        return {one.id: one.handling.same_case_days for one in self.counter.services().values()}

    def action_other_case(self) -> None:
        """The newest of those that the same person handed in."""
        if self._same:
            self.tell(None)
            self.post_message(CasePicked(self._same[0].case_id))

    def on_screen_suspend(self) -> None:
        """Whatever comes in front, also the lock: what was shown is masked again."""
        self._shown = False

    def action_leave(self) -> None:
        self.dismiss(None)

    def action_claim(self) -> None:
        """Whoever does not take what comes next says why."""
        self._do(Act.CLAIM) if self._out_of_turn else self.begin(self._claim)

    @property
    def _out_of_turn(self) -> bool:
        if self._view is None or self._is_held_by_other:
            return False
        case, me = self._view.summary, self.counter.staff.name
        fresh = case.state in WAITING or case.state is State.CLAIMED
        return fresh and case.case_id != self._up_next and me not in {case.owner, case.colleague}

    async def _claim(self) -> None:
        actor = self.counter.staff
        await self.counter.records.do(lambda store: store.claim(self._case_id, actor))
        await self._claimed()

    async def _claimed(self) -> None:
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
        self._note("seen", SeenPage)

    def action_authority(self) -> None:
        self._note("authority", AuthorityPage)

    def action_correct(self) -> None:
        self._note("correct", CorrectPage)

    def action_heard(self) -> None:
        self._note("heard", ChangesPage)

    def _note(self, what: str, page: Callable[[Counter, CaseView], DeskPage[bool]]) -> None:
        """A page that notes something of the case and says whether it did."""
        if self._view is None:
            return
        self.tell(None)

        def back(done: bool | None) -> None:
            if done:
                self.tell(self.counter.text(f"{what}.done"), Kind.HEADING)

        self.app.push_screen(page(self.counter, self._view), back)

    def action_let_go(self) -> None:
        """Ask whoever has it in hand for it; they read it on their own list."""
        self.tell(None)

        async def ask(words: str) -> None:
            actor = self.counter.staff
            await self.counter.records.do(lambda store: store.ask_to_let_go(self._case_id, actor, words))

        def back(done: bool | None) -> None:
            if done:
                self.tell(self.counter.text("let_go.done"), Kind.HEADING)

        self.app.push_screen(NotePage(self.counter, "let_go", ask, self.title_words()), back)

    def _may(self, what: Right | Act) -> bool:
        return may(self.counter.staff.role, what)

    def action_papers(self) -> None:
        if self._view is not None and self.counter.papers is not None:
            self.tell(None)
            self.app.push_screen(PaperList(self.counter, self.counter.papers, self._view))

    def action_materials(self) -> None:
        if self._view is not None:
            self.tell(None)
            self.app.push_screen(MaterialsPage(self.counter, self._view))

    def action_acts(self) -> None:
        if self._view is None:
            return
        self.tell(None)

        def chosen(act: Act | None) -> None:
            if act is Act.CLAIM:
                self.action_claim()
            elif act is not None:
                self._do(act)

        self.app.push_screen(ActList(self.counter, self._view.summary.ticket, self.acts), chosen)

    def action_step(self) -> None:
        if self._step is not None:
            self._do(self._step)

    def action_ask_info(self) -> None:
        self._do(Act.ASK_INFO)

    def action_complete(self) -> None:
        self._do(Act.COMPLETE)

    def action_reject(self) -> None:
        self._do(Act.REJECT)

    def action_release(self) -> None:
        self._do(Act.RELEASE)

    def action_hand_over(self) -> None:
        self._do(Act.HAND_OVER)

    def action_receive_info(self) -> None:
        self._do(Act.RECEIVE_INFO)

    def _do(self, act: Act) -> None:
        """What was written and not sent waits on this page."""
        if self._view is None:
            return
        self.tell(None)
        if act is Act.COMPLETE and self._view.unproven:
            # nobody writes a result that cannot be given yet
            self.tell(self.counter.text(f"refused.{Why.PROOF}"))
            return
        Doing(self, self._view, self._written, self._done).begin(act)

    def _done(self, act: Act) -> None:
        case = self._view.summary if self._view else None
        told = self.counter.text(f"done.{act}", ticket=case.ticket if case else "")
        if act in LEAVES:
            self.dismiss(told)
        else:
            self.tell(told, Kind.HEADING)
