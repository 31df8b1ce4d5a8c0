"""Looking for a case: one line to type into, what was found below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Input

from kiosk.cases.roles import may_see
from kiosk.cases.search import Search, read_search
from kiosk.cases.states import State
from kiosk.cases.views import CaseSummary
from kiosk.text import LANGUAGES
from screens.desk.counter import Counter
from screens.desk.lines import Kind, Line, Lines
from screens.desk.page import CasePicked, DeskPage, key
from screens.desk.pick_list import PickList
from screens.desk.table import Column
from screens.desk.wording import case_row


class SearchPage(DeskPage[None]):
    """An identity number is taken out of the field at once, and nothing that was typed is kept."""

    KEYS: ClassVar[Sequence[Binding]] = (
        key("enter", "find", "Enter"),
        key("tab", "next_field", "Tab"),
        key("escape", "leave", "Esc"),
    )

    def __init__(self, counter: Counter) -> None:
        super().__init__(counter)
        self._asked = Search()
        self._person: str | None = None
        self._cases: list[CaseSummary] = []

    def body(self) -> ComposeResult:
        yield Lines(id="label")
        line = Input(id="typed", select_on_focus=True)
        line.cursor_blink = False
        yield line
        yield PickList(id="found")

    def on_mount(self) -> None:
        self.query_one(Input).focus()

    def title_words(self) -> str:
        return self.counter.words("search.title")

    def draw(self) -> None:
        words = self.counter.words
        self.query_one("#label", Lines).show([Line(words("search.label"), Kind.QUIET)])
        names = ("ticket", "service", "urgency", "state", "due", "holder", "received")
        drops = (0, 0, 3, 0, 2, 4, 1)
        columns = [
            Column(words(f"board.{name}"), drop=drop, least=12 if name == "service" else None)
            for name, drop in zip(names, drops, strict=True)
        ]
        asked = self._asked != Search() or self._person is not None
        rows = [case_row(self.counter, case) for case in self._cases]
        self.query_one(PickList).show(columns, rows, words("search.nothing") if asked else "")

    async def look(self) -> None:
        asked, person, role = self._asked, self._person, self.counter.staff.role
        found = await self.counter.records.do(lambda store: store.search(asked, person))
        self._cases = [case for case in found if may_see(role, case.state)]
        self.retell()

    def action_leave(self) -> None:
        self.dismiss(None)

    def action_next_field(self) -> None:
        self.focus_next()

    def action_find(self) -> None:
        if self.query_one(Input).has_focus:
            self._find()
        else:
            self.query_one(PickList).action_pick()

    @on(Input.Submitted)
    def _find(self) -> None:
        line = self.query_one(Input)
        asked = read_search(line.value, self.counter.today(), self._state_names())
        self._person = None
        if asked.id_number:
            line.value = ""
            if self.counter.person_key is None:
                self.tell(self.counter.text("search.no_person"))
                return
            self._person = self.counter.person_key(asked.id_number)
            # only its keyed name is looked for from here on
            asked = Search()
        self._asked = asked
        self.tell(None)
        self.begin(self._found)

    async def _found(self) -> None:
        await self.look()
        if self._cases:
            self.query_one(PickList).focus()

    def _state_names(self) -> dict[str, State]:
        names: dict[str, State] = {}
        for state in State:
            text = self.counter.text(f"state.{state}")
            names |= {text.show(language): state for language in LANGUAGES}
        return names

    @on(PickList.Picked)
    def _open(self, picked: PickList.Picked) -> None:
        self.post_message(CasePicked(picked.key))
