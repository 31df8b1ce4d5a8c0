"""The papers of a case: which there are now, and one of them as it will be printed."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.widgets import Static

from kiosk.cases.views import CaseView
from kiosk.flow.document import Code
from kiosk.paper.case_papers import CasePaper, CasePapers
from kiosk.paper.choices import PaperChoice
from kiosk.paper.code import on_screen
from kiosk.paper.plain import plain_text
from kiosk.ports import PrintTrouble
from kiosk.store import Store
from screens.desk.counter import Counter
from screens.desk.lines import Kind, Line, Lines
from screens.desk.page import DeskPage, key
from screens.desk.pick_list import PickList
from screens.desk.pick_page import PickPage
from screens.desk.table import Column, Row

_WIDEST = 64
"""Cells: a line of A4 in large type."""


class PaperList(PickPage[None]):
    """Every paper that the case has now."""

    def __init__(self, counter: Counter, papers: CasePapers, view: CaseView) -> None:
        super().__init__(counter)
        self._papers = papers
        self._view = view
        self._choices: tuple[PaperChoice, ...] = ()

    def body(self) -> ComposeResult:
        yield PickList(id="choices")

    def title_words(self) -> str:
        return self.counter.words("papers.title", ticket=self._view.summary.ticket)

    def draw(self) -> None:
        words, language = self.counter.words, self.counter.language
        rows = [
            Row(one.id, (self._papers.title(one, self._view).show(language), words(f"papers.{one.kind}")))
            for one in self._choices
        ]
        columns = [Column(""), Column("", drop=1, least=16)]
        self.query_one(PickList).show(columns, rows, words("papers.none"))

    async def look(self) -> None:
        self._choices = await asyncio.to_thread(self._papers.choices, self._view)
        self.retell()

    @on(PickList.Picked)
    def _picked(self, picked: PickList.Picked) -> None:
        choice = next(one for one in self._choices if one.id == picked.key)
        self.tell(None)
        self.app.push_screen(PaperPage(self.counter, self._papers, self._view, choice))


class PaperPage(DeskPage[None]):
    """One paper to be read, with its code for a phone; Enter prints it."""

    KEYS: ClassVar[Sequence[Binding]] = (key("enter", "print", "Enter"), key("escape", "leave", "Esc"))

    def __init__(self, counter: Counter, papers: CasePapers, view: CaseView, choice: PaperChoice) -> None:
        super().__init__(counter)
        self._papers, self._view, self._choice = papers, view, choice
        self._paper: CasePaper | None = None

    def body(self) -> ComposeResult:
        with VerticalScroll(id="scroll"):
            yield Lines(id="paper")
            yield Static(id="code", markup=False)

    def on_mount(self) -> None:
        self.query_one("#scroll").focus()

    def title_words(self) -> str:
        return self._papers.title(self._choice, self._view).show(self.counter.language)

    def draw(self) -> None:
        """In the language it is printed in, whatever the desk speaks."""
        paper, code = self._paper, self.query_one("#code", Static)
        number = next((one.words for one in self._blocks if isinstance(one, Code)), "")
        code.display = bool(number)
        code.update("\n".join(on_screen(number)) if number else "")
        if paper is None:
            self.query_one("#paper", Lines).show([Line(self.counter.words("board.reading"))])
            return
        columns = min(self.app.size.width - 4, _WIDEST)
        lines = plain_text(paper.document, columns, paper.language).splitlines()
        self.query_one("#paper", Lines).show([Line(line) for line in lines])

    @property
    def _blocks(self) -> Sequence[object]:
        return self._paper.document.blocks if self._paper else ()

    async def look(self) -> None:
        """Whose number is on it has been looked at: recorded first, shown after."""
        paper = self._papers.paper(self._choice, self._view, self.counter.today())
        await self.counter.records.do(lambda store: self._record(store, paper))
        self._paper = paper
        self.retell()

    def _record(self, store: Store, paper: CasePaper) -> None:
        for field in paper.shows:
            store.record_view(self._view.summary.case_id, self.counter.staff, field)

    def on_screen_suspend(self) -> None:
        """Whatever comes in front, also the lock: nothing of the paper stays on the page."""
        self._paper = None
        self.draw()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self._papers.prints if action == "print" else True

    def action_print(self) -> None:
        self.tell(self.counter.text("papers.printing"), Kind.HEADING)
        self.begin(self._print)

    async def _print(self) -> None:
        if self._paper is None:
            return
        try:
            await asyncio.to_thread(self._papers.print, self._paper)
        except PrintTrouble as trouble:
            what = trouble.key.removeprefix("trouble.")
            # which sign: staff write it by hand, and the paper is before them anyway
            self.tell(self.counter.text(f"paper_trouble.{what}", signs=trouble.signs))
            return
        self.tell(self.counter.text("papers.printed"), Kind.HEADING)

    def action_leave(self) -> None:
        self.dismiss(None)
