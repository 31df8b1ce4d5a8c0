"""Two short lists of the page of waiting numbers: which window this is, and for whom a number is drawn."""

from __future__ import annotations

import asyncio

from textual import on
from textual.app import ComposeResult

from kiosk.cases.calling import AT_WINDOW, Lane, Window
from kiosk.flow.moves import NumberDrawn
from kiosk.paper.case_papers import CasePaper
from kiosk.ports import PrintTrouble
from screens.desk.counter import Counter
from screens.desk.number_desk import NumberDesk
from screens.desk.pick_list import PickList
from screens.desk.pick_page import PickPage
from screens.desk.table import Column, Row

Asked = tuple[str, Lane]
"""A letter, and where the person waits."""


class WindowPage(PickPage[Window | None]):
    """Which window is this?"""

    def __init__(self, counter: Counter, desk: NumberDesk) -> None:
        super().__init__(counter)
        self._windows = {one.name: one for one in desk.numbers.windows}
        self._names = desk.names
        self._at_window: dict[str, str] = {}

    def body(self) -> ComposeResult:
        yield PickList(id="windows")

    async def look(self) -> None:
        """Who is where already: two desks must not be one window by mistake."""
        hall = await self.counter.records.do(lambda store: store.hall(""))
        self._at_window = {one.window: one.label for one in hall.waiters if one.standing in AT_WINDOW}
        self.retell()

    def title_words(self) -> str:
        return self.counter.words("waiting.which_window")

    def draw(self) -> None:
        columns = [
            Column(self.counter.words("waiting.window")),
            Column(self.counter.words("waiting.for"), least=12),
            Column(self.counter.words("waiting.has_now")),
        ]
        rows = [self._row(window) for window in self._windows.values()]
        self.query_one(PickList).show(columns, rows)

    def _row(self, window: Window) -> Row:
        comma, language = self.counter.words("waiting.comma"), self.counter.language
        what_for = comma.join(self._names[one].show(language) for one in window.letters)
        return Row(window.name, (window.name, what_for, self._at_window.get(window.name, "")))

    @on(PickList.Picked)
    def _picked(self, picked: PickList.Picked) -> None:
        self.dismiss(self._windows[picked.key])


class DrawPage(PickPage[Asked | None]):
    """For whom is a number drawn?"""

    def __init__(self, counter: Counter, desk: NumberDesk) -> None:
        super().__init__(counter)
        self._names = desk.names
        asked = [(letter, lane) for letter in desk.numbers.letters for lane in (Lane.ORDINARY, Lane.FIRST)]
        self._asked: dict[str, Asked] = {f"{letter}:{lane}": (letter, lane) for letter, lane in asked}

    def body(self) -> ComposeResult:
        yield PickList(id="lanes")

    def title_words(self) -> str:
        return self.counter.words("waiting.for_whom")

    def draw(self) -> None:
        words, language = self.counter.words, self.counter.language
        columns = [
            Column(words("waiting.letter")),
            Column(words("waiting.for"), least=12),
            Column(words("waiting.lane")),
        ]
        rows = [
            Row(key, (letter, self._names[letter].show(language), words(f"waiting.{lane}")))
            for key, (letter, lane) in self._asked.items()
        ]
        self.query_one(PickList).show(columns, rows)

    @on(PickList.Picked)
    def _picked(self, picked: PickList.Picked) -> None:
        self.dismiss(self._asked[picked.key])


async def print_slip(counter: Counter, desk: NumberDesk, drawn: NumberDrawn) -> bool:
    """The slip, where there is a printer; False where it did not come."""
    papers = counter.papers
    if papers is None or not papers.prints:
        return True
    paper = CasePaper(desk.slip(drawn), counter.language, on_roll=True)
    try:
        await asyncio.to_thread(papers.print, paper)
    except PrintTrouble:
        return False
    return True
