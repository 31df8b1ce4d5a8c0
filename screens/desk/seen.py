"""Staff say that they have seen a person of the case together with a document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import TextArea

from kiosk.cases.identity import Shown
from kiosk.cases.views import CaseView
from kiosk.services.proof import CardRole
from screens.desk.counter import Counter
from screens.desk.lines import Kind, Line, Lines
from screens.desk.page import DeskPage, key
from screens.desk.pick_list import PickList
from screens.desk.pick_page import PickPage
from screens.desk.table import Column, Row


class SeenPage(PickPage[bool]):
    """Whom, and with which document. Ends with whether it was noted."""

    def __init__(self, counter: Counter, view: CaseView) -> None:
        super().__init__(counter)
        self._view = view
        self._note = ""
        """What was written about another paper and not sent."""

    def body(self) -> ComposeResult:
        yield Lines(id="what")
        yield PickList(id="whom")

    def title_words(self) -> str:
        return self.counter.words("seen.title", ticket=self._view.summary.ticket)

    def draw(self) -> None:
        words = self.counter.words
        self.query_one("#what", Lines).show([Line(words("seen.what")), Line(words("seen.kept"), Kind.QUIET)])
        rows = [
            Row(f"{person.role}/{shown}", (words(f"seen.{shown}", who=words(f"proof.{person.role}")),))
            for person in self._view.submission.identity
            for shown in Shown
        ]
        self.query_one(PickList).show([Column("")], rows)

    @on(PickList.Picked)
    def _picked(self, picked: PickList.Picked) -> None:
        role, _, shown = picked.key.partition("/")
        if Shown(shown) is Shown.OTHER:
            self._ask_which(CardRole(role))
            return

        async def noted() -> None:
            await keep_sighting(self.counter, self._view, CardRole(role), Shown.ID_CARD, "")
            self.dismiss(True)

        self.begin(noted)

    def _ask_which(self, role: CardRole) -> None:
        """Another paper is named; what was written and not sent waits here."""
        page = SeenNote(self.counter, self._view, role, self._note)

        def back(done: bool | None) -> None:
            self._note = page.text
            if done:
                self.dismiss(True)

        self.app.push_screen(page, back)


class SeenNote(DeskPage[bool]):
    """Which other paper was shown. Ends with whether it was noted."""

    KEYS: ClassVar[Sequence[Binding]] = (key("f10,ctrl+s", "go", "F10"), key("escape", "leave", "Esc"))

    def __init__(self, counter: Counter, view: CaseView, role: CardRole, before: str) -> None:
        super().__init__(counter)
        self._view, self._role = view, role
        self.text = before
        """What stands in the field."""

    def body(self) -> ComposeResult:
        yield Lines(id="label")
        area = TextArea(self.text, id="note", highlight_cursor_line=False, tab_behavior="focus")
        area.cursor_blink = False
        yield area

    def on_mount(self) -> None:
        self.query_one(TextArea).focus()

    def title_words(self) -> str:
        return self.counter.words("seen.note_title", who=self.counter.words(f"proof.{self._role}"))

    def draw(self) -> None:
        words = self.counter.words
        lines = [Line(words("seen.note")), Line(words("seen.note_hint"), Kind.QUIET)]
        self.query_one("#label", Lines).show(lines)

    def action_leave(self) -> None:
        self.dismiss(False)

    def action_go(self) -> None:
        if not self.text.strip():
            self.tell(self.counter.text("seen.note_empty"))
            return
        self.begin(self._keep)

    async def _keep(self) -> None:
        await keep_sighting(self.counter, self._view, self._role, Shown.OTHER, self.text)
        self.dismiss(True)

    @on(TextArea.Changed)
    def _typed(self) -> None:
        self.text = self.query_one(TextArea).text


async def keep_sighting(counter: Counter, view: CaseView, role: CardRole, shown: Shown, note: str) -> None:
    """Under the name of whoever sits here. Raises IllegalMove where the case is no longer theirs."""
    case, actor = view.summary, counter.staff
    await counter.records.do(
        lambda store: store.see_person(case.case_id, actor, case.epoch, role, shown, note)
    )
