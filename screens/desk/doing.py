"""Leads through what an act asks for: somebody to choose, words to write, a last look; then it is done."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping

from kiosk.cases.moves import Act
from kiosk.cases.views import CaseView
from screens.desk.acts import CHOICES, DO, FORMS, Given
from screens.desk.choose import Choose, rows_among
from screens.desk.page import DeskPage, Result
from screens.desk.table import Row
from screens.desk.writing import Writing


class Doing:
    """One act on one case, begun from a page. What is written and not sent goes into `begun`."""

    def __init__(
        self,
        page: DeskPage[Result],
        view: CaseView,
        begun: MutableMapping[Act, tuple[str, ...]],
        done: Callable[[Act], None],
    ) -> None:
        self._page = page
        self._counter = page.counter
        self._view = view
        self._begun = begun
        self._done = done

    def begin(self, act: Act) -> None:
        """Ask for what the act needs, then do it."""
        if act in CHOICES:
            rows = rows_among(self._counter, CHOICES[act], self._view.summary.case_id)
            page = Choose(self._counter, CHOICES[act], rows)
            self._page.app.push_screen(page, lambda chosen: self._write(act, chosen) if chosen else None)
        elif act in FORMS:
            self._write(act, None)
        else:
            self._page.begin(lambda: self._at_once(act))

    async def _at_once(self, act: Act) -> None:
        case, actor = self._view.summary, self._counter.staff
        await self._counter.records.do(lambda store: DO[act](store, case, actor, Given()))
        await self._page.look()
        self._done(act)

    def _write(self, act: Act, chosen: Row | None) -> None:
        page = Writing(self._counter, self._view, act, self._begun.get(act, ()), chosen)

        def written(done: bool | None) -> None:
            self._begun[act] = () if done else page.texts
            if done:
                self._done(act)

        self._page.app.push_screen(page, written)
